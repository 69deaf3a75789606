"""Search by words: what is found, who finds it, and how the index keeps in step with what happens."""

import pytest
from django.db import transaction
from django.test import Client
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement

from knotwork.conversations.models import ConversationStage, StatementState
from knotwork.conversations.services import accept, do_not_show, open_conversation
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.events.services import record
from knotwork.core.search import services
from knotwork.core.search.models import IndexedDocument, IndexPosition
from knotwork.core.search.queries import search, snippet_of
from knotwork.core.search.services import keep_in_step, rebuild
from knotwork.programmes.models import Role, Stage

pytestmark = pytest.mark.django_db
BUS = "The last bus leaves before lunch club ends."


def titles(words: str, viewer: Viewer = STRANGER) -> list[str]:
    return [found.bead.title for found in search(words, viewer)]


@pytest.fixture
def statement():
    return a_statement(a_conversation(question="What would make later life better?"), text=BUS)


# Words


@pytest.mark.parametrize("words", ["bus", "BUS", "last bus", "lunch leaves", "lea", "büs", " bus! ", '"bus"'])
def test_every_word_has_to_stand_in_it_and_the_last_may_be_a_beginning(statement, words):
    rebuild()
    assert titles(words) == [BUS]


@pytest.mark.parametrize("words", ["", "  ", "bus tram", "las bus", "us", "*", '"', "NEAR(", "a OR b", "-"])
def test_other_words_find_nothing_and_signs_mean_nothing(statement, words):
    rebuild()
    assert titles(words) == []


def test_what_has_diacritics_is_found_without_them():
    a_place(name="Café Zoë", issue="A warm room.")
    rebuild()
    assert titles("cafe zoe") == ["Café Zoë"]


def test_a_title_weighs_more_than_a_text():
    a_place(name="Eastmere", issue="Is there a bus to Westbrook, by way of the mill and the school?")
    a_place(name="Westbrook", issue="Somewhere warm to meet.")
    rebuild()
    assert titles("westbrook") == ["Westbrook", "Eastmere"]


# Who finds it


def test_what_a_viewer_may_not_see_is_neither_shown_nor_counted(client: Client):
    programme = a_programme(visibility=Stage.PROGRAMME, name="Quiet programme")
    place = a_place(programme, name="Quiet place")
    a_statement(a_conversation(programme, place=place, question="Quiet question?"), text="Quiet words here.")
    rebuild()
    assert titles("quiet") == []
    page = client.get("/search/", {"q": "quiet"}).content.decode()
    assert "Quiet" not in page.replace("“quiet”", "")
    mine = viewer_for(a_person(Role.PROGRAMME_TEAM, programme))
    assert sorted(titles("quiet", mine)) == [
        "Quiet place", "Quiet programme", "Quiet question?", "Quiet words here.",
    ]  # fmt: skip


def test_of_a_sensitive_place_only_the_place_itself_is_found():
    place = a_place(is_sensitive=True, name="Harbour", issue="A hard issue at the harbour.")
    conversation = a_conversation(place.programme, place=place, question="What about the harbour?")
    a_statement(conversation, text="The harbour is dark.")
    rebuild()
    assert titles("harbour") == ["Harbour"]


def test_hidden_things_do_not_push_out_what_may_be_seen(monkeypatch):
    from knotwork.core.search import queries

    monkeypatch.setattr(queries, "_AT_ONCE", 3)
    hidden = a_conversation(a_programme(visibility=Stage.PROGRAMME))
    shown = a_statement(a_conversation(), text="A bus that everybody may see.")
    for _ in range(8):
        a_statement(hidden, text="bus bus bus")
    rebuild()
    assert titles("bus") == [shown.text]


def test_at_most_so_many_are_given(statement):
    for _ in range(5):
        a_statement(statement.conversation, text="Another bus.")
    rebuild()
    assert len(search("bus", STRANGER, most=4)) == 4


# Keeping in step


def test_the_first_time_everything_is_read(statement):
    assert keep_in_step() == IndexedDocument.objects.count() > 0
    assert keep_in_step() == 0


def test_a_statement_is_found_once_it_is_shown_and_not_after_it_was_taken_down():
    conversation = a_conversation()
    moderator = viewer_for(a_person(Role.MODERATOR, conversation.programme))
    waiting = a_statement(conversation, text=BUS, state=StatementState.WAITING)
    keep_in_step()
    assert titles("bus") == []
    accept(waiting, by=moderator)
    assert keep_in_step() > 0
    assert titles("bus") == [BUS]
    do_not_show(waiting, "personal", by=moderator)
    assert titles("bus") == []
    keep_in_step()
    assert not IndexedDocument.objects.filter(kind="statement", public_id=waiting.public_id).exists()


def test_the_statements_of_a_conversation_follow_what_happens_to_it():
    conversation = a_conversation(stage=ConversationStage.DRAFT)
    keep_in_step()
    a_statement(conversation, text=BUS)
    open_conversation(conversation, by=viewer_for(a_person(Role.FACILITATOR, conversation.programme)))
    keep_in_step()
    assert titles("bus") == [BUS]


def test_after_very_much_has_happened_everything_is_read_anew(statement, monkeypatch):
    keep_in_step()
    monkeypatch.setattr(services, "TOO_MANY", 0)
    IndexedDocument.objects.all().delete()
    with transaction.atomic():
        record(
            "conversation.opened", subject_kind="conversation", subject_id=statement.public_id, by=STRANGER
        )
    keep_in_step()
    assert titles("bus") == [BUS]


def test_an_event_that_comes_late_is_seen_in_the_tail(statement):
    keep_in_step()
    position = IndexPosition.objects.get()
    assert position.newest == (Event.objects.order_by("-id").values_list("id", flat=True).first() or 0)
    IndexPosition.objects.update(tail=position.tail + 1)
    assert keep_in_step() >= 0
    assert IndexPosition.objects.get().tail == position.tail


# The page


def test_the_page_groups_what_it_found_by_kind_in_plain_words(client: Client, statement):
    place = a_place(statement.conversation.programme, name="Bus town")
    rebuild()
    page = client.get("/search/", {"q": "bus"}).content.decode()
    assert BUS in page
    assert place.name in page
    assert "Statement" in page
    assert "Place" in page


def test_the_page_teaches_while_it_is_empty(client: Client):
    assert "What can be found" in client.get("/search/").content.decode()
    assert "Nothing was found for “tram”" in client.get("/search/", {"q": "tram"}).content.decode()
    assert "at least one word" in client.get("/search/", {"q": "!?"}).content.decode()


def test_what_was_typed_is_escaped(client: Client):
    page = client.get("/search/", {"q": "<script>alert(1)</script>\0"}).content.decode()
    assert "<script>alert" not in page


def test_the_box_stands_on_every_page(client: Client):
    page = client.get("/feeds/").content.decode()
    assert page.count('role="search"') == 2
    assert 'action="/search/"' in page


def test_a_search_asks_the_database_a_few_times(statement, django_assert_max_num_queries):
    rebuild()
    with django_assert_max_num_queries(3):
        titles("bus")


# Snippets


def test_a_snippet_shows_the_words_around_the_first_hit():
    text = f"{'Long before. ' * 20}The Büs comes at four. {'Long after. ' * 20}"
    snippet = snippet_of(text, ["bus"])
    assert "Büs comes at four" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 200


def test_a_short_text_is_its_own_snippet_and_a_long_word_is_cut():
    assert snippet_of("Short.", ["bus"]) == "Short."
    assert len(snippet_of("x" * 500, ["nothing"])) < 200
