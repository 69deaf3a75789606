import dataclasses

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import (
    STEPS,
    Notice,
    OpinionOptions,
    analyse,
    bridging_interval,
    in_words,
    vote_parts,
)
from knotwork.methods.opinion import analysis as analysis_module
from knotwork.methods.opinion import bridging as bridging_module
from tests.methods.opinion.material import (
    conversation,
    made_votes,
    matrices,
    same_bytes,
    table_from_matrix,
    vote_table,
)

COLUMNS = {
    "participants": "participant votes in_conversation x y group group_stability",
    "statements": "statement moderated_out meta agree disagree pass seen extremity priority consensus_agree"
    " consensus_agree_low consensus_agree_high consensus_disagree bridging bridging_low bridging_high"
    " divisiveness",
    "groups": "group size stability",
    "solutions": "groups silhouette stability chosen",
    "group_statements": "group statement agree disagree pass seen",
    "representative": "group rank statement direction probability probability_test representativeness"
    " representativeness_test",
    "consensus": "direction rank statement probability probability_test",
    "components": "statement mean component_1 component_2",
}


def codes(result) -> set[str]:
    return {notice.code for notice in result.notices}


@given(matrices(people=40))
def test_every_conversation_however_small_gives_all_tables(matrix):
    result = analyse(table_from_matrix(matrix), OpinionOptions(resamples=3))
    frames = result.to_frames()
    assert {name: " ".join(frame.columns) for name, frame in frames.items()} == COLUMNS
    for frame in frames.values():
        assert not any(frame[name].is_nan().any() for name in frame.columns if frame[name].dtype.is_float())
    assert result.summary()


def test_a_conversation_without_votes_gives_empty_tables():
    votes = pl.DataFrame(schema={"participant": pl.String, "statement": pl.String, "vote": pl.Int8})
    frames = analyse(vote_table(votes)).to_frames()
    assert {name: frame.height for name, frame in frames.items() if name != "solutions"} == dict.fromkeys(
        set(COLUMNS) - {"solutions"}, 0
    )


@given(some.integers(0, 2**32), some.integers(1, 4))
def test_rows_in_any_order_give_the_same_bytes(seed, camps):
    votes = made_votes(60, 12, camps=camps, seed=seed % 1000)
    shuffled = votes.sample(fraction=1, shuffle=True, seed=seed)
    one, other = (analyse(vote_table(rows), OpinionOptions(resamples=6)) for rows in (votes, shuffled))
    assert same_bytes(one.to_frames(), other.to_frames())


def test_partitions_and_engines_change_no_byte(monkeypatch):
    table = conversation("15-per-hour")
    few = OpinionOptions(resamples=12)
    inline = analyse(table, few).to_frames()
    on_processes = OpinionOptions(resamples=12, engine="processes")
    assert same_bytes(inline, analyse(table, on_processes).to_frames())
    monkeypatch.setattr(vote_parts, "PEOPLE_PER_PARTITION", 37)
    assert same_bytes(inline, analyse(table, few).to_frames())


def test_the_same_seed_gives_the_same_bytes():
    table = conversation("15-per-hour")
    assert same_bytes(analyse(table, seed=5).to_frames(), analyse(table, seed=5).to_frames())


def test_ids_are_kept_as_they_were_given():
    votes = made_votes(20, 8).with_columns(pl.format("p-{}", "participant").alias("participant"))
    frames = analyse(vote_table(votes)).to_frames()
    assert frames["participants"]["participant"][0] == "p-0"
    assert frames["statements"]["statement"].dtype == pl.Int64


def test_priorities_count_the_people_in_the_conversation_where_there_are_no_groups():
    result = analyse(table_from_matrix([[1, -1]] * 4))
    assert result.grouping.names == ()
    assert result.priority[0] == pytest.approx(((1 - 1 / 6) * 1 * 5 / 6 * (1 + 8 * 2**-0.8)) ** 2)


def test_moderated_statements_are_counted_and_shown_nowhere_else():
    votes = made_votes(40, 10, seen=1.0)
    statements = pl.DataFrame({"statement": range(10), "moderated_out": [j == 3 for j in range(10)]})
    frames = analyse(vote_table(votes, statements)).to_frames()
    assert frames["statements"].filter(pl.col("statement") == 3)["seen"].item() == 40
    for name in ("representative", "consensus"):
        assert 3 not in frames[name]["statement"]


def test_given_groups_are_counted_whatever_their_votes():
    votes = made_votes(20, 8, seen=0.7)
    given = {str(person): "north" if person % 2 else "south" for person in range(25)}
    result = analyse(vote_table(votes), OpinionOptions(given=given))
    frames = result.to_frames()
    assert frames["groups"].rows() == [("north", 10, None), ("south", 10, None)]
    assert frames["solutions"]["chosen"].to_list() == [True]
    assert Notice("given_without_votes", (5,)) in result.notices
    assert "2 groups, given: north (10), south (10)." in result.summary()


def test_given_groups_that_are_complete_need_no_remark():
    given = {str(person): "all" for person in range(20)}
    assert "given_without_votes" not in codes(
        analyse(vote_table(made_votes(20, 8)), OpinionOptions(given=given))
    )


def test_a_number_of_groups_that_cannot_be_is_said():
    result = analyse(vote_table(made_votes(16, 8)), OpinionOptions(groups=9))
    assert Notice("asked_not_offered", (9,)) in result.notices


def test_components_that_have_not_settled_are_said(monkeypatch):
    original = analysis_module.landscape_of
    monkeypatch.setattr(
        analysis_module, "landscape_of", lambda *a, **k: dataclasses.replace(original(*a, **k), settled=False)
    )
    assert "components_not_settled" in codes(analyse(vote_table(made_votes(16, 8))))


def test_few_people_are_said_and_many_are_not():
    assert "few_people" in codes(analyse(vote_table(made_votes(9, 8, seen=1.0))))
    assert "few_people" not in codes(analyse(vote_table(made_votes(60, 8, seen=1.0))))


def test_the_summary_says_how_sure_what_divides_and_what_is_not_known():
    said = analyse(vote_table(made_votes(80, 12, seen=0.9)), OpinionOptions(resamples=20)).summary()
    assert "The groups are stable. Drawn anew 20 times from those who took part, " in said
    assert "This is the spread over resampled participants, not a margin of error." in said
    assert "What divides the groups most: " in said
    assert said.endswith("Not known: what people think who did not take part. Nobody drew a sample.")


def test_the_summary_says_nothing_of_stability_where_nobody_was_drawn_anew():
    said = analyse(vote_table(made_votes(80, 12)), OpinionOptions(resamples=0)).summary()
    assert "Drawn anew" not in said


def test_moderated_statements_are_not_named_as_dividing():
    votes = made_votes(80, 12, seen=0.9)
    most = analyse(vote_table(votes), OpinionOptions(resamples=0)).to_frames()["statements"]
    dividing = most.sort("divisiveness", descending=True)["statement"][0]
    statements = pl.DataFrame({"statement": range(12), "moderated_out": [j == dividing for j in range(12)]})
    said = analyse(vote_table(votes, statements), OpinionOptions(resamples=0)).summary()
    (line,) = [line for line in said.splitlines() if line.startswith("What divides")]
    assert str(dividing) not in line.removeprefix("What divides the groups most: ").rstrip(".").split(", ")


def test_progress_is_told_step_by_step():
    steps: list[str] = []
    analyse(table_from_matrix([[1, -1]]), progress=steps.append)
    assert tuple(steps) == STEPS


@pytest.mark.parametrize(
    "wrong", [{"level": 0}, {"level": 1.0}, {"resamples": -1}, {"groups": 2, "given": {"a": "b"}}]
)
def test_options_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"level|resamples|not both"):
        OpinionOptions(**wrong)


def test_every_notice_has_words():
    assert in_words(Notice("groups_equally_good", (2, 3, 5))).endswith("2, 3 or 5 groups fit equally well.")
    assert in_words(Notice("few_people", (4,))).startswith("Only 4 people")
    assert in_words(Notice("no_groups"))
    assert in_words(Notice("bridging_fewer_resamples", (25,))).endswith(
        "only 25 resamples stand behind the bridging intervals."
    )
    assert ": 1, 2. Look" in in_words(Notice("two_scores_differ", (1, 2)))
    assert ": 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more. Look" in in_words(
        Notice("two_scores_differ", tuple(range(13)))
    )


def test_a_wider_level_gives_wider_intervals():
    table = vote_table(made_votes(60, 10))
    narrow, wide = (analyse(table, OpinionOptions(level=level)).common_ground for level in (0.5, 0.99))
    assert (wide.consensus_agree_low < narrow.consensus_agree_low).all()
    assert np.all(wide.consensus_agree_high > narrow.consensus_agree_high)


def test_bridging_is_told_of_with_what_it_rests_on(monkeypatch):
    table = conversation("15-per-hour")
    result = analyse(table, OpinionOptions(resamples=5))
    assert "rank the statements alike to 0.87" in result.summary()
    assert not codes(result) & {"bridging_not_settled", "bridging_fewer_resamples", "bridging_in_two_rounds"}
    monkeypatch.setattr(bridging_module, "MOST_ROUNDS", 1)
    monkeypatch.setattr(bridging_interval, "MOST_TO_SETTLE", 0)
    monkeypatch.setattr(bridging_interval, "MOST_DRAWN", 0)
    monkeypatch.setattr(bridging_interval, "FEWEST_RESAMPLES", 3)
    result = analyse(table, OpinionOptions(resamples=5))
    assert Notice("bridging_fewer_resamples", (3,)) in result.notices
    assert codes(result) >= {"bridging_not_settled", "bridging_in_two_rounds"}


def test_bridging_needs_no_groups():
    result = analyse(vote_table(made_votes(30, 10)), OpinionOptions(given={}, resamples=5))
    statements = result.to_frames()["statements"]
    assert statements["bridging"].null_count() == statements["bridging_low"].null_count() == 0
    assert statements["consensus_agree"].null_count() == 10
    assert "rank the statements alike" not in result.summary()
