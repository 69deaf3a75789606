"""When a programme keeps things no longer: who answered in closed conversations, and codes that invited people."""

from uuid import UUID

from django.db.models import Q, QuerySet

from knotwork.conversations.models import (
    BackgroundAnswer,
    Conversation,
    Invitation,
    InvitationBatch,
    Participant,
    ParticipantToken,
)
from knotwork.conversations.rules import Phase, phase_of
from knotwork.core.accounts import erasures

PARTICIPANTS, INVITATIONS = "participants_of", "invitations_of"


def participants_going(programme_id: int) -> int:
    """How many participants of closed conversations are still known in a browser, by a code, or by what they said
    about themselves."""
    return _known(_closed(programme_id)).count()


def forget_participants(programme_id: int) -> int:
    """Break the link between every participant of closed conversations and her answers; the answers stay.

    One line on the erasure list for each conversation, so that a large one costs no more than a small one.
    """
    gone = 0
    for conversation in _closed(programme_id):
        known = _known([conversation]).count()
        if known:
            erasures.remember(PARTICIPANTS, conversation.public_id.hex)
            forget_participants_again(conversation.public_id.hex)
        gone += known
    return gone


def forget_participants_again(key: str) -> None:
    """The same after an older dump was put back; ``key`` names the conversation."""
    those = Participant.objects.filter(conversation__public_id=UUID(key))
    ParticipantToken.objects.filter(participant__in=those).delete()
    BackgroundAnswer.objects.filter(participant__in=those).delete()
    those.update(return_code_hash="", address_hash="")


def invitations_going(programme_id: int) -> int:
    """How many codes of closed conversations there are; who used one was never kept."""
    return Invitation.objects.filter(batch__conversation__in=_closed(programme_id)).count()


def forget_invitations(programme_id: int) -> int:
    """Remove the codes of closed conversations, and the words by which their hosts knew to whom they went."""
    gone = 0
    for conversation in _closed(programme_id):
        codes = Invitation.objects.filter(batch__conversation=conversation).count()
        if codes:
            erasures.remember(INVITATIONS, conversation.public_id.hex)
            forget_invitations_again(conversation.public_id.hex)
        gone += codes
    return gone


def forget_invitations_again(key: str) -> None:
    """The same after an older dump was put back; ``key`` names the conversation."""
    Invitation.objects.filter(batch__conversation__public_id=UUID(key)).delete()
    InvitationBatch.objects.filter(conversation__public_id=UUID(key)).update(label="")


def _closed(programme_id: int) -> list[Conversation]:
    """Conversations in which nobody answers any more; those that are open are in use, and so is who answers there."""
    rows = Conversation.objects.filter(programme_id=programme_id).order_by("pk")
    return [row for row in rows if phase_of(row) is Phase.CLOSED]


def _known(conversations: list[Conversation]) -> QuerySet[Participant]:
    known = Q(tokens__isnull=False) | ~Q(return_code_hash="") | ~Q(address_hash="")
    said = Q(
        pk__in=BackgroundAnswer.objects.filter(participant__conversation__in=conversations).values(
            "participant"
        )
    )
    return Participant.objects.filter(known | said, conversation__in=conversations).distinct()
