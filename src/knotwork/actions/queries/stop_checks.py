"""How a stop rule is checked, what was seen so far, and whether it says stop."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotwork.actions.models import Comparison, EnteredNumber, StopCheck, TryOut
from knotwork.actions.stop_rule import Rule
from knotwork.actions.watched import rule_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.numbers import number_in_words
from knotwork.core.strands.kinds import Bead, beads


@dataclass(frozen=True)
class NumberView:
    """A number of a day, as somebody entered it."""

    on: date
    value: Decimal
    words: str
    note: str
    entered_at: datetime


@dataclass(frozen=True)
class CheckView:
    """A stop rule as something that can be checked.

    ``measure`` is missing where a number is entered, and where the viewer may not see the measure; then its figures are
    not shown either.
    """

    sentence: str
    rule: Rule
    number_name: str
    measure: Bead | None
    said_on: date
    spoke_on: date | None
    spoke_words: str
    numbers: tuple[NumberView, ...]

    @property
    def is_by_hand(self) -> bool:
        return bool(self.number_name)

    @property
    def says_stop(self) -> bool:
        return self.spoke_on is not None


def check_of(row: TryOut, viewer: Viewer) -> CheckView | None:
    """How the stop rule of a try-out is checked; nothing where it is in words only."""
    held = StopCheck.objects.filter(try_out=row).first()
    if held is None:
        return None
    zone = ZoneInfo(row.programme.time_zone)
    measure = _measure(held, viewer)
    name = held.number_name or (measure.title if measure else _("a measure of this place"))
    return CheckView(
        sentence=_sentence(held, name),
        rule=rule_of(held),
        number_name=held.number_name,
        measure=measure,
        said_on=held.said_at.astimezone(zone).date(),
        spoke_on=held.spoke_at.astimezone(zone).date() if held.spoke_at else None,
        spoke_words=_spoke(held) if held.number_name or measure else "",
        numbers=numbers_of(row) if held.number_name else (),
    )


def numbers_of(row: TryOut) -> tuple[NumberView, ...]:
    """What was entered, in order of time."""
    rows = EnteredNumber.objects.filter(try_out=row)
    return tuple(
        NumberView(each.on, each.value, short(each.value), each.note, each.entered_at) for each in rows
    )


def short(value: Decimal) -> str:
    """A number with no more digits than it needs."""
    plain = value.normalize()
    return number_in_words(plain, max(0, -int(plain.as_tuple().exponent)))


def _measure(held: StopCheck, viewer: Viewer) -> Bead | None:
    if held.measure is None:
        return None
    end = ("measure", held.measure)
    return beads([end], viewer).get(end)


def _sentence(held: StopCheck, name: str) -> str:
    words = {
        "name": name,
        "threshold": short(held.threshold),
        "day": date_format(held.from_on, "j F Y"),
    }
    if held.comparison == Comparison.BELOW:
        return _("It says stop if “%(name)s” is below %(threshold)s, on %(day)s or later.") % words
    return _("It says stop if “%(name)s” is above %(threshold)s, on %(day)s or later.") % words


def _spoke(held: StopCheck) -> str:
    if held.spoke_value is None:
        return ""
    words = short(held.spoke_value)
    if held.spoke_limits:
        words = _("%(number)s (likely between %(limits)s)") % {"number": words, "limits": held.spoke_limits}
    return f"{held.spoke_period}: {words}" if held.spoke_period else words
