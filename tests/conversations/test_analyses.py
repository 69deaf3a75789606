import polars as pl
import pytest

from knotwork.conversations import analyses
from knotwork.conversations.analyses import (
    KIND,
    LANDSCAPE,
    OpinionAnalysis,
    resamples_for,
    with_earlier_letters,
)
from knotwork.conversations.models import Statement, StatementState
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.models import Snapshot, SnapshotState
from knotwork.core.analyses.services import ask_for_due, run_now
from tests.builders import a_conversation, a_place
from tests.conversations.build import a_participant
from tests.conversations.camps import camps, cast_all, without_groups, worked_out

pytestmark = pytest.mark.django_db


def tables_of(conversation) -> dict[str, pl.DataFrame]:
    return snapshots.tables(snapshots.newest_good(KIND, conversation.public_id).id)


def test_two_camps_come_out_as_two_groups_of_their_sizes():
    result = worked_out(camps((30, 20)))
    assert result["groups"] == [["A", 30], ["B", 20]]
    assert (result["people"], result["placed"], result["votes"]) == (50, 50, 500)


def test_what_both_camps_agree_on_is_agreed_and_what_splits_them_divides():
    result = worked_out(camps((30, 20)))
    assert sorted(result["agreed"]) == [[9, "agree"], [10, "agree"]]
    assert set(result["dividing"]) <= set(range(1, 9))
    assert len(result["dividing"]) == 6


def test_the_groups_of_a_result_bear_their_stability():
    found = worked_out(camps((30, 20)))["stability"]
    assert found["resamples"] == 100
    assert found["index"] > 0.9
    assert [letter for letter, _overlap in found["groups"]] == ["A", "B"]
    assert worked_out(camps((7, 7)))["stability"] is None


def test_very_many_people_are_drawn_anew_less_often():
    assert [resamples_for(people) for people in (0, 200_000, 400_000, 5_000_000)] == [100, 100, 50, 20]


def test_the_result_bears_the_state_of_its_input_so_that_nothing_is_due_afterwards():
    conversation = camps((30, 20))
    worked_out(conversation)
    assert ask_for_due() == 0
    cast_all(conversation, [(a_participant(conversation), conversation.statements.get(number=1), 1)])
    assert ask_for_due() == 1


def test_a_new_vote_is_in_the_next_result():
    conversation = camps((30, 20))
    assert worked_out(conversation)["people"] == 50
    cast_all(conversation, [(a_participant(conversation), conversation.statements.get(number=1), 1)])
    assert worked_out(conversation)["people"] == 51


def test_the_same_votes_give_the_same_result():
    conversation = camps((30, 20))
    assert worked_out(conversation) == worked_out(conversation)


def test_every_statement_gets_its_standing_for_the_next_draw():
    conversation = camps((30, 20))
    worked_out(conversation)
    for statement in Statement.objects.filter(conversation=conversation).select_related("standing"):
        standing = statement.standing
        assert standing.agree + standing.disagree + standing.passed == 50
        assert standing.priority > 0


def test_standings_are_written_anew_and_not_added_to():
    conversation = camps((30, 20))
    worked_out(conversation)
    cast_all(conversation, [(a_participant(conversation), conversation.statements.get(number=1), 1)])
    worked_out(conversation)
    standing = conversation.statements.select_related("standing").get(number=1).standing
    assert standing.agree + standing.disagree + standing.passed == 51


def test_fewer_than_fifteen_people_who_answered_enough_are_not_grouped():
    result = worked_out(camps((7, 7)))
    assert (result["groups"], result["why_no_groups"]) == ([], "early")
    assert worked_out(camps((8, 7)))["why_no_groups"] == ""


def test_many_people_with_few_answers_are_not_grouped_either():
    conversation = a_conversation(statements=10, stage="closed")
    statement = conversation.statements.get(number=1)
    cast_all(conversation, [(a_participant(conversation), statement, 1) for _person in range(20)])
    other = conversation.statements.exclude(pk=statement.pk)
    one = a_participant(conversation)
    cast_all(conversation, [(one, each, 1) for each in other])
    assert worked_out(conversation)["why_no_groups"] == "early"


def test_a_sensitive_place_never_has_groups_or_pictures():
    place = a_place(is_sensitive=True)
    conversation = camps((30, 20), place=place, programme=place.programme)
    assert worked_out(conversation)["why_no_groups"] == "sensitive"
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    assert snapshots.pictures(snapshot.id) == {}
    assert tables_of(conversation)["participants"]["group"].null_count() == 50


def test_no_group_has_fewer_than_five_people():
    result = worked_out(camps((20, 18, 3)))
    assert all(size >= 5 for _letter, size in result["groups"])


def test_letters_stay_with_their_people_when_a_smaller_group_outgrows_a_larger_one():
    conversation = camps((20, 16))
    worked_out(conversation)
    before = dict(tables_of(conversation)["participants"].select("participant", "group").iter_rows())
    _more_of_the_second_camp(conversation, 10)
    result = worked_out(conversation)
    after = dict(tables_of(conversation)["participants"].select("participant", "group").iter_rows())
    assert result["groups"] == [["A", 20], ["B", 25]]
    assert {who: after[who] for who in before} == before


def _more_of_the_second_camp(conversation, count: int) -> None:
    statements = list(conversation.statements.order_by("number"))
    answers = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    for position in range(8):
        answers[position] = 1 if position % 2 else -1
    for _person in range(count):
        person = a_participant(conversation)
        cast_all(
            conversation, [(person, one, answer) for one, answer in zip(statements, answers, strict=True)]
        )


def test_tables_are_in_the_order_of_the_carried_letters():
    conversation = camps((20, 16))
    worked_out(conversation)
    _more_of_the_second_camp(conversation, 10)
    worked_out(conversation)
    for name in ("groups", "group_statements", "representative"):
        letters = tables_of(conversation)[name]["group"].to_list()
        assert letters == sorted(letters), name


def test_without_an_earlier_result_letters_stay_as_they_are():
    frames = {"groups": pl.DataFrame({"group": ["A"], "size": [5]}), "participants": pl.DataFrame()}
    assert with_earlier_letters(frames, a_conversation().public_id) is frames


def test_the_landscape_is_drawn_in_each_language_without_a_row_for_anybody(settings):
    conversation = camps((30, 20))
    worked_out(conversation)
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    picture = snapshots.pictures(snapshot.id)[LANDSCAPE]
    assert [row[:2] for row in picture.rows] == [("Group A", 30), ("Group B", 20)]
    kept = Snapshot.objects.get(pk=snapshot.id).pictures.values_list("language", flat=True)
    assert set(kept) == set(settings.LANGUAGES_OF_PICTURES)


def test_in_public_the_numbers_of_people_are_rounded_to_five():
    result = worked_out(camps((33, 19)))
    assert result["groups"] == [["A", 35], ["B", 20]]
    assert all(
        count is None or count % 5 == 0
        for by in result["rows"].values()
        for row in by.values()
        for count in row
    )


def test_statements_that_are_not_shown_are_in_no_list():
    conversation = camps((30, 20))
    Statement.objects.filter(conversation=conversation, number__in=(1, 9)).update(
        state=StatementState.NOT_SHOWN
    )
    result = worked_out(conversation)
    assert not {"1", "9"} & set(result["rows"])
    assert (result["shown"], result["not_shown"]) == (8, 2)


def test_statements_about_the_person_are_neither_agreed_nor_dividing():
    conversation = camps((30, 20))
    Statement.objects.filter(conversation=conversation, number__in=(1, 9)).update(is_about_the_person=True)
    result = worked_out(conversation)
    assert 9 not in [number for number, _direction in result["agreed"]]
    assert 1 not in result["dividing"]


def test_a_failed_run_keeps_the_last_good_result(monkeypatch):
    conversation = camps((30, 20))
    worked_out(conversation)

    def breaks(*_anything, **_words):
        raise RuntimeError("no memory")

    monkeypatch.setattr(OpinionAnalysis, "run", breaks)
    run_now(KIND, conversation.public_id)
    assert snapshots.newest_good(KIND, conversation.public_id).result["people"] == 50
    assert "no memory" in snapshots.latest_failure(KIND, conversation.public_id).error


def test_a_run_that_fails_at_keeping_leaves_no_half_snapshot(monkeypatch):
    from knotwork.conversations import analyses

    conversation = camps((30, 20))
    monkeypatch.setattr(analyses, "pictures_of", lambda *_frames, **_words: {"en": ("not a picture",)})
    run_now(KIND, conversation.public_id)
    row = Snapshot.objects.get(subject=conversation.public_id)
    assert (row.state, row.tables.count(), row.pictures.count()) == (SnapshotState.FAILED, 0, 0)


def test_what_people_agree_with_who_otherwise_disagree_is_found_without_groups(monkeypatch):
    monkeypatch.setattr(analyses, "worked_out", without_groups)
    result = worked_out(camps((30, 20)))
    assert result["groups"] == []
    assert sorted(result["bridging"]) == [9, 10]
    assert {"9", "10"} <= set(result["rows"])


def test_too_few_people_have_no_sides():
    assert worked_out(camps((8, 6)))["bridging"] == []


def test_in_a_sensitive_place_no_statement_is_scored_by_sides():
    place = a_place(is_sensitive=True)
    conversation = camps((30, 20), place=place, programme=place.programme)
    result = worked_out(conversation)
    assert result["bridging"] == []
    assert tables_of(conversation)["public_statements"]["bridging"].null_count() == 10
