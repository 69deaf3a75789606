"""The result that may be shown of a conversation now."""

from knotwork.conversations.analyses import KIND
from knotwork.conversations.models import Conversation
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView


def newest_result_of(conversation: Conversation) -> SnapshotView | None:
    """The newest good result; none while it holds other counts than the conversation may publish now."""
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    if snapshot is None or snapshot.result["exact"] != conversation.publishes_votes:
        return None
    return snapshot
