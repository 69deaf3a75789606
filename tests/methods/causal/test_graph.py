import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.methods.causal.graph import signed_graph
from tests.methods.causal.maps import any_links, chain

pytestmark = pytest.mark.pure


def test_factors_that_are_numbers_stand_in_the_order_of_numbers():
    assert signed_graph(["10", "9", "1"], []).factors == ("1", "9", "10")


def test_other_factors_stand_in_the_order_of_their_letters():
    assert signed_graph(["b", "10", "9"], []).factors == ("10", "9", "b")


@given(any_links(), st.randoms())
def test_rows_in_any_order_give_the_same_graph(parts, chance):
    factors, links = parts
    first = signed_graph(factors, links)
    chance.shuffle(factors)
    chance.shuffle(links)
    second = signed_graph(factors, links)
    assert first.factors == second.factors
    for name in ("source", "target", "sign", "weight", "support"):
        assert getattr(first, name).tolist() == getattr(second, name).tolist()


def test_what_a_factor_leads_to_is_listed_in_order():
    graph = chain("1+3", "1+2", "3-1")
    assert graph.successors() == [[1, 2], [], [0]]
    assert graph.link_at() == {(0, 1): 0, (0, 2): 1, (2, 0): 2}
    assert graph.number_of_links == 3


@pytest.mark.parametrize(
    ("factors", "links", "words"),
    [
        (["1", "1"], [], "named twice"),
        (["1"], [("1", "2", 1, 1.0, 1.0)], "not there"),
        (["1", "2"], [("1", "2", 1, 1.0, 1.0), ("1", "2", -1, -1.0, 1.0)], "linked twice"),
        (["1", "2"], [("1", "2", 0, 0.5, 1.0)], "sign"),
        (["1", "2"], [("1", "2", 1, -0.5, 1.0)], "same sign"),
        (["1", "2"], [("1", "2", 1, 0.0, 1.0)], "not 0"),
        (["1", "2"], [("1", "2", 1, 1.5, 1.0)], "at most 1"),
        (["1", "2"], [("1", "2", 1, float("nan"), 1.0)], "at most 1"),
    ],
)
def test_what_is_no_map_is_refused(factors, links, words):
    with pytest.raises(ValueError, match=words):
        signed_graph(factors, links)
