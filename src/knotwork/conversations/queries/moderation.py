"""Statements that wait for a moderator, those decided on, and the public log of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from knotwork.conversations.models import (
    Conversation,
    Statement,
    StatementState,
)
from knotwork.conversations.rules import (
    reason_in_words,
)
from knotwork.core.events.models import Event


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
