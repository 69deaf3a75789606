"""Find rounds of co-consulting, and the perspectives that a viewer may read already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.limits.services import keyed_hash
from knotwork.core.windows import WindowState
from knotwork.learning.kinds import CONSULTING_ROUND, address_of
from knotwork.learning.models import ConsultingRound, RoundPerspective
from knotwork.learning.queries.nouns import PlaceRef, TiedThing, is_made_up, place_ref
from knotwork.learning.queries.pieces import MOST, seen, tied_things
from knotwork.learning.rules import RoundAct, Side, can_in_round, side_of, state_of
from knotwork.programmes.models import Stage
from knotwork.programmes.rules import Act, can
from knotwork.programmes.standing import mine_of, staged_for
from knotwork.programmes.written import WrittenQuerySet


@dataclass(frozen=True)
class RoundView:
    """A round as one viewer may read it, without what was given in it."""

    kind: str
    public_id: UUID
    title: str
    url: str
    text: str
    opens_at: datetime
    closes_at: datetime
    state: str
    takes: str
    why: str
    taken_at: datetime | None
    signed: str
    language: str
    written_at: datetime
    stage: str
    programme: str
    programme_slug: str
    is_made_up: bool
    place: PlaceRef

    @property
    def is_open(self) -> bool:
        return self.state == WindowState.OPEN

    @property
    def has_closed(self) -> bool:
        return self.state == WindowState.AFTER

    @property
    def stage_words(self) -> str:
        """Who may read it."""
        return str(Stage(self.stage).label)


@dataclass(frozen=True)
class PerspectiveView:
    """How somebody sees the knot. ``is_own`` says that the viewer wrote it, ``may_withdraw`` that she sees the door."""

    public_id: UUID
    text: str
    signed: str
    language: str
    is_own: bool
    may_withdraw: bool
    stage_words: str


@dataclass(frozen=True)
class Given:
    """What was given in a round: nothing until the viewer may read it (``is_blind``), in the order of chance."""

    is_blind: bool
    perspectives: tuple[PerspectiveView, ...] = ()


def rounds_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = MOST
) -> list[RoundView]:
    """The rounds that the viewer may see, newest first."""
    rows = _rows(viewer)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    return [_view(row) for row in rows.order_by("-opens_at", "-id")[:most]]


def round_at(programme_id: int, public_id: UUID, viewer: Viewer) -> RoundView | None:
    """One round of a programme, or nothing that the viewer may see."""
    row = _rows(viewer).filter(programme_id=programme_id, public_id=public_id).first()
    return None if row is None else _view(row)


def given_in(round_id: UUID, viewer: Viewer) -> Given:
    """What the viewer may read of what was given.

    While a round is open, everybody is blind to it, the place that asked and an administrator too; only who has
    given hers reads the others. They come in an order that is the same for all and has nothing to do with time,
    names or worth.
    """
    row = _rows(viewer).filter(public_id=round_id).first()
    if row is None:
        return Given(is_blind=True)
    if state_of(row) is not WindowState.AFTER and not has_given(row, viewer):
        return Given(is_blind=True)
    own = Q(author_id=viewer.person_id) if viewer.person_id is not None else Q(pk__in=[])
    shown = staged_for(viewer, programme="round__programme_id", place="round__place_id") | own
    calm = Q() if _is_of_the_programme(row, viewer) else Q(round__place__is_sensitive=False)
    rows = row.perspectives.filter(shown, calm, withdrawn_at__isnull=True)
    may_lead = bool(can(viewer, Act.CHANGE_WRITTEN, row.programme, row.place_id))
    by_chance = sorted(rows, key=lambda each: keyed_hash("perspective order", str(each.public_id)))
    return Given(False, tuple(_perspective(each, viewer, may_lead=may_lead) for each in by_chance))


def has_given(row: ConsultingRound, viewer: Viewer) -> bool:
    """Whether the viewer has given her perspective, also when it was taken out of sight since."""
    if viewer.is_stranger:
        return False
    giver = keyed_hash("perspective", f"{viewer.public_id}:{row.public_id}")
    return row.perspectives.filter(giver=giver).exists()


def perspective_at(round_id: UUID, public_id: UUID, viewer: Viewer) -> PerspectiveView | None:
    """One perspective that the viewer may read."""
    return next((one for one in given_in(round_id, viewer).perspectives if one.public_id == public_id), None)


def round_acts(round_id: UUID, viewer: Viewer) -> frozenset[str]:
    """What the viewer may do in it now."""
    row = _rows(viewer).filter(public_id=round_id).first()
    if row is None or viewer.is_stranger:
        return frozenset()
    acts = {act.value for act in RoundAct if can_in_round(viewer, act, row)}
    return frozenset(acts - {RoundAct.GIVE.value} if has_given(row, viewer) else acts)


def is_side(round_id: UUID, viewer: Viewer, side: Side) -> bool:
    """Whether the viewer stands on this side of the round: asks, or gives."""
    row = _rows(viewer).filter(public_id=round_id).first()
    return row is not None and side_of(viewer, row) is side


def outcomes_of_round(round_id: UUID, viewer: Viewer) -> list[TiedThing]:
    """What came of it, as far as the viewer may see it."""
    return tied_things(CONSULTING_ROUND, round_id, viewer)


def _is_of_the_programme(row: ConsultingRound, viewer: Viewer) -> bool:
    return viewer.is_administrator or row.programme_id in mine_of(viewer).programmes


def _rows(viewer: Viewer) -> WrittenQuerySet[Any]:
    return seen(CONSULTING_ROUND, viewer).filter(place__isnull=False).select_related("programme", "place")


def _perspective(row: RoundPerspective, viewer: Viewer, *, may_lead: bool) -> PerspectiveView:
    is_own = viewer.person_id is not None and row.author_id == viewer.person_id
    return PerspectiveView(
        public_id=row.public_id,
        text=row.text,
        signed=row.signed,
        language=row.language,
        is_own=is_own,
        may_withdraw=is_own or may_lead,
        stage_words=str(Stage(row.visibility).label),
    )


def _view(row: ConsultingRound) -> RoundView:
    assert row.place is not None
    return RoundView(
        kind=CONSULTING_ROUND.code,
        public_id=row.public_id,
        title=row.title,
        url=address_of(CONSULTING_ROUND.code, row.programme.slug, row.public_id),
        text=row.text,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=state_of(row).value,
        takes=row.takes,
        why=row.why,
        taken_at=row.taken_at,
        signed=row.signed,
        language=row.language,
        written_at=row.written_at,
        stage=row.visibility,
        programme=row.programme.short_name or row.programme.name,
        programme_slug=row.programme.slug,
        is_made_up=is_made_up(row.programme),
        place=place_ref(row.place, row.programme),
    )
