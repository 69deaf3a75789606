"""Statements that wait for a moderator, those decided on, and the public log of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from knotwork.conversations.models import (
    Conversation,
    FormerStatementWording,
    Statement,
    StatementFlag,
    StatementState,
)
from knotwork.conversations.rules import (
    reason_in_words,
)
from knotwork.conversations.same_words import same_words
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.models import Event


def statements_to_look_at(conversation: Conversation, viewer: Viewer | None = None) -> list[Statement]:
    """What waits for a moderator, shown already or not; the longest waiting first.

    That is what people added and nobody has looked at, what another moderator wants a second opinion on, and what
    people have flagged since a moderator looked. Not what this viewer has asked others about.
    """
    not_checked = Q(checked_at__isnull=True)
    is_waiting = Q(state=StatementState.WAITING)
    was_shown_at_once = Q(state=StatementState.LIVE, author__isnull=False, is_seed=False)
    is_flagged = Q(state=StatementState.LIVE) & Exists(
        StatementFlag.objects.filter(statement=OuterRef("pk"), settled_at__isnull=True)
    )
    is_second = Q(state=StatementState.SECOND)
    if viewer is not None and viewer.public_id is not None:
        is_second &= ~Q(asked_by=viewer.public_id)
    return list(
        Statement.objects.filter(
            (not_checked & (is_waiting | was_shown_at_once)) | is_flagged | is_second,
            conversation=conversation,
        )
        .exclude(text="")
        .order_by("created_at", "pk")
    )


def asked_by(conversation: Conversation, viewer: Viewer) -> list[Statement]:
    """What this viewer has asked other moderators about and none has decided yet."""
    if viewer.public_id is None:
        return []
    waiting = Statement.objects.filter(conversation=conversation, state=StatementState.SECOND)
    return list(waiting.filter(asked_by=viewer.public_id))


def statements_looked_at(conversation: Conversation) -> list[Statement]:
    """People's statements on which moderators have decided, the latest decision first."""
    return list(
        Statement.objects.filter(conversation=conversation, checked_at__isnull=False)
        .exclude(text="")
        .exclude(state=StatementState.SECOND)
        .select_related("merged_into")
        .order_by("-checked_at", "-pk")
    )


def flags_on(statement: Statement) -> list[tuple[str, int]]:
    """Why people flagged it since a moderator looked: reason and how many, most first."""
    rows = statement.flags.filter(settled_at__isnull=True).values_list("reason")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "reason"))


def statements_that_may_say_the_same(statement: Statement) -> list[Statement]:
    """The other statements that are shown, those with the most words in common first."""
    wanted = set(same_words(statement.text).split())
    rows = Statement.objects.filter(conversation=statement.conversation_id, state=StatementState.LIVE)
    others = list(rows.exclude(pk=statement.pk).order_by("number"))

    def in_common(other: Statement) -> float:
        words = set(same_words(other.text).split())
        return len(wanted & words) / max(1, len(wanted | words))

    return sorted(others, key=lambda other: (-in_common(other), other.number))


@dataclass(frozen=True)
class Mended:
    """A statement whose spelling was mended: how it reads now, how it read until when, and why it changed."""

    text: str
    language: str
    before: str
    until: datetime
    reason: str


def mended_statements(conversation: Conversation, numbers: Iterable[int] | None = None) -> list[Mended]:
    """Every mending of statements that are shown, the latest first; ``numbers`` names the statements, else all."""
    return [one for _number, one in mendings(conversation, numbers)]


def mendings(conversation: Conversation, numbers: Iterable[int] | None = None) -> list[tuple[int, Mended]]:
    """The same with the number of each statement."""
    rows = FormerStatementWording.objects.filter(
        statement__conversation=conversation, statement__state=StatementState.LIVE
    ).select_related("statement")
    if numbers is not None:
        rows = rows.filter(statement__number__in=list(numbers))
    return [
        (
            row.statement.number,
            Mended(row.statement.text, row.statement.language, row.text, row.until, row.reason),
        )
        for row in rows.order_by("-until", "-pk")
    ]


@dataclass(frozen=True)
class Decided:
    """A line of the public log of moderation: what was done, when and why; not by whom, nor to whom."""

    at: datetime
    verb: str
    what: str
    reason: str


LOGGED = (
    "statement.added",
    "statement.accepted",
    "statement.not_shown",
    "statement.reworded",
    "statement.second_opinion",
    "statement.merged",
    "statement.unmerged",
    "statement.edited",
    "statement.flagged",
    "statement.hidden",
)


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
    merged: int


def tally_of(conversation: Conversation) -> Tally:
    """How many statements people have added, how many wait, and how many are not shown."""
    counted = Statement.objects.filter(conversation=conversation, is_seed=False).aggregate(
        added=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=(StatementState.WAITING, StatementState.SECOND))),
        not_shown=Count("pk", filter=Q(state=StatementState.NOT_SHOWN)),
        merged=Count("pk", filter=Q(state=StatementState.MERGED)),
    )
    return Tally(**counted)


def decided(event: Event) -> Decided:
    """An event as a line of the log."""
    words = {
        "statement.added": _("Somebody added a statement."),
        "statement.accepted": _("A moderator let a statement be shown."),
        "statement.not_shown": _("A moderator decided not to show a statement."),
        "statement.second_opinion": _("A moderator asked another for a second opinion."),
        "statement.merged": _("A moderator merged a statement with another that says the same."),
        "statement.unmerged": _("A moderator undid the merging of a statement."),
        "statement.edited": _("The spelling of a statement was mended. Both wordings stand below."),
        "statement.flagged": _("Somebody said that a statement should not be here."),
        "statement.hidden": _("So many people flagged a statement that it waits for a moderator."),
        "statement.reworded": _("The words of a statement were changed before anybody had answered."),
    }
    reason = event.details.get("reason", "")
    return Decided(event.at, event.verb, words[event.verb], reason_in_words(reason) if reason else "")
