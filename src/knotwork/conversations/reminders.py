"""A letter to moderators when statements have waited for more than a day: one a day for each at the most."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models import Conversation, ConversationStage, Statement
from knotwork.conversations.queries import address_of, statements_to_look_at
from knotwork.conversations.queries.moderators import moderators_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.mail import services as mail
from knotwork.core.mail.kinds import MailKind
from knotwork.core.mail.kinds import register as register_kind

KIND = "statements_waiting"
TOO_LONG = timedelta(days=1)
ONE_A_DAY = Limit("reminder of statements waiting", 1, timedelta(days=1))


def register() -> None:
    """Called once, when the room starts."""
    register_kind(
        MailKind(
            KIND,
            _("Reminders that statements wait for you"),
            optional=True,
            template="conversations/mail/waiting",
        )
    )


def remind_moderators() -> int:
    """Write to everybody who moderates a conversation in which something has waited too long; how many letters."""
    waiting: dict[int, list[Conversation]] = {}
    people: dict[int, Person] = {}
    going_on = Conversation.objects.filter(withdrawn_at__isnull=True, held_elsewhere=False).exclude(
        stage=ConversationStage.DRAFT
    )
    for conversation in going_on.select_related("programme", "place"):
        for person in moderators_of(conversation) if _has_waited(conversation) else ():
            people[person.pk] = person
            waiting.setdefault(person.pk, []).append(conversation)
    return sum(_write_to(people[who], conversations) for who, conversations in waiting.items())


def _has_waited(conversation: Conversation) -> bool:
    """Whether something in its queue is older than a day."""
    since = clock.now() - TOO_LONG
    return any(_waits_since(statement) < since for statement in statements_to_look_at(conversation))


def _waits_since(statement: Statement) -> datetime:
    """When it came, or when somebody first flagged it after a moderator had looked."""
    flags = statement.flags.filter(settled_at__isnull=True).order_by("at")
    flagged_at = flags.values_list("at", flat=True).first()
    waits_itself = statement.checked_at is None and not statement.is_seed
    return statement.created_at if waits_itself or flagged_at is None else flagged_at


def _write_to(person: Person, conversations: list[Conversation]) -> bool:
    viewer = viewer_for(person)
    rows = [
        {
            "question": conversation.question,
            "count": len(statements_to_look_at(conversation, viewer)),
            "url": f"{settings.KNOTWORK_ORIGIN}{address_of(conversation, 'moderate')}",
        }
        for conversation in conversations
    ]
    rows = [row for row in rows if row["count"]]
    if not rows or not attempt(ONE_A_DAY, str(person.public_id)):
        return False
    with translation.override(conversations[0].programme.language):
        return mail.send(KIND, person.email, {"rows": rows})
