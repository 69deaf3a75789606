"""A person with a phone, no account and no script, from the link to the end."""

import gzip
import re
from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    NotUnderstood,
    Participant,
    Statement,
    StatementState,
    Vote,
)
from knotwork.conversations.services import statements as statement_service
from knotwork.conversations.services.participants import ANSWERS_IN_A_MINUTE
from knotwork.conversations.views.browser import COOKIE
from knotwork.core import clock
from knotwork.programmes.models import Stage
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement, signed_in
from tests.conversations.build import page, press

WITH_THE_NEXT_PAGE = {"headers": {"X-Next-Page": "1"}}
TEXT = "The park gates should stay open until nine in summer."


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=4, results_after=2, introduction="We want to know.")


def _shown(client: Client, conversation: Conversation) -> Statement:
    """The statement on the page."""
    html = client.get(page("take-part", conversation)).content.decode()
    found = re.search(r'name="statement" value="([0-9a-f-]+)"', html)
    assert found, html
    return Statement.objects.get(public_id=found[1])


def _words(client: Client, name: str, conversation: Conversation) -> str:
    return client.get(page(name, conversation)).content.decode()


def test_the_first_page_has_the_question_one_statement_and_three_answers(
    client: Client, conversation: Conversation
) -> None:
    html = _words(client, "take-part", conversation)
    assert html.count("<h1") == 1
    assert html.count('class="answer"') == 3
    assert html.count('class="statement"') == 1
    assert "I am not sure I understand this" in html
    assert "We want to know." in html


def test_looking_makes_nobody_a_participant(client: Client, conversation: Conversation) -> None:
    client.get(page("take-part", conversation))
    assert not Participant.objects.exists()


def test_the_browser_gets_one_token_that_no_script_can_read(
    client: Client, conversation: Conversation
) -> None:
    cookie = client.get(page("take-part", conversation)).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert COOKIE not in client.get(page("take-part", a_conversation(statements=1))).cookies


def test_a_token_that_we_did_not_make_is_replaced(client: Client, conversation: Conversation) -> None:
    client.cookies[COOKIE] = "guess"
    assert len(client.get(page("take-part", conversation)).cookies[COOKIE].value) == 32


def test_an_answer_is_taken_and_the_page_is_read_again(client: Client, conversation: Conversation) -> None:
    statement = _shown(client, conversation)
    response = press(client, statement, "disagree")
    assert (response.status_code, response["Location"]) == (303, page("take-part", conversation))
    assert (Vote.objects.get().statement, Vote.objects.get().value) == (statement, -1)


def test_progress_is_told_in_words(client: Client, conversation: Conversation) -> None:
    press(client, _shown(client, conversation))
    html = _words(client, "take-part", conversation)
    assert "You have answered 1." in html
    assert "Answer as many as you like." in html
    assert "After 1 more you can see what others think." in html
    assert "of 4" not in html


def test_reading_again_shows_the_same_statement(client: Client, conversation: Conversation) -> None:
    press(client, _shown(client, conversation))
    assert len({_shown(client, conversation).pk for _ in range(4)}) == 1


def test_not_sure_i_understand_goes_on_without_a_vote(client: Client, conversation: Conversation) -> None:
    statement = _shown(client, conversation)
    press(client, statement, "not-understood")
    assert NotUnderstood.objects.get().statement == statement
    assert not Vote.objects.exists()
    assert _shown(client, conversation) != statement


def test_results_are_linked_only_after_enough_answers(client: Client, conversation: Conversation) -> None:
    results = f"{page('take-part', conversation)}results/"
    assert results not in _words(client, "take-part", conversation)
    press(client, _shown(client, conversation))
    assert results not in _words(client, "take-part", conversation)
    press(client, _shown(client, conversation))
    assert results in _words(client, "take-part", conversation)


def test_after_the_last_statement_comes_thank_you_and_what_happens_next(
    client: Client, conversation: Conversation
) -> None:
    for _ in range(4):
        press(client, _shown(client, conversation), "pass")
    html = _words(client, "take-part", conversation)
    for words in (
        "Thank you",
        "What happens next",
        "See what others think",
        "Say something yourself",
        "Get a code",
    ):
        assert words in html
    assert "everything that people have said" in html


def test_nobody_is_asked_more_than_the_conversation_says(client: Client, db: None) -> None:
    conversation = a_conversation(statements=5, asked_at_most=2)
    press(client, _shown(client, conversation))
    press(client, _shown(client, conversation), "not-understood")
    assert "as many as we ask of one person" in _words(client, "take-part", conversation)


def test_the_last_answer_can_be_changed(client: Client, conversation: Conversation) -> None:
    statement = _shown(client, conversation)
    press(client, statement, "agree")
    html = _words(client, "change", conversation)
    assert "Your answer was: agree." in html
    assert str(statement.public_id) in html
    press(client, statement, "pass")
    assert Vote.objects.get().value == 0
    assert "You have answered 1." in _words(client, "take-part", conversation)


def test_an_earlier_answer_can_be_changed_by_its_own_link(client: Client, conversation: Conversation) -> None:
    first = _shown(client, conversation)
    press(client, first, "agree")
    press(client, _shown(client, conversation), "pass")
    html = client.get(f"{page('change', conversation)}?statement={first.public_id}").content.decode()
    assert first.text in html


def test_there_is_nothing_to_change_before_the_first_answer(
    client: Client, conversation: Conversation
) -> None:
    assert "no answer to change" in _words(client, "change", conversation)


def test_each_statement_says_its_language(client: Client, db: None) -> None:
    conversation = a_conversation(language="cy")
    a_statement(conversation, language="cy", text="Mae angen mwy o feinciau.")
    assert 'lang="cy">Mae angen' in _words(client, "take-part", conversation)


def test_the_page_has_no_navigation_one_script_and_no_style_of_its_own(
    client: Client, conversation: Conversation
) -> None:
    html = _words(client, "take-part", conversation)
    assert 'class="rooms"' not in html
    assert re.findall("<script[^>]*>", html) == [html[html.index("<script") : html.index("></script>") + 1]]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


def test_the_page_is_small(client: Client, conversation: Conversation) -> None:
    html = client.get(page("take-part", conversation)).content
    assert len(gzip.compress(html)) < 6_000


def test_the_page_asks_the_database_the_same_few_things_however_many_statements_there_are(
    client: Client, db: None
) -> None:
    conversation = a_conversation(statements=60)
    press(client, _shown(client, conversation))
    # Conversation, participant and progress in one; the words of the next statement.
    with TestCase().assertNumQueries(2):
        client.get(page("take-part", conversation))


def test_an_answer_of_somebody_known_asks_the_database_few_things(
    client: Client, conversation: Conversation
) -> None:
    press(client, _shown(client, conversation))
    address, statement = page("take-part", conversation), _shown(client, conversation)
    # Conversation, participant, pace and progress in one; then the vote and the log, in one command.
    few = 2
    with TestCase().assertNumQueries(few):
        client.post(address, {"statement": str(statement.public_id), "answer": "agree"})
    statement = _shown(client, conversation)
    with TestCase().assertNumQueries(few + 1):  # the words of the next statement
        client.post(address, {"statement": str(statement.public_id), "answer": "pass"}, **WITH_THE_NEXT_PAGE)


def test_a_press_from_a_page_that_shows_the_next_itself_is_answered_with_what_comes_next(
    client: Client, conversation: Conversation
) -> None:
    for turn in range(1, 4):
        answered = press(client, _shown(client, conversation), **WITH_THE_NEXT_PAGE)
        assert answered.status_code == 200
        said, whole = _without_key(answered), _without_key(client.get(page("take-part", conversation)))
        assert said.startswith("<title>1 answered: " if turn == 1 else "<title>")
        assert said == "".join(re.findall(r"<title>.*?</title>|<main.*?</main>", whole, re.S))
    assert press(client, _shown(client, conversation), **WITH_THE_NEXT_PAGE).status_code == 303
    assert Vote.objects.count() == 4


def test_who_goes_on_past_the_most_or_brings_no_token_is_sent_on_to_the_next_page_as_ever(
    client: Client, conversation: Conversation
) -> None:
    shown = _shown(client, conversation)
    assert press(Client(), shown, **WITH_THE_NEXT_PAGE).status_code == 303
    address = page("take-part", conversation)
    going_on = {"statement": str(shown.public_id), "answer": "agree", "more": "1"}
    assert client.post(address, going_on, **WITH_THE_NEXT_PAGE).headers["Location"].endswith("?more=1")


def _without_key(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


class TestBadInput:
    def test_a_statement_that_is_not_there(self, client: Client, conversation: Conversation) -> None:
        unknown = a_statement(a_conversation())
        address = page("take-part", conversation)
        for typed in (str(unknown.public_id), "", "'; DROP TABLE", "0" * 500):
            response = client.post(address, {"statement": typed, "answer": "agree"})
            assert response.status_code == 404
            assert "not in the conversation any more" in response.content.decode()
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("answer", ["", "maybe", "1", "AGREE"])
    def test_an_answer_that_is_not_offered(
        self, client: Client, conversation: Conversation, answer: str
    ) -> None:
        response = press(client, conversation.statements.first(), answer)
        assert response.status_code == 422
        assert "did not understand this answer" in response.content.decode()
        assert not Participant.objects.exists()

    def test_a_conversation_that_has_closed_meanwhile(
        self, client: Client, conversation: Conversation
    ) -> None:
        statement = _shown(client, conversation)
        Conversation.objects.update(stage=ConversationStage.CLOSED)
        response = press(client, statement)
        assert response.status_code == 409
        assert "closed" in response.content.decode()
        assert not Vote.objects.exists()

    def test_answering_faster_than_a_person_can(self, client: Client, conversation: Conversation) -> None:
        statement = _shown(client, conversation)
        with clock.moved_to(clock.now()):
            for _ in range(ANSWERS_IN_A_MINUTE):
                press(client, statement)
            response = press(client, statement)
        assert response.status_code == 429
        assert response["Retry-After"] == "60"
        assert "Your answers so far are kept" in response.content.decode()

    def test_a_form_that_is_not_ours_is_refused(self, conversation: Conversation) -> None:
        stranger = Client(enforce_csrf_checks=True)
        assert press(stranger, conversation.statements.first()).status_code == 403
        assert not Participant.objects.exists()

    @pytest.mark.parametrize(
        "name", ["take-part", "about", "add", "yours", "code", "forget", "change", "moderation-log"]
    )
    def test_a_conversation_that_the_viewer_may_not_see_is_not_there(
        self, client: Client, db: None, name: str
    ) -> None:
        hidden = [
            a_conversation(stage=ConversationStage.DRAFT),
            a_conversation(visibility=Stage.PROGRAMME),
            a_conversation(a_programme(visibility=Stage.PROGRAMME)),
            a_conversation(withdrawn_at=clock.now()),
        ]
        for conversation in hidden:
            assert client.get(page(name, conversation)).status_code == 404


class TestBeforeAndAfter:
    def test_a_closed_conversation_says_so_and_leads_to_its_results(self, client: Client, db: None) -> None:
        conversation = a_conversation(statements=1, closes_at=clock.now() - timedelta(hours=1))
        html = _words(client, "take-part", conversation)
        assert "This conversation is closed." in html
        assert "results/" in html
        assert 'class="answer"' not in html

    def test_one_that_has_not_begun_says_when_it_opens_in_the_time_of_its_programme(
        self, client: Client, db: None
    ) -> None:
        opens = (clock.now() + timedelta(days=400)).replace(month=7, day=1, hour=9, minute=0)
        html = _words(client, "take-part", a_conversation(statements=1, opens_at=opens))
        assert "has not begun yet" in html
        assert f"1 July {opens.year}, 10:00" in html

    def test_a_sensitive_place_asks_by_invitation_and_shows_where_help_is(
        self, client: Client, db: None
    ) -> None:
        place = a_place(is_sensitive=True, help_text="Call the helpline.")
        conversation = a_conversation(place.programme, place=place, statements=1)
        response = client.get(page("take-part", conversation))
        html = response.content.decode()
        assert response.status_code == 403
        assert "by invitation" in html
        assert "Call the helpline." in html
        assert "Leave this page now" in html
        assert 'class="answer"' not in html


class TestSayingSomething:
    def test_it_is_added_and_its_author_reads_what_became_of_it(
        self, client: Client, conversation: Conversation
    ) -> None:
        response = client.post(page("add", conversation), {"text": TEXT})
        assert response.status_code == 303
        html = client.get(response["Location"]).content.decode()
        assert "Thank you" in html
        assert TEXT in html
        assert "Waiting" in html

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "Please write what you think."),
            ("x" * 201, "1 character too long"),
            ("Ring 01234 567890", "leave out the phone number"),
        ],
    )
    def test_what_cannot_be_taken_stays_in_the_box_with_one_clear_message(
        self, client: Client, conversation: Conversation, typed: str, words: str
    ) -> None:
        response = client.post(page("add", conversation), {"text": typed})
        html = response.content.decode()
        assert response.status_code == 422
        assert words in html
        assert f"{typed}</textarea>" in html
        assert "<title>Error: " in html
        assert not Participant.objects.exists()

    def test_what_somebody_said_already_can_be_answered_on_the_spot(
        self, client: Client, conversation: Conversation
    ) -> None:
        there = a_statement(conversation, text=TEXT)
        response = client.post(page("add", conversation), {"text": TEXT.lower()})
        html = response.content.decode()
        assert response.status_code == 409
        assert str(there.public_id) in html
        assert html.count('class="answer"') == 3
        assert TEXT.lower() in html

    def test_what_somebody_said_already_and_still_waits_cannot_be_answered_yet(
        self, client: Client, conversation: Conversation
    ) -> None:
        a_statement(conversation, text=TEXT, state=StatementState.WAITING)
        response = client.post(page("add", conversation), {"text": TEXT})
        assert response.status_code == 409
        assert 'class="answer"' not in response.content.decode()

    def test_too_many_in_a_short_time_keep_what_was_typed(
        self, client: Client, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        none = statement_service.Limit("statement", 0, timedelta(hours=1))
        monkeypatch.setattr(statement_service, "STATEMENTS_OF_ONE_BROWSER", none)
        response = client.post(page("add", conversation), {"text": TEXT})
        assert response.status_code == 429
        assert response["Retry-After"] == "600"
        assert TEXT in response.content.decode()

    def test_one_that_closed_meanwhile_keeps_what_was_typed(
        self, client: Client, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Conversation.objects.update(stage=ConversationStage.CLOSED)
        response = client.post(page("add", conversation), {"text": TEXT})
        assert response.status_code == 409
        assert TEXT in response.content.decode()

    def test_where_no_statements_are_taken_there_is_no_box(self, client: Client, db: None) -> None:
        conversation = a_conversation(statements=1, takes_statements=False)
        assert client.get(page("add", conversation)).status_code == 409
        assert page("add", conversation) not in _words(client, "take-part", conversation)

    def test_there_is_no_box_before_or_after_a_conversation(self, client: Client, db: None) -> None:
        html = _words(client, "add", a_conversation(statements=1, stage=ConversationStage.CLOSED))
        assert "<textarea" not in html
        assert "This conversation is closed." in html

    def test_a_statement_that_is_not_shown_tells_its_author_why(
        self, client: Client, conversation: Conversation
    ) -> None:
        client.post(page("add", conversation), {"text": TEXT})
        conversation.statements.filter(text=TEXT).update(
            state=StatementState.NOT_SHOWN, reason="personal", checked_at=clock.now()
        )
        assert "It names a person" in _words(client, "yours", conversation)

    def test_nobody_else_reads_it(self, client: Client, conversation: Conversation) -> None:
        client.post(page("add", conversation), {"text": TEXT})
        assert TEXT not in _words(Client(), "yours", conversation)


class TestComingBack:
    def _code(self, client: Client, conversation: Conversation) -> str:
        html = client.post(page("code", conversation)).content.decode()
        found = re.search(r"<code[^>]*>([0-9A-Z ]+)</code>", html)
        assert found
        return found[1]

    def test_a_code_is_shown_once(self, client: Client, conversation: Conversation) -> None:
        press(client, _shown(client, conversation))
        code = self._code(client, conversation)
        assert code not in _words(client, "code", conversation)

    def test_on_another_device_the_answers_and_statements_are_there_again(
        self, client: Client, conversation: Conversation
    ) -> None:
        first = _shown(client, conversation)
        press(client, first, "disagree")
        client.post(page("add", conversation), {"text": TEXT})
        phone = Client()
        response = phone.post(
            reverse("conversations:come-back"), {"code": self._code(client, conversation).lower()}
        )
        html = phone.get(response["Location"]).content.decode()
        assert "Welcome back" in html
        assert TEXT in html
        assert "You: disagree." in html
        assert _shown(phone, conversation) != first

    @pytest.mark.parametrize("typed", ["hello", "7K2M 9QXW 4TC", "' OR 1=1"])
    def test_a_code_that_we_do_not_know_stays_in_the_box(self, client: Client, db: None, typed: str) -> None:
        response = client.post(reverse("conversations:come-back"), {"code": typed})
        assert response.status_code == 404
        assert "We do not know this code." in response.content.decode()

    def test_no_code_at_all(self, client: Client, db: None) -> None:
        response = client.post(reverse("conversations:come-back"), {"code": " "})
        assert response.status_code == 422
        assert "Please type your code." in response.content.decode()

    def test_without_an_answer_there_is_nothing_to_come_back_to(
        self, client: Client, conversation: Conversation
    ) -> None:
        assert "nothing has been answered yet" in client.post(page("code", conversation)).content.decode()
        assert "Nothing here yet" in _words(client, "yours", conversation)

    def test_forget_me_breaks_the_link(self, client: Client, conversation: Conversation) -> None:
        press(client, _shown(client, conversation))
        assert "This cannot be undone" in _words(client, "forget", conversation)
        response = client.post(page("forget", conversation))
        assert response.status_code == 303
        assert "We have forgotten you" in client.get(response["Location"]).content.decode()
        assert "Nothing here yet" in _words(client, "yours", conversation)
        assert Vote.objects.count() == 1

    def test_forgetting_nobody_does_nothing(self, client: Client, conversation: Conversation) -> None:
        assert client.post(page("forget", conversation)).status_code == 303
        assert "nothing to forget" in _words(client, "forget", conversation)


def test_a_host_takes_part_like_anybody(client: Client, conversation: Conversation) -> None:
    signed_in(client, a_person(is_administrator=True))
    press(client, _shown(client, conversation))
    assert Participant.objects.count() == 1
