"""The pre-election hold: while it lasts, nothing new is shown to everybody but by the programme's team."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Place, Programme, Stage
from knotwork.programmes.rules import Act, can


class Noticed(Protocol):
    """A programme with its hold and the words about it."""

    @property
    def hold_opens_at(self) -> datetime | None: ...
    @property
    def hold_closes_at(self) -> datetime | None: ...
    @property
    def hold_words(self) -> str: ...
    @property
    def hold_is_shown(self) -> bool: ...


class Held(Protocol):
    """A programme, as stored or as read: enough to know whether it holds things back."""

    @property
    def hold_opens_at(self) -> datetime | None: ...
    @property
    def hold_closes_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class HoldNotice:
    """What a page needs to say about a hold: whether it is now, its words, its last day, who reads it."""

    holds_now: bool
    hold_words: str = ""
    hold_is_shown: bool = False
    last_day: date | None = None


def notice_of(programme: Noticed, time_zone: str) -> HoldNotice:
    """The notice of a programme's hold; no question is asked of the database."""
    closes = programme.hold_closes_at
    if closes is None or not holds_now(programme):
        return HoldNotice(False)
    last_moment = closes.astimezone(ZoneInfo(time_zone)) - timedelta(microseconds=1)
    return HoldNotice(True, programme.hold_words, programme.hold_is_shown, last_moment.date())


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
    last_day = notice_of(programme, programme.time_zone).last_day
    until = dateformat.format(last_day, "j F Y") if last_day else ""
    return Decision(
        False,
        _(
            "There is an election soon, so nothing new is shown to everybody up to and including %(day)s. Keep it for "
            "the people of the programme, and show it later. If it cannot wait, ask the programme's team: it can "
            "show it."
        )
        % {"day": until},
    )
