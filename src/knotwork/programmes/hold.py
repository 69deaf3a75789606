"""The pre-election hold: while it lasts, nothing new is shown to everybody but by the programme's team."""

from datetime import datetime
from typing import Protocol

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Place, Programme, Stage
from knotwork.programmes.rules import Act, can


class Held(Protocol):
    """A programme, as stored or as read: enough to know whether it holds things back."""

    @property
    def hold_opens_at(self) -> datetime | None: ...
    @property
    def hold_closes_at(self) -> datetime | None: ...


def holds_now(programme: Held, at: datetime | None = None) -> bool:
    """Whether the moment lies in the window ``[opens, closes)`` of the hold."""
    opens, closes, moment = programme.hold_opens_at, programme.hold_closes_at, at or clock.now()
    return opens is not None and closes is not None and opens <= moment < closes


def can_show_now(
    viewer: Viewer, programme: Programme, stage: str, place: Place | None = None, *, before: str = ""
) -> Decision:
    """May something be shown to everybody now that was not (``before``)? What was public already may be mended."""
    is_new = stage == Stage.PUBLIC and before != Stage.PUBLIC
    if not is_new or programme.visibility != Stage.PUBLIC or not holds_now(programme):
        return ALLOWED
    if can(viewer, Act.SHOW_IN_A_HOLD, programme, None if place is None else place.pk):
        return ALLOWED
    assert programme.hold_closes_at is not None  # holds_now said so
    until = dateformat.format(timezone.localtime(programme.hold_closes_at), "j F Y")
    return Decision(
        False,
        _(
            "There is an election soon, so nothing new is shown to everybody until %(day)s. Keep it for the people of "
            "the programme, and show it later. If it cannot wait, ask the programme's team: it can show it."
        )
        % {"day": until},
    )
