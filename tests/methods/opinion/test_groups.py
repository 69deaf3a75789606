import numpy as np
import polars as pl
import pytest

from knotwork.methods.opinion import groups
from knotwork.methods.opinion.groups import find_groups, given_groups, people_in_conversation
from tests.methods.opinion.material import made_votes, table_from_matrix, vote_table


def clouds(*sizes: int, apart: float = 6.0) -> np.ndarray:
    random = np.random.default_rng(5)
    return np.concatenate(
        [random.normal((apart * i, apart * (i % 2)), 0.5, (size, 2)) for i, size in enumerate(sizes)]
    )


def everybody(points: np.ndarray) -> np.ndarray:
    return np.ones(len(points), bool)


def test_seven_votes_bring_a_person_into_the_conversation():
    table = table_from_matrix([[1] * 10] * 15 + [[1] * 7 + [None] * 3] * 2 + [[1] * 6 + [None] * 4])
    assert people_in_conversation(table).tolist() == [True] * 17 + [False]


def test_with_few_statements_all_of_them_are_enough():
    table = table_from_matrix([[1, 0, 1]] * 15 + [[1, 0, None]])
    assert people_in_conversation(table).tolist() == [True] * 15 + [False]


def test_the_fifteen_with_most_votes_talk_when_fewer_have_enough():
    table = table_from_matrix([[1] * 2 + [None] * 8] * 10 + [[1] * 9 + [None]] * 3 + [[1] + [None] * 9] * 9)
    talking = people_in_conversation(table)
    assert talking.tolist() == [True] * 13 + [True, True] + [False] * 7


def test_whoever_never_voted_is_not_in_the_conversation():
    assert people_in_conversation(table_from_matrix([[1, None], [None, None]])).tolist() == [True, False]


def test_the_number_of_groups_follows_the_clouds_and_letters_follow_the_size():
    points = clouds(30, 60, 45)
    found = find_groups(points, everybody(points))
    assert (found.chosen, found.names, found.sizes.tolist()) == (3, ("A", "B", "C"), [60, 45, 30])
    assert (found.labels[:30] == 2).all()
    assert [one.groups for one in found.solutions] == [2, 3, 4, 5]
    assert found.equally_good == ()


def test_who_is_not_in_the_conversation_has_no_group():
    points = clouds(30, 30)
    talking = everybody(points)
    talking[::10] = False
    found = find_groups(points, talking)
    assert ((found.labels == -1) == ~talking).all()


def test_a_number_that_is_asked_for_is_chosen_and_reported():
    points = clouds(40, 40)
    found = find_groups(points, everybody(points), asked=6)
    assert found.chosen == 6
    assert [one.groups for one in found.solutions] == [2, 3, 4, 5, 6]


def test_a_number_that_leaves_too_small_a_group_is_not_offered():
    points = clouds(12, 10)
    found = find_groups(points, everybody(points), asked=5)
    assert found.chosen == 2
    assert np.isnan(found.solutions[-1].silhouette)
    assert found.solutions[-1].labels is None


def test_too_few_people_make_no_groups():
    points = clouds(4, 4)
    found = find_groups(points, everybody(points))
    assert (found.chosen, found.names, found.labels.max()) == (None, (), -1)


def test_nobody_makes_no_groups():
    assert find_groups(np.zeros((0, 2)), np.zeros(0, bool)).chosen is None


@pytest.mark.parametrize("asked", [1, 21])
def test_a_senseless_number_of_groups_is_refused(asked):
    with pytest.raises(ValueError, match="2 to 20"):
        find_groups(clouds(5), everybody(clouds(5)), asked=asked)


def test_numbers_that_fit_equally_well_are_named(monkeypatch):
    monkeypatch.setattr(groups, "EQUALLY_GOOD", 2.0)
    points = clouds(30, 30)
    assert find_groups(points, everybody(points)).equally_good == (2, 3, 4, 5)


def test_above_the_limit_grid_cells_give_the_same_groups(monkeypatch):
    points = clouds(100, 80, 60)
    one_by_one = find_groups(points, everybody(points))
    monkeypatch.setattr(groups, "MOST_ONE_BY_ONE", 50)
    by_cells = find_groups(points, everybody(points))
    assert (by_cells.labels == one_by_one.labels).all()
    assert by_cells.solutions[1].silhouette == pytest.approx(one_by_one.solutions[1].silhouette, abs=0.02)


def test_people_on_a_line_have_their_cells(monkeypatch):
    monkeypatch.setattr(groups, "MOST_ONE_BY_ONE", 20)
    points = np.column_stack([np.repeat([0.0, 9.0], 20) + np.tile(np.arange(20) / 20, 2), np.zeros(40)])
    assert find_groups(points, everybody(points)).chosen == 2


def test_a_group_that_everybody_leaves_below_the_floor_is_not_offered(monkeypatch):
    monkeypatch.setattr(groups, "MOST_ONE_BY_ONE", 20)
    points = clouds(30, 30)
    settled = groups.settle

    def leave_one(points: np.ndarray, centres: np.ndarray) -> groups.Split:
        split = settled(points, centres)
        return groups.Split(np.zeros_like(split.labels), split.centres, split.inertia)

    monkeypatch.setattr(groups, "settle", leave_one)
    assert find_groups(points, everybody(points)).chosen is None


def test_given_groups_stay_as_they_are():
    table = vote_table(made_votes(6, 3, seen=1.0))
    positions = np.arange(12.0).reshape(6, 2)
    talking = np.zeros(6, bool)
    found = given_groups(
        positions,
        talking,
        table.participants,
        {"0": "nurses", "4": "nurses", "1": "carers", "9": "x", "2": ""},
    )
    assert found.names == ("carers", "nurses")
    assert found.labels.tolist() == [1, 0, -1, -1, 1, -1]
    assert (found.sizes.tolist(), found.chosen, found.given) == ([1, 2], 2, True)


def test_given_groups_in_numbers_sort_as_numbers():
    people = pl.Series(["a", "b", "c"])
    found = given_groups(np.zeros((3, 2)), np.zeros(3, bool), people, {"a": "10", "b": "9"})
    assert found.names == ("9", "10")


def test_given_groups_of_strangers_are_no_groups():
    found = given_groups(np.zeros((1, 2)), np.ones(1, bool), pl.Series(["a"]), {"z": "A"})
    assert (found.names, found.chosen, found.solutions) == ((), None, ())


def test_the_silhouette_of_many_given_people_uses_cells(monkeypatch):
    points = clouds(40, 40)
    people = pl.Series(range(80))
    given = {str(i): "left" if i < 40 else "right" for i in range(80)}
    exact = given_groups(points, everybody(points), people, given).solutions[0].silhouette
    monkeypatch.setattr(groups, "MOST_ONE_BY_ONE", 10)
    cells = given_groups(points, everybody(points), people, given).solutions[0].silhouette
    assert cells == pytest.approx(exact, abs=0.02)


def test_giving_everybody_another_id_moves_nobody():
    people = np.random.default_rng(4).normal(size=(120, 2)) + np.repeat([[0.0, 0.0], [1.6, 0.4]], 60, axis=0)
    everybody = np.ones(len(people), bool)
    shuffle = np.random.default_rng(5).permutation(len(people))
    before = find_groups(people, everybody).labels
    after = find_groups(people[shuffle], everybody).labels
    assert (after == before[shuffle]).all()
