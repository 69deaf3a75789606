"""Windows of time: half-open, so that two that touch never overlap and never leave a gap."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WindowState(StrEnum):
    """Where a moment stands to a window."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


@dataclass(frozen=True)
class Window:
    """``[opens, closes)``; a missing end is open for ever on that side.

    Both moments are time-zone aware. The opening moment is inside, the closing moment is not: a deadline of noon
    means that noon is too late.
    """

    opens: datetime | None = None
    closes: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.opens, self.closes):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("A window's moments need a time zone.")
        if self.opens is not None and self.closes is not None and self.closes <= self.opens:
            raise ValueError(
                f"A window closes after it opens: it opens {self.opens} and closes {self.closes}."
            )

    def state(self, at: datetime) -> WindowState:
        """Whether ``at`` comes before, inside or after the window."""
        if self.opens is not None and at < self.opens:
            return WindowState.BEFORE
        if self.closes is not None and at >= self.closes:
            return WindowState.AFTER
        return WindowState.OPEN

    def contains(self, at: datetime) -> bool:
        """Whether ``at`` is inside."""
        return self.state(at) is WindowState.OPEN
