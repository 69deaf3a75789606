"""Agreement, held against the published examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from knotwork.methods.language import cohens_kappa, fleiss_kappa, krippendorff_alpha

GAP = np.nan
# Krippendorff (2011): four observers, twelve units, with gaps.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)
# Fleiss (1971), as it is usually given: ten things, fourteen people, five categories.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_the_published_example(metric: str, published: float) -> None:
    found = krippendorff_alpha(KRIPPENDORFF, metric, resamples=400)
    assert found.alpha == pytest.approx(published, abs=0.0006)
    assert (found.units, found.judgements) == (11, 40)
    assert found.lower < found.alpha < found.upper


def test_two_coders_of_the_published_example_of_categories() -> None:
    # Krippendorff (2011), A: two observers, ten units, two values; alpha is 0.095.
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha([one, other], "nominal", resamples=0).alpha == pytest.approx(0.095, abs=0.0005)


def test_fleiss_kappa_is_that_of_the_usual_example() -> None:
    assert fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=0.0005)


def test_cohens_kappa_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5.
    one = ["y"] * 25 + ["n"] * 25
    other = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohens_kappa(one, other) == pytest.approx(0.4)


def test_kappas_without_anything_to_tell_apart_are_not_known() -> None:
    assert np.isnan(cohens_kappa([1, 1], [1, 1]))
    assert np.isnan(fleiss_kappa([[3, 0], [3, 0]]))


def test_people_who_never_differ_agree_wholly_and_people_who_only_differ_less_than_by_chance() -> None:
    assert krippendorff_alpha([[1, 2, 3], [1, 2, 3]], "ordinal", resamples=50).alpha == 1
    assert krippendorff_alpha([[1, 2], [2, 1]], "interval", resamples=50).alpha < 0


def test_without_any_difference_there_is_no_alpha_and_no_interval() -> None:
    found = krippendorff_alpha([[2, 2], [2, 2]], "nominal", resamples=20)
    assert np.isnan([found.alpha, found.lower, found.upper]).all()
    assert found.resamples == 0


@given(arrays(np.float64, (3, 6), elements=some.sampled_from([1.0, 2.0, 3.0, np.nan])), some.randoms())
def test_the_order_of_people_and_of_units_changes_nothing(ratings: np.ndarray, chance) -> None:
    if ((~np.isnan(ratings)).sum(axis=0) >= 2).sum() < 2:
        return
    people, units = list(range(3)), list(range(6))
    chance.shuffle(people)
    chance.shuffle(units)
    one = krippendorff_alpha(ratings, "ordinal", resamples=30)
    other = krippendorff_alpha(ratings[people][:, units], "ordinal", resamples=30)
    assert repr(one) == repr(other)
    assert not one.alpha > 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: krippendorff_alpha([[1, 2], [1, 2]], "guess"), "Unknown metric"),
        (lambda: krippendorff_alpha([[1, 2], [1, 2]], "nominal", level=1.0), "between 0 and 1"),
        (lambda: krippendorff_alpha([[1, 2, GAP], [GAP, 2, GAP]], "nominal"), "got 1"),
        (lambda: krippendorff_alpha([[GAP], [GAP]], "nominal"), "got 0"),
        (lambda: krippendorff_alpha([1, 2], "nominal"), "1 dimensions"),
        (lambda: cohens_kappa([1], [1, 2]), "two judgements"),
        (lambda: fleiss_kappa([[2, 0], [1, 0]]), "same number"),
    ],
)
def test_what_cannot_be_worked_out_is_said(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
