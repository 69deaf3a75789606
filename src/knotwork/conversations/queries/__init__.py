"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from knotwork.conversations.queries.conversations import (
    ConversationQuerySet,
    ListedConversation,
    address_of,
    conversation_at,
    conversations,
    conversations_for,
    is_shown_to_everybody,
    programmes_hosted_by,
    results_address_of,
    run_by,
)
from knotwork.conversations.queries.moderation import (
    LOGGED,
    Decided,
    Tally,
    decided,
    moderation_log,
    statements_looked_at,
    statements_to_look_at,
    tally_of,
)
from knotwork.conversations.queries.people import (
    Progress,
    answers_of,
    known_with_progress,
    people_in_words,
    people_who_answered,
)

__all__ = [
    "ConversationQuerySet",
    "Decided",
    "LOGGED",
    "ListedConversation",
    "Progress",
    "Tally",
    "address_of",
    "answers_of",
    "conversation_at",
    "conversations",
    "conversations_for",
    "decided",
    "is_shown_to_everybody",
    "moderation_log",
    "people_in_words",
    "people_who_answered",
    "programmes_hosted_by",
    "known_with_progress",
    "results_address_of",
    "run_by",
    "statements_looked_at",
    "statements_to_look_at",
    "tally_of",
]
