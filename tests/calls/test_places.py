"""Bids become places in one step, and nothing is typed a second time."""

from datetime import date
from decimal import Decimal

import pytest

from knotwork.calls import services
from knotwork.calls.models import BidStage
from knotwork.core import clock
from knotwork.core.rules import Refused
from knotwork.programmes.models import Area, LedgerEntry, Membership, Partnership, Place, Role
from tests.calls.build import (
    AFTERWARDS,
    WHILE_OPEN,
    a_bid,
    a_call,
    handed_in,
    opened,
    row,
    with_partners_and_board,
)
from tests.programmes.build import ADMINISTRATOR, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen():
    """An opened call, and a bid with three partners, two leads and a signature."""
    Area.objects.create(code="E06000999", name="Ferryfordshire", valid_from=date(2009, 4, 1))
    call, author = a_call(needs_sign_off=True), somebody()
    bid = a_bid(call, author)
    with_partners_and_board(bid, author)
    with clock.moved_to(WHILE_OPEN):
        services.hand_in(bid, by=author)
    return opened(call), bid


def made_of(call, *bids, by=ADMINISTRATOR):
    with clock.moved_to(AFTERWARDS):
        return services.make_places(call.public_id, bids, by=by)


def test_name_issue_sponsor_and_areas_come_along(chosen):
    call, bid = chosen
    place = Place.objects.get(pk=made_of(call, bid)[0].id)
    assert (place.name, place.issue) == ("Ferryford", "Children stop cycling at eleven.")
    assert place.sponsor.name == "Ferryford Council"
    assert [part.area.code for part in place.place_areas.all()] == ["E06000999"]


def test_partners_and_what_they_pledged_stand_on_the_ledger(chosen):
    call, bid = chosen
    place = made_of(call, bid)[0]
    partners = Partnership.objects.filter(place_id=place.id).values_list("organisation__name", flat=True)
    assert set(partners) == {"Ferryford Council", "The Wheel Works", "St Ann's Hall"}
    entries = LedgerEntry.objects.filter(place_id=place.id)
    pledged = sorted((entry.kind, entry.amount, entry.state) for entry in entries)
    assert pledged == [("cash", Decimal(20000), "pledged"), ("in_kind", Decimal("1200.50"), "pledged")]


def test_its_two_leads_and_the_member_of_the_board_get_their_roles(chosen):
    call, bid = chosen
    place = made_of(call, bid)[0]
    roles = sorted(Membership.objects.filter(place_id=place.id).values_list("role", flat=True))
    assert roles == [Role.PLACE_LEAD, Role.PLACE_LEAD, Role.SPONSOR_BOARD_MEMBER]


def test_the_bid_is_chosen_and_leads_to_its_place(chosen):
    call, bid = chosen
    place = made_of(call, bid)[0]
    assert (row(bid).stage, row(bid).place_id) == (BidStage.CHOSEN, place.id)


def test_doing_it_twice_makes_one_place(chosen):
    call, bid = chosen
    assert made_of(call, bid) == made_of(call, bid)
    assert Place.objects.count() == 1


def test_a_bid_to_another_call_stops_all_of_them(chosen):
    call, bid = chosen
    other = handed_in(a_call())
    with pytest.raises(Refused, match="not among those handed in"):
        made_of(call, bid, other)
    assert not Place.objects.exists()


def test_before_the_bids_are_opened_no_place_is_made():
    call = a_call()
    bid = handed_in(call)
    with pytest.raises(Refused, match="not among those"):
        made_of(call, bid)


def test_only_the_team_makes_places(chosen):
    call, bid = chosen
    with pytest.raises(Refused):
        made_of(call, bid, by=somebody(Role.PANEL_REVIEWER, call.programme))
    assert made_of(call, bid, by=somebody(Role.PROGRAMME_TEAM, call.programme))


def test_an_area_that_nobody_knows_does_not_stop_a_decision():
    from dataclasses import replace

    from tests.calls.build import ABOUT

    call = a_call()
    bid = handed_in(call, about=replace(ABOUT, areas="Somewhere over there"))
    opened(call)
    place = Place.objects.get(pk=made_of(call, bid)[0].id)
    assert not place.place_areas.exists()


def test_somebody_erased_leaves_no_name_under_a_signature(chosen):
    from knotwork.core.accounts.services import erase

    _call, bid = chosen
    signing = row(bid).sign_off
    erase(signing.person, by=ADMINISTRATOR)
    signing.refresh_from_db()
    signing.person.refresh_from_db()
    assert (signing.name, signing.board) == ("", "Health and Wellbeing Board")
    assert signing.person.email.startswith("erased-")
