"""What may be done to a session at each stage of it, by whoever may write for its place."""

from enum import StrEnum

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import Decision
from knotwork.learning.models import SessionState, WorkingSession
from knotwork.programmes.written import can_write_for


class SessionAct(StrEnum):
    """Something that can be done to a session."""

    CHANGE = "change"
    HOLD = "hold"
    CALL_OFF = "call_off"


SESSION_ACTS: dict[SessionState, frozenset[SessionAct]] = {
    SessionState.PLANNED: frozenset(SessionAct),
    SessionState.HELD: frozenset({SessionAct.CHANGE, SessionAct.HOLD}),
    SessionState.CALLED_OFF: frozenset({SessionAct.HOLD}),
}
"""One that was held may be told again in other words; one that was called off may be held after all."""


def can_tell_of_session(viewer: Viewer, session: WorkingSession, act: SessionAct) -> Decision:
    """Anybody of the place may say that it was held, what came out, or that it was called off."""
    if act not in SESSION_ACTS[SessionState(session.state)]:
        return Decision(False, _("This session was held or called off already."))
    return can_write_for(viewer, session.programme, session.place)
