"""Flags: somebody who takes part says that a statement should not be here; a moderator looks at it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    Moderation,
    Participant,
    Statement,
    StatementFlag,
    StatementState,
)
from knotwork.conversations.services.participants import join, known_by
from knotwork.conversations.services.refusals import NotTaken, UnknownStatement, require_taken
from knotwork.conversations.services.statements import record_of
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.pages.errors import SlowDown

FLAGS_OF_ONE_BROWSER = Limit("flag", 20, timedelta(hours=1))
FLAGS_OF_ONE_NETWORK = Limit("flag, network", 120, timedelta(hours=1))


def flag_statement(
    conversation: Conversation, statement: Statement, reason: str, token: str, address: str
) -> None:
    """Say that a statement should not be here. Counted once per person; a second flag of hers changes nothing.

    Flags hide nothing by themselves, unless statements are shown at once here, no moderator has seen this one, and its
    hosts said how many flags make it wait.
    """
    if reason not in rules.POLICY:
        raise NotTaken(_("Please choose a reason."))
    require_taken(rules.can_take_part(conversation, known_by(conversation, token)), conversation)
    if statement.conversation_id != conversation.pk or statement.state != StatementState.LIVE:
        raise UnknownStatement
    if not (
        attempt(FLAGS_OF_ONE_BROWSER, f"{conversation.public_id} {token}")
        and attempt(FLAGS_OF_ONE_NETWORK, f"{conversation.public_id} {address}")
    ):
        raise SlowDown(600, _("You have flagged many statements in a short time. Please wait a while."))
    with transaction.atomic():
        _flag(conversation, statement, reason, join(conversation, token, address))


def _flag(conversation: Conversation, statement: Statement, reason: str, who: Participant) -> None:
    row = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    row.conversation = conversation
    _row, is_new = StatementFlag.objects.get_or_create(
        statement=row, participant=who, defaults={"reason": reason}
    )
    if not is_new:
        return
    record_of("statement.flagged", row, STRANGER, reason=reason)
    if _is_hidden_by(conversation, row):
        row.state = StatementState.WAITING
        row.save(update_fields=["state"])
        record_of("statement.hidden", row, STRANGER)


def _is_hidden_by(conversation: Conversation, row: Statement) -> bool:
    """Whether these flags make it wait for a moderator, who has never seen it."""
    return (
        conversation.moderation == Moderation.AFTER
        and row.checked_at is None
        and row.state == StatementState.LIVE
        and 0 < conversation.flags_to_hide <= row.flags.count()
    )
