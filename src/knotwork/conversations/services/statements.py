"""Statements: somebody says one thing, a moderator looks at it, and its author can read what became of it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    FormerStatementWording,
    Moderation,
    Participant,
    Statement,
    StatementState,
)
from knotwork.conversations.queries.moderators import other_moderators
from knotwork.conversations.services.numbers import next_number
from knotwork.conversations.services.participants import join, known_by
from knotwork.conversations.services.refusals import NotTaken, SaidBefore, require_taken
from knotwork.conversations.services.wording import fit_text, require_same_statement, same_words, tidy
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.events.services import record
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import require

STATEMENTS_OF_ONE_BROWSER = Limit("statement", 10, timedelta(hours=1))
STATEMENTS_OF_ONE_NETWORK = Limit("statement, network", 120, timedelta(hours=1))

MOST_OF_A_REPLY = 2000


def add_statement(
    conversation: Conversation, typed: str, token: str, address: str, *, language: str = ""
) -> Statement:
    """What somebody wants others to answer; it waits for a moderator unless new ones are shown at once.

    ``language`` is the one that she writes in; without it, that of the conversation.
    """
    known = known_by(conversation, token)
    require_taken(rules.can_add_statement(conversation, known), conversation)
    text = fit_text(typed)
    with transaction.atomic():
        participant = join(conversation, token, address)
        number = next_number(Statement, conversation)  # from here on nobody else adds one
        if earlier := _said_before(conversation, text):
            return _own_or_refused(earlier, participant)
        _check_pace(f"{conversation.public_id} {token}", f"{conversation.public_id} {address}")
        is_shown_at_once = conversation.moderation == Moderation.AFTER
        statement = Statement.objects.create(
            conversation=conversation,
            number=number,
            text=text,
            language=language or conversation.language,
            author=participant,
            state=StatementState.LIVE if is_shown_at_once else StatementState.WAITING,
        )
        record_of("statement.added", statement, STRANGER)
    return statement


def add_from_paper(participant: Participant, text: str) -> Statement | None:
    """What somebody wrote on paper: it always waits for a moderator; nothing is added if it has been said before.

    ``text`` is a fit one. The caller has opened the transaction in which the participant's answers are written too.
    """
    conversation = participant.conversation
    number = next_number(Statement, conversation)
    if _said_before(conversation, text):
        return None
    statement = Statement.objects.create(
        conversation=conversation,
        number=number,
        text=text,
        language=conversation.language,
        author=participant,
        state=StatementState.WAITING,
    )
    record_of("statement.added", statement, STRANGER)
    return statement


def _said_before(conversation: Conversation, text: str) -> Statement | None:
    wanted = same_words(text)
    rows = conversation.statements.exclude(state=StatementState.NOT_SHOWN).values_list("pk", "text")
    for primary_key, said in rows.iterator():
        if same_words(said) == wanted:
            return merged_to(Statement.objects.get(pk=primary_key))
    return None


def merged_to(statement: Statement) -> Statement:
    """The statement under which its answers count: itself, unless it was merged, maybe more than once."""
    while statement.merged_into is not None:
        statement = statement.merged_into
    return statement


def _own_or_refused(earlier: Statement, participant: Participant) -> Statement:
    """Pressing the button twice is no second statement; somebody else's is there to be answered."""
    if earlier.author_id == participant.pk:
        return earlier
    if earlier.state != StatementState.LIVE:
        reason = _("Somebody has just said the same. It is waiting for a moderator.")
    else:
        reason = _("Somebody has said the same already. You can answer it here.")
    raise SaidBefore(earlier, reason)


def _check_pace(browser: str, network: str) -> None:
    if not attempt(STATEMENTS_OF_ONE_BROWSER, browser):
        raise SlowDown(600, _("You have added many statements in a short time. Please wait a while."))
    if not attempt(STATEMENTS_OF_ONE_NETWORK, network):
        raise SlowDown(600, _("Many statements have come from your network. Please wait ten minutes."))


def accept(statement: Statement, *, by: Viewer) -> None:
    """Show a statement to people."""
    _decide(statement, StatementState.LIVE, "", by)


def do_not_show(statement: Statement, reason: str, *, reply: str = "", by: Viewer) -> None:
    """Keep a statement from people, for one of the published reasons; its author can read which.

    ``reply`` is for the author alone, who finds it beside what she said: it answers whoever asked for help.
    """
    if reason not in rules.POLICY:
        raise NotTaken(_("Please choose a reason. The person who wrote the statement will read it."))
    _decide(statement, StatementState.NOT_SHOWN, reason, by, reply.strip()[:MOST_OF_A_REPLY])


def _decide(statement: Statement, state: StatementState, reason: str, by: Viewer, reply: str = "") -> None:
    """One decision, one event; the same decision again changes nothing."""
    with transaction.atomic():
        row = _locked(statement)
        require(rules.can_decide(by, row))
        settled = row.flags.filter(settled_at__isnull=True).update(settled_at=clock.now())
        as_before = (row.state, row.reason, row.reply) == (state, reason, reply)
        if row.checked_at is not None and as_before and not settled:
            return
        row.state, row.reason, row.reply, row.checked_at = state, reason, reply, clock.now()
        row.asked_by = None
        row.save(update_fields=["state", "reason", "reply", "checked_at", "asked_by"])
        if state == StatementState.LIVE:
            record_of("statement.accepted", row, by)
        else:
            record_of("statement.not_shown", row, by, reason=reason)


def ask_second_opinion(statement: Statement, *, by: Viewer) -> None:
    """Ask another moderator to decide. Until then nobody is shown the statement."""
    with transaction.atomic():
        row = _locked(statement)
        require(rules.can_decide(by, row))
        if not other_moderators(row.conversation, by):
            raise NotTaken(_("Nobody else moderates this conversation yet, so there is nobody to ask."))
        row.state, row.asked_by = StatementState.SECOND, by.public_id
        row.save(update_fields=["state", "asked_by"])
        record_of("statement.second_opinion", row, by)


def _locked(statement: Statement) -> Statement:
    return (
        Statement.objects.select_related("conversation__programme", "conversation__place")
        .select_for_update(of=("self",))
        .get(pk=statement.pk)
    )


def edit_statement(statement: Statement, text: str, reason: str, *, by: Viewer) -> None:
    """Mend the spelling of a statement, also after people have answered it, in the open.

    The wording until now stays readable beside it, with the day and the reason. Other words are another statement.
    """
    text, why = fit_text(text), tidy(reason)[:300]
    if not why:
        raise NotTaken(_("Please say why. Everybody can read it."))
    with transaction.atomic():
        row = _locked(statement)
        require(rules.can_host(by, row.conversation))
        if row.text == text:
            return
        require_same_statement(row.text, text)
        FormerStatementWording.objects.create(statement=row, text=row.text, reason=why, until=clock.now())
        row.text = text
        row.save(update_fields=["text"])
        record_of("statement.edited", row, by)


def reword_statement(statement: Statement, typed: str, *, by: Viewer) -> None:
    """Give a statement other words, as long as nobody in the conversation has answered."""
    text = fit_text(typed)
    with transaction.atomic():
        conversation = (
            Conversation.objects.select_related("programme", "place")
            .select_for_update(of=("self",))
            .get(pk=statement.conversation_id)
        )
        require(rules.can_host(by, conversation))
        require(rules.can_reword(conversation))
        Statement.objects.filter(pk=statement.pk).update(text=text)
        record_of("statement.reworded", statement, by)


def record_of(verb: str, statement: Statement, by: Viewer, **details: str) -> None:
    """One event about a statement."""
    conversation = statement.conversation
    record(
        verb,
        subject_kind="statement",
        subject_id=statement.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
        details={"conversation": str(conversation.public_id)} | details,
    )
