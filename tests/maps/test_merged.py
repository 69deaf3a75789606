"""Everybody's drawing on one map: support, conflict, and what a single perspective has."""

import pytest

from knotwork.maps import services
from knotwork.maps.merged import merged_map
from knotwork.maps.story import busiest_factor, opening_loops
from tests.maps.build import (
    ADMINISTRATOR,
    a_drawn_map,
    a_link,
    a_map,
    a_perspective,
    again,
    factor_called,
    some_factors,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contested():
    """Six say that phone calls help, nine that they harm; a third table says nothing of them."""
    row = a_map()
    calls, lonely, bus = some_factors(row, "phone calls", "feeling lonely", "the last bus")
    tables = [a_perspective(row, name, people) for name, people in (("A", 6), ("B", 9), ("C", 8))]
    a_link(row, tables[0], (calls, lonely), -1)
    a_link(row, tables[1], (calls, lonely), 1, evidence="She waits for them.")
    a_link(row, tables[2], (bus, lonely), -1)
    return again(row)


def test_a_contested_link_whose_mean_is_nothing_is_a_link_still(contested) -> None:
    merged = merged_map(contested)
    link = next(link for link in merged.links if link.is_contested)
    assert (link.mean_all, link.mean_drawers, link.conflict) == (0, 0, 1)
    assert link in merged.contested
    assert merged.graph.number_of_links == 2


def test_it_says_how_many_people_see_it_in_each_way(contested) -> None:
    link = merged_map(contested).contested[0]
    assert (link.people_for_more, link.people_for_less) == (9, 6)
    assert (link.n_all, link.n_link, link.support) == (3, 2, pytest.approx(2 / 3))


def test_where_more_drew_less_it_leads_to_less() -> None:
    row = a_map()
    one, other = some_factors(row, "a", "b")
    for name, sign, weight in (("A", 1, 1.0), ("B", -1, 0.5), ("C", -1, 0.5)):
        a_link(row, a_perspective(row, name), (one, other), sign, weight=weight)
    link = merged_map(again(row)).links[0]
    assert (link.mean_drawers, link.sign) == (0, -1)


def test_a_perspective_is_kept_whole(contested) -> None:
    tables = merged_map(contested).perspectives
    alone = merged_map(contested, only=tables[0].public_id)
    assert [(link.sign, link.n_all) for link in alone.links] == [(-1, 1)]
    assert merged_map(contested).people == 23


def test_a_withdrawn_factor_takes_its_links_along() -> None:
    row = a_drawn_map()
    hearing = factor_called(row, "hearing")
    services.withdraw_factor(row.pk, hearing.public_id, "Said twice.", by=ADMINISTRATOR)
    merged = merged_map(again(row))
    assert "hearing" not in {factor.label for factor in merged.factors}
    assert len(merged.links) == 3


def test_the_map_is_read_once_until_somebody_edits_it(django_assert_num_queries) -> None:
    row = a_drawn_map()
    merged_map(row)
    with django_assert_num_queries(0):
        merged_map(row)
    some_factors(row, "being invited")
    assert len(merged_map(again(row)).factors) == 5


def test_factors_are_found_by_their_public_id() -> None:
    row = a_drawn_map()
    merged = merged_map(row)
    hearing = factor_called(row, "hearing").public_id
    found = merged.factor(hearing)
    assert found is not None
    assert found.label == "hearing"
    assert a_map().public_id not in {factor.public_id for factor in merged.factors}


class TestTheStory:
    def test_is_told_by_loops_with_a_name_first(self) -> None:
        merged = merged_map(a_drawn_map())
        assert opening_loops(merged, [("1", "2", "3")], []) == (("1", "2", "3"),)

    def test_begins_where_most_links_meet_and_grows_from_there(self) -> None:
        row = a_map()
        keys = some_factors(row, *"abcdef")
        table = a_perspective(row)
        for source, target in ((0, 1), (1, 0), (1, 2), (2, 1), (3, 1), (4, 5), (5, 4)):
            a_link(row, table, (keys[source], keys[target]), 1)
        merged = merged_map(again(row))
        story = [("1", "2"), ("2", "3"), ("5", "6")]
        assert opening_loops(merged, [], story) == (("1", "2"), ("2", "3"))
        assert busiest_factor(merged) == "2"

    def test_takes_a_long_loop_where_there_is_no_short_one(self) -> None:
        row = a_map()
        keys = some_factors(row, *"abcde")
        table = a_perspective(row)
        for at in range(5):
            a_link(row, table, (keys[at], keys[(at + 1) % 5]), 1)
        merged = merged_map(again(row))
        assert opening_loops(merged, [], [tuple("12345")]) == (tuple("12345"),)

    def test_is_not_told_without_loops(self) -> None:
        assert opening_loops(merged_map(a_drawn_map()), [], []) == ()

    def test_stops_before_it_is_too_much_to_read(self) -> None:
        row = a_map()
        keys = some_factors(row, *(f"factor {number}" for number in range(20)))
        table = a_perspective(row)
        for at in range(19):
            a_link(row, table, (keys[at], keys[at + 1]), 1)
            a_link(row, table, (keys[at + 1], keys[at]), 1)
        story = [(str(number), str(number + 1)) for number in range(1, 20)]
        told = opening_loops(merged_map(again(row)), [], story)
        assert len(told) == 5
        long = [tuple(str(number) for number in range(start, start + 7)) for start in (1, 8, 15)]
        assert len(opening_loops(merged_map(again(row)), long[:3], [])) == 1


def test_what_is_drawn_reads_as_a_sentence(contested) -> None:
    link = contested.links.select_related("source", "target").order_by("pk")[0]
    assert str(link) == "phone calls - feeling lonely"
    assert str(link.source) == "phone calls"
    assert str(link.perspective) == "A"
