"""Why something that somebody sent was not taken: a reason in plain words, and the status that fits it."""

from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, Statement
from knotwork.core.rules import Decision, require


class NotTaken(Exception):  # noqa: N818 - reads as a sentence where it is raised and is shown as a page
    """Something was not taken, and nothing of it was written. Who sent it reads ``reason``."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownStatement(NotTaken):
    """There is no such statement to answer in this conversation, or it is not shown (any more)."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("This statement is not in the conversation any more. There may be others to answer.")
        )


class UnknownAnswer(NotTaken):
    """The answer is none of those that the page offers."""

    def __init__(self) -> None:
        super().__init__(_("We did not understand this answer. Please choose agree, disagree or pass."))


class NotOpen(NotTaken):
    """The conversation does not take this at the moment."""

    status = HTTPStatus.CONFLICT


class NotFit(NotTaken):
    """A text that cannot become a statement as it stands."""


class NoSuchSheet(NotTaken):
    """No pack of this conversation has a sheet with this number."""

    status = HTTPStatus.NOT_FOUND


class TypedBefore(NotTaken):
    """This sheet of paper was typed in already."""

    status = HTTPStatus.CONFLICT


class SaidBefore(NotTaken):
    """Somebody said the same; ``statement`` is hers."""

    status = HTTPStatus.CONFLICT

    def __init__(self, statement: Statement, reason: str) -> None:
        super().__init__(reason)
        self.statement = statement


class CodeNotKnown(NotTaken):
    """A return code that leads nowhere; the message is one and the same for whatever is wrong with it."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _(
                "We do not know this code. Please compare each letter and number with what you wrote down. "
                "A code also ends when you make a new one or ask us to forget you."
            )
        )


class InvitationNotKnown(NotTaken):
    """An invitation that leads nowhere; the message is one and the same for whatever is wrong with it."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _(
                "We do not know this invitation. Please compare each letter and number with your letter. "
                "If it still does not work, ask those who invited you for another one."
            )
        )


class InvitationUsed(NotTaken):
    """Somebody has used this invitation; each is for one person, once."""

    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            _(
                "This invitation has been used, and each one is for one person. If that was you, go on in the "
                "browser in which you used it, or come back with your own code."
            )
        )


def require_taken(decision: Decision, conversation: Conversation) -> None:
    """Go on if allowed. Whoever was not invited is refused; anything else is about this moment."""
    if not decision and rules.asks_by_invitation(conversation):
        require(decision)
    if not decision:
        raise NotOpen(decision.reason)
