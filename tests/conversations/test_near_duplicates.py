"""Somebody said nearly the same: found by the pieces of words, in any language, before anything is taken."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from knotwork.conversations.models import (
    Conversation,
    Statement,
    StatementState,
    StatementTranslation,
    Vote,
)
from knotwork.conversations.near_duplicates import ALIKE, MOST, near_duplicates, pieces_of
from knotwork.conversations.queries.alike import said_already
from knotwork.conversations.services import add_statement
from tests.builders import a_conversation, a_statement
from tests.conversations.build import a_token, page, press

SAID = "There should be more buses in the evening."
NEARLY = "We need more buses in the evenings"
OTHERS = (
    "Plant apple trees along the river path.",
    "The library should open on Sundays.",
    "Neighbours who know each other's names cut lonely days.",
    "Cars go too fast past the school.",
)


class TestTheMatcher:
    def test_other_forms_of_the_same_words_are_found(self) -> None:
        there = list(enumerate([SAID, *OTHERS]))
        assert [near.key for near in near_duplicates(NEARLY, there)] == [0]

    def test_welsh_words_meet_their_mutated_forms(self) -> None:
        there = [
            (1, "Mae angen mwy o fysiau gyda'r nos."),
            (2, "Dylai'r llyfrgell agor ar ddydd Sul."),
            (3, "Mae ceir yn mynd yn rhy gyflym heibio'r ysgol."),
        ]
        assert [near.key for near in near_duplicates("Mwy o bysiau gyda'r nos", there)] == [1]

    def test_what_has_nothing_in_common_is_not_near(self) -> None:
        assert near_duplicates("Dogs belong on leads", list(enumerate([SAID, *OTHERS]))) == []

    def test_a_word_that_everybody_uses_makes_nobody_alike(self) -> None:
        there = [
            (number, f"Buses {word}")
            for number, word in enumerate(["cost a lot", "stink", "rattle", "are late"])
        ]
        assert near_duplicates("Buses need benches at their stops", there) == []

    def test_at_most_three_come_back_the_closest_first(self) -> None:
        there = [(number, SAID + " Please." * number) for number in range(6)]
        found = near_duplicates(SAID, [*there, *((9 + at, text) for at, text in enumerate(OTHERS))])
        assert [near.key for near in found] == [0, 1, 2]
        assert len(found) == MOST

    def test_several_texts_of_one_statement_count_once(self) -> None:
        found = near_duplicates(NEARLY, [(1, SAID), (1, NEARLY), *((2, text) for text in OTHERS)])
        assert [(near.key, round(near.likeness, 6)) for near in found] == [(1, 1.0)]

    @given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=8))
    def test_likeness_is_between_the_bound_and_one_and_never_depends_on_order(
        self, text: str, others: list[str]
    ) -> None:
        there = list(enumerate(others))
        found = near_duplicates(text, there, most=99)
        assert all(ALIKE <= near.likeness <= 1 + 1e-9 for near in found)
        back = near_duplicates(text, there[::-1], most=99)
        assert {near.key for near in found} == {near.key for near in back}

    @given(st.text(min_size=1, max_size=80))
    def test_every_text_with_words_is_nearest_to_itself(self, text: str) -> None:
        if pieces_of(text):
            assert near_duplicates(text, [(1, text)])[0].likeness == pytest.approx(1)


@pytest.fixture
def conversation(db: None) -> Conversation:
    there = a_conversation()
    for text in (SAID, *OTHERS):
        a_statement(there, text=text)
    return there


def _found(conversation: Conversation, **words: Any) -> list[str]:
    return [one.statement.text for one in said_already(conversation, NEARLY, words.get("participant"))]


class TestWhatIsCompared:
    def test_only_what_others_can_answer(self, conversation: Conversation) -> None:
        assert _found(conversation) == [SAID]
        for state in (StatementState.WAITING, StatementState.NOT_SHOWN):
            Statement.objects.filter(text=SAID).update(state=state)
            assert _found(conversation) == []

    def test_nothing_of_another_conversation(self, conversation: Conversation) -> None:
        assert said_already(a_conversation(), NEARLY, None) == []

    def test_not_what_she_said_herself(self, conversation: Conversation) -> None:
        token = a_token()
        own = add_statement(conversation, "Benches at each bus stop in the village", token, "192.0.2.1")
        Statement.objects.update(state=StatementState.LIVE)
        assert said_already(conversation, "A bench at each bus stop of the village", own.author) == []

    def test_a_translation_is_found_by_its_words_and_shown_as_one(self, conversation: Conversation) -> None:
        there = Statement.objects.get(text=SAID)
        StatementTranslation.objects.create(
            statement=there, language="cy", text="Dylai fod mwy o fysiau gyda'r nos.", of_text=SAID
        )
        found = said_already(conversation, "Mwy o fysiau gyda'r nos plîs", None, "cy")
        assert [one.statement for one in found] == [there]
        assert found[0].said.is_translated


class TestOnThePage:
    def test_it_is_shown_with_its_three_answers_before_anything_is_taken(
        self, client: Client, conversation: Conversation
    ) -> None:
        response = client.post(page("add", conversation), {"text": NEARLY})
        html = response.content.decode()
        assert response.status_code == 200
        assert "Did somebody say this already?" in html
        assert html.count('class="answer"') == 3
        assert SAID in html
        assert f"{NEARLY}</textarea>" in html
        assert not Statement.objects.filter(text=NEARLY).exists()

    def test_answering_it_is_a_vote_like_any_other(self, client: Client, conversation: Conversation) -> None:
        client.post(page("add", conversation), {"text": NEARLY})
        response = press(client, Statement.objects.get(text=SAID))
        assert response.status_code == 303
        assert Vote.objects.get().statement.text == SAID

    def test_an_answer_that_she_gave_before_is_told(self, client: Client, conversation: Conversation) -> None:
        press(client, Statement.objects.get(text=SAID), "disagree")
        html = client.post(page("add", conversation), {"text": NEARLY}).content.decode()
        assert "You have answered it before: disagree." in html

    def test_mine_is_different_sends_it(self, client: Client, conversation: Conversation) -> None:
        response = client.post(page("add", conversation), {"text": NEARLY, "mine": "different"})
        assert response.status_code == 303
        assert Statement.objects.get(text=NEARLY).state == StatementState.WAITING

    def test_the_very_same_words_are_not_taken_twice_however_different(
        self, client: Client, conversation: Conversation
    ) -> None:
        response = client.post(page("add", conversation), {"text": SAID.upper(), "mine": "different"})
        assert response.status_code == 409
        assert Statement.objects.count() == 1 + len(OTHERS)
