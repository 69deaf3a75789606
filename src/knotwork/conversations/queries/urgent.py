"""Urgent questions: the templates that a host may use, those that were asked, and what came of one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from knotwork.conversations.models import Conversation, Offer, UrgentQuestion, UrgentTemplate
from knotwork.conversations.queries.conversations import address_of, conversations
from knotwork.conversations.rules import HOST_ROLES, Phase, phase_of
from knotwork.conversations.urgent_rules import UrgentAct, UrgentStage, may, stage_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Membership, Programme
from knotwork.programmes.standing import in_force, memberships_of


def templates_for(viewer: Viewer, programme: Programme) -> "list[UrgentTemplate]":
    """The templates of a programme, and of its places, that the viewer may use."""
    rows = UrgentTemplate.objects.filter(programme=programme, withdrawn_at__isnull=True)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(programme=programme, role__in=HOST_ROLES)
        if not mine.filter(place__isnull=True).exists():
            rows = rows.filter(place__in=mine.values("place_id"))
    return list(rows.select_related("programme", "place", "duty_lead"))


def possible_duty_leads(programme: Programme, roles: tuple[str, ...]) -> "list[Person]":
    """Those who may look at what people write somewhere in this programme."""
    held = Membership.objects.filter(in_force(clock.now()), programme=programme, role__in=roles)
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    return list(people.order_by("email"))


@dataclass(frozen=True)
class UrgentView:
    """An urgent question as everybody may read it."""

    public_id: UUID
    question: str
    language: str
    url: str
    about_url: str
    offer_url: str
    stage: UrgentStage
    is_open: bool
    closes_at: datetime | None
    who_will_act: str
    acting_at: datetime | None
    done: str
    done_at: datetime | None

    @property
    def takes_offers(self) -> bool:
        return self.stage is not UrgentStage.DONE


def urgent_question_of(conversation: Conversation) -> UrgentQuestion | None:
    """The urgent question that this conversation asks; ``None`` for one that can wait."""
    rows = UrgentQuestion.objects.select_related("conversation__programme", "conversation__place")
    return rows.filter(conversation=conversation).first()


def urgent_view(question: UrgentQuestion) -> UrgentView:
    """What everybody may read of it."""
    row = question.conversation
    return UrgentView(
        row.public_id,
        row.question,
        row.language,
        address_of(row, "urgent"),
        address_of(row, "about"),
        address_of(row, "offer"),
        stage_of(question),
        phase_of(row) is Phase.OPEN,
        row.closes_at,
        question.who_will_act,
        question.acting_at,
        question.done,
        question.done_at,
    )


def asked_in(programme: Programme, viewer: Viewer) -> list[UrgentView]:
    """The urgent questions of a programme that the viewer may see, the newest first."""
    seen = conversations().visible_to(viewer).filter(programme=programme)
    rows = UrgentQuestion.objects.filter(conversation__in=seen).order_by("-id")
    return [urgent_view(row) for row in rows.select_related("conversation__programme", "conversation__place")]


@dataclass(frozen=True)
class ReadOffer:
    """An offer, for those who run the question; ``contact`` is empty for all but the duty lead."""

    text: str
    contact: str
    has_contact: bool
    made_at: datetime


def offers_of(question: UrgentQuestion, viewer: Viewer) -> list[ReadOffer]:
    """What people offer, the newest first, for those who look after the question."""
    if not may(viewer, UrgentAct.LOOK_AFTER, question):
        return []
    may_reach = bool(may(viewer, UrgentAct.READ_CONTACTS, question))
    rows = Offer.objects.filter(question=question, emptied_at__isnull=True).order_by("-id")
    return [
        ReadOffer(row.text, row.contact if may_reach else "", bool(row.contact), row.made_at) for row in rows
    ]


def offers_made(question: UrgentQuestion) -> int:
    """How many offered something, also after their words were emptied."""
    return Offer.objects.filter(question=question).count()
