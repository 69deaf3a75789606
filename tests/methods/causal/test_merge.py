import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.methods.causal.merge import PerspectiveLinks, merge

pytestmark = pytest.mark.pure

WEIGHTS = st.sampled_from([-1.0, -0.5, -0.1, 0.1, 0.3, 1.0])
MAPS = st.lists(
    st.dictionaries(st.tuples(st.sampled_from("1234"), st.sampled_from("1234")), WEIGHTS, max_size=6),
    max_size=6,
).map(
    lambda maps: [
        PerspectiveLinks(f"person {number}", tuple((*pair, weight) for pair, weight in drawn.items()))
        for number, drawn in enumerate(maps)
    ]
)


def one_link(*weights):
    maps = [PerspectiveLinks(f"person {n}", (("1", "2", w),) if w else ()) for n, w in enumerate(weights)]
    return merge(maps).links.row(0, named=True)


def test_silence_is_counted_in_one_mean_and_not_in_the_other():
    row = one_link(0.5, 1.0, 0, 0)
    assert (row["n_all"], row["n_link"], row["support"]) == (4, 2, 0.5)
    assert (row["mean_all"], row["mean_drawers"]) == (0.375, 0.75)
    assert row["conflict"] == 0


def test_a_link_that_half_see_the_other_way_is_fully_contested_and_stays_a_link():
    row = one_link(0.5, -0.5)
    assert (row["n_plus"], row["n_minus"], row["conflict"], row["mean_drawers"]) == (1, 1, 1.0, 0.0)
    assert merge(
        [PerspectiveLinks("a", (("1", "2", 0.5),)), PerspectiveLinks("b", (("1", "2", -0.5),))]
    ).graph().sign.tolist() == [1]


def test_where_the_mean_is_nothing_most_of_the_drawers_give_the_sign():
    maps = [
        PerspectiveLinks("a", (("1", "2", 1.0),)),
        PerspectiveLinks("b", (("1", "2", -0.5),)),
        PerspectiveLinks("c", (("1", "2", -0.5),)),
    ]
    assert merge(maps).graph().sign.tolist() == [-1]


@given(MAPS, st.randoms())
def test_the_order_of_people_does_not_matter(maps, chance):
    first = merge(maps).links
    chance.shuffle(maps)
    assert merge(maps).links.equals(first)


@given(MAPS)
def test_counts_add_up_and_shares_are_shares(maps):
    for row in merge(maps).links.iter_rows(named=True):
        assert row["n_plus"] + row["n_minus"] == row["n_link"] <= row["n_all"] == len(maps)
        assert 0 < row["support"] <= 1
        assert 0 <= row["conflict"] <= 1


@given(MAPS)
def test_every_merged_map_is_a_graph_with_the_sign_of_its_mean(maps):
    merged = merge(maps)
    graph = merged.graph()
    means = merged.links["mean_drawers"].to_list()
    assert all(mean * sign >= 0 for mean, sign in zip(means, graph.sign.tolist(), strict=True))


def test_factors_that_nobody_linked_can_stand_in_the_graph():
    merged = merge([PerspectiveLinks("a", (("1", "2", 0.5),))])
    assert merged.graph(["1", "2", "3"]).factors == ("1", "2", "3")


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ((("1", "2", 0.5), ("1", "2", 0.6)), "twice"),
        ((("1", "2", 0.0),), "not 0"),
        ((("1", "2", 2.0),), "at most 1"),
    ],
)
def test_a_map_that_no_person_can_have_drawn_is_refused(links, words):
    with pytest.raises(ValueError, match=words):
        merge([PerspectiveLinks("a", links)])
