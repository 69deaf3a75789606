from itertools import pairwise

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.methods.causal import loops as loops_method
from knotwork.methods.causal.graph import signed_graph
from knotwork.methods.causal.loops import feedback_loops, links_of, story_set
from tests.methods.causal.maps import any_graph, any_links, chain, the_obesity_map

pytestmark = pytest.mark.pure


def by_networkx(graph, up_to):
    """Each simple cycle with its sign, its smallest factor first."""
    other = networkx.DiGraph()
    other.add_nodes_from(range(len(graph.factors)))
    for source, target, sign in zip(
        graph.source.tolist(), graph.target.tolist(), graph.sign.tolist(), strict=True
    ):
        other.add_edge(source, target, sign=sign)
    found = {}
    for cycle in networkx.simple_cycles(other, length_bound=up_to):
        start = cycle.index(min(cycle))
        turned = tuple(cycle[start:] + cycle[:start])
        found[turned] = int(np.prod([other.edges[link]["sign"] for link in links_of(turned)]))
    return found


def as_found(loops):
    return dict(zip(loops.cycles, loops.sign.tolist(), strict=True))


@pytest.mark.parametrize("up_to", [2, 5, 8])
def test_the_loops_of_the_obesity_map_and_their_signs_are_those_that_networkx_finds(up_to):
    graph = the_obesity_map()
    loops = feedback_loops(graph, up_to=up_to)
    assert as_found(loops) == by_networkx(graph, up_to)
    assert not loops.hit_cap


def test_the_obesity_map_has_901_loops_of_at_most_eight_factors():
    assert len(feedback_loops(the_obesity_map()).cycles) == 901


@given(any_graph, st.integers(1, 9))
def test_the_loops_of_any_map_are_those_that_networkx_finds(graph, up_to):
    assert as_found(feedback_loops(graph, up_to=up_to)) == by_networkx(graph, up_to)


@given(any_links(), st.randoms())
def test_rows_in_any_order_give_the_same_loops(parts, chance):
    factors, links = parts
    first = feedback_loops(signed_graph(factors, links))
    chance.shuffle(links)
    second = feedback_loops(signed_graph(factors, links))
    assert first.cycles == second.cycles
    assert first.strength.tolist() == second.strength.tolist()
    assert first.support.tolist() == second.support.tolist()


def test_two_links_that_turn_more_into_less_make_a_loop_that_keeps_itself_going():
    assert feedback_loops(chain("1-2", "2-1")).sign.tolist() == [1]


def test_one_link_that_turns_more_into_less_makes_a_loop_that_holds_itself_back():
    assert feedback_loops(chain("1+2", "2-1")).sign.tolist() == [-1]


def test_a_factor_that_leads_to_itself_is_a_loop():
    assert feedback_loops(chain("1-1")).cycles == ((0,),)


def test_strength_is_the_geometric_mean_and_support_the_smallest():
    links = [("1", "2", 1, 0.5, 0.9), ("2", "1", -1, -0.125, 0.3)]
    loops = feedback_loops(signed_graph(["1", "2"], links))
    assert loops.strength.tolist() == pytest.approx([0.25])
    assert loops.support.tolist() == [0.3]


def test_short_loops_come_first():
    loops = feedback_loops(chain("1+2", "2+3", "3+1", "2+1"))
    assert loops.cycles == ((0, 1), (0, 1, 2))


def test_a_map_without_loops_has_none():
    loops = feedback_loops(chain("1+2", "2+3"))
    assert (loops.cycles, loops.sign.size, story_set(chain("1+2", "2+3"), loops)) == ((), 0, ())


@pytest.mark.parametrize("most_expanded", [200, 777, 2000])
def test_a_search_that_the_cap_ends_gives_all_loops_of_the_length_it_reached(most_expanded):
    graph = the_obesity_map()
    capped = feedback_loops(graph, most_expanded=most_expanded)
    assert capped.hit_cap
    assert 2 <= capped.up_to < 8
    assert as_found(capped) == by_networkx(graph, capped.up_to)


def test_without_any_step_only_factors_that_lead_to_themselves_are_loops():
    capped = feedback_loops(chain("1+1", "1+2", "2+1"), most_expanded=0)
    assert (capped.cycles, capped.up_to, capped.hit_cap) == (((0,),), 1, True)


@given(any_graph, st.integers(0, 60), st.integers(1, 9))
def test_whatever_the_cap_the_loops_are_whole_up_to_their_length(graph, most_expanded, up_to):
    capped = feedback_loops(graph, up_to=up_to, most_expanded=most_expanded)
    assert capped.hit_cap == (capped.up_to < up_to)
    assert as_found(capped) == by_networkx(graph, capped.up_to)


def test_a_map_too_dense_for_the_first_try_is_searched_length_by_length(monkeypatch):
    monkeypatch.setattr(loops_method, "FIRST_TRY", 10)
    graph = the_obesity_map()
    loops = feedback_loops(graph)
    assert (len(loops.cycles), loops.up_to, loops.hit_cap) == (901, 8, False)


def test_a_loop_of_no_factors_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at least one factor"):
        feedback_loops(chain("1+2"), up_to=0)


@given(any_graph)
def test_the_story_holds_every_link_of_every_loop(graph):
    loops = feedback_loops(graph)
    story = story_set(graph, loops)
    told = {link for number in story for link in links_of(loops.cycles[number])}
    assert told == {link for cycle in loops.cycles for link in links_of(cycle)}


@given(any_graph)
def test_each_loop_of_the_story_brings_a_link_and_none_is_longer_than_need_be(graph):
    loops = feedback_loops(graph)
    story = story_set(graph, loops)
    lengths = [len(loops.cycles[number]) for number in story]
    assert all(shorter <= longer for shorter, longer in pairwise(lengths))
    covered = set()
    for number in story:
        links = set(links_of(loops.cycles[number]))
        assert not links <= covered
        covered |= links
