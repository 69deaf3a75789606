"""The page of a programme: places on a map and in a list, aims, partners, ledger, facts, latest."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from knotwork.core.accounts.viewer import STRANGER
from knotwork.programmes import services
from knotwork.programmes.addresses import contact_url, place_url, programme_url
from knotwork.programmes.models import LedgerKind, Role, Stage
from knotwork.thread.latest import news_of_programme
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in
from tests.programmes.build import ADMINISTRATOR
from tests.thread.build import a_mapped_programme
from tests.told import tell

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_addresses_of_the_rooms_are_the_addresses_of_the_pages(client: Client) -> None:
    place = a_place(a_programme(slug="p"), slug="s")
    for address in (programme_url("p"), place_url("p", "s"), contact_url("p")):
        assert client.get(address).status_code == 200
    assert place.slug == "s"


def test_local_vision_shows_both_counts_with_the_words_why(client: Client) -> None:
    tell("local-vision")
    page = read(client, "/programmes/local-vision/")
    assert "25 stated, 24 listed." in page
    assert "which one is missing we do not know" in page
    assert "3 places are made of more than one council area." in page
    assert page.count('class="map-place"') == 24


def test_when_stated_and_listed_agree_nothing_is_said_of_it(client: Client) -> None:
    programme, _, _ = a_mapped_programme(sites_stated=2)
    assert "stated" not in read(client, f"/programmes/{programme.slug}/")


def test_every_place_is_a_link_on_the_map_and_stands_in_the_list_with_its_issue(client: Client) -> None:
    programme, place, _ = a_mapped_programme()
    page = read(client, f"/programmes/{programme.slug}/")
    address = f"/programmes/{programme.slug}/places/{place.slug}/"
    assert re.search(rf'<a href="{address}"[^>]*class="map-place', page) or re.search(
        rf'<a [^>]*href="{address}"[^>]*class="map-place', page
    )
    assert f'<a href="{address}"><strong>Eastmere</strong></a><br>The issue of Eastmere' in page


def test_a_theme_filters_the_list_and_mutes_the_others_on_the_map_without_javascript(client: Client) -> None:
    programme, _, _ = a_mapped_programme()
    page = read(client, f"/programmes/{programme.slug}/?theme=food")
    assert "1 of 2 places works on food" in page
    assert page.count("map-place--muted") == 1
    assert "<strong>Westbrook</strong>" not in page
    assert 'href="?theme=food#places" aria-current="true"' in page


def test_an_unknown_theme_shows_everything(client: Client) -> None:
    programme, _, _ = a_mapped_programme()
    page = read(client, f"/programmes/{programme.slug}/?theme=<script>")
    assert "All 2 places" in page
    assert "map-place--muted" not in page


def test_aims_partners_ledger_and_facts_stand_with_their_sources(client: Client) -> None:
    programme = a_programme(overseen_by="Ten people", thesis="All things hang together.")
    services.set_aims(programme.pk, ["Fewer lonely days"], by=ADMINISTRATOR)
    services.add_partner(programme.pk, services.Partner("Northvale Homes"), by=ADMINISTRATOR)
    for kind, amount in ((LedgerKind.CASH, 100), (LedgerKind.IN_KIND, 20)):
        services.add_entry(programme.pk, services.Gift("Help", kind, Decimal(amount)), by=ADMINISTRATOR)
    services.add_fact(programme.pk, "It rained.", "A diary", by=ADMINISTRATOR)
    page = read(client, f"/programmes/{programme.slug}/")
    words = (
        "Ten people",
        "All things",
        "Fewer lonely days",
        "Northvale Homes",
        "£100",
        "£20",
        "£120",
        "It rained.",
    )
    for expected in (*words, "Source: A diary", "Source: none given", "From whom is not known"):
        assert expected in page


def test_the_conversations_of_the_programme_are_listed(client: Client) -> None:
    programme = a_programme()
    a_conversation(programme, question="Is there a bus after four?")
    a_conversation(question="Somewhere else?")
    page = read(client, f"/programmes/{programme.slug}/")
    assert "Is there a bus after four?" in page
    assert "Somewhere else?" not in page


def test_a_programme_without_an_outline_has_a_list_and_no_map(client: Client) -> None:
    place = a_place()
    page = read(client, f"/programmes/{place.programme.slug}/")
    assert place.name in page
    assert "<svg xmlns" not in page
    assert client.get(f"/programmes/{place.programme.slug}/map.svg").status_code == 404


def test_an_empty_programme_shows_the_first_step_to_its_team_only(client: Client) -> None:
    programme = a_programme()
    address = f"/programmes/{programme.slug}/"
    assert "Add the first place" not in read(client, address)
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert "Add the first place" in read(client, address)


def test_a_hidden_programme_is_not_there_for_a_stranger_with_all_below_it(client: Client) -> None:
    programme, place, _ = a_mapped_programme(visibility=Stage.PROGRAMME)
    for page in (
        "",
        "map.svg",
        "contact/",
        "contact/thanks/",
        f"places/{place.slug}/",
        f"places/{place.slug}/map.svg",
    ):
        assert client.get(f"/programmes/{programme.slug}/{page}").status_code == 404, page


def test_a_former_address_leads_on_with_its_question(client: Client) -> None:
    programme, place, _ = a_mapped_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    assert client.get("/programmes/one/?theme=food")["Location"] == "/programmes/two/?theme=food"
    assert client.get("/programmes/one/contact/")["Location"] == "/programmes/two/contact/"
    there = client.get(f"/programmes/one/places/{place.slug}/")
    assert (there.status_code, there["Location"]) == (301, f"/programmes/two/places/{place.slug}/")


def test_the_map_can_be_taken_away_with_the_credit_that_its_source_asks_for(client: Client) -> None:
    programme, place, _ = a_mapped_programme()
    for address in (f"/programmes/{programme.slug}/", f"/programmes/{programme.slug}/places/{place.slug}/"):
        drawing = client.get(f"{address}map.svg")
        assert drawing["Content-Type"] == "image/svg+xml"
        assert "attachment" in drawing["Content-Disposition"]
        assert "Crown copyright" in drawing.content.decode()
        assert client.get(f"{address}map.png").content.startswith(b"\x89PNG")


def test_latest_counts_what_happened_on_one_day_in_one_line() -> None:
    programme = a_programme()
    for name in ("Eastmere", "Westbrook"):
        services.add_place(programme.pk, services.PlaceWords(name, visibility="public"), by=ADMINISTRATOR)
    services.set_aims(programme.pk, ["An aim"], by=ADMINISTRATOR)
    assert [line.words for line in news_of_programme(programme.public_id, STRANGER)] == ["2 places joined."]


def test_latest_tells_a_stranger_only_of_what_she_may_see() -> None:
    programme = a_programme()
    for name, visibility in (("Eastmere", "public"), ("Hidden", "programme")):
        words = services.PlaceWords(name, visibility=visibility)
        made = services.add_place(programme.pk, words, by=ADMINISTRATOR)
        gift = services.Gift("Help", LedgerKind.CASH, Decimal(1), place_id=made.id)
        services.add_entry(programme.pk, gift, by=ADMINISTRATOR)
    told = {line.words for line in news_of_programme(programme.public_id, STRANGER)}
    assert told == {"Eastmere joined.", "The ledger has a new entry."}
    told = {line.words for line in news_of_programme(programme.public_id, ADMINISTRATOR)}
    assert told == {"2 places joined.", "The ledger has 2 new entries."}


def test_where_more_happened_than_was_read_latest_does_not_pretend_to_know_the_number() -> None:
    programme = a_programme()
    for number in range(125):
        services.add_fact(programme.pk, f"Fact {number}", "A diary", by=ADMINISTRATOR)
    (line,) = news_of_programme(programme.public_id, STRANGER)
    assert line.words == "More than 120 facts were added, with their sources."
