"""Signals of a conversation in plain sentences, for its hosts: what is unusual, how unusual, and among whom.

Nothing is dropped because of a signal. A host may flag the people of one; the results then say what changes without
them.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knotwork.conversations.models import Conversation, FlaggedFor, Participant, Way
from knotwork.conversations.vote_arrays import votes_of
from knotwork.core.pages.numbers import number_in_words
from knotwork.methods.arrays import Counts, VoteValues
from knotwork.methods.opinion.integrity import (
    UNANSWERED,
    Alike,
    Burst,
    Wave,
    bursts,
    identical_patterns,
    waves,
)

MOST_CELLS = 60_000_000
"""A table of more people times statements than this is not searched for patterns while a page waits."""


@dataclass(frozen=True)
class Signal:
    """One signal: what it is about, in a sentence; the people by their numbers; how many of them are flagged."""

    key: str
    why: str
    sentence: str
    numbers: tuple[int, ...]
    flagged: int

    @property
    def all_flagged(self) -> bool:
        return self.flagged == len(self.numbers)


@dataclass(frozen=True)
class _People:
    """Those who began online, in the order of their numbers."""

    numbers: Counts
    began: Counts
    network: Counts


def signals_of(conversation: Conversation) -> list[Signal]:
    """Everything unusual, bursts first; nothing about when people began where it was held elsewhere."""
    flagged = set(
        Participant.objects.filter(conversation=conversation, is_flagged=True).values_list(
            "number", flat=True
        )
    )
    found: list[tuple[str, str, Counts]] = []
    if not conversation.held_elsewhere:
        people = _people(conversation)
        found += [
            (FlaggedFor.BURST, _about_burst(one), people.numbers[one.people]) for one in bursts(people.began)
        ]
        found += [
            (FlaggedFor.RUSH, _about_wave(one), people.numbers[one.people])
            for one in waves(people.began, people.network)
        ]
    numbers, table = _table(conversation)
    found += [(FlaggedFor.ALIKE, _about_alike(one), numbers[one.people]) for one in identical_patterns(table)]
    return [_signal(why, sentence, those, flagged) for why, sentence, those in found]


def _signal(why: str, sentence: str, those: Counts, flagged: set[int]) -> Signal:
    numbers = tuple(sorted(int(number) for number in those))
    key = hashlib.blake2b(f"{why} {numbers}".encode(), digest_size=8).hexdigest()
    return Signal(key, str(why), sentence, numbers, len(flagged.intersection(numbers)))


def _people(conversation: Conversation) -> _People:
    rows = Participant.objects.filter(conversation=conversation, way=Way.ONLINE).order_by("number")
    listed = list(rows.values_list("number", "created_at", "address_hash"))
    codes = {name: code for code, name in enumerate(sorted({row[2] for row in listed if row[2]}))}
    return _People(
        np.array([row[0] for row in listed], np.int64),
        np.array([int(row[1].timestamp()) for row in listed], np.int64),
        np.array([codes.get(row[2], -1) for row in listed], np.int64),
    )


def _table(conversation: Conversation) -> tuple[Counts, VoteValues]:
    """The votes as people by statements that are shown; empty where that would be too large to search at once."""
    arrays = votes_of(conversation.pk)
    shown = arrays.statements.filter(~pl.col("moderated_out")).select("statement")
    votes = arrays.votes.join(shown, on="statement", how="inner")
    people, row = np.unique(votes["participant"].to_numpy(), return_inverse=True)
    columns, column = np.unique(votes["statement"].to_numpy(), return_inverse=True)
    if people.size * columns.size > MOST_CELLS:
        return np.empty(0, np.int64), np.empty((0, 0), np.int8)
    table = np.full((people.size, columns.size), UNANSWERED, np.int8)
    table[row, column] = votes["vote"].to_numpy()
    return people, table


def _about_burst(one: Burst) -> str:
    return _(
        "%(count)s people began between %(start)s and %(end)s. At the rate around it %(expected)s would have. "
        "If people come independently, a conversation shows such a burst by chance less than once in %(once)s."
    ) % {
        "count": number_in_words(one.people.size),
        "start": _moment(one.start),
        "end": _moment(one.end),
        "expected": _expected(one.expected),
        "once": _once_in(one.probability),
    }


def _expected(people: float) -> str:
    return (
        _("about %(count)s") % {"count": number_in_words(round(people))}
        if people >= 1
        else _("hardly anybody")
    )


def _about_wave(one: Wave) -> str:
    return _(
        "%(count)s people began from one network within an hour, the first at %(start)s. It may be a school, a library "
        "or a workplace."
    ) % {"count": number_in_words(one.people.size), "start": _moment(one.start)}


def _about_alike(one: Alike) -> str:
    return _(
        "%(count)s people gave exactly the same answers to the same %(answers)s statements. Among people who vote "
        "alike %(expected)s would have. By chance so many would be seen less than once in %(once)s."
    ) % {
        "count": number_in_words(one.people.size),
        "answers": number_in_words(one.answers),
        "expected": _expected(one.expected),
        "once": _once_in(one.probability),
    }


def _once_in(probability: float) -> str:
    """A round number that is safe to say: a hundred, a thousand, ... a million at the most."""
    for power in (1_000_000, 100_000, 10_000, 1_000):
        if probability <= 1 / power:
            return number_in_words(power)
    return number_in_words(100)


def _moment(seconds: int) -> str:
    return date_format(localtime(datetime.fromtimestamp(seconds, UTC)), "j M Y, H:i")


def flagged_by_reason(conversation: Conversation) -> list[tuple[str, str, int]]:
    """Why people are flagged now: the reason's code, the reason in words, how many."""
    rows = Participant.objects.filter(conversation=conversation, is_flagged=True).order_by("flagged_for")
    counted = rows.values_list("flagged_for").annotate(people=Count("pk"))
    return [(why, str(FlaggedFor(why or FlaggedFor.RUSH).label), people) for why, people in counted]
