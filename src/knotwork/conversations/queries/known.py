"""Whom a browser's token stands for: asked at every vote, so in one bare question to the database."""

from django.db import DEFAULT_DB_ALIAS

from knotwork.conversations.models import Conversation, Participant
from knotwork.core.asked_often import row_of
from knotwork.core.limits.services import keyed_hash

# In the order in which they stand in the model: from_db takes them so.
KNOWN_FIELDS = ["id", "conversation_id", "number", "is_invited", "named_part"]
KNOWN = """
SELECT p.id, p.conversation_id, p.number, p.is_invited, p.named_part{more}
FROM conversations_participanttoken t JOIN conversations_participant p ON p.id = t.participant_id
WHERE t.token_hash = %s AND p.conversation_id = %s
"""
_KNOWN = KNOWN.format(more="")


def token_hash(conversation: Conversation, token: str) -> str:
    """What is kept of a browser's token: another value in each conversation, so that none can be linked."""
    return keyed_hash(f"participant of {conversation.public_id}", token)


def known_by(conversation: Conversation, token: str | None) -> Participant | None:
    """The participant of this conversation whom this browser's token stands for, if she has begun."""
    if not token:
        return None
    row = row_of(_KNOWN, token_hash(conversation, token), conversation.pk)
    return None if row is None else Participant.from_db(DEFAULT_DB_ALIAS, KNOWN_FIELDS, row)
