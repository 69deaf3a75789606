"""The one clock of the rooms, so that a test can stand at any moment without sleeping."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _moved_to.get() or datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[datetime]:
    """Stand at ``moment`` (time-zone aware) for the length of a ``with`` block."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    token = _moved_to.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _moved_to.reset(token)
