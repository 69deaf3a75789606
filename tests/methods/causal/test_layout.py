import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotwork.methods.causal.graph import signed_graph
from knotwork.methods.causal.layout import layout
from tests.methods.causal.maps import any_graph, any_links, chain, rows_of, the_obesity_map

pytestmark = pytest.mark.pure


def overlaps(places, sizes):
    """Pairs of boxes that share more than an edge."""
    wanted = (sizes[:, None] + sizes[None]) / 2
    gap = np.abs(places[:, None] - places[None]) - wanted
    both = (gap < -1e-6).all(axis=2)
    return int(np.triu(both, 1).sum())


def boxes(many, width=120.0, height=40.0):
    return np.tile([width, height], (many, 1))


def test_no_label_of_the_obesity_map_covers_another():
    graph = the_obesity_map()
    labels = {row["id"]: row["label"] for row in rows_of("factors.csv")}
    sizes = np.array(
        [[24 + 7.5 * min(len(labels[f]), 22), 24 + 18 * (1 + len(labels[f]) // 22)] for f in graph.factors]
    )
    places = layout(graph, sizes)
    assert overlaps(places, sizes) == 0
    assert (places - sizes / 2).min() == pytest.approx(0)


@settings(max_examples=40)
@given(any_graph, st.sampled_from([20.0, 90.0, 300.0]), st.sampled_from([10.0, 60.0]))
def test_no_label_of_any_map_covers_another(graph, width, height):
    sizes = boxes(len(graph.factors), width, height)
    assert overlaps(layout(graph, sizes), sizes) == 0


@settings(max_examples=20)
@given(any_links(), st.randoms())
def test_rows_in_any_order_give_the_same_places(parts, chance):
    factors, links = parts
    first = layout(signed_graph(factors, links), boxes(len(factors)))
    chance.shuffle(links)
    assert np.array_equal(first, layout(signed_graph(factors, links), boxes(len(factors))))


def test_links_lead_to_the_right_on_the_whole():
    graph = chain("1+2", "2+3", "3+4", "4+5")
    across = layout(graph, boxes(5))[:, 0]
    assert (np.diff(across) > 0).all()


def test_an_empty_map_and_a_single_factor_have_their_places():
    assert layout(signed_graph([], []), np.zeros((0, 2))).shape == (0, 2)
    assert layout(signed_graph(["1"], []), boxes(1)).tolist() == [[60.0, 20.0]]


def test_factors_that_nothing_joins_stand_apart():
    sizes = boxes(6)
    assert overlaps(layout(signed_graph(list("123456"), []), sizes), sizes) == 0


def test_very_unlike_boxes_find_room():
    sizes = np.array([[900.0, 10.0], [10.0, 900.0], [300.0, 300.0], [5.0, 5.0]])
    graph = chain("1+2", "2+3", "3+4", "4+1")
    assert overlaps(layout(graph, sizes), sizes) == 0


@pytest.mark.parametrize("sizes", [np.ones((1, 2)), np.zeros((2, 2)), np.full((2, 2), np.nan)])
def test_boxes_without_a_size_are_refused(sizes):
    with pytest.raises(ValueError, match="width and a height"):
        layout(chain("1+2"), sizes)
