"""The pages of a map for people who look."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.core.analyses.models import Snapshot, SnapshotState
from knotwork.core.clock import now
from knotwork.maps import services
from knotwork.maps.analyses import KIND
from knotwork.programmes.models import FormerAddress, Programme, Provenance, Role
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.maps.build import (
    ADMINISTRATOR,
    LONELY,
    a_drawn_map,
    a_link,
    a_map,
    a_perspective,
    again,
    factor_called,
    html,
    some_factors,
    url,
    worked_out,
)

pytestmark = pytest.mark.django_db


def words_of(page: str) -> str:
    """A page without its pictures and tags."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)).split())


def a_large_map():
    """Fourteen factors, all linked one to the next, with one small loop."""
    row = a_map()
    keys = some_factors(row, *(f"factor {number}" for number in range(1, 15)))
    table = a_perspective(row)
    for at in range(13):
        a_link(row, table, (keys[at], keys[at + 1]), 1)
    a_link(row, table, (keys[1], keys[0]), -1)
    return again(row)


class TestTheList:
    def test_teaches_where_there_is_no_map(self, client: Client) -> None:
        page = client.get(reverse("maps:list")).content.decode()
        assert "No map yet" in page
        assert "For example" in page

    def test_keeps_apart_what_was_made_elsewhere(self, client: Client) -> None:
        a_drawn_map(title="Ours")
        a_map(title="A national one", made_elsewhere=True, year=2007)
        page = words_of(client.get(reverse("maps:list")).content.decode())
        assert page.index("Ours") < page.index("Made elsewhere, to look at") < page.index("A national one")
        assert "Made elsewhere, 2007" in page
        assert "4 factors and 4 links" in page

    def test_costs_the_same_few_queries_however_long_it_is(
        self, client: Client, django_assert_num_queries
    ) -> None:
        for _ in range(4):
            a_drawn_map()
        with django_assert_num_queries(2):
            client.get(reverse("maps:list"))

    def test_offers_a_new_map_to_those_who_may_write(self, client: Client) -> None:
        place = a_place()
        assert "Begin a map" not in client.get(reverse("maps:list")).content.decode()
        signed_in(client, a_person(Role.PLACE_MEMBER, place=place))
        assert reverse("maps:new", args=[place.programme.slug]) in (
            client.get(reverse("maps:list")).content.decode()
        )

    def test_offers_administrators_every_programme(self, client: Client) -> None:
        programme = a_programme()
        signed_in(client, a_person(is_administrator=True))
        assert reverse("maps:new", args=[programme.slug]) in (
            client.get(reverse("maps:list")).content.decode()
        )


class TestTheMap:
    def test_without_factors_teaches_how_to_begin(self, client: Client) -> None:
        assert "Nothing is drawn yet" in html(client, a_map())

    def test_opens_small_maps_whole(self, client: Client) -> None:
        page = html(client, worked_out(a_drawn_map()))
        assert "figure-whole-map" in page
        assert "See the whole map" not in page

    def test_opens_large_maps_on_their_story_with_the_whole_one_click_away(self, client: Client) -> None:
        row = worked_out(a_large_map())
        page = html(client, row)
        assert "figure-story" in page
        assert url(row, "whole") in page
        assert "factor 9" not in re.search(r"<svg xmlns.*?</svg>", page, re.S)[0]

    def test_opens_on_a_neighbourhood_before_anything_is_worked_out(self, client: Client) -> None:
        page = html(client, a_large_map())
        assert "figure-near" in page
        assert "are being worked out" in page

    def test_says_its_loops_in_plain_words(self, client: Client) -> None:
        page = words_of(html(client, worked_out(a_drawn_map())))
        assert "feeling lonely → confidence to go out → time with people I like → and back to" in page
        assert "Keeps itself going" in page

    def test_calls_loops_by_the_names_that_people_gave(self, client: Client) -> None:
        row = a_drawn_map()
        around = [factor_called(row, label).public_id for label in LONELY[:3]]
        services.name_loop(row.pk, around, "Out and about", by=ADMINISTRATOR)
        page = words_of(html(client, worked_out(row)))
        assert "Loops that people named" in page
        assert "Out and about" in page

    def test_says_what_each_factor_is(self, client: Client) -> None:
        page = words_of(html(client, a_drawn_map()))
        assert (
            "What sets things going (1) Nothing on this map changes them; they change others. hearing" in page
        )

    def test_shows_where_people_see_it_in_two_ways(self, client: Client) -> None:
        row = a_drawn_map()
        ends = [factor_called(row, label).public_id for label in LONELY[:2]]
        a_link(row, a_perspective(row, "Carers", 9), (ends[0], ends[1]), 1)
        page = words_of(html(client, worked_out(row)))
        assert "Where people see it in two ways" in page
        assert "9 people say more, 6 people say less" in page
        assert "not the same as no link" in page
        assert "On one link they differ" in page

    def test_says_that_a_failed_run_is_tried_again(self, client: Client) -> None:
        row = worked_out(a_drawn_map())
        Snapshot.objects.create(
            kind=KIND, subject=row.public_id, state=SnapshotState.FAILED, finished_at=now()
        )
        assert "The newest working-out failed" in html(client, row)

    def test_names_its_source_its_year_and_the_places_that_look_at_it(self, client: Client) -> None:
        row = a_drawn_map(made_elsewhere=True, year=2007, source="Foresight", attribution="Crown copyright")
        place = a_place(name="Gloucestershire")
        services.refer_to_map(place.pk, row.pk, "a national map", by=ADMINISTRATOR)
        page = html(client, row)
        for words in ("Made elsewhere, 2007", "Foresight", "Crown copyright", "Gloucestershire"):
            assert words in page

    def test_of_a_made_up_place_is_marked(self, client: Client) -> None:
        place = a_place(a_programme(provenance=Provenance.MADE_UP))
        assert html(client, worked_out(a_drawn_map(place))).count("Made up") >= 2

    def test_leads_to_its_thread(self, client: Client) -> None:
        row = a_drawn_map()
        assert f"/thread/map/{row.public_id}/" in html(client, row)

    def test_at_a_former_address_of_its_programme_is_found(self, client: Client) -> None:
        row = a_drawn_map()
        old = url(row, "links")
        FormerAddress.objects.create(programme=row.programme, slug=row.programme.slug)
        Programme.objects.filter(pk=row.programme.pk).update(slug="moved")
        answer = client.get(f"{old}?show=all")
        assert answer.status_code == 301
        assert answer.url == f"{url(again(row), 'links')}?show=all"

    def test_that_one_may_not_see_is_not_there(self, client: Client) -> None:
        row = a_drawn_map(visibility="programme")
        assert client.get(url(row)).status_code == 404
        signed_in(client, a_person(Role.PLACE_MEMBER, row.programme, row.place))
        assert "Not shown to everybody" in html(client, row)

    def test_of_a_place_that_became_sensitive_is_hidden_from_strangers(self, client: Client) -> None:
        row = a_drawn_map()
        assert row.place is not None
        row.place.is_sensitive = True
        row.place.save()
        assert client.get(url(row)).status_code == 404
        signed_in(client, a_person(Role.PLACE_MEMBER, row.programme, row.place))
        assert client.get(url(row)).status_code == 200


class TestTheWholeMap:
    def test_shows_every_factor_as_a_link(self, client: Client) -> None:
        row = worked_out(a_large_map())
        drawing = re.search(r"<svg xmlns.*?</svg>", html(client, row, "whole"), re.S)[0]
        assert drawing.count("<a ") == 14

    def test_says_so_before_it_is_drawn(self, client: Client) -> None:
        assert "are being worked out" in html(client, a_drawn_map(), "whole")

    def test_of_nothing_is_no_picture(self, client: Client) -> None:
        assert "Nothing is drawn yet" in html(client, a_map(), "whole")


class TestLinksInWords:
    def test_say_more_and_less(self, client: Client) -> None:
        page = words_of(html(client, a_drawn_map(), "links"))
        assert "More hearing → more confidence to go out" in page
        assert "More feeling lonely → less confidence to go out" in page

    def test_say_who_drew_them_and_how_they_know(self, client: Client) -> None:
        row = a_drawn_map()
        ends = [factor_called(row, label).public_id for label in (LONELY[3], LONELY[1])]
        a_link(row, a_perspective(row, "Carers"), (ends[0], ends[1]), 1, evidence="She stays in.")
        page = words_of(html(client, row, "links"))
        assert "drawn in 2 of 2 perspectives" in page
        assert "“She stays in.” (Carers)" in page

    def test_are_none_on_an_empty_map(self, client: Client) -> None:
        assert "No link is drawn yet" in html(client, a_map(), "links")


class TestLoops:
    def test_tell_the_story_first_and_all_on_request(self, client: Client) -> None:
        row = a_map()
        keys = some_factors(row, *"abcd")
        table = a_perspective(row)
        for source in range(4):
            for target in range(4):
                if source != target:
                    a_link(row, table, (keys[source], keys[target]), 1)
        row = worked_out(row)
        story, everything = html(client, row, "loops"), client.get(url(row, "loops") + "?show=all")
        assert "See all 20 loops" in story
        assert everything.content.decode().count('class="loop-way"') == 20
        assert story.count('class="loop-way"') < 20

    def test_are_said_to_be_none(self, client: Client) -> None:
        row = a_map()
        some_factors(row, "stress")
        assert "No loop of up to 8 factors" in html(client, worked_out(row), "loops")

    def test_are_said_to_be_on_their_way(self, client: Client) -> None:
        assert "not worked out yet" in html(client, a_drawn_map(), "loops")

    def test_through_a_factor_that_is_gone_are_left_out_at_once(self, client: Client) -> None:
        row = worked_out(a_drawn_map())
        lonely = factor_called(row, LONELY[0]).public_id
        services.withdraw_factor(row.pk, lonely, "Said twice.", by=ADMINISTRATOR)
        assert 'class="loop-way"' not in html(client, again(row), "loops")


class TestAFactor:
    def test_shows_what_is_near_it_and_says_it_in_words(self, client: Client) -> None:
        row = worked_out(a_drawn_map())
        page = html(client, row, "factor", factor_called(row, LONELY[1]).public_id)
        words = words_of(page)
        assert "figure-near" in page
        assert "What changes it More feeling lonely → less confidence to go out" in words
        assert "What it changes More confidence to go out → more time with people I like" in words
        assert "One loop goes through this factor" in words
        assert "In between" in words

    def test_is_drawn_among_nine_at_most(self, client: Client) -> None:
        row = a_map()
        keys = some_factors(row, *(f"factor {number}" for number in range(1, 14)))
        table = a_perspective(row)
        for key in keys[1:]:
            a_link(row, table, (key, keys[0]), 1)
        page = html(client, again(row), "factor", keys[0])
        drawing = re.search(r"<svg xmlns.*?</svg>", page, re.S)[0]
        assert drawing.count("<a ") == 8

    def test_that_stands_alone_is_drawn_too(self, client: Client) -> None:
        row = a_map()
        words = words_of(html(client, again(row), "factor", some_factors(row, "stress")[0]))
        assert "Stands alone: no link touches it yet" in words
        assert words.count("Nothing on this map.") == 2

    def test_that_is_gone_is_not_found(self, client: Client) -> None:
        row = a_drawn_map()
        one = factor_called(row, "hearing").public_id
        services.withdraw_factor(row.pk, one, "Said twice.", by=ADMINISTRATOR)
        assert client.get(url(row, "factor", one)).status_code == 404


class TestAPerspective:
    def test_is_shown_apart_from_the_others(self, client: Client) -> None:
        row = a_drawn_map()
        other = a_perspective(row, "Carers", 9)
        ends = [factor_called(row, label).public_id for label in (LONELY[3], LONELY[0])]
        a_link(row, other, (ends[0], ends[1]), -1, weight=0.67, evidence="She stays in.")
        page = html(client, again(row), "perspective", other)
        words = words_of(page)
        assert "Drawn by 9 people" in words
        assert "More hearing → less feeling lonely (clearly) “She stays in.”" in words
        assert "time with people I like" not in page

    def test_without_links_says_so(self, client: Client) -> None:
        row = a_map()
        assert "No link is drawn in this perspective yet" in html(
            client, row, "perspective", a_perspective(row)
        )

    def test_of_another_map_is_not_found(self, client: Client) -> None:
        assert client.get(url(a_map(), "perspective", a_perspective(a_map()))).status_code == 404
