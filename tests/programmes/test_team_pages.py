"""The team looks after its programme with small forms; others are asked to sign in or told why not."""

from decimal import Decimal

import pytest
from django.test import Client

from knotwork.core.mail.models import Letter
from knotwork.programmes import queries, services
from knotwork.programmes.models import LedgerKind, Membership, Partnership, Place, Programme, Role
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import ADMINISTRATOR, the_place, the_programme

pytestmark = pytest.mark.django_db

PAGES = ("", "words/", "aims/", "facts/new/", "partners/new/", "people/new/", "ledger/new/", "places/new/")


def of_the_team(client: Client, programme: Programme) -> Client:
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, page: str) -> None:
    response = client.get(f"/programmes/{a_programme().slug}/manage/{page}")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("page", PAGES)
def test_the_team_opens_each_of_its_pages(client: Client, page: str) -> None:
    programme = a_programme()
    response = of_the_team(client, programme).get(f"/programmes/{programme.slug}/manage/{page}")
    assert response.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_team_of_another_programme_is_told_why_not(client: Client, page: str) -> None:
    response = of_the_team(client, a_programme()).get(f"/programmes/{a_programme().slug}/manage/{page}")
    assert response.status_code == 403
    assert "Only the team of this programme" in response.content.decode()


def test_a_programme_that_one_may_not_see_is_not_there_at_all(client: Client) -> None:
    hidden = a_programme(visibility="programme")
    assert of_the_team(client, a_programme()).get(f"/programmes/{hidden.slug}/manage/").status_code == 404


def test_the_teams_pages_follow_a_former_address(client: Client) -> None:
    programme = a_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    response = of_the_team(client, programme).get("/programmes/one/manage/")
    assert (response.status_code, response["Location"]) == (301, "/programmes/two/")


def test_a_programme_is_begun_and_its_team_led_on(client: Client) -> None:
    of_the_team(client, a_programme())
    response = client.post(
        "/programmes/new/", {"name": "Warm evenings", "visibility": "programme"}, follow=True
    )
    assert response.redirect_chain == [("/programmes/warm-evenings/manage/?done=begun", 303)]
    assert "The programme has begun" in response.content.decode()


def test_somebody_without_a_team_cannot_begin_a_programme(client: Client) -> None:
    assert client.get("/programmes/new/").status_code == 302
    assert signed_in(client, a_person()).get("/programmes/new/").status_code == 403


def test_a_form_with_a_mistake_comes_back_with_its_words_and_a_link_to_the_field(client: Client) -> None:
    of_the_team(client, a_programme())
    response = client.post("/programmes/new/", {"summary": "Doors that stay open.", "visibility": "public"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_name"' in page
    assert "Doors that stay open." in page
    assert "<title>Error:" in page


def test_words_and_address_are_changed_together(client: Client) -> None:
    programme = a_programme(mailbox="team@example.org")
    of_the_team(client, programme)
    words = {
        "name": "Open doors",
        "slug": "open-doors",
        "visibility": "public",
        "mailbox": "team@example.org",
    }
    response = client.post(f"/programmes/{programme.slug}/manage/words/", words)
    assert response["Location"] == "/programmes/open-doors/manage/?done=words"
    assert the_programme("open-doors").name == "Open doors"
    assert client.get(f"/programmes/{programme.slug}/").status_code == 301


def test_a_taken_address_is_refused_in_words_and_nothing_is_written(client: Client) -> None:
    a_programme(slug="taken")
    programme = a_programme()
    of_the_team(client, programme)
    words = {"name": "Another name", "slug": "taken", "visibility": "public"}
    response = client.post(f"/programmes/{programme.slug}/manage/words/", words)
    assert response.status_code == 422
    assert "The address taken is taken." in response.content.decode()
    assert the_programme(programme.slug).name == programme.name


def test_aims_are_written_one_per_line(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme).post(
        f"/programmes/{programme.slug}/manage/aims/", {"aims": "One\r\n\r\nTwo\r\n"}
    )
    assert the_programme(programme.slug).aims == ("One", "Two")


def test_a_fact_and_a_partner_are_added_and_the_partner_taken_out(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    manage = f"/programmes/{programme.slug}/manage/"
    client.post(f"{manage}facts/new/", {"text": "It rained.", "source": "A diary"})
    client.post(f"{manage}partners/new/", {"organisation": "Northvale Homes", "part": "partner"})
    assert queries.facts_of(programme.pk)[0].source == "A diary"
    assert [partner.name for partner in queries.partners_of(programme.pk)] == ["Northvale Homes"]
    client.post(f"{manage}partners/{Partnership.objects.get().pk}/end/")
    assert queries.partners_of(programme.pk) == ()


def test_a_place_is_added_with_its_areas_and_its_themes(client: Client) -> None:
    services.hold_areas([services.AreaFacts("E06000001", "Northvale")])
    programme = a_programme()
    of_the_team(client, programme)
    words = {
        "name": "Northvale",
        "issue": "Later life",
        "themes": "older people, food",
        "areas": "Northvale",
        "visibility": "public",
    }
    response = client.post(f"/programmes/{programme.slug}/manage/places/new/", words)
    assert response.status_code == 303
    place = the_place(programme.slug, "northvale")
    assert [theme.name for theme in place.themes] == ["food", "older people"]
    assert [area.code for area in place.areas] == ["E06000001"]


def test_an_unknown_area_adds_no_place(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    words = {"name": "Northvale", "areas": "Atlantis", "visibility": "public"}
    response = client.post(f"/programmes/{programme.slug}/manage/places/new/", words)
    assert "no council area called Atlantis" in response.content.decode()
    assert not Place.objects.exists()


def test_a_sensitive_place_is_asked_for_help_at_the_right_boxes(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    words = {"name": "Northvale", "visibility": "public", "is_sensitive": "on"}
    page = client.post(f"/programmes/{programme.slug}/manage/places/new/", words).content.decode()
    assert 'href="#id_help_text"' in page
    assert 'href="#id_help_url"' in page


def test_a_lead_changes_her_place_and_invites_to_it(client: Client) -> None:
    place = a_place()
    signed_in(client, a_person(Role.PLACE_LEAD, place=place))
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/manage/"
    assert client.get(address).status_code == 200
    client.post(address, {"name": "Northvale", "slug": place.slug, "visibility": "public"})
    assert the_place(place.programme.slug, place.slug).name == "Northvale"
    response = client.post(f"{address}invite/", {"email": "new@example.org"}, follow=True)
    assert "a letter with the way in" in response.content.decode()
    assert Membership.objects.filter(role=Role.PLACE_MEMBER, place=place).exists()
    assert Letter.objects.get().to == "new@example.org"


def test_a_member_of_a_place_cannot_change_it(client: Client) -> None:
    place = a_place()
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/manage/"
    assert client.get(address).status_code == 302
    signed_in(client, a_person(Role.PLACE_MEMBER, place=place))
    assert client.get(address).status_code == 403
    assert client.get(f"{address}invite/").status_code == 403


def test_the_pages_of_a_place_follow_its_former_address(client: Client) -> None:
    place = a_place(slug="one")
    services.move_place(place.pk, "two", by=ADMINISTRATOR)
    of_the_team(client, place.programme)
    programme = f"/programmes/{place.programme.slug}/places/"
    assert client.get(f"{programme}one/manage/")["Location"] == f"{programme}two/"
    assert client.get(f"{programme}three/manage/").status_code == 404


def test_changing_a_place_keeps_the_dates_of_its_areas(client: Client) -> None:
    services.hold_areas([services.AreaFacts("E1", "Northvale")])
    place = a_place()
    period = services.AreaPeriod("E1", until_date=place.created_at.date())
    services.set_areas(place.pk, [period], by=ADMINISTRATOR)
    of_the_team(client, place.programme).post(
        f"/programmes/{place.programme.slug}/places/{place.slug}/manage/",
        {"name": "Another", "slug": place.slug, "areas": "Northvale", "visibility": "public"},
    )
    assert the_place(place.programme.slug, place.slug).areas[0].until_date == period.until_date


def test_somebody_is_invited_with_a_role_and_the_role_is_ended(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    manage = f"/programmes/{programme.slug}/manage/"
    client.post(f"{manage}people/new/", {"email": "new@example.org", "role": "evaluator"})
    assert "new@example.org" in client.get(manage).content.decode()
    held = Membership.objects.get(role=Role.EVALUATOR)
    client.post(f"{manage}people/{held.public_id}/end/")
    assert "new@example.org" not in client.get(manage).content.decode()


def test_a_second_lead_of_one_organisation_is_refused_on_the_page(client: Client) -> None:
    place = a_place()
    of_the_team(client, place.programme)
    address = f"/programmes/{place.programme.slug}/manage/people/new/"
    for number, status in ((1, 303), (2, 422)):
        words = {"email": f"{number}@example.org", "role": "place_lead", "organisation": "Homes"}
        response = client.post(address, words | {"place": str(place.pk)})
        assert response.status_code == status
    assert "different organisations" in response.content.decode()


def test_an_entry_is_written_and_taken_out_with_its_reason(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    manage = f"/programmes/{programme.slug}/manage/"
    words = {"what": "60 days", "kind": LedgerKind.IN_KIND, "amount": "30000", "currency": "gbp"}
    words["state"] = "received"
    assert client.post(f"{manage}ledger/new/", words).status_code == 303
    (entry,) = queries.ledger_of(programme.pk, ADMINISTRATOR).entries
    assert (entry.amount, entry.currency) == (Decimal(30000), "GBP")
    withdraw = f"{manage}ledger/{entry.public_id}/withdraw/"
    assert "60 days: £30,000" in client.get(withdraw).content.decode()
    assert client.post(withdraw, {}).status_code == 422
    assert client.post(withdraw, {"reason": "Typed twice"}).status_code == 303
    assert queries.ledger_of(programme.pk, ADMINISTRATOR).entries == ()
    assert client.get(withdraw).status_code == 404


def test_an_amount_in_words_is_refused_at_its_box(client: Client) -> None:
    programme = a_programme()
    of_the_team(client, programme)
    words = {"what": "Rooms", "kind": "cash", "amount": "a lot", "currency": "pounds"}
    page = client.post(f"/programmes/{programme.slug}/manage/ledger/new/", words).content.decode()
    assert 'href="#id_amount"' in page
    assert "A currency has three letters" in page


@pytest.mark.parametrize("page", ["partners/1/end/", "people/00000000-0000-7000-8000-000000000000/end/"])
def test_ending_something_takes_a_button_not_a_link(client: Client, page: str) -> None:
    programme = a_programme()
    assert (
        of_the_team(client, programme).get(f"/programmes/{programme.slug}/manage/{page}").status_code == 405
    )
