"""How sure the order of bids is."""

import numpy as np
import pytest

from knotwork.methods.review import (
    ALWAYS_IN,
    ALWAYS_OUT,
    DEPENDS,
    PanelScores,
    RankingOptions,
    rank_bids,
)

FEW = RankingOptions(resamples=200)


def panel(**reviews: dict[str, list[float]]) -> PanelScores:
    """``panel(Ann={"east": [5, 4]})``: each reviewer's scores of each bid, one for each criterion c0, c1, ..."""
    rows = [
        (reviewer, bid, f"c{number}", score)
        for reviewer, bids in reviews.items()
        for bid, scores in bids.items()
        for number, score in enumerate(scores)
    ]
    return PanelScores(*(list(column) for column in zip(*rows, strict=True)))


def test_a_bid_is_worth_the_mean_of_its_weighted_reviews() -> None:
    scores = panel(Ann={"east": [5, 1], "west": [1, 1]}, Ben={"east": [4, 2], "west": [2, 2]})
    found = rank_bids(scores, weights={"c0": 3, "c1": 1}, places=1, options=FEW)
    assert found.mean.tolist() == [(4 + 3.5) / 2, 1.5]
    assert found.spread.tolist() == [0.5, 1.0]
    assert found.reviews.tolist() == [2, 2]
    assert found.rank.tolist() == [1, 2]


def test_a_criterion_that_a_reviewer_left_out_does_not_count_as_nothing() -> None:
    scores = PanelScores(["Ann", "Ann", "Ben"], ["east"] * 3, ["c0", "c1", "c0"], [4, 2, 4])
    assert rank_bids(scores, weights={"c0": 1, "c1": 1}, places=1, options=FEW).mean.tolist() == [3.5]


def test_who_is_far_above_is_in_whatever_is_drawn_and_who_is_far_below_is_out() -> None:
    scores = panel(**{name: {"best": [5], "good": [4], "poor": [1]} for name in ("Ann", "Ben", "Cy")})
    found = rank_bids(scores, weights={"c0": 1}, places=2, options=FEW)
    assert dict(zip(found.bids, found.code, strict=True)) == {
        "best": ALWAYS_IN,
        "good": ALWAYS_IN,
        "poor": ALWAYS_OUT,
    }
    assert found.hinges_on == ((), (), ())
    assert found.lower.tolist() == found.upper.tolist() == found.rank.tolist()


def test_a_bid_that_hangs_on_one_reviewer_says_on_whom() -> None:
    scores = panel(
        Ann={"east": [5], "west": [1]},
        Ben={"east": [2], "west": [3]},
        Cy={"east": [2], "west": [3]},
    )
    found = rank_bids(scores, weights={"c0": 1}, places=1, options=FEW)
    assert found.code == (DEPENDS, DEPENDS)
    assert found.hinges_on == (("Ann",), ("Ann",))
    assert found.mean[0] > found.mean[1]


def test_the_strictness_of_a_reviewer_is_taken_out_of_the_adjusted_mean() -> None:
    # Ann gives everybody one less than Ben; each reads one bid that the other does not.
    scores = panel(Ann={"both": [3], "hers": [3]}, Ben={"both": [4], "his": [4]})
    found = rank_bids(scores, weights={"c0": 1}, places=1, options=FEW)
    assert dict(zip(found.bids, found.adjusted.round(9).tolist(), strict=True)) == {
        "both": 3.5,
        "hers": 3.5,
        "his": 3.5,
    }
    assert found.strictness.round(9).tolist() == [-0.5, 0.5]


def test_equal_bids_share_their_rank_and_the_room_on_the_line() -> None:
    scores = panel(Ann={"east": [3], "north": [3], "west": [3]}, Ben={"east": [4], "north": [4], "west": [4]})
    found = rank_bids(scores, weights={"c0": 1}, places=1, options=FEW)
    assert found.rank.tolist() == [2, 2, 2]
    assert found.chosen == pytest.approx([1 / 3] * 3)
    assert found.code == (DEPENDS,) * 3


def test_so_many_are_chosen_in_every_draw_as_there_are_places() -> None:
    random = np.random.default_rng(3)
    scores = panel(
        **{name: {f"b{bid}": random.integers(1, 6, 3).tolist() for bid in range(12)} for name in "VWXYZ"}
    )
    found = rank_bids(scores, weights={"c0": 1, "c1": 2, "c2": 1}, places=5, options=FEW)
    assert found.chosen.sum() == pytest.approx(5)
    assert (found.lower <= found.rank).all()
    assert (found.rank <= found.upper).all()


def test_any_order_of_rows_gives_the_same_bytes_and_another_seed_another_band() -> None:
    random = np.random.default_rng(5)
    given = panel(
        **{name: {f"b{bid}": random.integers(1, 6, 2).tolist() for bid in range(8)} for name in "ABCD"}
    )
    order = random.permutation(len(given.score))
    mixed = PanelScores(*([column[i] for i in order] for column in vars(given).values()))
    weights = {"c0": 2, "c1": 1}
    one = rank_bids(given, weights=weights, places=3, options=FEW)
    other = rank_bids(mixed, weights=dict(reversed(weights.items())), places=3, options=FEW)
    assert repr(one) == repr(other)
    assert (
        rank_bids(given, weights=weights, places=3, options=FEW, seed=1).chosen.tolist()
        != one.chosen.tolist()
    )


@pytest.mark.parametrize(
    ("scores", "weights", "places", "words"),
    [
        (PanelScores([], [], [], []), {"c0": 1}, 1, "no scores yet"),
        (PanelScores(["A"], ["b"], ["c0"], [1]), {"c0": 0}, 1, "above 0"),
        (PanelScores(["A"], ["b"], ["c0"], [1]), {}, 1, "above 0"),
        (PanelScores(["A"], ["b"], ["c9"], [1]), {"c0": 1}, 1, "'c9'"),
        (PanelScores(["A"], ["b"], ["c0"], [1]), {"c0": 1}, 0, "At least one"),
        (PanelScores(["A"] * 2, ["b"] * 2, ["c0"] * 2, [1, 2]), {"c0": 1}, 1, "twice"),
    ],
)
def test_what_cannot_be_ranked_is_said(scores: PanelScores, weights, places: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rank_bids(scores, weights=weights, places=places)
