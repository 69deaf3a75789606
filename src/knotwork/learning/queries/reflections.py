"""Reflections: one's own, which nobody else is shown, and what may be shown of a team."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.limits.services import keyed_hash
from knotwork.learning.models import (
    GroupChange,
    Moment,
    PeerAnswer,
    PeerLink,
    Rater,
    Reflection,
    ReflectionRound,
)
from knotwork.learning.rules import can_reflect, is_open
from knotwork.learning.services.group_changes import FEWEST_PEERS, peer_means
from knotwork.learning.ways import WAY_OF, WAYS, Way, as_row
from knotwork.methods.arrays import Floats


@dataclass(frozen=True)
class ReflectionRoundView:
    """A round of a place's team."""

    public_id: UUID
    moment: str
    opens_at: datetime
    closes_at: datetime
    is_open: bool

    @property
    def moment_words(self) -> str:
        return str(Moment(self.moment).label)


@dataclass(frozen=True)
class WayChange:
    """How the team changed in one way since the start, or why that is not shown. People are rounded to five."""

    way: Way
    people: int | None
    mean: float | None
    lower: float | None
    upper: float | None
    reason: str


@dataclass(frozen=True)
class TeamChange:
    """The change of a team since the start, as one kind of rater sees it."""

    moment: str
    rater: str
    ways: tuple[WayChange, ...]
    made_at: datetime

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show."""
        return any(each.mean is not None for each in self.ways)


@dataclass(frozen=True)
class OwnView:
    """What somebody said of herself at each moment, way by way, and what her peers said where enough did.

    Peers' answers come when the round has closed and at least three of them could say; a mean that grew with each
    answer would tell who gave the last.
    """

    moments: tuple[str, ...]
    own: dict[str, tuple[float | None, ...]]
    peers: dict[str, tuple[float | None, ...]]


def reflection_rounds_of(place_id: int) -> list[ReflectionRoundView]:
    """The rounds of a place, oldest first."""
    rows = ReflectionRound.objects.filter(place_id=place_id).order_by("opens_at", "id")
    return [
        ReflectionRoundView(row.public_id, row.moment, row.opens_at, row.closes_at, is_open(row))
        for row in rows
    ]


def may_reflect(place_id: int, viewer: Viewer) -> ReflectionRoundView | None:
    """The open round in which the viewer may say how she leads."""
    for row in ReflectionRound.objects.filter(place_id=place_id).select_related("place"):
        if can_reflect(viewer, row):
            return ReflectionRoundView(row.public_id, row.moment, row.opens_at, row.closes_at, True)
    return None


def own_answers(round_id: UUID, viewer: Viewer) -> dict[str, int]:
    """What the viewer said of herself in a round, to change it."""
    if viewer.person_id is None:
        return {}
    row = Reflection.objects.filter(round__public_id=round_id, person_id=viewer.person_id).first()
    return {} if row is None else dict(row.answers)


def links_made(round_id: UUID, viewer: Viewer) -> int:
    """How many links the viewer made. How many were used is told to nobody: it would tell who has answered."""
    if viewer.person_id is None:
        return 0
    return PeerLink.objects.filter(round__public_id=round_id, person_id=viewer.person_id).count()


def own_view(place_id: int, viewer: Viewer) -> OwnView:
    """The viewer's own answers and those of her peers; nobody can ask for those of anybody else."""
    if viewer.person_id is None:
        return OwnView((), {}, {})
    own, peers = {}, {}
    rounds = ReflectionRound.objects.filter(place_id=place_id).order_by("opens_at", "id")
    for row in rounds:
        mine = Reflection.objects.filter(round=row, person_id=viewer.person_id).first()
        if mine is not None:
            own[row.moment] = _by_way(np.array(as_row(mine.answers)))
        given = PeerAnswer.objects.filter(round=row, person_id=viewer.person_id)
        answers = [as_row(each) for each in given.values_list("answers", flat=True)]
        if not is_open(row) and len(answers) >= FEWEST_PEERS:
            peers[row.moment] = _by_way(np.array(peer_means(np.array(answers))))
    moments = tuple(moment for moment in Moment.values if moment in own or moment in peers)
    return OwnView(moments, own, peers)


def _by_way(row: Floats) -> tuple[float | None, ...]:
    ways = np.array(WAY_OF)
    found: list[float | None] = []
    for number in range(len(WAYS)):
        known = row[ways == number]
        known = known[~np.isnan(known)]
        found.append(round(float(known.mean()), 1) if len(known) else None)
    return tuple(found)


def team_changes(place_id: int) -> list[TeamChange]:
    """What may be shown of a place's team, by moment and rater, as it was worked out when each round closed."""
    rows = GroupChange.objects.filter(round__place_id=place_id).select_related("round")
    order = {moment: number for number, moment in enumerate(Moment.values)}
    by_key = {way.key: way for way in WAYS}
    found = [
        TeamChange(
            row.round.moment,
            row.rater,
            tuple(
                WayChange(
                    by_key[one["way"]], one["people"], one["mean"], one["lower"], one["upper"], one["reason"]
                )
                for one in row.result
            ),
            row.made_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (order[each.moment], each.rater != Rater.SELF))


@dataclass(frozen=True)
class PeerQuestion:
    """What a peer who holds a link is asked: about somebody of which place, when, and whether she still can."""

    place_id: int
    moment: str
    is_open: bool
    is_used: bool


def peer_question(token: str) -> PeerQuestion | None:
    """What a link leads to; nothing for one that was never made."""
    found = PeerLink.objects.select_related("round").filter(token_hash=keyed_hash("peer link", token))
    link = found.filter(round__place__withdrawn_at__isnull=True).first()
    if link is None:
        return None
    return PeerQuestion(link.round.place_id, link.round.moment, is_open(link.round), link.is_used)
