"""All try-outs together: how far what must change around each has come, and how many each place has."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.actions.keys import KEY_SETS
from knotwork.actions.models import ChangeKey, ChangeState, Ending, MustChange, TryOutStage
from knotwork.actions.nouns import ListedTryOut
from knotwork.actions.queries.try_outs import try_outs_for
from knotwork.core.accounts.viewer import Viewer

KEYS: tuple[ChangeKey, ...] = tuple(key for each in reversed(KEY_SETS) for key in each.keys)
"""The four keys that turn a system, then the four that hold things in place."""

_COUNTED = (TryOutStage.PLANNED, TryOutStage.GOING, TryOutStage.STOPPED)


@dataclass(frozen=True)
class PortfolioRow:
    """A try-out with how far each key is: empty where nobody said that something must change there."""

    try_out: ListedTryOut
    states: tuple[str, ...]

    @property
    def state_words(self) -> tuple[str, ...]:
        return tuple(str(ChangeState(state).label) if state else "" for state in self.states)


@dataclass(frozen=True)
class PlaceCount:
    """How many try-outs a place has, by where they are and by how they ended."""

    place: str
    url: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Portfolio:
    """What is tried out in a programme, or in all that the viewer may see."""

    rows: tuple[PortfolioRow, ...]
    places: tuple[PlaceCount, ...]

    @property
    def said(self) -> int:
        """How often something must change."""
        return sum(bool(state) for row in self.rows for state in row.states)

    @property
    def changed(self) -> int:
        return sum(state == ChangeState.CHANGED for row in self.rows for state in row.states)


def portfolio_for(viewer: Viewer, *, programme: UUID | None = None) -> Portfolio:
    """Everything that the viewer may see, place by place; three queries whatever there is."""
    listed = sorted(
        try_outs_for(viewer, programme=programme),
        key=lambda each: (each.programme, each.place == "", each.place, each.planned_on, each.title),
    )
    states = _states([each.public_id for each in listed])
    rows = tuple(
        PortfolioRow(each, tuple(states.get((each.public_id, key.value), "") for key in KEYS))
        for each in listed
    )
    return Portfolio(rows, _by_place(listed))


def column_heads() -> tuple[str, ...]:
    """The heads of the columns of :class:`PlaceCount`."""
    ends = (_("Stays as it is"), _("Stays, changed"), _("Does not stay"))
    return (_("Place"), _("Planned"), _("Going on"), _("Stopped early"), *ends)


def _states(public_ids: list[UUID]) -> dict[tuple[UUID, str], str]:
    """The newest word on each key; without any, what must change has not yet."""
    rows = MustChange.objects.filter(try_out__public_id__in=public_ids).select_related("try_out")
    found = {}
    for each in rows.prefetch_related("steps"):
        steps = list(each.steps.all())
        found[(each.try_out.public_id, each.key)] = steps[-1].state if steps else ChangeState.NOT_YET.value
    return found


def _by_place(listed: list[ListedTryOut]) -> tuple[PlaceCount, ...]:
    stages: dict[tuple[str, str], Counter[str]] = {}
    for each in listed:
        counted = stages.setdefault(_place_of(each), Counter())
        counted[each.ending if each.has_ended else each.stage] += 1
    columns = (*_COUNTED, *Ending)
    return tuple(
        PlaceCount(name, url, tuple(counted[column.value] for column in columns))
        for (name, url), counted in stages.items()
    )


def _place_of(each: ListedTryOut) -> tuple[str, str]:
    if each.place_slug:
        return each.place, reverse("actions:place", args=[each.programme_slug, each.place_slug])
    return each.programme, reverse("actions:programme", args=[each.programme_slug])
