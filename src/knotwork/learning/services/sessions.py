"""Plan a session, say what came out of it, or that it is called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.learning.kinds import SESSION
from knotwork.learning.models import SessionMethod, SessionState, WorkingSession
from knotwork.learning.queries.ties import End
from knotwork.learning.rules import SessionAct, can_tell_of_session
from knotwork.learning.services.ties import set_ties
from knotwork.learning.services.words import Signed
from knotwork.learning.services.writing import LONGEST, fit, save_change, standing_piece, tell_of
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.services.made import place_of, refuse, standing_programme
from knotwork.programmes.written import can_write_for

VERBS = ("session.held", "session.called_off")
SHORTEST, LONGEST_MINUTES, MOST_STEPS = 5, 960, 20


@dataclass(frozen=True, kw_only=True)
class SessionWords(Signed):
    """The plan: ``steps`` are minutes and words, ``roles`` and ``others`` say who takes part."""

    title: str
    method: str
    begins_at: datetime
    minutes: int = 60
    aim: str = ""
    steps: Sequence[tuple[int, str]] = ()
    roles: Sequence[str] = ()
    others: str = ""


def plan_session(
    programme_id: int, words: SessionWords, *, by: Viewer, place_id: int, at: datetime | None = None
) -> UUID:
    """Plan a session of a place."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        place = place_of(programme, place_id)
        require(can_write_for(by, programme, place))
        row = WorkingSession(
            programme=programme,
            place=place,
            author_id=by.person_id,
            written_at=at or clock.now(),
            **fit(SESSION, _columns(words), place),
        )
        row.save()
        tell_of(SESSION, row, "written" if row.visibility != Stage.ME else "drafted", by=by)
    return row.public_id


def change_session(session: UUID, words: SessionWords, *, by: Viewer) -> None:
    """Change the plan, or after the session how it is described."""
    with transaction.atomic():
        row = _standing(session, by)
        require(can_tell_of_session(by, row, SessionAct.CHANGE))
        save_change(SESSION, row, fit(SESSION, _columns(words), row.place), by=by)


def hold_session(
    session: UUID,
    came_out: str,
    *,
    by: Viewer,
    outcomes: Sequence[End] = (),
    at: datetime | None = None,
) -> None:
    """Say that it was held, and what came out; ``outcomes`` are the factors, try-outs and decisions that came of it."""
    with transaction.atomic():
        row = _standing(session, by)
        require(can_tell_of_session(by, row, SessionAct.HOLD))
        moment = at or clock.now()
        if row.begins_at > moment:
            raise refuse(_("This session has not begun yet. If its time has changed, change the plan first."))
        _tell(row, SessionState.HELD, came_out, moment, by)
        set_ties(SESSION, row, outcomes, by=by)


def call_off_session(session: UUID, why: str, *, by: Viewer, at: datetime | None = None) -> None:
    """Say that it does not take place, and why."""
    with transaction.atomic():
        row = _standing(session, by)
        require(can_tell_of_session(by, row, SessionAct.CALL_OFF))
        _tell(row, SessionState.CALLED_OFF, why, at or clock.now(), by)


def _tell(row: WorkingSession, state: SessionState, words: str, moment: datetime, by: Viewer) -> None:
    words = words.strip()
    if not words:
        raise refuse(_("Please say it in a few words."))
    if len(words) > LONGEST:
        raise refuse(_("Please keep each text below %(count)d letters.") % {"count": LONGEST})
    row.state, row.came_out, row.told_at = state.value, words, moment
    row.save(update_fields=["state", "came_out", "told_at"])
    record(
        f"session.{state.value}",
        subject_kind=SESSION.code,
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
    )


def _columns(words: SessionWords) -> dict[str, Any]:
    if not SHORTEST <= words.minutes <= LONGEST_MINUTES:
        raise refuse(_("A session takes between 5 minutes and 16 hours."))
    steps = [(minutes, text.strip()) for minutes, text in words.steps if text.strip()]
    if len(steps) > MOST_STEPS:
        raise refuse(_("Please plan at most %(count)d steps.") % {"count": MOST_STEPS})
    if sum(minutes for minutes, _text in steps) > words.minutes:
        raise refuse(
            _("The steps take %(steps)d minutes, but the session is %(minutes)d minutes long.")
            % {"steps": sum(minutes for minutes, _text in steps), "minutes": words.minutes}
        )
    return {
        "title": words.title,
        "aim": words.aim,
        "method": SessionMethod(words.method).value,
        "begins_at": words.begins_at,
        "minutes": words.minutes,
        "steps": [list(step) for step in steps],
        "roles": sorted({Role(role).value for role in words.roles}),
        "others": words.others,
        "visibility": words.visibility,
        "signed": words.signed,
        "language": words.language,
    }


def _standing(session: UUID, by: Viewer) -> WorkingSession:
    row = standing_piece(SESSION, session, by)
    assert isinstance(row, WorkingSession)
    return row
