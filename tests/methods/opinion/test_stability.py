import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import OpinionOptions, analyse, stability, vote_table
from knotwork.methods.opinion.groups import Grouping, Solution, find_groups, offering
from knotwork.methods.opinion.k_means import nearest_centre
from knotwork.methods.opinion.rand_index import adjusted_rand_index
from knotwork.methods.opinion.stability import (
    SolutionStability,
    Stability,
    matched,
    most_stable,
    stability_of,
)
from knotwork.methods.partitions import open_engine
from tests.methods.opinion.material import conversation, made_votes


def planted(*sizes: int, spread: float = 0.4) -> np.ndarray:
    """Clouds at the corners of a triangle."""
    random = np.random.default_rng(8)
    corners = [(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)]
    return np.concatenate(
        [random.normal(corner, spread, (size, 2)) for corner, size in zip(corners, sizes, strict=False)]
    )


def found_in(points: np.ndarray, **options: int) -> tuple[Grouping, Stability]:
    grouping = find_groups(points, np.ones(len(points), bool))
    return grouping, stability_of(points, grouping.solutions, **({"resamples": 40} | options))


def test_planted_groups_come_out_again_in_every_resample():
    grouping, found = found_in(planted(60, 50, 40))
    chosen = found.of(grouping.chosen)
    assert chosen.groups == 3
    assert chosen.rand_index > 0.99
    assert chosen.overlaps.min() > 0.98
    assert chosen.stays.mean() > 0.99


def test_noise_has_no_stable_groups():
    _, found = found_in(np.random.default_rng(3).normal(size=(300, 2)))
    assert max(one.rand_index for one in found.solutions) < 0.85
    assert found.of(2).rand_index < 0.7


def test_who_stands_between_two_groups_stays_less_often_than_who_stands_in_one():
    points = np.concatenate([planted(60, 60), [[2.0, 0.0]]])
    grouping, found = found_in(points, resamples=100)
    stays = found.of(2).stays
    assert grouping.chosen == 2
    assert stays[-1] < 0.9 < stays[:-1].min()


def test_a_tiny_table_is_what_brute_force_finds():
    """Every resample by hand: the same drawn people, the best of all splits that k-means can end in, everybody to
    the nearest middle, the best of both matchings."""
    points = np.concatenate([planted(6, 6, spread=0.8), [[2.0, 0.3]]])
    grouping, found = found_in(points, resamples=10, seed=5)
    two = next(one for one in grouping.solutions if one.groups == 2)
    order = np.lexsort((points[:, 1], points[:, 0]))
    index, stays, overlaps = [], np.zeros(len(points)), np.zeros(2)
    for number in range(10):
        drawn = np.random.default_rng([5, number]).multinomial(
            len(points), np.full(len(points), 1 / len(points))
        )
        centres = best_of_all_splits(points[order], drawn)
        if centres is None:
            index.append(0.0)
            continue
        anew = nearest_centre(points, centres)
        index.append(adjusted_rand_index(two.labels, anew))
        if (anew == two.labels).sum() < len(points) / 2:
            anew = 1 - anew
        stays += anew == two.labels
        for group in range(2):
            both, either = (anew == group) & (two.labels == group), (anew == group) | (two.labels == group)
            overlaps[group] += both.sum() / either.sum() / 10
    assert found.of(2).rand_index == pytest.approx(np.mean(index))
    assert found.of(2).stays.tolist() == (stays / 10).tolist()
    assert found.of(2).overlaps == pytest.approx(overlaps)


def best_of_all_splits(points: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The least inertia among all splits into two in which every drawn person is with the nearer middle and both
    groups have five drawn people."""
    best, found = np.inf, None
    for code in range(2 ** (len(points) - 1)):
        side = (code >> np.arange(len(points))) & 1
        mass = np.bincount(side, weights, minlength=2)
        if mass.min() < 5:
            continue
        centres = np.array([weights[side == one] @ points[side == one] / mass[one] for one in range(2)])
        if (nearest_centre(points, centres) != side)[weights > 0].any():
            continue
        inertia = weights @ ((points - centres[side]) ** 2).sum(axis=1)
        if inertia < best - 1e-12:
            best, found = inertia, centres
    return found


def test_a_resample_that_offers_no_split_keeps_nobody(monkeypatch):
    monkeypatch.setattr(stability, "smallest_group", lambda people: people)
    _, found = found_in(planted(30, 30))
    assert {one.rand_index for one in found.solutions} == {0.0}
    assert found.of(2).stays.tolist() == [0.0] * 60
    assert found.of(2).overlaps.tolist() == [0.0, 0.0]


def test_groups_on_the_edge_of_the_size_floor_are_lost_in_some_resamples():
    grouping, found = found_in(planted(60, 5), resamples=100)
    assert grouping.chosen == 2
    assert 0.2 < found.of(2).rand_index < 0.9
    assert found.of(2).stays.max() < 0.9


def test_nothing_is_said_without_resamples_or_without_groups():
    points = planted(30, 30)
    assert found_in(points, resamples=0)[1].solutions == ()
    assert stability_of(points, [Solution(2, float("nan"))], resamples=10).solutions == ()


@given(some.integers(0, 1000), some.integers(40, 120), some.integers(1, 30))
def test_shares_are_shares_and_perfect_agreement_keeps_everybody(seed, people, resamples):
    points = np.random.default_rng(seed).normal(size=(people, 2))
    grouping, found = found_in(points, resamples=resamples, seed=seed)
    assert [one.groups for one in found.solutions] == [
        one.groups for one in grouping.solutions if one.labels is not None
    ]
    for one in found.solutions:
        assert -1 <= one.rand_index <= 1
        assert ((one.stays >= 0) & (one.stays <= 1)).all()
        assert ((one.overlaps >= 0) & (one.overlaps <= 1)).all()
        assert np.allclose(one.stays * resamples, np.rint(one.stays * resamples))
        assert (one.rand_index == 1) == bool((one.stays == 1).all())


def test_giving_everybody_another_id_changes_nothing():
    points = planted(40, 30, 20, spread=1.2)
    shuffle = np.random.default_rng(1).permutation(len(points))
    before, after = found_in(points)[1], found_in(points[shuffle])[1]
    for one, other in zip(before.solutions, after.solutions, strict=True):
        assert one.rand_index == other.rand_index
        assert (one.stays[shuffle] == other.stays).all()


def test_another_seed_gives_nearly_the_same_and_the_same_seed_the_same():
    points = planted(60, 50, 40, spread=1.3)
    one, again, other = (found_in(points, resamples=200, seed=seed)[1].of(2) for seed in (1, 1, 2))
    assert one.rand_index == again.rand_index
    assert one.rand_index == pytest.approx(other.rand_index, abs=0.05)


def test_cells_give_nearly_the_same_as_people_one_by_one(monkeypatch):
    points = planted(500, 400, 300, spread=1.3)
    by_cells = found_in(points)[1]
    monkeypatch.setattr(stability, "MOST_ONE_BY_ONE", len(points))
    one_by_one = found_in(points)[1]
    for cells, people in zip(by_cells.solutions, one_by_one.solutions, strict=True):
        assert cells.rand_index == pytest.approx(people.rand_index, abs=0.08)


def test_very_many_people_are_placed_in_blocks_and_it_is_said(monkeypatch):
    one_by_one = found_in(planted(200, 150, 100))[1]
    monkeypatch.setattr(stability, "MOST_PLACED", 300)
    in_blocks = found_in(planted(200, 150, 100))[1]
    assert in_blocks.in_blocks
    assert not one_by_one.in_blocks
    assert len(in_blocks.of(3).stays) == 450
    assert in_blocks.of(3).rand_index == pytest.approx(one_by_one.of(3).rand_index, abs=0.02)
    result = analyse(vote_table(made_votes(400, 20)), OpinionOptions(resamples=5))
    assert "resampled_in_blocks" in {notice.code for notice in result.notices}


def test_engines_and_batches_change_no_byte(monkeypatch):
    points = planted(200, 150, 300, spread=1.2)
    inline = found_in(points)[1]
    with open_engine("processes") as engine:
        on_processes = found_in(points, engine=engine)[1]
    monkeypatch.setattr(stability, "SIDE_BY_SIDE", 7)
    other_batches = found_in(points)[1]
    for other in (on_processes, other_batches):
        for one, two in zip(inline.solutions, other.solutions, strict=True):
            assert (one.rand_index, one.overlaps.tolist()) == (two.rand_index, two.overlaps.tolist())
            assert (one.stays == two.stays).all()


@given(some.integers(1, 5), some.integers(0, 10_000))
def test_few_groups_are_matched_as_the_assignment_problem_matches_them(groups, seed):
    from scipy.optimize import linear_sum_assignment

    table = np.random.default_rng(seed).integers(0, 50, (groups, groups))
    rows, columns = linear_sum_assignment(table, maximize=True)
    assert table[np.arange(groups), matched(table)].sum() == table[rows, columns].sum()


def test_many_groups_are_matched_too():
    order = np.random.default_rng(0).permutation(12)
    assert matched(np.eye(12, dtype=np.int64)[order] * 5).tolist() == order.tolist()


def test_among_numbers_that_fit_equally_well_the_most_stable_is_offered():
    labels = {groups: np.arange(60) % groups for groups in (2, 3, 4)}
    solutions = tuple(Solution(groups, 0.5 - groups / 1000, labels[groups]) for groups in labels)
    grouping = Grouping(np.ones(60, bool), labels[2], ("A", "B"), 2, solutions, equally_good=(2, 3))
    said = Stability(
        10, tuple(_stable(groups, index) for groups, index in ((2, 0.7), (3, 0.9), (4, 1.0))), False
    )
    chosen = most_stable(grouping, said)
    assert (chosen.chosen, chosen.names, chosen.labels.tolist()) == (3, ("A", "B", "C"), labels[3].tolist())
    alike = Stability(10, tuple(_stable(groups, 0.8) for groups in (2, 3, 4)), False)
    assert most_stable(grouping, alike).chosen == 2


def _stable(groups: int, index: float) -> SolutionStability:
    return SolutionStability(groups, index, np.full(groups, index), np.full(60, index))


def test_a_number_without_a_split_cannot_be_offered():
    grouping, _ = found_in(planted(30, 30), resamples=0)
    with pytest.raises(ValueError, match="No split into 9 groups"):
        offering(grouping, Solution(9, float("nan")))


def test_the_number_that_was_asked_for_is_shown_however_unstable():
    table = conversation("15-per-hour")
    result = analyse(table, OpinionOptions(groups=4, resamples=10))
    assert result.grouping.chosen == 4
    assert result.to_frames()["groups"]["stability"].null_count() == 0


def test_the_tables_hold_the_stability_of_the_groups_that_are_shown():
    result = analyse(conversation("15-per-hour"), OpinionOptions(resamples=30))
    frames, chosen = result.to_frames(), result.stability.of(result.grouping.chosen)
    assert frames["groups"]["stability"].to_list() == chosen.overlaps.tolist()
    people = frames["participants"]
    assert (people["group"].is_null() == people["group_stability"].is_null()).all()
    assert people["group_stability"].mean() == pytest.approx(chosen.stays.mean())
    assert frames["solutions"].filter("chosen")["stability"].item() == chosen.rand_index


def test_without_resamples_the_columns_are_empty():
    frames = analyse(conversation("15-per-hour"), OpinionOptions(resamples=0)).to_frames()
    for table, column in (
        ("groups", "stability"),
        ("solutions", "stability"),
        ("participants", "group_stability"),
    ):
        assert frames[table][column].null_count() == frames[table].height
