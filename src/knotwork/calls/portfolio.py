"""Which themes, regions and people a choice of bids would cover, beside all bids: a question to try out, never kept."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from knotwork.calls.comparing import BidInMeeting, Meeting
from knotwork.calls.lines import lines_of
from knotwork.calls.models import Bid, Call, DecisionLine, Outcome
from knotwork.programmes.models import Area, AreaPopulation
from knotwork.programmes.regions import region_of


class ChosenBy(StrEnum):
    """What says which bids are chosen."""

    TICKS = "ticks"
    PLACES = "places"
    DECISION = "decision"
    LINE = "line"


@dataclass(frozen=True)
class Choice:
    """Which bids, by what; none that is kept from the viewer."""

    bids: frozenset[UUID]
    by: ChosenBy


@dataclass(frozen=True)
class Share:
    """How many of the chosen and of all bids have this; a bid with two themes counts for both."""

    label: str
    chosen: int
    all: int


@dataclass(frozen=True)
class People:
    """How many live in the areas of some bids, as far as it is known; each area counts once."""

    people: int
    known: int
    unknown: int

    @property
    def sum(self) -> int | None:
        """The people; none where nothing is known of any bid, which is not nobody."""
        return None if self.unknown and not self.people else self.people


@dataclass(frozen=True)
class Portfolio:
    """What a choice covers; ``years`` and ``sources`` are those of the populations of all bids, in order."""

    themes: tuple[Share, ...]
    regions: tuple[Share, ...]
    chosen_people: People
    all_people: People
    years: tuple[int, ...]
    sources: tuple[str, ...]


def choice_of(call: Call, meeting: Meeting, *, ticked: Collection[str], places: int | None) -> Choice:
    """The bids that were ticked, else those above the line at ``places``, else those of the decision, else our line."""
    readable = frozenset(each.public_id for each in meeting.bids if not each.is_kept)
    if ticked:
        return Choice(frozenset(one for one in readable if str(one) in ticked), ChosenBy.TICKS)
    if places is not None:
        return Choice(_first(meeting, places), ChosenBy.PLACES)
    if decided := _decided(call):
        return Choice(readable & decided, ChosenBy.DECISION)
    return Choice(_first(meeting, meeting.places), ChosenBy.LINE)


def portfolio_of(listed: Iterable[BidInMeeting], chosen: frozenset[UUID]) -> Portfolio:
    """Of the bids that the viewer may read, and no others."""
    readable = [each.public_id for each in listed if not each.is_kept]
    rows = list(Bid.objects.filter(public_id__in=readable).order_by("pk"))
    areas = _areas_of(rows)
    themes = {row.public_id: lines_of(row.themes) or (_("no theme said"),) for row in rows}
    regions = {row.public_id: _regions(areas[row.public_id]) for row in rows}
    found = _populations({area.pk for named in areas.values() for area in named if area is not None})
    people = {row["area"]: row["all"] for row in found}
    return Portfolio(
        _shares(themes, chosen),
        _shares(regions, chosen),
        _living_in([areas[one] for one in readable if one in chosen], people),
        _living_in([areas[one] for one in readable], people),
        tuple(sorted({row["year"] for row in found})),
        tuple(sorted({row["source"] for row in found})),
    )


def _first(meeting: Meeting, places: int) -> frozenset[UUID]:
    first = meeting.bids[:places]
    return frozenset(each.public_id for each in first if each.ranked is not None and not each.is_kept)


def _decided(call: Call) -> frozenset[UUID]:
    """The bids that the decision chooses which was put, and was not taken back."""
    lines = DecisionLine.objects.filter(
        decision__call=call,
        decision__put_at__isnull=False,
        decision__taken_back_at__isnull=True,
        outcome=Outcome.CHOSEN,
    )
    return frozenset(lines.values_list("bid__public_id", flat=True))


def _areas_of(rows: Iterable[Bid]) -> dict[UUID, tuple[Area | None, ...]]:
    """The official areas that each bid names, by code or name, the newest of a name; None for an unknown one."""
    known: dict[str, Area] = {}
    for area in Area.objects.defer("outline").order_by("code"):
        known[area.name.casefold()] = known[area.code.casefold()] = area
    return {
        row.public_id: tuple(known.get(line.casefold()) for line in lines_of(row.areas)) or (None,)
        for row in rows
    }


def _regions(areas: Iterable[Area | None]) -> tuple[str, ...]:
    named = [(region_of(area.code) if area else "") or _("not known") for area in areas]
    return tuple(dict.fromkeys(named))


def _populations(areas: set[int]) -> list[dict[str, Any]]:
    """The people of each area in its newest year, with the year and the source."""
    rows = AreaPopulation.objects.filter(area__in=areas)
    newest = dict(rows.values("area").annotate(newest=Max("year")).values_list("area", "newest"))
    summed = rows.order_by().values("area", "year").annotate(all=Sum("people"), source=Max("source"))
    return [dict(row) for row in summed if newest[row["area"]] == row["year"]]


def _living_in(areas: list[tuple[Area | None, ...]], people: dict[int, int]) -> People:
    named = {area.pk for each in areas for area in each if area is not None}
    unknown = sum(any(area is None or area.pk not in people for area in each) for each in areas)
    return People(sum(people.get(one, 0) for one in named), len(areas) - unknown, unknown)


def _shares(labels: dict[UUID, tuple[str, ...]], chosen: frozenset[UUID]) -> tuple[Share, ...]:
    every = Counter(label for named in labels.values() for label in named)
    inside = Counter(label for bid, named in labels.items() if bid in chosen for label in named)
    return tuple(
        Share(label, inside[label], count)
        for label, count in sorted(every.items(), key=lambda one: (-one[1], one[0]))
    )
