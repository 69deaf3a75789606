"""The page of a place: its issue, its areas, who is in it, and what each room shows of it."""

from datetime import date

import pytest
from django.test import Client

from knotwork.programmes import services
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.models import Provenance, Role
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in
from tests.programmes.build import ADMINISTRATOR
from tests.thread.build import a_mapped_programme
from tests.told import tell

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_place_shows_its_issue_its_map_and_places_with_the_same_theme(client: Client) -> None:
    programme, place, other = a_mapped_programme()
    page = read(client, f"/programmes/{programme.slug}/places/{place.slug}/")
    for expected in (
        "The issue of Eastmere",
        "Eastmere on the map",
        "Eastmere District",
        f"/places/{other.slug}/",
    ):
        assert expected in page
    assert f"/programmes/{programme.slug}/?theme=food#places" in page


def test_areas_that_ended_are_told_with_their_year_and_not_drawn(client: Client) -> None:
    programme, place, _ = a_mapped_programme()
    periods = [
        services.AreaPeriod("E06000001"),
        services.AreaPeriod("E06000002", until_date=date(2019, 4, 1)),
    ]
    services.set_areas(place.pk, periods, by=ADMINISTRATOR)
    page = read(client, f"/programmes/{programme.slug}/places/{place.slug}/")
    assert "Westbrook District, until 2019" in page
    assert "Today Eastmere is one council area." in page


def test_leads_and_enabler_are_told_by_their_organisations(client: Client) -> None:
    place = a_place()
    for role, organisation in (
        (Role.PLACE_LEAD, "Homes"),
        (Role.PLACE_LEAD, "Forum"),
        (Role.ENABLER, "Buses"),
    ):
        grant = services.Grant(role, place.pk, organisation)
        services.grant_membership(place.programme.pk, a_person().pk, grant, by=ADMINISTRATOR)
    page = read(client, f"/programmes/{place.programme.slug}/places/{place.slug}/")
    assert "One person each from Homes and Forum" in page
    assert "Somebody from Buses" in page
    assert "@example.org" not in page


def test_of_a_real_place_it_says_plainly_what_is_not_known(client: Client) -> None:
    place = a_place(a_programme(provenance=Provenance.REAL_FACTS, bid_sponsor="the Board of the area"))
    page = read(client, f"/programmes/{place.programme.slug}/places/{place.slug}/")
    assert page.count("We do not know. The sources do not say.") == 2
    assert "The words that this place used are not known, so none are shown as its own." in page
    assert "The bid was sponsored by the Board of the area." in page


def test_there_is_one_panel_per_room_that_has_something_to_say_of_the_place(client: Client) -> None:
    place = a_place()
    a_conversation(place.programme, place=place, question="Is there a bus after four?")
    page = read(client, f"/programmes/{place.programme.slug}/places/{place.slug}/")
    assert "Is there a bus after four?" in page
    for room in ("Listen", "Map", "Try", "Measure", "Learn"):
        assert f"<h3>{room}</h3>" in page


def test_a_sensitive_place_shows_help_and_a_way_out_and_nothing_else(client: Client) -> None:
    tell("local-vision")
    page = read(client, "/programmes/local-vision/places/hackney/")
    assert "999" in page
    assert "https://www.gov.uk/female-genital-mutilation-help-advice" in page
    assert QUICK_EXIT_URL in page
    assert "This issue is a sensitive one." in page
    for absent in ("<form", "<textarea", "Listen</h3>", "About this place", "Tell others", "Latest"):
        assert absent not in page
    assert client.get("/programmes/local-vision/places/hackney/map.svg").status_code == 404


def test_a_fact_stands_on_the_page_of_its_place(client: Client) -> None:
    tell("local-vision")
    assert "Birkenhead" in read(client, "/programmes/local-vision/places/wirral/")
    assert "Birkenhead" not in read(client, "/programmes/local-vision/")


def test_a_lead_sees_the_door_to_change_her_place(client: Client) -> None:
    place = a_place()
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/"
    assert "manage/" not in read(client, address)
    signed_in(client, a_person(Role.PLACE_LEAD, place=place))
    assert f"{address}manage/invite/" in read(client, address)


def test_an_unknown_place_is_not_found(client: Client) -> None:
    assert client.get(f"/programmes/{a_programme().slug}/places/nowhere/").status_code == 404
