"""Conversations and statements as beads of the golden thread."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.conversations.queries import ConversationQuerySet, address_of, conversations, run_by
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead

MOST_TO_CHOOSE = 200


def conversation_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Conversations as ends of strands."""
    return _conversation_beads(conversations().visible_to(viewer).filter(public_id__in=list(public_ids)))


def conversations_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """A place's conversations, newest first, for choosing one."""
    return _conversation_beads(conversations().visible_to(viewer).filter(place__public_id=place))


def _conversation_beads(rows: ConversationQuerySet) -> list[Bead]:
    return [
        Bead("conversation", row.public_id, row.question, address_of(row, "about"), *_where(row))
        for row in rows.select_related("programme", "place")
    ]


def statement_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Statements as ends of strands: those that are shown, in conversations that the viewer may see."""
    return _statement_beads(shown_statements(viewer).filter(public_id__in=list(public_ids)))


def statements_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """What people said in a place's conversations, newest first, for choosing one."""
    rows = shown_statements(viewer).filter(conversation__place__public_id=place)
    return _statement_beads(rows.order_by("-conversation_id", "-number")[:MOST_TO_CHOOSE])


def shown_statements(viewer: Viewer) -> "QuerySet[Statement]":
    """Live statements of conversations that the viewer may see; of a sensitive place only for those who run them."""
    seen = conversations().visible_to(viewer)
    open_places = Q(place__isnull=True) | Q(place__is_sensitive=False)
    return Statement.objects.filter(
        state=StatementState.LIVE, conversation__in=seen.filter(open_places | run_by(viewer))
    )


def _statement_beads(rows: "QuerySet[Statement]") -> list[Bead]:
    return [
        Bead(
            "statement",
            row.public_id,
            row.text,
            statement_address(row),
            *_where(row.conversation),
        )
        for row in rows.select_related("conversation__programme", "conversation__place")
    ]


def statement_address(row: Statement) -> str:
    """Where one statement is read by itself."""
    where = row.conversation
    return reverse("conversations:statement", args=[where.programme.slug, where.slug, row.public_id])


def statement_at(conversation: Conversation, public_id: UUID, viewer: Viewer) -> Statement | None:
    """One statement of a conversation, if the viewer may read it."""
    return shown_statements(viewer).filter(conversation=conversation, public_id=public_id).first()


def _where(row: Conversation) -> tuple[UUID, UUID | None]:
    return row.programme.public_id, row.place.public_id if row.place else None
