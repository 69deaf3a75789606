"""What people ask and say, in other languages: by people, marked as such, with the original one press away."""

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations.models import (
    Conversation,
    ConversationTranslation,
    Statement,
    StatementState,
    StatementTranslation,
    TranslatedWords,
    Vote,
)
from knotwork.conversations.queries.translations import asked_in, languages_of, said_in
from knotwork.conversations.services import reword_question, reword_statement, translate
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.services.translations import MOST_CHARACTERS_OF_A_STATEMENT
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_statement, signed_in
from tests.conversations.build import page, press

TEXT = "There should be more buses in the evening."
WELSH = "Dylai fod mwy o fysiau gyda'r nos."
QUESTION = "Beth fyddai'n gwneud bywyd yn llai unig yma?"


@pytest.fixture
def conversation(db: None) -> Conversation:
    there = a_conversation(introduction="We want to know.")
    a_statement(there, text=TEXT)
    return there


@pytest.fixture
def statement(conversation: Conversation) -> Statement:
    return conversation.statements.get()


@pytest.fixture
def host(conversation: Conversation) -> Viewer:
    return viewer_for(a_person(Role.FACILITATOR, conversation.programme))


@pytest.fixture
def welsh() -> Client:
    return Client(headers={"accept-language": "cy"})


def put_into_welsh(conversation: Conversation, by: Viewer) -> int:
    statements = dict.fromkeys(conversation.statements.values_list("public_id", flat=True), WELSH)
    return translate(conversation, "cy", words={"question": QUESTION}, statements=statements, by=by)


class TestReading:
    def test_a_reader_meets_her_own_language_and_the_original_one_press_away(
        self, welsh: Client, conversation: Conversation, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        html = welsh.get(page("take-part", conversation)).content.decode()
        assert f'lang="cy">{QUESTION.replace(chr(39), "&#x27;")}' in html
        assert f'lang="cy">{WELSH.replace(chr(39), "&#x27;")}' in html
        assert html.count("Cyfieithwyd gan bobl. Darllen y gwreiddiol") == 2
        assert f'lang="en">{TEXT}' in html

    def test_readers_of_the_original_see_nothing_of_it(
        self, client: Client, conversation: Conversation, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        html = client.get(page("take-part", conversation)).content.decode()
        assert TEXT in html
        assert "Translated by people" not in html
        assert "mwy o fysiau" not in html

    def test_what_nobody_has_translated_is_read_as_it_was_written(
        self, welsh: Client, conversation: Conversation
    ) -> None:
        html = welsh.get(page("take-part", conversation)).content.decode()
        assert f'lang="en">{TEXT}' in html
        assert "Cyfieithwyd gan bobl" not in html

    def test_an_answer_counts_the_same_in_every_language(
        self, welsh: Client, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        press(welsh, statement, "disagree")
        assert (Vote.objects.get().statement, Vote.objects.get().value) == (statement, -1)

    def test_a_third_language_can_be_read_between_words_of_ours(
        self, client: Client, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        translate(
            conversation, "ur", statements={statement.public_id: "شام کو زیادہ بسیں ہونی چاہئیں"}, by=host
        )
        take_part = page("take-part", conversation)
        assert 'value="ur"' in client.get(take_part).content.decode()
        client.post(reverse("choose_language"), {"language": "ur", "next": take_part})
        html = client.get(take_part).content.decode()
        assert 'dir="auto" lang="ur">شام' in html
        assert '<html lang="en' in html

    def test_which_are_you_is_translated_too(self, welsh: Client, db: None) -> None:
        conversation = a_conversation(statements=1, named_parts=["Leaders", "Residents"])
        host = viewer_for(a_person(Role.FACILITATOR, conversation.programme))
        translate(conversation, "cy", words={"part_1": "Arweinwyr", "part_2": "Trigolion"}, by=host)
        html = welsh.get(page("take-part", conversation)).content.decode()
        assert 'lang="cy">Trigolion</button>' in html

    def test_asking_costs_a_query_only_where_the_language_is_another(
        self, conversation: Conversation, statement: Statement, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            asked_in(conversation, "en")
            said_in([statement], "en")
        with django_assert_num_queries(2):
            asked_in(conversation, "cy")
            said_in([statement], "cy")

    def test_somebody_who_writes_says_in_which_language(
        self, welsh: Client, client: Client, conversation: Conversation
    ) -> None:
        assert 'name="language" value="en"' in welsh.get(page("add", conversation)).content.decode()
        assert 'type="radio"' not in client.get(page("add", conversation)).content.decode()
        welsh.post(page("add", conversation), {"text": "Mae angen meinciau wrth yr afon.", "language": "cy"})
        client.post(page("add", conversation), {"text": "Benches by the river, please."})
        added = conversation.statements.filter(state=StatementState.WAITING).order_by("number")
        assert [row.language for row in added] == ["cy", "en"]


class TestTranslating:
    def test_one_act_leaves_one_event_with_the_language_alone(
        self, conversation: Conversation, host: Viewer
    ) -> None:
        assert put_into_welsh(conversation, host) == 2
        event = Event.objects.get()
        assert (event.verb, event.by, event.details) == (
            "conversation.translated",
            host.public_id,
            {"language": "cy"},
        )
        assert languages_of(conversation) == ["en", "cy"]

    def test_the_same_again_changes_nothing(self, conversation: Conversation, host: Viewer) -> None:
        put_into_welsh(conversation, host)
        assert put_into_welsh(conversation, host) == 0
        assert Event.objects.count() == 1

    def test_an_empty_box_takes_a_translation_away(
        self, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        assert translate(conversation, "cy", statements={statement.public_id: " "}, by=host) == 1
        assert not StatementTranslation.objects.exists()
        assert ConversationTranslation.objects.get().words == TranslatedWords.QUESTION

    def test_when_the_original_gets_other_words_its_translation_rests(
        self, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        reword_statement(statement, "There should be fewer buses in the evening.", by=host)
        reword_question(conversation, "What else would help?", "People asked for it.", by=host)
        conversation.refresh_from_db()
        statement.refresh_from_db()
        assert not said_in([statement], "cy")[statement.pk].is_translated
        assert asked_in(conversation, "cy").question.text == "What else would help?"

    def test_nothing_of_another_conversation_or_out_of_sight_is_translated(
        self, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        elsewhere = a_statement(a_conversation())
        Statement.objects.filter(pk=statement.pk).update(state=StatementState.NOT_SHOWN)
        texts = {elsewhere.public_id: "x", statement.public_id: "y"}
        assert translate(conversation, "cy", statements=texts, by=host) == 0

    @pytest.mark.parametrize("language", ["en", "en-gb", "xx", ""])
    def test_only_into_another_language(
        self, conversation: Conversation, host: Viewer, language: str
    ) -> None:
        with pytest.raises(NotTaken):
            translate(conversation, language, words={"question": "x"}, by=host)

    def test_one_that_is_too_long_leaves_nothing_of_all_that_came_with_it(
        self, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        too_long = "x" * (MOST_CHARACTERS_OF_A_STATEMENT + 1)
        with pytest.raises(NotTaken, match="too long"):
            translate(
                conversation,
                "cy",
                words={"question": QUESTION},
                statements={statement.public_id: too_long},
                by=host,
            )
        assert not ConversationTranslation.objects.exists()

    def test_only_those_who_run_it_translate(self, conversation: Conversation) -> None:
        moderator = viewer_for(a_person(Role.MODERATOR, conversation.programme))
        for somebody in (STRANGER, moderator):
            with pytest.raises(Refused):
                put_into_welsh(conversation, somebody)


class TestThePageOfTranslators:
    @pytest.fixture
    def translator(self, client: Client, conversation: Conversation) -> Client:
        return signed_in(client, a_person(Role.FACILITATOR, conversation.programme))

    def _address(self, conversation: Conversation, language: str = "cy") -> str:
        return reverse(
            "conversations:translation", args=[conversation.programme.slug, conversation.slug, language]
        )

    def test_a_language_is_chosen_and_each_original_has_a_box(
        self, translator: Client, conversation: Conversation, statement: Statement
    ) -> None:
        chosen = translator.post(page("translations", conversation), {"language": "cy"})
        assert chosen["Location"] == self._address(conversation)
        html = translator.get(chosen["Location"]).content.decode()
        assert f'name="statement-{statement.public_id}"' in html
        assert 'name="words-question"' in html
        assert 'name="words-introduction"' in html
        assert f'action="{self._address(conversation)}"' in html
        assert 'dir="auto" lang="cy"></textarea>' in html
        assert 'name="words-parts_question"' not in html

    def test_what_is_written_is_kept_and_shown_in_its_box(
        self, translator: Client, conversation: Conversation, statement: Statement
    ) -> None:
        typed = {"words-question": QUESTION, f"statement-{statement.public_id}": WELSH, "page": "1"}
        saved = translator.post(self._address(conversation), typed, follow=True).content.decode()
        assert "Saved" in saved
        assert StatementTranslation.objects.get().text == WELSH
        listed = translator.get(page("translations", conversation)).content.decode()
        assert "Cymraeg</a>: 1 of 1 statement" in listed

    def test_what_is_too_long_stays_in_its_box_with_one_clear_message(
        self, translator: Client, conversation: Conversation, statement: Statement
    ) -> None:
        typed = {f"statement-{statement.public_id}": "y" * 401, "statement-nonsense": "z"}
        answer = translator.post(self._address(conversation), typed)
        assert answer.status_code == 422
        assert "y" * 401 in answer.content.decode()
        assert "at most 400 characters" in answer.content.decode()

    def test_it_says_where_the_original_has_changed_since(
        self, translator: Client, conversation: Conversation, statement: Statement, host: Viewer
    ) -> None:
        put_into_welsh(conversation, host)
        reword_statement(statement, "There should be fewer buses in the evening.", by=host)
        assert "has other words now" in translator.get(self._address(conversation)).content.decode()

    @pytest.mark.parametrize("language", ["xx", "en", "en-gb"])
    def test_there_is_no_page_for_what_is_no_other_language(
        self, translator: Client, conversation: Conversation, language: str
    ) -> None:
        assert translator.get(self._address(conversation, language)).status_code == 404
