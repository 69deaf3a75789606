"""Events whose subject is a conversation as a whole."""

from knotwork.conversations.models import Conversation
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record


def record_of(verb: str, conversation: Conversation, by: Viewer, **details: str) -> None:
    """One event of a conversation, inside the transaction of its write."""
    record(
        verb,
        subject_kind="conversation",
        subject_id=conversation.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
        details=details,
    )
