"""What other rooms and the place page are given of maps."""

import pytest

from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.events.telling import telling_of
from knotwork.core.feeds.registry import source_of
from knotwork.core.search.registry import documents_of
from knotwork.core.strands.kinds import beads, beads_of_place
from knotwork.maps import queries, services
from knotwork.maps.panels import place_panel
from knotwork.programmes.models import Role
from tests.builders import a_person, a_place
from tests.maps.build import ADMINISTRATOR, a_drawn_map, a_map, factor_called, url

pytestmark = pytest.mark.django_db


class TestThePanelOfAPlace:
    def test_teaches_where_nothing_is_drawn(self) -> None:
        panel = place_panel(a_place().public_id, STRANGER)
        assert "No map has been drawn here yet" in str(panel.sentences[0])

    def test_names_its_maps_and_those_it_looks_at(self) -> None:
        row, elsewhere = a_drawn_map(), a_map(title="A national map", made_elsewhere=True, year=2007)
        assert row.place is not None
        services.refer_to_map(
            row.place.pk, elsewhere.pk, "a national map, made elsewhere, 2007", by=ADMINISTRATOR
        )
        panel = place_panel(row.place.public_id, STRANGER)
        assert panel.sentences == (
            f"“{row.title}”: 4 factors and 4 links.",
            "“A national map”: a national map, made elsewhere, 2007.",
        )
        assert [link.url for link in panel.links] == [url(row), url(elsewhere)]

    def test_offers_those_who_may_write_what_to_do_next(self) -> None:
        place = a_place()
        lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
        other = viewer_for(a_person(Role.PLACE_LEAD))
        words = [str(link.words) for link in place_panel(place.public_id, lead).links]
        assert words == ["Begin a map", "Look at a map made elsewhere"]
        assert [str(link.words) for link in place_panel(place.public_id, other).links] == ["See maps"]

    def test_costs_three_queries(self, django_assert_num_queries) -> None:
        row, elsewhere = a_drawn_map(), a_map()
        assert row.place is not None
        services.refer_to_map(row.place.pk, elsewhere.pk, "", by=ADMINISTRATOR)
        with django_assert_num_queries(3):
            place_panel(row.place.public_id, STRANGER)

    def test_does_not_lead_to_what_the_reader_may_not_see(self) -> None:
        place, hidden = a_place(), a_map(visibility="programme")
        services.refer_to_map(place.pk, hidden.pk, "a hidden one", by=ADMINISTRATOR)
        panel = place_panel(place.public_id, STRANGER)
        assert "hidden" not in " ".join(str(sentence) for sentence in panel.sentences)


class TestTheThread:
    def test_maps_and_factors_are_beads(self) -> None:
        row = a_drawn_map()
        hearing = factor_called(row, "hearing")
        wanted = [("map", row.public_id), ("factor", hearing.public_id)]
        found = beads(wanted, STRANGER)
        assert [found[one].title for one in wanted] == [row.title, "hearing"]
        assert found[wanted[1]].url == url(row, "factor", hearing.public_id)

    def test_what_may_not_be_seen_is_no_bead(self) -> None:
        row, hidden = a_drawn_map(), a_drawn_map(visibility="programme")
        gone = factor_called(row, "hearing")
        services.withdraw_factor(row.pk, gone.public_id, "Said twice.", by=ADMINISTRATOR)
        wanted = [("factor", gone.public_id), ("map", hidden.public_id)]
        wanted.append(("factor", factor_called(hidden, "hearing").public_id))
        assert beads(wanted, STRANGER) == {}

    def test_a_place_offers_its_maps_and_factors(self) -> None:
        row = a_drawn_map()
        assert row.place is not None
        offered = beads_of_place(row.place.public_id, STRANGER)
        assert [bead.title for bead in offered["map"]] == [row.title]
        assert offered["factor"][0].title == "hearing"
        assert len(offered["factor"]) == 4


def test_factors_are_offered_in_the_order_of_their_words() -> None:
    row = a_drawn_map()
    labels = [factor.label for factor in queries.factors_of(row.public_id, STRANGER)]
    assert labels == sorted(labels)
    assert queries.factors_of(a_map(visibility="me").public_id, STRANGER) == []


def test_maps_are_found_by_programme_and_by_place() -> None:
    row = a_drawn_map()
    other = a_map(programme=row.programme)
    assert row.place is not None
    of_programme = queries.maps_for(STRANGER, programme=row.programme.public_id)
    assert [one.public_id for one in of_programme] == [other.public_id, row.public_id]
    assert [one.public_id for one in queries.maps_for(STRANGER, place=row.place.public_id)] == [row.public_id]


def test_a_link_that_several_drew_counts_once() -> None:
    row = a_drawn_map()
    ends = [factor_called(row, label).public_id for label in ("hearing", "confidence to go out")]
    table = services.add_perspective(row.pk, "Carers", 9, by=ADMINISTRATOR)
    services.add_link(row.pk, table, ends[0], ends[1], -1, by=ADMINISTRATOR)
    listed = queries.maps_for(STRANGER)[0]
    assert (listed.factors, listed.links, listed.perspectives) == (4, 4, 2)


def test_maps_and_factors_are_searched_by_their_words() -> None:
    row = a_drawn_map(question="Why are days lonely?")
    hearing = factor_called(row, "hearing")
    assert [document.title for document in documents_of("map", [row.public_id])] == [row.title]
    assert [document.title for document in documents_of("factor", [hearing.public_id])] == ["hearing"]
    assert hearing.public_id in queries.factors_on_maps([row.public_id])
    services.withdraw_map(row.pk, "A mistake.", by=ADMINISTRATOR)
    assert list(documents_of("map")) == list(documents_of("factor")) == []


def test_new_maps_stand_in_the_feed() -> None:
    row = a_drawn_map(question="Why?")
    a_map(visibility="programme")
    source = source_of("maps")
    assert source is not None
    assert [(one.title, one.url, one.summary) for one in source.entries(STRANGER)] == [
        (row.title, url(row), "Why? 4 factors and 4 links.")
    ]


def test_a_member_sees_maps_of_her_place_that_others_do_not() -> None:
    row = a_drawn_map(visibility="place")
    assert queries.maps_for(STRANGER) == []
    member = viewer_for(a_person(Role.PLACE_MEMBER, row.programme, row.place))
    assert [one.public_id for one in queries.maps_for(member)] == [row.public_id]


def test_news_are_told() -> None:
    for verb in ("map.made", "factor.added", "perspective.added", "link.added", "loop.named"):
        assert telling_of(verb) is not None
