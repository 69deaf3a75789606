"""Who may print a conversation, type in what people ticked, and show it to a room."""

from knotwork.conversations.models import Conversation
from knotwork.conversations.rules import Act, can_take_part, is_sensitive, may
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import Decision


def can_print(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person make sheets of paper for it? Those who host it, until it is closed."""
    return _in_a_room(viewer, Act.PRINT, conversation)


def can_type_in(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person type in what people ticked? Only hosts: whoever types in sheets gives answers for others."""
    return _in_a_room(viewer, Act.TYPE_IN, conversation)


def can_put_on_screen(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person show it to a room? Hosts, who know who sits there and who has answered."""
    return _in_a_room(viewer, Act.PUT_ON_SCREEN, conversation)


def _in_a_room(viewer: Viewer, act: Act, conversation: Conversation) -> Decision:
    decision = may(viewer, act, conversation)
    if decision and (is_sensitive(conversation) or conversation.held_elsewhere):
        return can_take_part(conversation)
    return decision
