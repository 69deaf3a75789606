"""Saying something: what is taken, what is not, and what becomes of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.conversations.models import Conversation, Moderation, Participant, Statement, StatementState
from knotwork.conversations.services import accept, add_statement, do_not_show, reword_statement
from knotwork.conversations.services import statements as service
from knotwork.conversations.services.refusals import NotFit, NotOpen, NotTaken, SaidBefore
from knotwork.conversations.services.wording import MOST_CHARACTERS, fit_text, same_words
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.models import Event
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_statement
from tests.conversations.build import a_participant, a_token

HOME = "192.0.2.1"
TEXT = "The park gates should stay open until nine in summer."


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=1)


def test_a_statement_waits_for_a_moderator(conversation: Conversation) -> None:
    statement = add_statement(conversation, TEXT, a_token(), HOME)
    assert (statement.state, statement.checked_at, statement.number) == (StatementState.WAITING, None, 2)
    assert statement.author == Participant.objects.get()


def test_where_moderation_comes_after_it_is_shown_at_once(conversation: Conversation) -> None:
    conversation.moderation = Moderation.AFTER
    assert add_statement(conversation, TEXT, a_token(), HOME).state == StatementState.LIVE


def test_adding_leaves_one_event_without_names_or_words(conversation: Conversation) -> None:
    statement = add_statement(conversation, TEXT, a_token(), HOME)
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.by) == ("statement.added", statement.public_id, None)
    assert event.details == {"conversation": str(conversation.public_id)}


def test_spaces_and_lines_are_tidied(conversation: Conversation) -> None:
    assert (
        add_statement(conversation, "  More\n\n benches\tplease ", a_token(), HOME).text
        == "More benches please"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Write to me at ann@example.org about this",
        "Ring 01234 567890 and tell them",
        "Ring +44 (0)20 7946 0958 and tell them",
        "Read https://example.org/a before you answer",
        "See www.example.org for more",
        "Look at example.co.uk for the plan",
        "",
        "  ",
        "ok",
        "???!!!",
        "x" * (MOST_CHARACTERS + 1),
    ],
)
def test_what_leads_to_somebody_or_is_too_long_or_says_nothing_is_refused(
    conversation: Conversation, typed: str
) -> None:
    with pytest.raises(NotFit):
        add_statement(conversation, typed, a_token(), HOME)
    assert Statement.objects.count() == 1
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "In 2010, 2011 and 2012 the bus ran every 10 minutes",
        "We spent £1,500,000 on a road and 0 on benches",
        "It costs 3.50 each way. And it is late.",
        "Buses at 07:30, 08:15 and 09:00 are too full",
        "Mae pobl yn unig yma",
        "یہاں کے لوگ اکیلے ہیں",
        "What about you?Me too.",
    ],
)
def test_ordinary_words_and_numbers_are_taken(typed: str) -> None:
    assert fit_text(typed) == typed


def test_a_text_of_exactly_the_longest_length_is_taken() -> None:
    assert len(fit_text("ab c" * (MOST_CHARACTERS // 4))) == MOST_CHARACTERS


def test_too_long_a_text_says_by_how_much() -> None:
    with pytest.raises(NotFit, match="7 characters too long"):
        fit_text("a" * (MOST_CHARACTERS + 7))


@given(st.text(max_size=300))
def test_whatever_is_typed_is_one_tidy_line_or_is_refused(typed: str) -> None:
    try:
        text = fit_text(typed)
    except NotFit:
        return
    assert text == " ".join(text.split())
    assert len(text) <= MOST_CHARACTERS
    assert fit_text(text) == text


@pytest.mark.parametrize("again", ["the PARK gates should stay open until nine in summer", f"  {TEXT}!! "])
def test_the_same_words_again_lead_to_the_statement_that_is_there(
    conversation: Conversation, again: str
) -> None:
    there = a_statement(conversation, text=TEXT)
    with pytest.raises(SaidBefore) as refusal:
        add_statement(conversation, again, a_token(), HOME)
    assert refusal.value.statement == there
    assert not Participant.objects.exists()


def test_accents_and_vowel_signs_are_not_punctuation() -> None:
    assert same_words("Café") != same_words("Cafe")
    assert same_words("की") != same_words("का")


def test_pressing_the_button_twice_adds_one_statement(conversation: Conversation) -> None:
    token = a_token()
    assert add_statement(conversation, TEXT, token, HOME) == add_statement(conversation, TEXT, token, HOME)
    assert Event.objects.count() == 1


def test_words_that_were_not_shown_may_be_said_again(conversation: Conversation) -> None:
    a_statement(conversation, text=TEXT, state=StatementState.NOT_SHOWN)
    assert add_statement(conversation, TEXT, a_token(), HOME).state == StatementState.WAITING


def test_a_conversation_that_takes_no_statements_says_so(conversation: Conversation) -> None:
    conversation.takes_statements = False
    with pytest.raises(NotOpen, match="no new statements"):
        add_statement(conversation, TEXT, a_token(), HOME)


def test_a_sensitive_place_has_no_open_box(db: None) -> None:
    place = a_place(is_sensitive=True)
    with pytest.raises(Refused, match="invitation"):
        add_statement(a_conversation(place.programme, place=place), TEXT, a_token(), HOME)


def test_many_statements_in_a_short_time_are_slowed_down_and_nothing_of_the_last_is_written(
    conversation: Conversation,
) -> None:
    token, start = a_token(), clock.now()
    with clock.moved_to(start):
        for number in range(service.STATEMENTS_OF_ONE_BROWSER.most):
            add_statement(conversation, f"Thought number {number}", token, HOME)
        with pytest.raises(SlowDown):
            add_statement(conversation, "One more", token, HOME)
    with clock.moved_to(start + timedelta(hours=1, seconds=1)):
        add_statement(conversation, "One more", token, HOME)


class TestModerating:
    @pytest.fixture
    def statement(self, conversation: Conversation) -> Statement:
        return a_statement(conversation, state=StatementState.WAITING)

    @pytest.fixture
    def moderator(self, conversation: Conversation):
        return viewer_for(a_person(Role.MODERATOR, conversation.programme))

    def test_an_accepted_statement_is_shown_and_logged_once(self, statement: Statement, moderator) -> None:
        accept(statement, by=moderator)
        accept(statement, by=moderator)
        statement.refresh_from_db()
        assert statement.state == StatementState.LIVE
        assert statement.checked_at is not None
        assert list(Event.objects.values_list("verb", "by")) == [("statement.accepted", moderator.public_id)]

    def test_a_statement_is_kept_from_people_for_a_published_reason_only(
        self, statement: Statement, moderator
    ) -> None:
        with pytest.raises(NotTaken):
            do_not_show(statement, "i do not like it", by=moderator)
        do_not_show(statement, "personal", by=moderator)
        statement.refresh_from_db()
        assert (statement.state, statement.reason) == (StatementState.NOT_SHOWN, "personal")
        assert Event.objects.get().details["reason"] == "personal"

    def test_a_decision_can_be_taken_back(self, statement: Statement, moderator) -> None:
        do_not_show(statement, "personal", by=moderator)
        accept(statement, by=moderator)
        statement.refresh_from_db()
        assert (statement.state, statement.reason) == (StatementState.LIVE, "")

    def test_a_lead_of_a_place_cannot_moderate(
        self, statement: Statement, conversation: Conversation
    ) -> None:
        with pytest.raises(Refused):
            accept(statement, by=viewer_for(a_person(Role.PLACE_LEAD, conversation.programme)))
        assert not Event.objects.exists()

    def test_statements_of_a_conversation_held_elsewhere_stay_as_its_moderators_left_them(
        self, statement: Statement, conversation: Conversation, moderator
    ) -> None:
        Conversation.objects.update(held_elsewhere=True)
        with pytest.raises(Refused, match="somewhere else"):
            accept(statement, by=moderator)


def test_a_host_can_reword_a_statement_until_somebody_answers(conversation: Conversation) -> None:
    from knotwork.conversations.services import cast_vote

    host = viewer_for(a_person(Role.FACILITATOR, conversation.programme))
    statement = conversation.statements.get()
    reword_statement(statement, "Better words for it.", by=host)
    statement.refresh_from_db()
    assert statement.text == "Better words for it."
    cast_vote(a_participant(conversation), statement, 1)
    with pytest.raises(Refused, match="answered already"):
        reword_statement(statement, "Quite another thing.", by=host)
