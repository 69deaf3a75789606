"""The list of conversations, what one is about, the panel on a place's page, and its beads on the thread."""

from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from knotwork.conversations import panels, queries
from knotwork.conversations.models import Conversation, ConversationStage, StatementState
from knotwork.conversations.services import cast_vote
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.strands.kinds import beads
from knotwork.programmes.models import Provenance, Role, Stage
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement, signed_in
from tests.conversations.build import a_participant, page


def _list(client: Client) -> str:
    return client.get(reverse("conversations:list")).content.decode()


def _answered_by(conversation: Conversation, people: int) -> None:
    for number in range(people):
        cast_vote(
            a_participant(conversation, address=f"192.0.2.{number}"), conversation.statements.first(), 1
        )


def test_an_empty_list_says_what_a_conversation_is(client: Client, db: None) -> None:
    html = _list(client)
    assert "No conversation yet" in html
    assert "For example" in html


def test_open_conversations_come_first(client: Client, db: None) -> None:
    a_conversation(question="An open one?")
    a_conversation(question="A closed one?", stage=ConversationStage.CLOSED)
    a_conversation(question="One to come?", opens_at=clock.now() + timedelta(days=1))
    html = _list(client)
    assert html.index("An open one?") < html.index("One to come?") < html.index("A closed one?")


def test_a_stranger_sees_public_conversations_only(client: Client, db: None) -> None:
    a_conversation(question="Of the programme?", visibility=Stage.PROGRAMME)
    a_conversation(question="Of a hidden programme?", programme=a_programme(visibility=Stage.PROGRAMME))
    a_conversation(question="A draft?", stage=ConversationStage.DRAFT)
    a_conversation(question="Withdrawn?", withdrawn_at=clock.now())
    hidden = a_place(visibility=Stage.PLACE)
    a_conversation(hidden.programme, question="Of a hidden place?", place=hidden)
    html = _list(client)
    for question in (
        "Of the programme?",
        "Of a hidden programme?",
        "A draft?",
        "Withdrawn?",
        "Of a hidden place?",
    ):
        assert question not in html


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ConversationStage),
    st.lists(st.sampled_from(Stage), min_size=3, max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.booleans(),
)
def test_the_short_way_to_a_conversation_shows_a_stranger_what_the_list_shows(
    stage: ConversationStage, visibilities: list[Stage], withdrawn: list[bool], has_place: bool
) -> None:
    words = [
        {"visibility": visibility, "withdrawn_at": clock.now() if gone else None}
        for visibility, gone in zip(visibilities, withdrawn, strict=True)
    ]
    programme = a_programme(**words[0])
    place = a_place(programme, **words[1]) if has_place else None
    conversation = a_conversation(programme, place=place, stage=stage, **words[2])
    listed = conversation in queries.conversations().visible_to(STRANGER)
    found = queries.conversation_at(programme.slug, conversation.slug, STRANGER)
    assert (found == conversation) is listed


def test_a_draft_is_seen_by_those_who_run_it_and_by_nobody_else(db: None) -> None:
    place = a_place()
    draft = a_conversation(place.programme, place=place, stage=ConversationStage.DRAFT)
    runners = [
        a_person(Role.PROGRAMME_TEAM, place.programme),
        a_person(Role.MODERATOR, place=place),
        a_person(is_administrator=True),
    ]
    others = [
        a_person(Role.EVALUATOR, place.programme),
        a_person(Role.MODERATOR, place=a_place(place.programme)),
        a_person(Role.PROGRAMME_TEAM),
    ]
    seen = [draft in queries.conversations().visible_to(viewer_for(person)) for person in runners + others]
    assert seen == [True, True, True, False, False, False]


def test_made_up_conversations_are_marked_in_the_list(client: Client, db: None) -> None:
    a_conversation(a_programme(provenance=Provenance.MADE_UP))
    assert "Made up" in _list(client)


def test_the_list_costs_the_same_few_queries_however_long_it_is(client: Client, db: None) -> None:
    for _ in range(6):
        place = a_place()
        a_conversation(place.programme, place=place)
    # One asks whether anything happened since the page was last made, one reads the conversations.
    with TestCase().assertNumQueries(2):
        _list(client)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (0, "Nobody has answered yet."),
        (1, "A few people have taken part."),
        (4, "A few people have taken part."),
        (5, "About 5 people have taken part."),
        (13, "About 15 people have taken part."),
    ],
)
def test_people_are_counted_in_round_numbers(people: int, words: str) -> None:
    assert queries.people_in_words(people) == words


def test_where_votes_are_published_the_number_is_exact() -> None:
    assert queries.people_in_words(536, exact=True) == "536 people took part."


def test_somebody_who_only_said_something_is_not_counted_as_having_answered(db: None) -> None:
    conversation = a_conversation(statements=1)
    a_participant(conversation)
    _answered_by(conversation, 2)
    assert queries.people_who_answered(conversation) == 2


def test_hosts_are_offered_a_new_conversation(client: Client, db: None) -> None:
    programme = a_programme()
    assert "Prepare" not in _list(client)
    signed_in(client, a_person(Role.FACILITATOR, programme))
    assert reverse("conversations:new", args=[programme.slug]) in _list(client)


class TestAbout:
    def test_says_how_it_works(self, client: Client, db: None) -> None:
        conversation = a_conversation(statements=3, results_after=7, introduction="Because.")
        html = client.get(page("about", conversation)).content.decode()
        for words in (
            "Because.",
            "3 to answer.",
            "after 7 answers",
            "The rules for statements",
            "names a person",
        ):
            assert words in html
        assert "You help to run this" not in html

    def test_has_the_buttons_of_those_who_run_it(self, client: Client, db: None) -> None:
        conversation = a_conversation(statements=1)
        a_statement(conversation, state=StatementState.WAITING)
        signed_in(client, a_person(Role.MODERATOR, conversation.programme))
        html = client.get(page("about", conversation)).content.decode()
        assert "1 statement waits for a moderator." in html
        assert page("moderate", conversation) in html
        assert page("close", conversation) not in html

    def test_tells_hosts_alone_that_somebody_is_flagged(self, client: Client, db: None) -> None:
        conversation = a_conversation(statements=1)
        a_participant(conversation)
        conversation.participants.update(is_flagged=True)
        signed_in(client, a_person(Role.PROGRAMME_TEAM, conversation.programme))
        assert "1 participant is flagged" in client.get(page("about", conversation)).content.decode()
        assert "is flagged" not in Client().get(page("about", conversation)).content.decode()

    def test_of_a_conversation_held_elsewhere_says_where_it_comes_from(
        self, client: Client, db: None
    ) -> None:
        conversation = a_conversation(
            held_elsewhere=True,
            stage=ConversationStage.CLOSED,
            attribution="Held by others.",
            source="https://example.org/",
        )
        html = client.get(page("about", conversation)).content.decode()
        assert "Held by others." in html
        assert "The rules for statements" not in html

    def test_of_a_sensitive_place_shows_where_help_is(self, client: Client, db: None) -> None:
        place = a_place(is_sensitive=True, help_text="Call the helpline.")
        html = client.get(page("about", a_conversation(place.programme, place=place))).content.decode()
        assert "Call the helpline." in html
        assert "Leave this page now" in html


class TestThePanelOfAPlace:
    def test_says_what_is_open_and_where_to_answer(self, db: None) -> None:
        place = a_place()
        conversation = a_conversation(place.programme, place=place, statements=1)
        a_conversation(place.programme, place=place, stage=ConversationStage.CLOSED)
        a_conversation(place.programme)
        _answered_by(conversation, 6)
        panel = panels.place_panel(place.public_id, STRANGER)
        assert panel.room == "conversations"
        assert panel.sentences[:2] == ("2 conversations.", "1 is open now.")
        assert f"“{conversation.question}” About 5 people have taken part." in panel.sentences
        assert panel.links[0].url == page("take-part", conversation)

    def test_teaches_where_nothing_was_asked_yet(self, db: None) -> None:
        place = a_place()
        a_conversation(place.programme, place=place, stage=ConversationStage.DRAFT)
        panel = panels.place_panel(place.public_id, viewer_for(a_person(is_administrator=True)))
        assert "Nobody has been asked here yet." in str(panel.sentences[0])


class TestTheThread:
    def test_conversations_and_live_statements_are_beads(self, db: None) -> None:
        conversation = a_conversation(statements=1)
        statement = conversation.statements.get()
        wanted = [("conversation", conversation.public_id), ("statement", statement.public_id)]
        found = beads(wanted, STRANGER)
        assert found[wanted[0]].title == conversation.question
        assert found[wanted[1]].title == statement.text

    def test_what_may_not_be_seen_is_no_bead(self, db: None) -> None:
        draft = a_conversation(stage=ConversationStage.DRAFT, statements=1)
        waiting = a_statement(a_conversation(), state=StatementState.WAITING)
        wanted = [
            ("conversation", draft.public_id),
            ("statement", draft.statements.get().public_id),
            ("statement", waiting.public_id),
        ]
        assert beads(wanted, STRANGER) == {}
