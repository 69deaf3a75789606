"""Conversations: finding one, listing those that a viewer may see, and the programmes in which she may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
)
from knotwork.conversations.queries.people import people_in_words, who_answered
from knotwork.conversations.rules import (
    HOST_ROLES,
    MODERATOR_ROLES,
    Phase,
    asks_by_invitation,
    phase_of,
)
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Provenance, Stage
from knotwork.programmes.querysets import places, programmes
from knotwork.programmes.standing import memberships_of, staged_for


class ConversationQuerySet(QuerySet[Conversation]):
    """Conversations, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of programmes and places that the viewer may see; drafts only for those who run them."""
        seen = self.standing().filter(staged_for(viewer), programme__in=programmes().visible_to(viewer))
        seen = seen.filter(Q(place__isnull=True) | Q(place__in=places().visible_to(viewer)))
        return seen.filter(~Q(stage=ConversationStage.DRAFT) | run_by(viewer))


def run_by(viewer: Viewer) -> Q:
    if viewer.is_administrator:
        return Q(pk__isnull=False)  # an empty Q would vanish from an "or" instead of being true
    mine = memberships_of(viewer).filter(role__in=MODERATOR_ROLES)
    whole = mine.filter(place__isnull=True).values("programme_id")
    return Q(programme_id__in=whole) | Q(place_id__in=mine.filter(place__isnull=False).values("place_id"))


def conversations() -> ConversationQuerySet:
    """All conversations of all programmes."""
    return ConversationQuerySet(Conversation)


def conversation_at(
    programme_slug: str, slug: str, viewer: Viewer, *, told: Mapping[str, Exists] | None = None
) -> Conversation | None:
    """The conversation at this address, for views of this room; ``None`` when the viewer may not see it.

    Every vote comes through here. Nearly all conversations are open to everybody, which their own rows say; building
    the question that asks the database for a viewer's standing costs more than the rest of a vote. ``told``: what
    else the same query shall say of it.
    """
    rows = Conversation.objects.select_related("programme", "place").annotate(**(told or {}))
    row = rows.filter(programme__slug=programme_slug, slug=slug).first()
    if row is None or is_shown_to_everybody(row):
        return row
    return row if conversations().visible_to(viewer).filter(pk=row.pk).exists() else None


def is_shown_to_everybody(conversation: Conversation) -> bool:
    """What ``visible_to`` says of a stranger, told from the rows of the conversation, its programme and its place."""
    if conversation.stage == ConversationStage.DRAFT:
        return False
    parts = (conversation, conversation.programme, conversation.place)
    return all(
        part is None or (part.visibility == Stage.PUBLIC and part.withdrawn_at is None) for part in parts
    )


def address_of(conversation: Conversation, page: str = "take-part") -> str:
    """The address of one of a conversation's pages, by its name."""
    return reverse(f"conversations:{page}", args=[conversation.programme.slug, conversation.slug])


def results_address_of(conversation: Conversation) -> str:
    """Where its results are read."""
    return f"{address_of(conversation)}results/"


@dataclass(frozen=True)
class ListedConversation:
    """A conversation in a list. ``people`` is in words, because small numbers are not given in public."""

    public_id: UUID
    question: str
    language: str
    url: str
    about_url: str
    results_url: str
    phase: Phase
    programme: str
    place: str
    people: str
    closes_at: datetime | None
    held_elsewhere: bool
    by_invitation: bool
    is_made_up: bool
    time_zone: str


def conversations_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None
) -> list[ListedConversation]:
    """What the viewer may see, open ones first, then those to come, then the newest closed; one query."""
    rows = conversations().visible_to(viewer).select_related("programme", "place")
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    order = [Phase.OPEN, Phase.NOT_YET, Phase.DRAFT, Phase.CLOSED]
    listed = [_listed(row) for row in rows.annotate(people=_people_of_each())]
    return sorted(listed, key=lambda row: (row.by_invitation, order.index(row.phase)))


def _people_of_each() -> Coalesce:
    counted = who_answered().filter(conversation=OuterRef("pk")).order_by().values("conversation")
    how_many = counted.annotate(people=Count("pk")).values("people")
    return Coalesce(Subquery(how_many, output_field=IntegerField()), 0)


def _listed(row: Conversation) -> ListedConversation:
    return ListedConversation(
        row.public_id,
        row.question,
        row.language,
        address_of(row),
        address_of(row, "about"),
        results_address_of(row),
        phase_of(row),
        str(row.programme),
        row.place.name if row.place else "",
        people_in_words(row.people, exact=row.publishes_votes),  # type: ignore[attr-defined]
        row.closes_at,
        row.held_elsewhere,
        asks_by_invitation(row),
        row.programme.provenance == Provenance.MADE_UP,
        row.programme.time_zone,
    )


def programmes_hosted_by(viewer: Viewer) -> list[tuple[str, str]]:
    """Slug and name of the programmes in which the viewer may prepare a conversation."""
    rows = programmes().visible_to(viewer)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(role__in=HOST_ROLES)
        rows = rows.filter(pk__in=mine.values("programme_id"))
    return [(row.slug, str(row)) for row in rows.order_by("order", "name")]
