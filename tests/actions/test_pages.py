"""The pages of the room, as people meet them."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from knotwork.actions import queries, services
from knotwork.actions.models import Pledge, TryOut
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.strands.queries import steps_from
from knotwork.programmes import services as programme_services
from knotwork.programmes.models import Place, Role
from tests.actions.build import COUNCIL_PAYS, READY, going, known, planned, row
from tests.builders import a_person, a_place, a_try_out, signed_in
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db


def as_lead(client: Client, place: Place) -> Client:
    return signed_in(client, a_person(Role.PLACE_LEAD, place.programme, place))


def url(try_out: UUID, page: str = "") -> str:
    each = row(try_out)
    return f"/programmes/{each.programme.slug}/try/{each.slug}/{page}"


def shown(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def taken(answer: Any) -> None:
    assert answer.status_code == 303, answer.content.decode()


def test_the_list_teaches_when_there_is_nothing(client: Client) -> None:
    page = shown(client.get("/try/"))
    assert "No try-out here yet" in page
    assert "/feeds/actions.atom" in page


def test_the_list_can_show_one_state_only(client: Client) -> None:
    place = a_place()
    going(place)
    planned(place, services.TryOutWords("Open rooms", visibility="public"))
    page = shown(client.get("/try/?state=planned"))
    assert "Open rooms" in page
    assert "The 4.40 home" not in page
    assert "The 4.40 home" in shown(client.get("/try/?state=nonsense"))


def test_programme_and_place_have_their_own_lists(client: Client) -> None:
    place = a_place()
    going(place)
    a_try_out(title="Elsewhere")
    programme = f"/programmes/{place.programme.slug}"
    for address in (f"{programme}/try/", f"{programme}/places/{place.slug}/try/"):
        page = shown(client.get(address))
        assert "The 4.40 home" in page
        assert "Elsewhere" not in page


def test_the_list_of_a_sensitive_place_is_not_there_for_a_stranger(client: Client) -> None:
    place = a_place(is_sensitive=True)
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/try/"
    assert client.get(address).status_code == 404
    assert "Plan a try-out" in shown(as_lead(client, place).get(address))


def test_a_lead_finds_the_way_in_and_a_stranger_none(client: Client) -> None:
    place = a_place(name="Northvale")
    addresses = ("/try/", f"/programmes/{place.programme.slug}/try/")
    for address in addresses:
        assert "Plan a try-out for" not in shown(client.get(address))
    as_lead(client, place)
    for address in addresses:
        assert "Plan a try-out for Northvale" in shown(client.get(address))


def test_a_try_out_reads_as_a_story(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    try_out = going(a_place())
    (statement,) = known(monkeypatch, "statement", "The last bus leaves too early.")
    (factor,) = known(monkeypatch, "factor", "Getting home after four")
    (measure,) = known(monkeypatch, "measure", "Trips after four")
    services.grew_out_of(try_out, statement, by=ADMINISTRATOR)
    services.act_on(try_out, factor, by=ADMINISTRATOR)
    services.measured_by(try_out, measure, by=ADMINISTRATOR)
    services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    services.say_what_must_change(try_out, "money", "Pay for minutes.", by=ADMINISTRATOR)
    page = shown(client.get(url(try_out)))
    in_order = (
        "The 4.40 home",
        "It has been going on since 5 January 2026.",
        "Led by: A scheduler.",
        "The last bus leaves too early.",
        "Getting home after four",
        "Said before the start on 5 January 2026",
        "At least 8 more trips",
        "30 September 2026",
        "Fewer than 8 riders",
        "Trips after four",
        "£9,600",
        "on the ledger",
        "Pay for minutes.",
        "Follow the thread",
    )
    places = [page.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert f"/thread/try_out/{try_out}/" in page
    assert "You help to lead this" not in page


def test_the_stop_rule_stands_beside_why_it_stopped(client: Client) -> None:
    try_out = going(a_place())
    services.stop(try_out, "Only four people rode it.", by=ADMINISTRATOR)
    page = shown(client.get(url(try_out)))
    happened = page[page.index("What happened") :]
    assert happened.index("The stop rule was") < happened.index("Only four people rode it.")
    assert READY.stop_rule in happened


def test_a_stranger_finds_nothing_of_what_is_not_shown_to_her(client: Client) -> None:
    hidden = a_try_out(visibility="place")
    for page in ("", "change/", "pledges/new/"):
        assert client.get(url(hidden.public_id, page)).status_code in (302, 404)


def test_a_try_out_is_planned_on_one_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    place = a_place()
    (factor,) = known(monkeypatch, "factor", "Getting home after four")
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/try/new/"
    assert client.get(address).status_code == 302
    as_lead(client, place)
    assert "Which factor of the map" in shown(client.get(address))
    said = {
        "title": "The 4.40 home",
        "expects": READY.expects,
        "by_when": "2026-09-30",
        "stop_rule": READY.stop_rule,
        "partners": "Northvale Buses\n\nNorthvale Council\n",
        "factor": str(factor),
        "visibility": "public",
    }
    taken(client.post(address, said))
    made = TryOut.objects.get()
    assert services.words_of(made.public_id, STRANGER).by_when == READY.by_when
    assert [each.name for each in queries.partners_of(made)] == ["Northvale Buses", "Northvale Council"]
    assert [step.bead.public_id for step in steps_from("try_out", made.public_id, STRANGER)] == [factor]


def test_a_page_without_a_name_writes_nothing_and_says_where(client: Client) -> None:
    place = a_place()
    address = f"/programmes/{place.programme.slug}/places/{place.slug}/try/new/"
    answer = as_lead(client, place).post(address, {"partners": "Northvale Buses", "visibility": "place"})
    assert answer.status_code == 422
    assert 'href="#id_title"' in answer.content.decode()
    assert not TryOut.objects.exists()


def test_the_team_plans_one_for_the_whole_programme(client: Client) -> None:
    place = a_place()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, place.programme))
    address = f"/programmes/{place.programme.slug}/try/new/"
    assert "Only me" in shown(client.get(address))
    taken(client.post(address, {"title": "One letter", "visibility": "programme"}))
    assert TryOut.objects.get().place is None
    assert "Nothing to tie it to yet" in shown(client.get(url(TryOut.objects.get().public_id, "links/")))


def test_a_lead_fills_in_what_is_missing_starts_and_ends(client: Client) -> None:
    place = a_place()
    as_lead(client, place)
    try_out = planned(place, services.TryOutWords("Open rooms", visibility="public"))
    assert "Fill in what is missing" in shown(client.get(url(try_out)))
    assert "Fill in what is missing" in shown(client.get(url(try_out, "start/")))
    assert client.post(url(try_out, "start/")).status_code == 422
    said = {"title": "Open rooms", "expects": "20 a week.", "by_when": "2026-04-05", "stop_rule": "Under 6."}
    taken(client.post(url(try_out, "change/"), said | {"visibility": "public"}))
    assert "20 a week." in shown(client.get(url(try_out, "start/")))
    taken(client.post(url(try_out, "start/")))
    taken(client.post(url(try_out, "happened/"), {"happened": "Nobody came on Mondays."}))
    assert client.post(url(try_out, "end/"), {"ending": "adapted"}).status_code == 422
    taken(client.post(url(try_out, "end/"), {"ending": "adapted", "why": "Two rooms stay."}))
    page = shown(client.get(url(try_out)))
    assert "Two rooms stay." in page
    assert row(try_out).happened == "Nobody came on Mondays."


def test_what_was_fixed_at_the_start_is_not_asked_again(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    page = shown(as_lead(client, place).get(url(try_out, "change/")))
    assert "fixed at the start" in page
    assert "id_expects" not in page
    said = {"title": "The late bus", "visibility": "public", "expects": "Nothing", "stop_rule": "Never"}
    taken(client.post(url(try_out, "change/"), said))
    assert (row(try_out).title, row(try_out).expects) == ("The late bus", READY.expects)


def test_it_is_stopped_with_the_stop_rule_in_sight(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    page = shown(as_lead(client, place).get(url(try_out, "stop/")))
    assert READY.stop_rule in page
    taken(client.post(url(try_out, "stop/"), {"why": "Few came."}))
    assert row(try_out).stage == "stopped"


def test_who_comes_too_late_reads_the_page_as_it_stands(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    answer = as_lead(client, place).get(url(try_out, "start/"))
    assert (answer.status_code, answer["Location"]) == (303, url(try_out))


def test_a_member_may_not_stop_it_and_reads_why(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    signed_in(client, a_person(Role.PLACE_MEMBER, place.programme, place))
    answer = client.get(url(try_out, "stop/"))
    assert answer.status_code == 403
    assert "Only whoever planned this try-out" in answer.content.decode()
    assert "Stop it early" not in shown(client.get(url(try_out)))


def test_a_pledge_is_written_made_firm_given_and_another_taken_back(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    as_lead(client, place)
    offer = {
        "organisation": "The Forum",
        "what": "Counting",
        "kind": "in_kind",
        "is_firm": "offer",
        "currency": "GBP",
    }
    assert client.post(url(try_out, "pledges/new/"), offer | {"amount": "a lot"}).status_code == 422
    taken(client.post(url(try_out, "pledges/new/"), offer))
    taken(client.post(url(try_out, "pledges/new/"), offer | {"is_firm": "pledge", "amount": "50"}))
    first, second = (
        url(try_out, f"pledges/{each}/") for each in Pledge.objects.values_list("public_id", flat=True)
    )
    assert "It is a firm pledge now" in shown(client.get(first))
    taken(client.post(first, {"became": "pledged", "amount": "300"}))
    taken(client.post(first, {"became": "given"}))
    assert client.get(first).status_code == 303
    assert client.post(second, {"became": "withdrawn"}).status_code == 422
    taken(client.post(second, {"became": "withdrawn", "reason": "Ill"}))
    assert [each.state for each in queries.pledges_of(row(try_out))] == ["given", "withdrawn"]
    (entry,) = place.ledger_entries.filter(withdrawn_at__isnull=True)
    assert (entry.amount, entry.state) == (300, "received")


def test_a_pledge_of_another_try_out_is_not_found(client: Client) -> None:
    place = a_place()
    other = services.offer(going(place), COUNCIL_PAYS, by=ADMINISTRATOR)
    assert as_lead(client, place).get(url(planned(place), f"pledges/{other}/")).status_code == 404


def test_partners_come_and_go(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    as_lead(client, place)
    taken(client.post(url(try_out, "partners/new/"), {"organisation": "Buses", "does": "Moves a bus."}))
    (partner,) = queries.partners_of(row(try_out))
    assert (partner.name, partner.does) == ("Buses", "Moves a bus.")
    assert client.get(url(try_out, f"partners/{partner.public_id}/end/")).status_code == 405
    taken(client.post(url(try_out, f"partners/{partner.public_id}/end/")))
    assert queries.partners_of(row(try_out)) == ()


def test_what_must_change_is_one_form_with_a_box_for_each_key(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    as_lead(client, place)
    taken(client.post(url(try_out, "around/"), {"money": "Pay for minutes.", "power": "Riders decide."}))
    page = shown(client.get(url(try_out)))
    assert page.index("Pay for minutes.") < page.index("Riders decide.")
    assert "Pay for minutes." in shown(client.get(url(try_out, "around/")))


def test_ties_are_added_and_taken_off_in_one_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    place = a_place()
    try_out = going(place)
    first, second = known(monkeypatch, "factor", "Getting home", "Confidence")
    services.act_on(try_out, first, by=ADMINISTRATOR)
    as_lead(client, place)
    page = shown(client.get(url(try_out, "links/")))
    assert "Tick what to take off" in page
    assert f'<option value="{first}"' not in page
    assert client.post(url(try_out, "links/"), {"factor": str(first)}).status_code == 422
    taken(client.post(url(try_out, "links/"), {"factor": str(second), "untie": str(first)}))
    assert [step.bead.public_id for step in steps_from("try_out", try_out, STRANGER)] == [second]


def test_it_is_taken_out_of_sight_and_one_reads_the_list(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    answer = as_lead(client, place).post(url(try_out, "withdraw/"), {"reason": "Typed twice"})
    taken(answer)
    assert answer["Location"] == f"/programmes/{place.programme.slug}/places/{place.slug}/try/"
    assert client.get(url(try_out)).status_code == 404


def test_pages_follow_a_programme_that_moved(client: Client) -> None:
    place = a_place()
    try_out = going(place)
    before = url(try_out)
    old_place = f"/programmes/{place.programme.slug}/places/{place.slug}/try/"
    programme_services.move_programme(place.programme.pk, "moved", by=ADMINISTRATOR)
    assert client.get(before)["Location"] == url(try_out) != before
    assert client.get(old_place)["Location"] == f"/programmes/moved/places/{place.slug}/try/"


def test_a_page_asks_the_database_few_questions(
    client: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_out = going(a_place())
    for factor in known(monkeypatch, "factor", *"abcdef"):
        services.act_on(try_out, factor, by=ADMINISTRATOR)
    for number in range(6):
        services.add_partner(try_out, f"Partner {number}", by=ADMINISTRATOR)
        services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    with django_assert_max_num_queries(17):
        shown(client.get(url(try_out)))
