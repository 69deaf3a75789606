"""Which themes, nations and people a choice of bids would cover, beside all bids: a question to try out, never kept."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.calls.comparing import BidInMeeting, Meeting
from knotwork.calls.lines import lines_of
from knotwork.calls.models import Bid, Call, DecisionLine, Outcome
from knotwork.programmes.models import Area, AreaPopulation

_NATIONS = {
    "E": gettext_lazy("England"),
    "N": gettext_lazy("Northern Ireland"),
    "S": gettext_lazy("Scotland"),
    "W": gettext_lazy("Wales"),
}


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


@dataclass(frozen=True)
class Portfolio:
    """What a choice covers."""

    chosen: frozenset[UUID]
    themes: tuple[Share, ...]
    nations: tuple[Share, ...]
    chosen_people: People
    all_people: People


def choice_of(
    call: Call, meeting: Meeting, *, ticked: Collection[str], places: int | None
) -> frozenset[UUID]:
    """The bids that were ticked, else those above the line at ``places``, else those of the decision, else our line."""
    readable = [each for each in meeting.bids if not each.is_kept]
    if ticked:
        return frozenset(each.public_id for each in readable if str(each.public_id) in ticked)
    if places is None:
        decided = DecisionLine.objects.filter(
            decision__call=call,
            decision__put_at__isnull=False,
            decision__taken_back_at__isnull=True,
            outcome=Outcome.CHOSEN,
        )
        if named := set(decided.values_list("bid__public_id", flat=True)):
            return frozenset(each.public_id for each in readable if each.public_id in named)
    first = meeting.bids[: meeting.places if places is None else places]
    return frozenset(each.public_id for each in first if each.ranked is not None and not each.is_kept)


def portfolio_of(listed: Iterable[BidInMeeting], chosen: frozenset[UUID]) -> Portfolio:
    """Of the bids that the viewer may read, and no others."""
    readable = [each.public_id for each in listed if not each.is_kept]
    rows = list(Bid.objects.filter(public_id__in=readable).order_by("pk"))
    areas = _areas_of(rows)
    themes = {row.public_id: lines_of(row.themes) or (_("no theme said"),) for row in rows}
    nations = {row.public_id: _nations(areas[row.public_id]) for row in rows}
    people = _people_of({area.pk for found in areas.values() for area in found if area is not None})
    return Portfolio(
        chosen,
        _shares(themes, chosen),
        _shares(nations, chosen),
        _living_in([areas[one] for one in readable if one in chosen], people),
        _living_in([areas[one] for one in readable], people),
    )


def _areas_of(rows: Iterable[Bid]) -> dict[UUID, tuple[Area | None, ...]]:
    """The official areas that each bid names, by code or name, the newest of a name; None for an unknown one."""
    known: dict[str, Area] = {}
    for area in Area.objects.defer("outline").order_by("code"):
        known[area.name.casefold()] = known[area.code.casefold()] = area
    return {
        row.public_id: tuple(known.get(line.casefold()) for line in lines_of(row.areas)) or (None,)
        for row in rows
    }


def _nations(areas: Iterable[Area | None]) -> tuple[str, ...]:
    named = [str(_NATIONS.get(area.code[:1], _("not known"))) if area else _("not known") for area in areas]
    return tuple(dict.fromkeys(named))


def _people_of(areas: set[int]) -> dict[int, int]:
    """People of each area in its newest year."""
    rows = AreaPopulation.objects.filter(area__in=areas)
    newest = dict(rows.values("area").annotate(newest=Max("year")).values_list("area", "newest"))
    summed = rows.order_by().values("area", "year").annotate(all=Sum("people"))
    return {row["area"]: row["all"] for row in summed if newest[row["area"]] == row["year"]}


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
