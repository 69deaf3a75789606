"""Decisions: every permission answers with a reason, and the reason is shown to the person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """Allowed or not, and why in words that may be read aloud to the person who asked.

    A refused decision is falsy, so ``if can_moderate(viewer, conversation)`` reads as a sentence.
    """

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):  # noqa: N818 - reads as a sentence where it is raised and is shown as a page, not as an error
    """Raised by a service that was asked for something the rules do not allow; becomes a page that shows the reason."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision.reason))
        self.decision = decision


ALLOWED = Decision(True)


def require(decision: Decision) -> None:
    """Go on if allowed; otherwise raise :class:`Refused` with the reason."""
    if not decision:
        raise Refused(decision)
