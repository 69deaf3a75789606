"""The one table of this room: who may do what, and when."""

from datetime import timedelta

import pytest

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, ConversationStage, ResultsShown
from knotwork.conversations.rules import ACTS, Part, Phase
from knotwork.conversations.services import cast_vote, participants, say_not_understood
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement
from tests.conversations.build import a_participant, a_token

OPEN, DRAFT, CLOSED = ConversationStage.OPEN, ConversationStage.DRAFT, ConversationStage.CLOSED


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=4, results_after=3)


def _viewer(role: Role | None, conversation: Conversation, **words: object) -> Viewer:
    return viewer_for(a_person(role, conversation.programme, **words))


def test_the_table_has_a_line_for_every_phase_and_part() -> None:
    assert set(ACTS) == {(phase, part) for phase in Phase for part in Part}


def test_hosts_may_do_whatever_moderators_may() -> None:
    assert all(ACTS[phase, Part.HOST] >= ACTS[phase, Part.MODERATOR] for phase in Phase)


@pytest.mark.parametrize(
    ("stage", "opens_in", "closes_in", "phase"),
    [
        (DRAFT, None, None, Phase.DRAFT),
        (OPEN, None, None, Phase.OPEN),
        (OPEN, 1, None, Phase.NOT_YET),
        (OPEN, -1, 1, Phase.OPEN),
        (OPEN, -2, -1, Phase.CLOSED),
        (CLOSED, -1, 1, Phase.CLOSED),
    ],
)
def test_stage_and_window_together_say_where_a_conversation_is(
    db: None, stage: str, opens_in: int | None, closes_in: int | None, phase: Phase
) -> None:
    def at(days: int | None) -> object:
        return None if days is None else clock.now() + timedelta(days=days)

    conversation = a_conversation(stage=stage, opens_at=at(opens_in), closes_at=at(closes_in))
    assert rules.phase_of(conversation) is phase


@pytest.mark.parametrize(
    ("role", "part"),
    [
        (Role.PROGRAMME_TEAM, Part.HOST),
        (Role.FACILITATOR, Part.HOST),
        (Role.MODERATOR, Part.MODERATOR),
        (Role.EVALUATOR, Part.ANYBODY),
        (Role.PLACE_LEAD, Part.ANYBODY),
    ],
)
def test_what_a_role_makes_of_somebody(conversation: Conversation, role: Role, part: Part) -> None:
    assert rules.part_of(_viewer(role, conversation), conversation) is part


def test_a_role_for_one_place_says_nothing_about_another(db: None) -> None:
    programme = a_programme()
    here, there = a_place(programme), a_place(programme)
    conversation = a_conversation(programme, place=here)
    assert rules.can_moderate(viewer_for(a_person(Role.MODERATOR, place=here)), conversation)
    assert not rules.can_moderate(viewer_for(a_person(Role.MODERATOR, place=there)), conversation)


def test_a_refusal_says_why(conversation: Conversation) -> None:
    conversation.stage = CLOSED
    assert "closed" in rules.can_take_part(conversation).reason
    assert "sign in" in rules.can_moderate(STRANGER, conversation).reason


def test_results_come_after_enough_answers_and_not_before(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    for given, statement in enumerate(conversation.statements.all()[:3]):
        decision = rules.can_see_results(STRANGER, conversation, somebody)
        assert not decision
        assert str(3 - given) in decision.reason
        cast_vote(somebody, statement, 1)
    assert rules.can_see_results(STRANGER, conversation, somebody)


def test_whoever_has_not_begun_sees_no_results_of_an_open_conversation(conversation: Conversation) -> None:
    assert not rules.can_see_results(STRANGER, conversation, None)


def test_whoever_met_every_statement_sees_results_although_there_were_few(db: None) -> None:
    conversation = a_conversation(statements=2, results_after=5)
    somebody = a_participant(conversation)
    own = a_statement(conversation, author=somebody)
    first, second, _own = conversation.statements.order_by("number")
    cast_vote(somebody, first, 1)
    assert not rules.can_see_results(STRANGER, conversation, somebody)
    say_not_understood(somebody, second)
    assert rules.can_see_results(STRANGER, conversation, somebody)
    assert own.author == somebody


def test_where_no_answer_is_asked_for_everybody_sees_results(db: None) -> None:
    assert rules.can_see_results(STRANGER, a_conversation(results_after=0), None)


def test_everybody_sees_the_results_of_a_closed_conversation(conversation: Conversation) -> None:
    conversation.stage = CLOSED
    assert rules.can_see_results(STRANGER, conversation, None)


@pytest.mark.parametrize("role", [Role.PROGRAMME_TEAM, Role.FACILITATOR, Role.MODERATOR])
def test_those_who_run_it_see_results_without_answering(conversation: Conversation, role: Role) -> None:
    assert rules.can_see_results(_viewer(role, conversation), conversation, None)


def test_an_administrator_may_do_everything(conversation: Conversation) -> None:
    administrator = viewer_for(a_person(is_administrator=True))
    assert rules.can_host(administrator, conversation)
    assert rules.can_see_results(administrator, conversation, None)
    assert rules.can_set_up_somewhere(administrator, conversation.programme_id)


class TestASensitivePlace:
    @pytest.fixture
    def conversation(self, db: None) -> Conversation:
        place = a_place(is_sensitive=True)
        return a_conversation(place.programme, place=place, statements=2, results_after=0)

    def test_takes_answers_by_invitation_only(self, conversation: Conversation) -> None:
        assert "invitation" in rules.can_take_part(conversation).reason

    def test_has_no_open_box(self, conversation: Conversation) -> None:
        assert not rules.can_add_statement(conversation)

    def test_shows_no_groups(self, conversation: Conversation) -> None:
        assert not rules.can_be_grouped(conversation)

    def test_shows_nothing_to_people_even_when_it_is_closed(self, conversation: Conversation) -> None:
        conversation.stage = CLOSED
        assert not rules.can_see_results(STRANGER, conversation, None)
        assert rules.can_see_results(_viewer(Role.PROGRAMME_TEAM, conversation), conversation, None)

    def test_takes_answers_of_those_who_were_invited(self, conversation: Conversation) -> None:
        invited = participants.join(conversation, a_token(), "192.0.2.1", is_invited=True)
        assert rules.can_take_part(conversation, invited)
        assert not rules.can_take_part(conversation, a_participant(conversation))
        assert not rules.can_add_statement(conversation, invited)

    def test_is_opened_only_with_a_named_safeguarding_lead(self, conversation: Conversation) -> None:
        conversation.stage = DRAFT
        host = _viewer(Role.PROGRAMME_TEAM, conversation)
        assert "safeguarding lead" in rules.can_open(host, conversation).reason
        conversation.safeguarding_lead, conversation.safeguarding_contact = "Ada Lark", "020 7946 0000"
        assert rules.can_open(host, conversation)


def test_results_at_the_end_are_seen_by_nobody_outside_before_it_is_closed(
    conversation: Conversation,
) -> None:
    conversation.shows_results, conversation.results_after = ResultsShown.AT_THE_END, 0
    assert "when this conversation is closed" in rules.can_see_results(STRANGER, conversation, None).reason
    conversation.stage = CLOSED
    assert rules.can_see_results(STRANGER, conversation, None)


def test_results_for_hosts_only_stay_with_them_when_it_is_closed(conversation: Conversation) -> None:
    conversation.shows_results, conversation.stage = ResultsShown.HOSTS_ONLY, CLOSED
    assert not rules.can_see_results(STRANGER, conversation, None)
    assert rules.can_see_results(_viewer(Role.MODERATOR, conversation), conversation, None)


def test_words_are_frozen_once_somebody_has_answered(conversation: Conversation) -> None:
    assert rules.can_reword(conversation)
    cast_vote(a_participant(conversation), conversation.statements.first(), 1)
    assert "answered already" in rules.can_reword(conversation).reason


def test_a_conversation_held_elsewhere_takes_nothing_and_cannot_be_opened(db: None) -> None:
    conversation = a_conversation(held_elsewhere=True, stage=CLOSED)
    assert "somewhere else" in rules.can_take_part(conversation).reason
    assert not rules.can_open(_viewer(Role.PROGRAMME_TEAM, conversation), conversation)


def test_a_published_reason_is_given_in_words_and_an_imported_one_as_it_came() -> None:
    assert rules.reason_in_words("off_question") == "It is not about the question."
    assert rules.reason_in_words("rejected by its moderators") == "rejected by its moderators"
