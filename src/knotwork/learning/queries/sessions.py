"""Find sessions on the real issue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.learning.kinds import SESSION, address_of
from knotwork.learning.models import SessionMethod, SessionState, WorkingSession
from knotwork.learning.queries.nouns import PlaceRef, TiedThing, is_made_up, place_ref
from knotwork.learning.queries.pieces import MOST, seen, tied_things
from knotwork.learning.rules import SessionAct, can_tell_of_session
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.written import WrittenQuerySet


@dataclass(frozen=True)
class Step:
    """One step of a plan: how long, and what is done; ``begins`` is how many minutes after the start."""

    begins: int
    minutes: int
    words: str


@dataclass(frozen=True)
class SessionView:
    """A session as one viewer may read it."""

    kind: str
    public_id: UUID
    title: str
    url: str
    aim: str
    method: str
    begins_at: datetime
    minutes: int
    steps: tuple[Step, ...]
    roles: tuple[str, ...]
    others: str
    state: str
    came_out: str
    told_at: datetime | None
    signed: str
    language: str
    written_at: datetime
    stage: str
    programme: str
    programme_slug: str
    is_made_up: bool
    place: PlaceRef

    @property
    def method_words(self) -> str:
        return str(SessionMethod(self.method).label)

    @property
    def state_words(self) -> str:
        return str(SessionState(self.state).label)

    @property
    def stage_words(self) -> str:
        """Who may read it."""
        return str(Stage(self.stage).label)

    @property
    def role_words(self) -> tuple[str, ...]:
        """Who takes part, by role."""
        return tuple(str(Role(role).label) for role in self.roles)


def sessions_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = MOST
) -> list[SessionView]:
    """The sessions that the viewer may see, the latest to begin first."""
    rows = _rows(viewer)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    return [_view(row) for row in rows.order_by("-begins_at", "-id")[:most]]


def session_at(programme_id: int, public_id: UUID, viewer: Viewer) -> SessionView | None:
    """One session of a programme, or nothing that the viewer may see."""
    row = _rows(viewer).filter(programme_id=programme_id, public_id=public_id).first()
    return None if row is None else _view(row)


def outcomes_of_session(session: UUID, viewer: Viewer) -> list[TiedThing]:
    """What came of it, as far as the viewer may see it."""
    return tied_things(SESSION, session, viewer)


def session_acts(session: UUID, viewer: Viewer) -> frozenset[str]:
    """What the viewer may do to it now."""
    row = _rows(viewer).filter(public_id=session).first()
    if row is None or viewer.is_stranger:
        return frozenset()
    return frozenset(act.value for act in SessionAct if can_tell_of_session(viewer, row, act))


def is_over(session: SessionView) -> bool:
    """Whether its time has come, so that one may say what came out."""
    return session.begins_at <= clock.now()


def _rows(viewer: Viewer) -> WrittenQuerySet[Any]:
    return seen(SESSION, viewer).filter(place__isnull=False).select_related("programme", "place")


def _view(row: WorkingSession) -> SessionView:
    assert row.place is not None
    steps, begins = [], 0
    for minutes, words in row.steps:
        steps.append(Step(begins, minutes, words))
        begins += minutes
    return SessionView(
        kind=SESSION.code,
        public_id=row.public_id,
        title=row.title,
        url=address_of(SESSION.code, row.programme.slug, row.public_id),
        aim=row.aim,
        method=row.method,
        begins_at=row.begins_at,
        minutes=row.minutes,
        steps=tuple(steps),
        roles=tuple(row.roles),
        others=row.others,
        state=row.state,
        came_out=row.came_out,
        told_at=row.told_at,
        signed=row.signed,
        language=row.language,
        written_at=row.written_at,
        stage=row.visibility,
        programme=row.programme.short_name or row.programme.name,
        programme_slug=row.programme.slug,
        is_made_up=is_made_up(row.programme),
        place=place_ref(row.place, row.programme),
    )
