"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    Participant,
    Statement,
    StatementState,
    Vote,
)
from knotwork.conversations.rules import (
    HOST_ROLES,
    MODERATOR_ROLES,
    Phase,
    is_sensitive,
    phase_of,
    reason_in_words,
)
from knotwork.conversations.services.participants import KNOWN, KNOWN_FIELDS, token_hash
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.asked_often import row_of
from knotwork.core.events.models import Event
from knotwork.core.pages.numbers import number_in_words
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


def conversation_at(programme_slug: str, slug: str, viewer: Viewer) -> Conversation | None:
    """The conversation at this address, for views of this room; ``None`` when the viewer may not see it.

    Every vote comes through here. Nearly all conversations are open to everybody, which their own rows say; building
    the question that asks the database for a viewer's standing costs more than the rest of a vote.
    """
    rows = Conversation.objects.select_related("programme", "place")
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
    counted = _who_answered().filter(conversation=OuterRef("pk")).order_by().values("conversation")
    how_many = counted.annotate(people=Count("pk")).values("people")
    return Coalesce(Subquery(how_many, output_field=IntegerField()), 0)


def _who_answered() -> QuerySet[Participant]:
    return Participant.objects.filter(Exists(Vote.objects.filter(participant=OuterRef("pk"))))


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
        is_sensitive(row),
        row.programme.provenance == Provenance.MADE_UP,
        row.programme.time_zone,
    )


def people_in_words(count: int, *, exact: bool = False) -> str:
    """How many took part, as it may be said in public: rounded to five, and nothing exact below five.

    Where the votes themselves are published, the number is given as it is.
    """
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if count == 0:
        return _("Nobody has answered yet.")
    if exact:
        words = ngettext("%(count)s person took part.", "%(count)s people took part.", count)
        return words % {"count": number_in_words(count)}
    if count < smallest:
        return _("A few people have taken part.")
    rounded = smallest * round(count / smallest)
    return _("About %(count)s people have taken part.") % {"count": number_in_words(rounded)}


def people_who_answered(conversation: Conversation) -> int:
    """How many have answered at least one statement; exact, so not for a public page as it is."""
    return _who_answered().filter(conversation=conversation).count()


@dataclass(frozen=True)
class Progress:
    """How far one participant has come."""

    answered: int = 0
    not_understood: int = 0
    added: int = 0

    @property
    def met(self) -> int:
        return self.answered + self.not_understood


_KNOWN_WITH_PROGRESS = KNOWN.format(
    more=""",
  (SELECT COUNT(*) FROM conversations_vote WHERE participant_id = p.id),
  (SELECT COUNT(*) FROM conversations_notunderstood n WHERE n.participant_id = p.id AND NOT EXISTS (
    SELECT 1 FROM conversations_vote v WHERE v.participant_id = n.participant_id AND v.statement_id = n.statement_id)),
  (SELECT COUNT(*) FROM conversations_statement WHERE author_id = p.id)"""
)


def known_with_progress(conversation: Conversation, token: str | None) -> tuple[Participant | None, Progress]:
    """Whom this browser's token stands for, if she has begun, and how far she has come; one query."""
    row = token and row_of(_KNOWN_WITH_PROGRESS, token_hash(conversation, token), conversation.pk)
    if not row:
        return None, Progress()
    known = len(KNOWN_FIELDS)
    return Participant.from_db(connection.alias, KNOWN_FIELDS, row[:known]), Progress(*row[known:])


def answers_of(participant: Participant) -> "QuerySet[Vote]":
    """What she answered, the latest first, with the statements that are still shown."""
    live = Vote.objects.filter(participant=participant, statement__state=StatementState.LIVE)
    return live.select_related("statement").order_by("-at", "-pk")


def statements_to_look_at(conversation: Conversation) -> list[Statement]:
    """What people added and no moderator has looked at yet, shown already or not; the longest waiting first."""
    is_waiting = Q(state=StatementState.WAITING)
    was_shown_at_once = Q(state=StatementState.LIVE, author__isnull=False, is_seed=False)
    return list(
        Statement.objects.filter(
            is_waiting | was_shown_at_once, conversation=conversation, checked_at__isnull=True
        )
        .exclude(text="")
        .order_by("created_at", "pk")
    )


def statements_looked_at(conversation: Conversation) -> list[Statement]:
    """People's statements on which moderators have decided, the latest decision first."""
    return list(
        Statement.objects.filter(conversation=conversation, checked_at__isnull=False)
        .exclude(text="")
        .order_by("-checked_at", "-pk")
    )


@dataclass(frozen=True)
class Decided:
    """A line of the public log of moderation: what was done, when and why; not by whom, nor to whom."""

    at: datetime
    verb: str
    what: str
    reason: str


LOGGED = ("statement.added", "statement.accepted", "statement.not_shown", "statement.reworded")


def moderation_log(conversation: Conversation) -> "QuerySet[Event]":
    """The events of a conversation's statements, newest first."""
    subjects = Statement.objects.filter(conversation=conversation).values("public_id")
    return Event.objects.filter(
        programme=conversation.programme.public_id,
        subject_kind="statement",
        subject_id__in=subjects,
        verb__in=LOGGED,
    ).order_by("-at", "-id")


@dataclass(frozen=True)
class Tally:
    """How people's statements stand together."""

    added: int
    waiting: int
    not_shown: int


def tally_of(conversation: Conversation) -> Tally:
    """How many statements people have added, how many wait, and how many are not shown."""
    counted = Statement.objects.filter(conversation=conversation, is_seed=False).aggregate(
        added=Count("pk"),
        waiting=Count("pk", filter=Q(state=StatementState.WAITING)),
        not_shown=Count("pk", filter=Q(state=StatementState.NOT_SHOWN)),
    )
    return Tally(**counted)


def decided(event: Event) -> Decided:
    """An event as a line of the log."""
    words = {
        "statement.added": _("Somebody added a statement."),
        "statement.accepted": _("A moderator let a statement be shown."),
        "statement.not_shown": _("A moderator decided not to show a statement."),
        "statement.reworded": _("The words of a statement were changed before anybody had answered."),
    }
    reason = event.details.get("reason", "")
    return Decided(event.at, event.verb, words[event.verb], reason_in_words(reason) if reason else "")


def programmes_hosted_by(viewer: Viewer) -> list[tuple[str, str]]:
    """Slug and name of the programmes in which the viewer may prepare a conversation."""
    rows = programmes().visible_to(viewer)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(role__in=HOST_ROLES)
        rows = rows.filter(pk__in=mine.values("programme_id"))
    return [(row.slug, str(row)) for row in rows.order_by("order", "name")]
