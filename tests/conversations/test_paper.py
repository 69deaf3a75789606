"""Paper: numbered packs, sheets typed in once, and one sheet that can be taken back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.conversations import room_rules
from knotwork.conversations.models import (
    Conversation,
    PaperPack,
    PaperSheet,
    Participant,
    ParticipantToken,
    SheetState,
    Statement,
    StatementState,
    Vote,
    Way,
)
from knotwork.conversations.queries.paper import next_sheet_of, packs_of, people_by_way, printed_on
from knotwork.conversations.services import close_conversation, reword_statement
from knotwork.conversations.services.paper import (
    TypedSheet,
    count_waiting_sheets,
    finish,
    last_typed,
    make_pack,
    read_answers,
    sheet_at,
    take_back,
    throw_away_pack,
    type_in,
)
from knotwork.conversations.services.refusals import NoSuchSheet, NotOpen, NotTaken, TypedBefore
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_statement
from tests.conversations.build import replayed_log, standing_votes


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=4)


@pytest.fixture
def clerk(conversation: Conversation) -> Viewer:
    return viewer_for(a_person(Role.FACILITATOR, conversation.programme))


@pytest.fixture
def pack(conversation: Conversation, clerk: Viewer) -> PaperPack:
    return make_pack(conversation, 10, 20, by=clerk)


def typed(sheet: str = "A-1", answers: str = "adp-", **words: object) -> TypedSheet:
    return TypedSheet(sheet, answers, **words)  # type: ignore[arg-type]


def test_a_pack_fixes_what_stands_on_its_sheets(conversation, clerk, pack):
    a_statement(conversation, text="This came after the printing.")
    assert [row.position for row in printed_on(pack)] == [1, 2, 3, 4]
    assert "This came after the printing." not in {row.text for row in printed_on(pack)}


def test_packs_get_letters_one_after_the_other(conversation, clerk):
    letters = [make_pack(conversation, 1, 1, by=clerk).letter for _ in range(28)]
    assert letters[:2] + letters[25:] == ["A", "B", "Z", "AA", "AB"]


def test_nothing_can_be_printed_of_a_conversation_without_statements(clerk, conversation):
    conversation.statements.all().delete()
    with pytest.raises(NotOpen):
        make_pack(conversation, 1, 1, by=clerk)


def test_words_that_are_on_paper_stay_until_the_pack_is_thrown_away(conversation, clerk, pack):
    statement = conversation.statements.first()
    with pytest.raises(Refused):
        reword_statement(statement, "Other words, which no paper has.", by=clerk)
    throw_away_pack(pack, by=clerk)
    reword_statement(statement, "Other words, which no paper has.", by=clerk)
    assert packs_of(conversation) == []


def test_a_pack_of_which_a_sheet_came_back_cannot_be_thrown_away(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    with pytest.raises(NotOpen):
        throw_away_pack(pack, by=clerk)


@pytest.mark.parametrize("keys", ["adp-", "ADP.", "1 2 3 0", "a2px", " a d\tp - "])
def test_letters_digits_and_spaces_are_read_alike(keys):
    assert read_answers(keys, 4) == "adp-"


@given(some.lists(some.sampled_from("adp-"), min_size=1, max_size=40))
def test_what_was_read_reads_the_same_again(keys):
    read = read_answers("".join(keys), len(keys))
    assert read == "".join(keys)
    assert read_answers(read, len(keys)) == read


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("adp", "4 statements, and 3 answers"),
        ("adpaa", "and 5 answers"),
        ("adq-", "“q” is no answer (number 3)"),
    ],
)
def test_a_wrong_number_of_keys_or_an_unknown_one_is_said(keys, says):
    with pytest.raises(NotTaken) as refused:
        read_answers(keys, 4)
    assert says in refused.value.reason


@pytest.mark.parametrize("code", ["A-1", "a1", "A 01", "a-001"])
def test_a_sheets_code_is_read_however_it_is_typed(conversation, pack, code):
    assert sheet_at(conversation, code) == (pack, 1)


@pytest.mark.parametrize("code", ["", "12", "A", "B-1", "A-0", "A-11", "A-1; drop"])
def test_a_sheet_that_was_never_made_is_refused(conversation, pack, code):
    with pytest.raises(NoSuchSheet):
        sheet_at(conversation, code)


def test_a_sheet_counts_when_the_next_one_is_typed(conversation, clerk, pack):
    type_in(conversation, typed("A-1"), by=clerk)
    assert not Participant.objects.exists()
    type_in(conversation, typed("A-2", "aaaa", way=Way.HELPED), by=clerk)
    (person,) = Participant.objects.all()
    assert person.way == Way.PAPER
    answers = Vote.objects.filter(participant=person).order_by("statement__number")
    assert list(answers.values_list("value", flat=True)) == [1, -1, 0]
    finish(conversation, by=clerk)
    assert people_by_way(conversation) == [("online", 0), ("on paper", 1), ("with somebody's help", 1)]


def test_once_it_counts_nothing_leads_from_a_sheet_to_its_answers(conversation, clerk, pack):
    type_in(conversation, typed(written=("Somewhere warm to meet.",)), by=clerk)
    finish(conversation, by=clerk)
    (sheet,) = PaperSheet.objects.all()
    assert (sheet.state, sheet.answers, sheet.written, sheet.by) == (SheetState.COUNTED, "", "", None)
    assert not ParticipantToken.objects.exists()


def test_log_and_standing_votes_agree_after_sheets_were_typed_and_taken_back(conversation, clerk, pack):
    for number in range(1, 5):
        type_in(conversation, typed(f"A-{number}", "adpa"), by=clerk)
        if number % 2:
            take_back(conversation, by=clerk)
    finish(conversation, by=clerk)
    assert Participant.objects.count() == 2
    assert standing_votes(conversation) == replayed_log(conversation)


def test_a_sheet_is_typed_in_once(conversation, clerk, pack):
    type_in(conversation, typed("A-1"), by=clerk)
    other = viewer_for(a_person(Role.FACILITATOR, conversation.programme))
    for who in (clerk, other):
        with pytest.raises(TypedBefore) as refused:
            type_in(conversation, typed("a1", "dddd"), by=who)
        assert "Sheet A-001 was typed in already" in refused.value.reason
    finish(conversation, by=clerk)
    assert Vote.objects.count() == 3


def test_a_refused_sheet_leaves_the_last_one_to_be_taken_back(conversation, clerk, pack):
    type_in(conversation, typed("A-1"), by=clerk)
    with pytest.raises(NotTaken):
        type_in(conversation, typed("A-2", "ad"), by=clerk)
    assert last_typed(conversation, clerk).number == 1


def test_taking_back_gives_what_was_typed_and_frees_the_number(conversation, clerk, pack):
    sheet = typed("A-003", "ad-p", written=("Somewhere warm to meet.",), way=Way.HELPED)
    type_in(conversation, sheet, by=clerk)
    assert take_back(conversation, by=clerk) == sheet
    assert next_sheet_of(pack) == 1
    type_in(conversation, sheet, by=clerk)
    assert not Participant.objects.exists()


def test_only_the_clerk_who_typed_it_takes_a_sheet_back_and_not_once_it_counts(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    other = viewer_for(a_person(Role.FACILITATOR, conversation.programme))
    with pytest.raises(NotOpen):
        take_back(conversation, by=other)
    finish(conversation, by=clerk)
    with pytest.raises(NotOpen):
        take_back(conversation, by=clerk)


def test_two_clerks_do_not_disturb_each_other(conversation, clerk, pack):
    other = viewer_for(a_person(Role.PROGRAMME_TEAM, conversation.programme))
    type_in(conversation, typed("A-1"), by=clerk)
    type_in(conversation, typed("A-2"), by=other)
    assert not Participant.objects.exists()
    assert last_typed(conversation, clerk).number == 1


def test_a_clerk_who_went_home_has_her_last_sheet_counted_after_ten_minutes(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    assert count_waiting_sheets() == 0
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert count_waiting_sheets() == 1
        assert count_waiting_sheets() == 0
    assert Vote.objects.count() == 3


def test_a_sheet_typed_in_time_counts_although_the_window_closed_since(conversation, clerk, pack):
    conversation.closes_at = clock.now() + timedelta(minutes=5)
    conversation.save()
    type_in(conversation, typed(), by=clerk)
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert count_waiting_sheets() == 1
    assert Vote.objects.count() == 3


def test_closing_by_hand_counts_the_sheet_that_waits(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    close_conversation(conversation, by=clerk)
    assert Vote.objects.count() == 3


def test_a_sheet_of_a_conversation_out_of_sight_waits(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    Conversation.objects.update(stage="closed")
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert count_waiting_sheets() == 0
        Conversation.objects.update(stage="open")
        assert count_waiting_sheets() == 1


def test_a_statement_taken_out_of_sight_since_the_printing_is_left_out(conversation, clerk, pack):
    conversation.statements.filter(number=2).update(state=StatementState.NOT_SHOWN)
    type_in(conversation, typed(answers="aaaa"), by=clerk)
    finish(conversation, by=clerk)
    assert set(Vote.objects.values_list("statement__number", flat=True)) == {1, 3, 4}
    assert [row.text for row in printed_on(pack)][1] == ""


def test_what_was_written_waits_for_a_moderator_also_where_others_are_shown_at_once(
    conversation, clerk, pack
):
    Conversation.objects.update(moderation="after")
    said = conversation.statements.first().text
    type_in(conversation, typed(answers="----", written=("Somewhere warm to meet.", said.upper())), by=clerk)
    finish(conversation, by=clerk)
    (statement,) = Statement.objects.filter(state=StatementState.WAITING)
    assert (statement.text, statement.author.way) == ("Somewhere warm to meet.", Way.PAPER)


def test_an_empty_sheet_is_left_out(conversation, clerk, pack):
    with pytest.raises(NotTaken, match="Leave it out"):
        type_in(conversation, typed(answers="----"), by=clerk)


def test_a_rush_of_sheets_is_no_rush_from_one_network(conversation, clerk):
    make_pack(conversation, 100, 1, by=clerk)
    for number in range(1, 71):
        type_in(conversation, typed(f"A-{number}", "a"), by=clerk)
    finish(conversation, by=clerk)
    assert Participant.objects.filter(is_flagged=False).count() == 70


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PLACE_LEAD, Role.EVALUATOR])
def test_whoever_is_not_a_host_neither_prints_nor_types(conversation, pack, role):
    somebody = viewer_for(a_person(role, conversation.programme))
    with pytest.raises(Refused):
        make_pack(conversation, 1, 1, by=somebody)
    with pytest.raises(Refused):
        type_in(conversation, typed(), by=somebody)


def test_nobody_types_into_a_closed_conversation(conversation, clerk, pack):
    Conversation.objects.update(stage="closed")
    conversation.refresh_from_db()
    assert not room_rules.can_type_in(clerk, conversation)
    with pytest.raises(Refused):
        type_in(conversation, typed(), by=clerk)


def test_what_is_done_with_paper_is_on_record(conversation, clerk, pack):
    type_in(conversation, typed(), by=clerk)
    take_back(conversation, by=clerk)
    verbs = Event.objects.filter(verb__startswith="paper").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["paper_pack.made", "paper_sheet.typed", "paper_sheet.taken_back"]


def test_a_sheet_of_a_place_that_became_sensitive_waits(conversation, clerk, pack):
    conversation.place = a_place(conversation.programme)
    conversation.save()
    type_in(conversation, typed(), by=clerk)
    conversation.place.is_sensitive = True
    conversation.place.save()
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert count_waiting_sheets() == 0
    assert not Participant.objects.exists()
