"""Until when what is about people is kept: each room says what it holds, and lets it go when the day has come.

The day is the programme's own (``keep_until``). The team hears of it before, with what would go; nothing goes earlier
than fourteen days after that letter, and nothing that is still in use goes at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from knotwork.programmes.models import Programme

TOLD_BEFORE = timedelta(days=30)
"""How long before the day the team gets its letter."""
AT_LEAST_AFTER_THE_LETTER = timedelta(days=14)

Count = Callable[[int], int]


@dataclass(frozen=True)
class Holding:
    """One kind of thing about people that a room holds for a programme.

    ``going(programme_id)`` counts what would go now, ``let_go(programme_id)`` lets it go and says how many it was; it
    may be called again at any time, and asks the rooms' own erasers, so that an older dump does not bring it back.
    """

    kind: str
    label: str | Promise
    stays: str | Promise
    going: Count
    let_go: Count


_HOLDINGS: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Called by each room when it starts."""
    _HOLDINGS[holding.kind] = holding


def holdings() -> tuple[Holding, ...]:
    """What all rooms hold, in a fixed order."""
    return tuple(_HOLDINGS[kind] for kind in sorted(_HOLDINGS))


@dataclass(frozen=True)
class Going:
    """How much of one kind would go now. Small numbers are not told exactly, to the team neither."""

    label: str
    stays: str
    count: int

    @property
    def is_few(self) -> bool:
        return 0 < self.count < 5


def preview(programme_id: int) -> tuple[Going, ...]:
    """What would go if the day were today."""
    return tuple(
        Going(str(holding.label), str(holding.stays), holding.going(programme_id)) for holding in holdings()
    )


def is_to_be_told(programme: Programme, moment: datetime) -> bool:
    """Whether the team has to hear of the day now."""
    begins = _beginning(programme)
    return begins is not None and programme.keep_told_at is None and begins - TOLD_BEFORE <= moment


def goes_on(programme: Programme) -> date | None:
    """The first day on which things go: the programme's own, or later if the letter to the team went late."""
    if programme.keep_until is None:
        return None
    if programme.keep_told_at is None:
        return programme.keep_until
    earliest = programme.keep_told_at + AT_LEAST_AFTER_THE_LETTER
    first = earliest.astimezone(ZoneInfo(programme.time_zone)).date()
    return max(
        programme.keep_until, first if earliest <= _start_of(first, programme) else first + timedelta(days=1)
    )


def is_due(programme: Programme, moment: datetime) -> bool:
    """Whether things go now: the day has come in the programme's time zone, and the letter is old enough."""
    day = goes_on(programme)
    return programme.keep_told_at is not None and day is not None and _start_of(day, programme) <= moment


def _beginning(programme: Programme) -> datetime | None:
    return None if programme.keep_until is None else _start_of(programme.keep_until, programme)


def _start_of(day: date, programme: Programme) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(programme.time_zone))
