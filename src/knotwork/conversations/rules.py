"""What may be done in a conversation, by whom and when: one table for buttons, views and services alike."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    NotUnderstood,
    PaperPack,
    Participant,
    ResultsShown,
    Statement,
    StatementState,
    Vote,
    VoteLogEntry,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.core.windows import WindowState
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Role
from knotwork.programmes.standing import Standing, memberships_of, standing_of


class Phase(StrEnum):
    """Where a conversation is now: its hosts' word and its window together."""

    DRAFT = "draft"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


class Part(StrEnum):
    """What somebody is to a conversation. Everybody is at least ``ANYBODY``, with or without an account."""

    ANYBODY = "anybody"
    MODERATOR = "moderator"
    HOST = "host"


class Act(StrEnum):
    """What can be done with a conversation."""

    ANSWER = "answer"
    ADD_STATEMENT = "add_statement"
    SEE_RESULTS = "see_results"
    MODERATE = "moderate"
    SET_UP = "set_up"
    OPEN = "open"
    CLOSE = "close"
    PRINT = "print"
    TYPE_IN = "type_in"
    PUT_ON_SCREEN = "put_on_screen"


HOST_ROLES = (Role.PROGRAMME_TEAM, Role.FACILITATOR)
MODERATOR_ROLES = (*HOST_ROLES, Role.MODERATOR)

_LOOKING_AFTER = frozenset({Act.MODERATE, Act.SEE_RESULTS})
_TAKING_PART = frozenset({Act.ANSWER, Act.ADD_STATEMENT})
_IN_A_ROOM = frozenset({Act.PRINT, Act.TYPE_IN, Act.PUT_ON_SCREEN})

ACTS: dict[tuple[Phase, Part], frozenset[Act]] = {
    (Phase.DRAFT, Part.ANYBODY): frozenset(),
    (Phase.DRAFT, Part.MODERATOR): frozenset({Act.MODERATE}),
    (Phase.DRAFT, Part.HOST): frozenset({Act.MODERATE, Act.SET_UP, Act.OPEN, Act.PRINT}),
    (Phase.NOT_YET, Part.ANYBODY): frozenset(),
    (Phase.NOT_YET, Part.MODERATOR): frozenset({Act.MODERATE}),
    (Phase.NOT_YET, Part.HOST): frozenset({Act.MODERATE, Act.SET_UP, Act.CLOSE, Act.PRINT}),
    (Phase.OPEN, Part.ANYBODY): _TAKING_PART,
    (Phase.OPEN, Part.MODERATOR): _TAKING_PART | _LOOKING_AFTER,
    (Phase.OPEN, Part.HOST): _TAKING_PART | _LOOKING_AFTER | _IN_A_ROOM | {Act.SET_UP, Act.CLOSE},
    (Phase.CLOSED, Part.ANYBODY): frozenset({Act.SEE_RESULTS}),
    (Phase.CLOSED, Part.MODERATOR): _LOOKING_AFTER,
    (Phase.CLOSED, Part.HOST): _LOOKING_AFTER | {Act.SET_UP, Act.OPEN, Act.PUT_ON_SCREEN},
}

# Published: why a statement may not be shown. The code is kept with the statement and in the events.
POLICY: dict[str, Promise] = {
    "personal": gettext_lazy("It names a person, or says enough for somebody to be recognised."),
    "hurtful": gettext_lazy("It is hurtful to people, or asks others to hurt them."),
    "off_question": gettext_lazy("It is not about the question."),
    "several_ideas": gettext_lazy(
        "It holds several ideas, so that nobody could agree with one and not the other."
    ),
    "said_before": gettext_lazy("Another statement says the same."),
    "not_clear": gettext_lazy("It cannot be understood as it stands."),
    "advertising": gettext_lazy("It advertises something."),
    "against_the_law": gettext_lazy("Showing it would be against the law."),
    "asks_for_help": gettext_lazy("It asks for help, so it is answered instead of shown."),
}


def reason_in_words(code: str) -> str:
    """The published reason for a code; a reason that came with an import is given as it came."""
    return str(POLICY.get(code, code))


def phase_of(conversation: Conversation) -> Phase:
    """Where a conversation is at this moment."""
    if conversation.stage == ConversationStage.DRAFT:
        return Phase.DRAFT
    state = conversation.window.state(clock.now())
    if conversation.stage == ConversationStage.CLOSED or state is WindowState.AFTER:
        return Phase.CLOSED
    return Phase.NOT_YET if state is WindowState.BEFORE else Phase.OPEN


def part_of(viewer: Viewer, conversation: Conversation) -> Part:
    """What the viewer is to this conversation."""
    if viewer.is_administrator:
        return Part.HOST
    if viewer.is_stranger:
        return Part.ANYBODY
    return _part(standing_of(viewer, conversation.programme_id, conversation.place_id))


def _part(standing: Standing) -> Part:
    if standing.has(*HOST_ROLES):
        return Part.HOST
    return Part.MODERATOR if standing.has(*MODERATOR_ROLES) else Part.ANYBODY


def may(viewer: Viewer, act: Act, conversation: Conversation) -> Decision:
    """The table's answer, with the reason when it is no."""
    phase, part = phase_of(conversation), part_of(viewer, conversation)
    if act in ACTS[phase, part]:
        return ALLOWED
    if any(act in ACTS[other, part] for other in Phase):
        return Decision(False, _not_now(phase))
    return Decision(
        False, _("Only those who run this conversation can do this. If that is you, sign in first.")
    )


def _not_now(phase: Phase) -> str:
    return {
        Phase.DRAFT: _("This conversation is still being prepared."),
        Phase.NOT_YET: _("This conversation has not begun yet."),
        Phase.OPEN: _("This conversation is open. That cannot be done while people are answering."),
        Phase.CLOSED: _("This conversation is closed. Thank you to everybody who took part."),
    }[phase]


def is_sensitive(conversation: Conversation) -> bool:
    """Whether its place takes on an issue for which people are asked by invitation only."""
    return conversation.place is not None and conversation.place.is_sensitive


def asks_by_invitation(conversation: Conversation) -> bool:
    """Whether only those who were invited can answer: because its hosts said so, or its issue is a sensitive one."""
    return conversation.is_by_invitation or is_sensitive(conversation)


def can_take_part(conversation: Conversation, participant: Participant | None = None) -> Decision:
    """May she answer now? Nobody needs an account; where people are asked by invitation she has used hers."""
    if conversation.held_elsewhere:
        return Decision(False, _("This conversation was held somewhere else. You can read what people said."))
    phase = phase_of(conversation)
    if Act.ANSWER not in ACTS[phase, Part.ANYBODY]:
        return Decision(False, _not_now(phase))
    is_invited = participant is not None and participant.is_invited
    if asks_by_invitation(conversation) and not is_invited:
        return Decision(False, _asked_by_invitation(conversation))
    return ALLOWED


def _asked_by_invitation(conversation: Conversation) -> str:
    if is_sensitive(conversation):
        return _("People are asked here by invitation, because the issue is a sensitive one.")
    return _("People are asked here by invitation.")


def can_use_invitation(conversation: Conversation) -> Decision:
    """May an invitation to it be used now?"""
    if conversation.withdrawn_at is not None or not asks_by_invitation(conversation):
        return Decision(False, _("This conversation asks nobody by invitation any more."))
    phase = phase_of(conversation)
    return ALLOWED if Act.ANSWER in ACTS[phase, Part.ANYBODY] else Decision(False, _not_now(phase))


def can_add_statement(conversation: Conversation, participant: Participant | None = None) -> Decision:
    """May she put a statement of her own? Never where the issue is a sensitive one: there is no open box."""
    allowed = can_take_part(conversation, participant)
    if allowed and (is_sensitive(conversation) or not conversation.takes_statements):
        return Decision(
            False, _("This conversation takes no new statements. You can answer those that are there.")
        )
    return allowed


def can_ask_for_letter(conversation: Conversation, participant: Participant | None = None) -> Decision:
    """May she leave an address for one letter with the results? While it is open, and all will see them."""
    if is_sensitive(conversation) or conversation.shows_results == ResultsShown.HOSTS_ONLY:
        return Decision(False, _("The results of this conversation are not shown to everybody."))
    return can_take_part(conversation, participant)


def can_be_grouped(conversation: Conversation) -> Decision:
    """May opinion groups and pictures of people be shown for it?"""
    if is_sensitive(conversation):
        return Decision(
            False, _("The issue is a sensitive one, so no groups and no pictures of people are made.")
        )
    return ALLOWED


def can_see_results(viewer: Viewer, conversation: Conversation, participant: Participant | None) -> Decision:
    """May results be seen now? By those who run it; by others when its hosts said: after some answers, or at the end.

    In a sensitive place only those who run it see anything: nothing is shown there before it is checked.
    """
    if part_of(viewer, conversation) is not Part.ANYBODY:
        return may(viewer, Act.SEE_RESULTS, conversation)
    if is_sensitive(conversation):
        return Decision(
            False, _("The issue is a sensitive one. Nothing is shown before it has been checked.")
        )
    if conversation.shows_results == ResultsShown.HOSTS_ONLY:
        return Decision(False, _("Only those who run this conversation see its results."))
    if Act.SEE_RESULTS in ACTS[phase_of(conversation), Part.ANYBODY]:
        return ALLOWED
    if phase_of(conversation) is not Phase.OPEN:
        return Decision(False, _not_now(phase_of(conversation)))
    if conversation.shows_results == ResultsShown.AT_THE_END:
        return Decision(False, _("The results are shown to everybody when this conversation is closed."))
    return _has_answered_enough(conversation, participant)


def gives_results_for_answers(conversation: Conversation) -> bool:
    """Whether some answers of one's own open the results while it goes on."""
    return conversation.shows_results == ResultsShown.AFTER_ANSWERS and not is_sensitive(conversation)


def _has_answered_enough(conversation: Conversation, participant: Participant | None) -> Decision:
    given = Vote.objects.filter(participant=participant).count() if participant else 0
    if given >= conversation.results_after or (participant and _nothing_is_left(conversation, participant)):
        return ALLOWED
    return Decision(False, results_come_later(conversation.results_after - given))


def results_come_later(missing: int) -> str:
    """Why somebody does not see results yet, and how many answers are missing."""
    from django.utils.translation import ngettext

    return ngettext(
        "You can see the results after %(count)d more answer, so that what others think does not sway you.",
        "You can see the results after %(count)d more answers, so that what others think does not sway you.",
        missing,
    ) % {"count": missing}


def _nothing_is_left(conversation: Conversation, participant: Participant) -> bool:
    """Whether she has met every statement that she can be asked about."""
    met = set(Vote.objects.filter(participant=participant).values_list("statement_id", flat=True))
    met |= set(NotUnderstood.objects.filter(participant=participant).values_list("statement_id", flat=True))
    live = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE)
    others = live.exclude(author=participant) if met else live
    return bool(met) and not others.exclude(pk__in=met).exists()


def can_moderate(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person decide what is shown? Programme team, facilitators, moderators, administrators."""
    decision = may(viewer, Act.MODERATE, conversation)
    if decision and conversation.held_elsewhere:
        return Decision(
            False, _("This conversation was held somewhere else, and its moderators have decided.")
        )
    return decision


def can_decide(viewer: Viewer, statement: Statement) -> Decision:
    """May this moderator decide on it? Not the one who asked for a second opinion: another looks at it."""
    decision = can_moderate(viewer, statement.conversation)
    if decision and statement.state == StatementState.MERGED:
        return Decision(False, _("It was merged with another statement. Undo that first."))
    if decision and statement.state == StatementState.SECOND and statement.asked_by == viewer.public_id:
        return Decision(False, _("You asked for a second opinion, so another moderator decides."))
    return decision


def can_host(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person change how the conversation is set up?"""
    return may(viewer, Act.SET_UP, conversation)


def can_translate(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person put it into another language? Those who set it up, at any time."""
    return may(viewer, Act.SET_UP, conversation)


def can_invite(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person make invitations to it?"""
    decision = can_host(viewer, conversation)
    if decision and not asks_by_invitation(conversation):
        return Decision(False, _("Everybody can answer here. Set it up to be by invitation first."))
    return decision


def can_open(viewer: Viewer, conversation: Conversation) -> Decision:
    """May it be opened now? For a sensitive place only with somebody who looks after people's safety."""
    decision = may(viewer, Act.OPEN, conversation)
    if decision and conversation.held_elsewhere:
        return Decision(False, _("This conversation was held somewhere else, so it cannot be opened here."))
    if decision and is_sensitive(conversation) and not has_safeguarding_lead(conversation):
        return Decision(
            False,
            _(
                "The issue is a sensitive one. Before people are asked, name a safeguarding lead and say how to "
                "reach them."
            ),
        )
    if decision:
        return can_show_now(viewer, conversation.programme, conversation.visibility, conversation.place)
    return decision


def has_safeguarding_lead(conversation: Conversation) -> bool:
    """Whether people can read who looks after their safety, and how to reach that person."""
    return bool(conversation.safeguarding_lead and conversation.safeguarding_contact)


def can_close(viewer: Viewer, conversation: Conversation) -> Decision:
    """May it be closed now?"""
    return may(viewer, Act.CLOSE, conversation)


def can_set_up(viewer: Viewer, programme_id: int, place_id: int | None = None) -> Decision:
    """May this person prepare a new conversation for the programme, or for one place of it?"""
    if standing_of(viewer, programme_id, place_id).has(*HOST_ROLES):
        return ALLOWED
    return Decision(False, _("Only the programme team and facilitators can prepare a conversation."))


def can_set_up_somewhere(viewer: Viewer, programme_id: int) -> Decision:
    """Like :func:`can_set_up`, for the programme or any place of it: who may see the set-up page at all."""
    mine = memberships_of(viewer).filter(programme_id=programme_id, role__in=HOST_ROLES)
    return ALLOWED if viewer.is_administrator or mine.exists() else can_set_up(viewer, programme_id)


def can_publish_votes(conversation: Conversation) -> Decision:
    """May it still be said that single votes are published? Only before it opens, and never of a sensitive issue."""
    if is_sensitive(conversation):
        return Decision(False, _("The issue is a sensitive one, so single votes are never published."))
    if conversation.stage != ConversationStage.DRAFT:
        return Decision(
            False, _("It has been opened. People answered knowing whether their single votes are published.")
        )
    return ALLOWED


def can_reword(conversation: Conversation) -> Decision:
    """May its words still change? Not once somebody has answered them."""
    if VoteLogEntry.objects.filter(conversation=conversation).exists():
        return Decision(
            False,
            _("Somebody has answered already, so the words stay. An answer belongs to its words."),
        )
    if PaperPack.objects.filter(conversation=conversation, thrown_away_at__isnull=True).exists():
        return Decision(
            False,
            _("Sheets of paper with these words are made. Throw the pack away first, if nobody has it."),
        )
    return ALLOWED
