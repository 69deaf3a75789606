import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.methods.causal.graph import signed_graph
from knotwork.methods.causal.neighbourhood import neighbourhood
from tests.methods.causal.maps import any_graph, chain, the_obesity_map

pytestmark = pytest.mark.pure


@given(any_graph, st.integers(1, 9), st.data())
def test_it_holds_the_factor_first_nobody_twice_and_never_too_many(graph, most, data):
    factor = data.draw(st.integers(0, len(graph.factors) - 1))
    found = neighbourhood(graph, factor, most=most)
    assert found[0] == factor
    assert len(set(found)) == len(found) <= most


def test_every_factor_of_the_obesity_map_has_at_most_nine_around_it():
    graph = the_obesity_map()
    assert max(len(neighbourhood(graph, factor)) for factor in range(108)) == 9


def test_nearer_comes_before_stronger():
    links = [("1", "2", 1, 0.1, 1.0), ("2", "3", 1, 1.0, 1.0)]
    assert neighbourhood(signed_graph(["1", "2", "3"], links), 0) == (0, 1, 2)


def test_of_those_equally_near_the_strongest_link_counts_in_either_direction():
    links = [("1", "2", 1, 0.2, 1.0), ("3", "1", -1, -0.9, 1.0), ("1", "3", 1, 0.1, 1.0)]
    assert neighbourhood(signed_graph(["1", "2", "3"], links), 0, most=2) == (0, 2)


def test_a_factor_without_links_stands_alone():
    assert neighbourhood(signed_graph(["1", "2"], []), 1) == (1,)


def test_a_factor_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="There are 2 factors"):
        neighbourhood(chain("1+2"), 2)
