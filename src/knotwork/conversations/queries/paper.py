"""Packs of paper, the sheets that were typed in, and in which ways people took part."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from knotwork.conversations.models import Conversation, PaperPack, PaperSheet, Statement, Way
from knotwork.conversations.queries.people import who_answered


@dataclass(frozen=True)
class ListedPack:
    """A pack in the list of its conversation."""

    public_id: UUID
    letter: str
    sheet_count: int
    typed: int
    made_at: datetime


def packs_of(conversation: Conversation) -> list[ListedPack]:
    """The packs that are in use, the newest first; one query."""
    rows = PaperPack.objects.filter(conversation=conversation, thrown_away_at__isnull=True)
    counted = rows.annotate(typed=Count("sheets")).order_by("-id")
    return [ListedPack(row.public_id, row.letter, row.sheet_count, row.typed, row.made_at) for row in counted]


@dataclass(frozen=True)
class Printed:
    """A statement as it stands on paper, with its number there."""

    position: int
    text: str
    language: str


def printed_on(pack: PaperPack) -> list[Printed]:
    """The statements of a pack in the order of the paper; the words of one that was taken down are left out."""
    rows = Statement.objects.filter(conversation=pack.conversation, number__in=pack.statements)
    words = {row.number: row for row in rows.filter(state="live")}
    return [
        Printed(position, words[number].text, words[number].language)
        if number in words
        else Printed(position, "", "")
        for position, number in enumerate(pack.statements, start=1)
    ]


def next_sheet_of(pack: PaperPack, after: int = 0) -> int | None:
    """The next number of a pack that nobody has typed in; clerks work through a pile."""
    typed = set(PaperSheet.objects.filter(pack=pack).values_list("number", flat=True))
    free = [number for number in range(1, pack.sheet_count + 1) if number not in typed]
    return next((number for number in free if number > after), free[0] if free else None)


def newest_number_of(pack: PaperPack) -> int:
    """The highest number of a pack that was typed in."""
    return PaperSheet.objects.filter(pack=pack).aggregate(highest=Max("number"))["highest"] or 0


def people_by_way(conversation: Conversation) -> list[tuple[str, int]]:
    """How many took part in each way; exact, so for those who run it."""
    ways = who_answered().filter(conversation=conversation).values_list("way", flat=True)
    counted = Counter(ways)
    return [(str(way.label), counted[way.value]) for way in Way]
