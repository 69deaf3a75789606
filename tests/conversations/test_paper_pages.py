"""The pages of paper: a pack that prints, and a clerk's page that says what it read."""

import re

import pytest

from knotwork.conversations.models import Conversation, PaperPack, PaperSheet, Participant, StatementState
from knotwork.conversations.services.paper import make_pack
from knotwork.conversations.short_links import short_link_of
from knotwork.core.accounts.viewer import viewer_for
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, signed_in
from tests.conversations.build import page, press
from tests.conversations.camps import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return a_conversation(statements=4)


@pytest.fixture
def clerk(client, conversation):
    client.person = a_person(Role.FACILITATOR, conversation.programme)
    return signed_in(client, client.person)


@pytest.fixture
def pack(conversation, clerk) -> PaperPack:
    return make_pack(conversation, 3, 20, by=viewer_for(clerk.person))


def pack_page(conversation, pack):
    return f"{page('paper', conversation)}{pack.public_id}/"


def type_sheet(clerk, conversation, sheet="A-1", answers="adp-", **words):
    return clerk.post(
        page("paper-type-in", conversation),
        {"act": "keep", "sheet": sheet, "answers": answers, "way": "paper"} | words,
    )


def test_a_pack_is_made_and_listed(clerk, conversation):
    answer = clerk.post(page("paper", conversation), {"sheet_count": 5, "statement_count": 3})
    assert answer.status_code == 303
    words = words_of(clerk, conversation, "paper")
    assert "Pack A" in words
    assert "5 sheets, 0 typed in." in words
    assert len(PaperPack.objects.get().statements) == 3


@pytest.mark.parametrize(("sheets", "statements"), [(0, 3), (101, 3), (5, 0), (5, 61), ("many", 3)])
def test_a_pack_of_an_impossible_size_is_refused(clerk, conversation, sheets, statements):
    wanted = {"sheet_count": sheets, "statement_count": statements}
    assert clerk.post(page("paper", conversation), wanted).status_code == 422
    assert not PaperPack.objects.exists()


def test_each_sheet_has_its_number_three_equal_boxes_a_statement_and_room_for_more(clerk, conversation, pack):
    words = clerk.get(pack_page(conversation, pack)).content.decode()
    assert re.findall(r'sheet__code">([^<]+)<', words) == ["A-001", "A-002", "A-003"]
    assert words.count('<span class="box"></span>') == 3 * 4 * 3
    assert words.count("Something else you want to say") == 3
    link = short_link_of(conversation)
    assert link.shown in words
    assert link.square in words


def test_where_no_statements_are_taken_the_paper_leaves_no_room_for_them(clerk, conversation, pack):
    Conversation.objects.update(takes_statements=False)
    assert "Something else you want to say" not in clerk.get(pack_page(conversation, pack)).content.decode()
    assert "Something else they wrote" not in words_of(clerk, conversation, "paper-type-in")


def test_named_parts_are_on_the_paper_and_typed_in(clerk, conversation, pack):
    Conversation.objects.update(named_parts=["Leaders", "Residents"], parts_question="Which are you?")
    assert "2 Residents" in clerk.get(pack_page(conversation, pack)).content.decode()
    type_sheet(clerk, conversation, named_part="2")
    type_sheet(clerk, conversation, "A-2")
    assert Participant.objects.get().named_part == 2


def test_a_pack_thrown_away_is_not_printed_any_more(clerk, conversation, pack):
    clerk.post(f"{pack_page(conversation, pack)}throw-away/")
    assert clerk.get(pack_page(conversation, pack)).status_code == 404


def test_what_was_read_is_said_with_its_sum_and_the_next_sheet_is_ready(clerk, conversation, pack):
    assert 'value="A-001"' in words_of(clerk, conversation, "paper-type-in")
    assert type_sheet(clerk, conversation).status_code == 303
    words = " ".join(words_of(clerk, conversation, "paper-type-in").split())
    assert "Read from sheet A-001" in words
    assert "1 agree, 1 disagree, 1 pass; nothing ticked at 1." in words
    assert 'value="A-002"' in words


@pytest.mark.parametrize(
    ("sheet", "answers", "status", "says"),
    [
        ("A-1", "adp", 422, "4 statements, and 3 answers are typed"),
        ("A-1", "adpz", 422, "is no answer (number 4)"),
        ("B-1", "adp-", 404, "There is no pack B"),
        ("A-9", "adp-", 404, "Pack A has the sheets 1 to 3"),
        ("", "adp-", 422, "letter and number"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(
    clerk, conversation, pack, sheet, answers, status, says
):
    answer = type_sheet(clerk, conversation, sheet, answers)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not PaperSheet.objects.exists()


def test_a_sheet_typed_a_second_time_is_refused_with_what_was_typed_in_the_box(clerk, conversation, pack):
    type_sheet(clerk, conversation)
    answer = type_sheet(clerk, conversation, "A-1", "dddd")
    assert answer.status_code == 409
    assert "Each sheet counts once." in answer.content.decode()
    assert 'value="dddd"' in answer.content.decode()


def test_taking_back_puts_everything_into_the_boxes_again(clerk, conversation, pack):
    type_sheet(clerk, conversation, written="Somewhere warm to meet.", way="helped")
    answer = clerk.post(page("paper-type-in", conversation), {"act": "take-back"})
    words = answer.content.decode()
    assert "Sheet A-001 is taken back" in words
    assert 'value="adp-"' in words
    assert "Somewhere warm to meet." in words
    assert re.search(r'value="helped"\s+selected', words)
    assert not PaperSheet.objects.exists()
    assert clerk.post(page("paper-type-in", conversation), {"act": "take-back"}).status_code == 409


def test_a_line_that_names_a_way_to_reach_somebody_is_refused_by_its_number(clerk, conversation, pack):
    written = "Somewhere warm to meet.\nCall me on 07700 900123."
    answer = type_sheet(clerk, conversation, written=written)
    assert answer.status_code == 422
    assert "Line 2:" in answer.content.decode()


def test_the_totals_say_online_on_paper_and_helped(clerk, conversation, pack, django_user_model):
    from django.test import Client

    press(Client(), conversation.statements.first())
    type_sheet(clerk, conversation)
    clerk.post(page("paper-type-in", conversation), {"act": "finish"})
    words = re.sub(r"\s+", " ", words_of(clerk, conversation, "paper-type-in"))
    for way in ("online", "on paper"):
        assert f'<dt>{way}</dt><dd class="number">1</dd>' in words
    assert '<dt>with somebody&#x27;s help</dt><dd class="number">0</dd>' in words


def test_hosts_find_paper_and_screen_on_the_page_about_the_conversation(clerk, conversation):
    words = words_of(clerk, conversation, "about")
    assert page("paper", conversation) in words
    assert page("screen", conversation) in words


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EVALUATOR])
def test_others_are_shown_no_way_there_and_refused(client, conversation, role):
    signed_in(client, a_person(role, conversation.programme))
    assert page("paper", conversation) not in words_of(client, conversation, "about")
    assert client.get(page("paper-type-in", conversation)).status_code == 403


def test_a_pile_of_one_pack_begins_where_it_was_left(clerk, conversation, pack):
    make_pack(conversation, 3, 2, by=viewer_for(clerk.person))
    type_sheet(clerk, conversation, "A-2")
    address = page("paper-type-in", conversation)
    assert 'value="A-003"' in clerk.get(address, {"pile": "A"}).content.decode()
    assert 'value="B-001"' in clerk.get(address, {"pile": "B"}).content.decode()


def test_a_statement_taken_down_since_shows_as_a_gap_in_the_list(clerk, conversation, pack):
    conversation.statements.filter(number=2).update(state=StatementState.NOT_SHOWN)
    assert "Statement number 2" not in words_of(clerk, conversation, "paper-type-in")
    sheet = clerk.get(pack_page(conversation, pack)).content.decode()
    assert sheet.count('<span class="box"></span>') == 3 * 3 * 3
    assert re.findall(r'sheet__number">(\d)<', sheet)[:3] == ["1", "3", "4"]


@pytest.mark.parametrize(("language", "spoken"), [("cy", "cy"), ("xx", "en")])
def test_paper_speaks_the_language_of_the_question_where_these_pages_know_it(
    clerk, conversation, pack, settings, language, spoken
):
    settings.LANGUAGES = [("en", "English"), ("cy", "Welsh")]
    Conversation.objects.update(language=language)
    assert f'<html lang="{spoken}"' in clerk.get(pack_page(conversation, pack)).content.decode()
