"""Flags on participants: results are worked out with and without their answers, which count all the same."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, FlaggedFor, Participant
from knotwork.conversations.services.refusals import NotTaken
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require


def flag_participants(conversation: Conversation, numbers: Collection[int], why: str, *, by: Viewer) -> int:
    """Flag these participants; how many were not flagged before."""
    if why not in FlaggedFor.values:
        raise NotTaken(_("Please choose a reason."))
    require(rules.can_host(by, conversation))
    with transaction.atomic():
        those = Participant.objects.filter(
            conversation=conversation, number__in=list(numbers), is_flagged=False
        )
        changed = those.update(is_flagged=True, flagged_for=why)
        if changed:
            _record("participants.flagged", conversation, by, reason=why)
    return changed


def unflag_participants(conversation: Conversation, why: str, *, by: Viewer) -> int:
    """Take away the flags that were given for one reason; how many went."""
    require(rules.can_host(by, conversation))
    with transaction.atomic():
        those = Participant.objects.filter(conversation=conversation, is_flagged=True, flagged_for=why)
        changed = those.update(is_flagged=False, flagged_for="")
        if changed:
            _record("participants.unflagged", conversation, by, reason=why or FlaggedFor.RUSH)
    return changed


def _record(verb: str, conversation: Conversation, by: Viewer, **details: str) -> None:
    record(
        verb,
        subject_kind="conversation",
        subject_id=conversation.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
        details=details,
    )
