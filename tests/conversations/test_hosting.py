"""Preparing a conversation, opening it, closing it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    Moderation,
    ResultsShown,
    StatementState,
)
from knotwork.conversations.services import (
    SetUp,
    cast_vote,
    change_set_up,
    open_conversation,
    set_up_conversation,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Programme, Role
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in
from tests.conversations.build import a_participant, page

SEEDS = "Neighbours matter most.\n\n  Buses matter most.  \nBenches matter most."


@pytest.fixture
def programme(db: None) -> Programme:
    return a_programme()


@pytest.fixture
def host(programme: Programme) -> Viewer:
    return viewer_for(a_person(Role.FACILITATOR, programme))


@pytest.fixture
def browser(client: Client, programme: Programme) -> Client:
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))


def _typed(**words: str) -> dict[str, str]:
    return {
        "question": "What would make later life less lonely here?",
        "introduction": "We want to act on it.",
        "seeds": SEEDS,
        "place": "",
        "language": "en",
        "opens_at": "",
        "closes_at": "",
        "results_after": "5",
        "asked_at_most": "40",
        "takes_statements": "on",
        "moderation": "before",
    } | words


def _new(browser: Client, programme: Programme, **words: str):
    return browser.post(reverse("conversations:new", args=[programme.slug]), _typed(**words))


def test_one_page_prepares_a_conversation_with_its_first_statements(
    browser: Client, programme: Programme
) -> None:
    response = _new(browser, programme)
    conversation = Conversation.objects.get()
    assert (response.status_code, response["Location"]) == (303, page("about", conversation))
    assert conversation.stage == ConversationStage.DRAFT
    assert conversation.slug == "what-would-make-later-life-less-lonely-here"
    statements = list(conversation.statements.values_list("number", "text", "state", "is_seed"))
    assert statements == [
        (1, "Neighbours matter most.", "live", True),
        (2, "Buses matter most.", "live", True),
        (3, "Benches matter most.", "live", True),
    ]


def test_preparing_opening_and_closing_leave_one_event_each(browser: Client, programme: Programme) -> None:
    _new(browser, programme)
    conversation = Conversation.objects.get()
    browser.post(page("open", conversation))
    browser.post(page("close", conversation))
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["conversation.set_up", "conversation.opened", "conversation.closed"]
    assert set(Event.objects.values_list("subject_id", flat=True)) == {conversation.public_id}


def test_nobody_else_sees_it_before_it_is_opened(browser: Client, programme: Programme) -> None:
    _new(browser, programme)
    conversation = Conversation.objects.get()
    assert Client().get(page("take-part", conversation)).status_code == 404
    assert "Open it" in browser.get(page("about", conversation)).content.decode()
    browser.post(page("open", conversation))
    assert Client().get(page("take-part", conversation)).status_code == 200


def test_two_conversations_with_one_question_get_two_addresses(browser: Client, programme: Programme) -> None:
    _new(browser, programme)
    _new(browser, programme)
    assert Conversation.objects.filter(slug="what-would-make-later-life-less-lonely-here-2").exists()


@pytest.mark.parametrize("question", ["New", "Import", "???", "یہاں"])
def test_a_question_never_takes_an_address_that_means_something_else(
    programme: Programme, host: Viewer, question: str
) -> None:
    conversation = set_up_conversation(programme, SetUp(question), by=host)
    assert conversation.slug not in ("new", "import", "")


def test_times_are_read_in_the_programmes_own_zone(browser: Client, programme: Programme) -> None:
    Programme.objects.update(time_zone="Europe/London")
    _new(browser, programme, opens_at="2030-07-01T09:00", closes_at="2030-07-31T12:00")
    conversation = Conversation.objects.get()
    assert conversation.opens_at == datetime(2030, 7, 1, 8, 0, tzinfo=UTC)
    html = browser.get(page("set-up", conversation)).content.decode()
    assert 'value="2030-07-01T09:00"' in html


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"question": ""}, "Please write the question."),
        ({"seeds": "Good one.\n" + "x" * 201}, "Line 2: Your text is 1 character too long."),
        ({"seeds": "Good one.\nRing 01234 567890"}, "Line 2: Please leave out the phone number."),
        ({"seeds": "Good one.\ngood ONE!"}, "Line 2 says the same as another line."),
        ({"opens_at": "2030-07-02T09:00", "closes_at": "2030-07-01T09:00"}, "It closes before it opens."),
        ({"opens_at": "tomorrow"}, "Please give a day and a time"),
        ({"results_after": "-1"}, "a number from 0 to 100"),
        ({"asked_at_most": "0"}, "a number from 1 to 500"),
        ({"moderation": "never"}, "Please choose one of these answers."),
        ({"place": "999999"}, "Please choose one of these answers."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    browser: Client, programme: Programme, words: dict[str, str], message: str
) -> None:
    response = _new(browser, programme, **words)
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "We want to act on it." in html
    assert not Conversation.objects.exists()


def test_a_place_of_another_programme_cannot_be_chosen(browser: Client, programme: Programme) -> None:
    assert _new(browser, programme, place=str(a_place().pk)).status_code == 422


def test_a_facilitator_of_one_place_prepares_conversations_for_it_alone(
    client: Client, programme: Programme
) -> None:
    here, there = a_place(programme), a_place(programme)
    signed_in(client, a_person(Role.FACILITATOR, place=here))
    assert _new(client, programme).status_code == 422
    assert _new(client, programme, place=str(there.pk)).status_code == 422
    assert _new(client, programme, place=str(here.pk)).status_code == 303
    assert Conversation.objects.get().place == here


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PLACE_LEAD, Role.EVALUATOR, None])
def test_others_cannot_prepare_a_conversation(
    client: Client, programme: Programme, role: Role | None
) -> None:
    signed_in(client, a_person(role, programme))
    assert _new(client, programme).status_code == 403
    with pytest.raises(Refused):
        set_up_conversation(programme, SetUp("Why?"), by=viewer_for(a_person(role, programme)))


def test_a_stranger_is_asked_to_sign_in(client: Client, programme: Programme) -> None:
    assert client.get(reverse("conversations:new", args=[programme.slug])).status_code == 302


def test_a_programme_that_is_not_there(browser: Client, db: None) -> None:
    assert browser.get(reverse("conversations:new", args=["nowhere"])).status_code == 404


def test_a_conversation_without_statements_cannot_be_opened(browser: Client, programme: Programme) -> None:
    _new(browser, programme, seeds="")
    response = browser.post(page("open", Conversation.objects.get()))
    assert response.status_code == 409
    assert "nothing to answer yet" in response.content.decode()


def test_one_whose_end_has_passed_cannot_be_opened(browser: Client, programme: Programme) -> None:
    _new(browser, programme)
    Conversation.objects.update(closes_at=clock.now() - timedelta(days=1))
    assert browser.post(page("open", Conversation.objects.get())).status_code in (403, 409)
    assert Conversation.objects.get().stage == ConversationStage.DRAFT


def test_a_sensitive_place_needs_a_named_safeguarding_lead_before_people_are_asked(
    programme: Programme, host: Viewer
) -> None:
    place = a_place(programme, is_sensitive=True)
    wanted = SetUp("Why?", seeds=("Because.",), place=place)
    conversation = set_up_conversation(programme, wanted, by=host)
    with pytest.raises(Refused, match="safeguarding lead"):
        open_conversation(conversation, by=host)
    named = replace(wanted, safeguarding_lead="Ada Lark", safeguarding_contact="020 7946 0000")
    change_set_up(conversation, named, by=host)
    open_conversation(conversation, by=host)
    assert conversation.stage == ConversationStage.OPEN


def test_a_sensitive_place_holds_its_conversations_to_its_setting_whatever_is_wanted(
    programme: Programme, host: Viewer
) -> None:
    wanted = SetUp(
        "Why?",
        place=a_place(programme, is_sensitive=True),
        moderation=Moderation.AFTER,
        takes_statements=True,
        publishes_votes=True,
        shows_results=ResultsShown.AFTER_ANSWERS,
    )
    made = set_up_conversation(programme, wanted, by=host)
    assert (made.is_by_invitation, made.moderation, made.takes_statements) == (True, Moderation.BEFORE, False)
    assert (made.publishes_votes, made.shows_results) == (False, ResultsShown.HOSTS_ONLY)


def test_single_votes_can_be_made_open_only_before_it_opens(programme: Programme, host: Viewer) -> None:
    made = set_up_conversation(programme, SetUp("Why?", seeds=("Because.",), publishes_votes=True), by=host)
    assert made.publishes_votes
    closed_votes = SetUp("Why not?", seeds=("Because.",))
    other = set_up_conversation(programme, closed_votes, by=host)
    open_conversation(other, by=host)
    with pytest.raises(Refused, match="has been opened"):
        change_set_up(other, replace(closed_votes, publishes_votes=True), by=host)


def test_who_finds_it_and_who_sees_results_are_chosen_on_the_same_page(
    browser: Client, programme: Programme
) -> None:
    _new(browser, programme, visibility="programme", shows_results="end", is_by_invitation="on")
    made = Conversation.objects.get()
    assert (made.visibility, made.shows_results, made.is_by_invitation) == ("programme", "end", True)
    html = browser.get(page("set-up", made)).content.decode()
    assert re.search(r'value="end"[^>]* checked', html)


def test_answers_apart_and_single_votes_cannot_both_be_published(
    browser: Client, programme: Programme
) -> None:
    response = _new(browser, programme, publishes_votes="on", parts="Leaders\nResidents")
    assert response.status_code == 422
    assert "choose one of the two" in response.content.decode()


def test_the_form_asks_for_a_safeguarding_lead_where_the_issue_is_sensitive(
    browser: Client, programme: Programme
) -> None:
    place = a_place(programme, is_sensitive=True)
    response = _new(browser, programme, place=str(place.pk))
    assert response.status_code == 422
    assert "people must be able to read this" in response.content.decode()


@pytest.mark.parametrize("name", ["open", "close"])
def test_looking_at_the_address_of_a_button_does_nothing(
    browser: Client, programme: Programme, name: str
) -> None:
    _new(browser, programme)
    assert browser.get(page(name, Conversation.objects.get())).status_code == 405


class TestChanging:
    @pytest.fixture
    def conversation(self, browser: Client, programme: Programme) -> Conversation:
        _new(browser, programme)
        browser.post(page("open", Conversation.objects.get()))
        return Conversation.objects.get()

    def test_everything_can_change_while_nobody_has_answered(
        self, browser: Client, conversation: Conversation
    ) -> None:
        kept = conversation.statements.get(text="Buses matter most.").public_id
        typed = _typed(
            question="What else?", seeds="Buses matter most.\nParks matter most.", moderation="after"
        )
        assert browser.post(page("set-up", conversation), typed).status_code == 303
        conversation.refresh_from_db()
        assert (conversation.question, conversation.moderation) == ("What else?", Moderation.AFTER)
        assert list(conversation.statements.values_list("text", flat=True)) == [
            "Buses matter most.",
            "Parks matter most.",
        ]
        assert conversation.statements.get(text="Buses matter most.").public_id == kept
        assert Event.objects.latest("id").verb == "conversation.changed"

    def test_what_people_added_stays_when_the_first_statements_change(
        self, browser: Client, conversation: Conversation
    ) -> None:
        conversation.statements.create(number=4, text="From a resident.", state=StatementState.WAITING)
        browser.post(page("set-up", conversation), _typed(seeds="Parks matter most."))
        assert sorted(conversation.statements.values_list("text", flat=True)) == [
            "From a resident.",
            "Parks matter most.",
        ]

    def test_after_the_first_answer_the_words_stay_and_the_rest_can_change(
        self, browser: Client, conversation: Conversation
    ) -> None:
        cast_vote(a_participant(conversation), conversation.statements.first(), 1)
        typed = _typed(question="Other words?", seeds="Other.", results_after="3")
        assert browser.post(page("set-up", conversation), typed).status_code == 303
        conversation.refresh_from_db()
        assert conversation.question == "What would make later life less lonely here?"
        assert conversation.statements.count() == 3
        assert conversation.results_after == 3
        assert "answered already" in browser.get(page("set-up", conversation)).content.decode()

    def test_an_answer_that_came_while_the_words_were_being_changed_wins(
        self, browser: Client, conversation: Conversation, host: Viewer
    ) -> None:
        cast_vote(a_participant(conversation), conversation.statements.first(), 1)
        with pytest.raises(Refused, match="answered already"):
            change_set_up(conversation, SetUp("Other words?", seeds=("Other words.",)), by=host)
        conversation.refresh_from_db()
        assert conversation.statements.count() == 3

    def test_a_moderator_cannot_change_it(self, client: Client, conversation: Conversation) -> None:
        signed_in(client, a_person(Role.MODERATOR, conversation.programme))
        assert client.get(page("set-up", conversation)).status_code == 403
        assert client.post(page("close", conversation)).status_code == 403

    def test_a_closed_one_can_be_opened_again(self, browser: Client, conversation: Conversation) -> None:
        browser.post(page("close", conversation))
        assert browser.post(page("open", conversation)).status_code == 303
        assert Conversation.objects.get().stage == ConversationStage.OPEN


def test_an_imported_conversation_is_not_opened(browser: Client, programme: Programme) -> None:
    conversation = a_conversation(
        programme, stage=ConversationStage.CLOSED, held_elsewhere=True, statements=1
    )
    assert browser.post(page("open", conversation)).status_code == 403
