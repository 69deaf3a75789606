"""What a steering group reads of places and programmes: own words, decisions, sums of each place, kept papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.ledger import Account, StateSums, accounts_of, sums_by
from knotwork.programmes.models import BoardPaper, DecisionDue, LedgerEntry, LedgerKind, LoopStage, OwnWord
from knotwork.programmes.querysets import ledger_entries
from knotwork.programmes.rules import Act, can
from knotwork.programmes.standing import mine_of
from knotwork.programmes.written import WrittenQuerySet


@dataclass(frozen=True)
class OwnWordView:
    """Where a place is, by its own word."""

    stages: tuple[str, ...]
    sentence: str
    at: datetime
    language: str = "en"
    public_id: UUID | None = None

    @property
    def stage_words(self) -> str:
        """The stages as words: *listening and trying*."""
        words = [str(LoopStage(stage).label) for stage in self.stages]
        if len(words) < 2:
            return "".join(words)
        return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@dataclass(frozen=True)
class DecisionView:
    """Something that has to be decided, or was."""

    public_id: UUID
    place_id: int | None
    place: str
    what: str
    by_when: date
    who_decides: str
    options: tuple[str, ...]
    outcome: str
    reason: str
    decided_on: date | None

    @property
    def is_due(self) -> bool:
        return self.decided_on is None


@dataclass(frozen=True)
class BoardPaperView:
    """A kept paper; ``content`` only when it is read on its own."""

    version: int
    title: str
    language: str
    made_at: datetime
    content: Any = None
    quotes: Any = None


@dataclass(frozen=True)
class PlaceAccounts:
    """The sums of a whole ledger (by kind and state too), and those of each place by its number."""

    together: tuple[Account, ...]
    by_kind: tuple[StateSums, ...]
    of_places: Mapping[int, tuple[Account, ...]]


def own_words_in(programme_id: int, viewer: Viewer) -> dict[int, OwnWordView]:
    """The word that stands of each place, by the number of the place."""
    newest = (
        OwnWord.objects.filter(place=OuterRef("place"), withdrawn_at__isnull=True)
        .order_by("-written_at", "-pk")
        .values("pk")[:1]
    )
    rows = _own_words(viewer).filter(programme_id=programme_id, pk=Subquery(newest))
    return {row.place_id: _own_word(row) for row in rows if row.place_id is not None}


def own_words_of(place_id: int, viewer: Viewer) -> tuple[OwnWordView, ...]:
    """All words of a place, newest first: the way that it went."""
    return tuple(_own_word(row) for row in _own_words(viewer).filter(place_id=place_id))


def own_words_taken_back(words: list[UUID]) -> frozenset[UUID]:
    """Which of these words were taken back since."""
    rows = OwnWord.objects.filter(public_id__in=words, withdrawn_at__isnull=False)
    return frozenset(rows.values_list("public_id", flat=True))


def decisions_of(programme_id: int, viewer: Viewer) -> tuple[DecisionView, ...]:
    """Decisions of a programme that the viewer may read: due first by their day, then what was decided, newest first.

    The steering group and the team read all; people of a place those about it, and those about the whole.
    """
    rows = DecisionDue.objects.filter(programme_id=programme_id, withdrawn_at__isnull=True)
    mine = mine_of(viewer)
    if not viewer.is_administrator:
        seen = Q(programme_id__in=mine.steered)
        if programme_id in mine.programmes:
            seen |= Q(place_id__in=mine.places) | Q(place__isnull=True)
        rows = rows.filter(seen)
    views = [_decision(row) for row in rows.select_related("place").order_by("by_when", "pk")]
    due = [view for view in views if view.decided_on is None]
    taken = sorted((v for v in views if v.decided_on), key=lambda v: v.decided_on or v.by_when, reverse=True)
    return (*due, *taken)


def accounts_by_place(programme_id: int, viewer: Viewer) -> PlaceAccounts:
    """The sums of a whole ledger and of each place in it, read at once."""
    rows = list(ledger_entries().standing().visible_to(viewer).filter(programme_id=programme_id))
    entries: dict[int, list[LedgerEntry]] = {}
    for row in rows:
        if row.place_id is not None:
            entries.setdefault(row.place_id, []).append(row)
    by_kind = sums_by(rows, lambda row: str(LedgerKind(row.kind).label))
    return PlaceAccounts(
        accounts_of(rows), by_kind, {place: accounts_of(given) for place, given in entries.items()}
    )


def board_papers_of(programme_id: int) -> tuple[BoardPaperView, ...]:
    """The kept papers of a programme, newest first. Whoever calls asks first whether they may be read."""
    rows = BoardPaper.objects.filter(programme_id=programme_id).defer("content", "quotes")
    return tuple(BoardPaperView(row.version, row.title, row.language, row.made_at) for row in rows)


def board_paper_at(programme_id: int, version: int) -> BoardPaperView | None:
    """One kept paper in full."""
    row = BoardPaper.objects.filter(programme_id=programme_id, version=version).first()
    if row is None:
        return None
    return BoardPaperView(row.version, row.title, row.language, row.made_at, row.content, row.quotes)


def can_read_steering(viewer: Viewer, programme: Any) -> bool:
    """Whether the viewer sees the door to the steering page."""
    return not viewer.is_stranger and bool(can(viewer, Act.READ_STEERING, programme))


def _own_words(viewer: Viewer) -> WrittenQuerySet[OwnWord]:
    return WrittenQuerySet(OwnWord).visible_to(viewer).order_by("-written_at", "-pk")


def _own_word(row: OwnWord) -> OwnWordView:
    return OwnWordView(tuple(row.stages), row.sentence, row.written_at, row.language, row.public_id)


def _decision(row: DecisionDue) -> DecisionView:
    return DecisionView(
        row.public_id,
        None if row.place is None else row.place.pk,
        row.place.name if row.place else "",
        row.what,
        row.by_when,
        row.who_decides,
        tuple(row.options),
        row.outcome,
        row.reason,
        row.decided_on,
    )
