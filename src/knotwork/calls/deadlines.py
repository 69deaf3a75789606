"""Deadlines as people write and read them: in the programme's time zone, right on the nights when clocks change.

Pure: no database, no clock.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):  # noqa: N818 - what was written is not a time
    """The clocks jump over this time on that night."""


def moment_in(zone: str, local: datetime) -> datetime:
    """The moment at which the clocks of ``zone`` show ``local`` (without a zone), in UTC.

    On the night on which an hour comes twice it is the second time, so that nobody who read the clock is late. A time
    that the clocks jump over is refused.
    """
    if local.tzinfo is not None:
        raise ValueError("A local time has no time zone of its own.")
    moment = local.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        raise NoSuchTime(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}.")
    return moment


def local_in(zone: str, moment: datetime) -> datetime:
    """What the clocks of ``zone`` show at a moment, with the zone."""
    return moment.astimezone(ZoneInfo(zone))


def is_end_of_day(zone: str, moment: datetime) -> bool:
    """Whether a deadline is at midnight: people read it as the end of the day before."""
    return local_in(zone, moment).time() == time(0)


def last_day(zone: str, moment: datetime) -> datetime:
    """The local day on which one may still hand in: that of the last moment before the deadline."""
    return local_in(zone, moment - timedelta(microseconds=1))
