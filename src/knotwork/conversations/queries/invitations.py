"""Batches of invitation codes as their hosts see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from knotwork.conversations.models import Conversation, InvitationBatch
from knotwork.core.pages.numbers import number_in_words


@dataclass(frozen=True)
class ListedBatch:
    """Codes that were made together: for whom, how many, and about how many are used. Never which."""

    public_id: UUID
    label: str
    part: str
    made_at: datetime
    codes: int
    used: str
    has_ended: bool


def batches_of(conversation: Conversation) -> list[ListedBatch]:
    """The batches of a conversation, the newest first."""
    rows = InvitationBatch.objects.filter(conversation=conversation).annotate(
        codes=Count("invitations"), used=Count("invitations", filter=Q(invitations__is_used=True))
    )
    return [
        ListedBatch(
            row.public_id,
            row.label,
            part_named(conversation, row.named_part),
            row.made_at,
            row.codes,
            _used(row.used),
            row.ended_at is not None,
        )
        for row in rows.order_by("-made_at", "-pk")
    ]


def part_named(conversation: Conversation, named_part: int | None) -> str:
    """The name of a part; empty for none."""
    is_there = named_part is not None and 1 <= named_part <= len(conversation.named_parts)
    return str(conversation.named_parts[named_part - 1]) if is_there and named_part else ""


def _used(count: int) -> str:
    """How many are used, in words that tell no host whether one person took part."""
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if count < smallest:
        return _("fewer than %(count)s used") % {"count": number_in_words(smallest)}
    return _("about %(count)s used") % {"count": number_in_words(smallest * round(count / smallest))}
