"""Scores of a panel become an order with its bands; the order of rows does not matter."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotwork.calls.ranking import Compared, compared
from knotwork.calls.scores import StandingScore
from knotwork.methods.review import ALWAYS_IN, ALWAYS_OUT, DEPENDS

SEED, NEED, TEAM = UUID(int=7), UUID(int=101), UUID(int=102)
ANN, BEN, CY = (UUID(int=number) for number in (1, 2, 3))
EAST, MID, WEST = (UUID(int=number) for number in (11, 12, 13))
WEIGHTS = {NEED: 2, TEAM: 1}
AT = datetime(2026, 5, 4, tzinfo=UTC)
# The example of docs/methods/review.md: two bids for one place hang on what Cy gave.
EXAMPLE = {ANN: (5, 4, 1), BEN: (5, 4, 1), CY: (2, 4, 1)}


def a_score(reviewer: UUID, bid: UUID, score: int, criterion: UUID = NEED) -> StandingScore:
    return StandingScore(reviewer, "", bid, criterion, score, "Because.", AT, "")


def the_example() -> list[StandingScore]:
    return [
        a_score(who, bid, score, criterion)
        for who, given in EXAMPLE.items()
        for bid, score in zip((EAST, MID, WEST), given, strict=True)
        for criterion in WEIGHTS
    ]


def result(scores: list[StandingScore], places: int = 1) -> Compared:
    found = compared(scores, weights=WEIGHTS, places=places, seed=SEED)
    assert found is not None
    return found


def test_without_scores_there_is_nothing_to_compare() -> None:
    assert compared([], weights=WEIGHTS, places=1, seed=SEED) is None


def test_a_criterion_that_counts_nothing_alone_makes_no_order() -> None:
    assert compared([a_score(ANN, EAST, 4)], weights={NEED: 0}, places=1, seed=SEED) is None


def test_the_worked_example_of_the_docs_is_what_the_method_finds() -> None:
    """Means 4, 4 and 1; East and Mid share the first two ranks, West is out in every draw."""
    found = result(the_example())
    stood = {each.bid: each for each in found.bids}
    assert [round(stood[bid].mean, 2) for bid in (EAST, MID, WEST)] == [4, 4, 1]
    assert [stood[bid].rank for bid in (EAST, MID, WEST)] == [1.5, 1.5, 3]
    assert [stood[bid].code for bid in (EAST, MID, WEST)] == [DEPENDS, DEPENDS, ALWAYS_OUT]
    assert stood[EAST].spread == 3
    assert CY in stood[EAST].hinges_on


def test_two_places_of_three_are_sure() -> None:
    codes = {each.bid: each.code for each in result(the_example(), 2).bids}
    assert codes == {EAST: ALWAYS_IN, MID: ALWAYS_IN, WEST: ALWAYS_OUT}


def test_agreement_is_told_overall_and_for_each_criterion() -> None:
    found = result(the_example())
    assert found.agreement is not None
    assert found.agreement.lower <= found.agreement.alpha <= found.agreement.upper
    assert [key for key, one in found.by_criterion if one] == [NEED, TEAM]


@pytest.mark.parametrize("scores", [[(ANN, EAST, 4)], [(ANN, EAST, 4), (BEN, EAST, 4)]])
def test_agreement_that_cannot_be_told_is_not_told(scores: list[tuple[UUID, UUID, int]]) -> None:
    assert result([a_score(*each) for each in scores]).agreement is None


@settings(max_examples=10, deadline=None)
@given(st.permutations(the_example()))
def test_any_order_of_rows_gives_the_same_result(scores: list[StandingScore]) -> None:
    assert result(scores) == result(the_example())
