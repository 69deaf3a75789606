"""The next number of a participant or a statement in its conversation."""

from django.db.models import Max

from knotwork.conversations.models import Conversation, Participant, Statement


def next_number(noun: type[Participant] | type[Statement], conversation: Conversation) -> int:
    """One more than the highest. Newcomers of one conversation queue here, inside their transactions.

    In PostgreSQL the queue is a lock on the conversation's row, of the kind that lets votes pass; in SQLite a
    transaction that writes is alone anyway.
    """
    Conversation.objects.select_for_update(no_key=True).only("pk").get(pk=conversation.pk)
    highest = noun.objects.filter(conversation=conversation).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
