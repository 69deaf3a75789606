"""The dates and words that the law, and fairness, ask for: a hold before an election, what this is not, how long."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.models import Programme
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import refuse, standing_programme


@dataclass(frozen=True)
class Hold:
    """A window ``[opens_at, closes_at)`` in which nothing new is shown to everybody, and what is said of it."""

    opens_at: datetime
    closes_at: datetime
    words: str = ""
    is_shown: bool = False


def set_hold(programme_id: int, hold: Hold, *, by: Viewer) -> None:
    """Set the hold before an election; it takes the place of an earlier one."""
    if hold.closes_at <= hold.opens_at:
        raise refuse(_("The last day comes after the first."))
    with transaction.atomic():
        row = _held(programme_id, by)
        row.hold_opens_at, row.hold_closes_at = hold.opens_at, hold.closes_at
        row.hold_words, row.hold_is_shown = hold.words.strip(), hold.is_shown
        row.save(update_fields=["hold_opens_at", "hold_closes_at", "hold_words", "hold_is_shown"])
        _record("hold.set", row, by)


def end_hold(programme_id: int, *, by: Viewer) -> None:
    """End the hold now, or take back one that has not begun."""
    moment = clock.now()
    with transaction.atomic():
        row = _held(programme_id, by)
        if row.hold_closes_at is None or row.hold_closes_at <= moment:
            return
        if row.hold_opens_at is not None and row.hold_opens_at < moment:
            row.hold_closes_at = moment
        else:
            row.hold_opens_at = row.hold_closes_at = None
        row.save(update_fields=["hold_opens_at", "hold_closes_at"])
        _record("hold.ended", row, by)


def say_what_this_is_not(programme_id: int, is_said: bool, words: str, *, by: Viewer) -> None:
    """Whether people read that a conversation is no statutory consultation, and in which words."""
    with transaction.atomic():
        row = _held(programme_id, by)
        row.says_no_consultation, row.consultation_words = is_said, words.strip()
        row.save(update_fields=["says_no_consultation", "consultation_words"])
        _record("consultation_note.set", row, by)


def keep_until(programme_id: int, day: date | None, *, by: Viewer) -> None:
    """Set the day from which what is about people goes. The team is told before, so the day lies ahead."""
    with transaction.atomic():
        row = _held(programme_id, by)
        if row.keep_until == day:
            return
        if day is not None and day <= clock.now().date():
            raise refuse(_("Please choose a day that is still to come."))
        row.keep_until, row.keep_told_at, row.keep_done_at = day, None, None
        row.save(update_fields=["keep_until", "keep_told_at", "keep_done_at"])
        _record("retention.set", row, by)


def _held(programme_id: int, by: Viewer) -> Programme:
    row = standing_programme(programme_id)
    require(can(by, Act.KEEP_DUTIES, row))
    return row


def _record(verb: str, row: Programme, by: Viewer) -> None:
    record(verb, subject_kind="programme", subject_id=row.public_id, by=by, programme=row.public_id)
