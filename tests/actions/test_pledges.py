"""Offers and pledges: a pledge with an amount is on the ledger, as pledged, and follows the try-out."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from knotwork.actions import queries, services
from knotwork.actions.models import Pledge, TryOutPartner
from knotwork.actions.queries import PledgeView
from knotwork.actions.services import PledgeWords
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.rules import Refused
from knotwork.programmes import services as programme_services
from knotwork.programmes.models import LedgerEntry, Place
from knotwork.programmes.queries import LedgerView, ledger_of
from tests.actions.build import BEFORE, COUNCIL_PAYS, READY, a_member, an_enabler, going, planned, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR, the_team_of, verbs

pytestmark = pytest.mark.django_db

COUNTING = PledgeWords("The Forum", "Somebody who counts the riders")


def ledger(place: Place, viewer: Viewer = STRANGER) -> LedgerView:
    return ledger_of(place.programme.pk, viewer, place_id=place.pk)


def the_pledge(try_out: object) -> PledgeView:
    (only,) = queries.pledges_of(row(try_out))  # type: ignore[arg-type]
    return only


def test_an_offer_may_be_without_an_amount_and_is_not_on_the_ledger() -> None:
    place = a_place()
    try_out = planned(place)
    services.offer(try_out, COUNTING, by=a_member(place))
    services.offer(try_out, COUNCIL_PAYS, by=a_member(place))
    assert [(each.state, each.amount) for each in queries.pledges_of(row(try_out))] == [
        ("offered", ""),
        ("offered", "£9,600"),
    ]
    assert ledger(place).entries == ()


def test_a_pledge_with_an_amount_is_on_the_ledger_at_once_as_not_given_yet() -> None:
    place = a_place()
    try_out = planned(place)
    services.pledge(try_out, COUNCIL_PAYS, by=a_member(place), at=BEFORE)
    (entry,) = ledger(place).entries
    assert (entry.contributor, entry.amount_words, entry.kind) == ("Northvale Council", "£9,600", "cash")
    assert entry.is_pledged
    assert entry.source == "Pledged for the try-out “The 4.40 home”"
    assert LedgerEntry.objects.get().entered_at == Pledge.objects.get().said_at == BEFORE
    assert the_pledge(try_out).is_on_ledger
    assert verbs()[-2:] == ["pledge.added", "try_out.pledged"]


def test_a_pledge_without_an_amount_is_firm_and_not_on_the_ledger() -> None:
    place = a_place()
    try_out = planned(place)
    services.pledge(try_out, COUNTING, by=ADMINISTRATOR)
    assert (the_pledge(try_out).state, the_pledge(try_out).is_on_ledger) == ("pledged", False)
    assert ledger(place).entries == ()


def test_if_the_ledger_refuses_the_pledge_is_not_kept_either() -> None:
    try_out = planned(a_place())
    with pytest.raises(Refused, match="The amount"):
        services.pledge(try_out, replace(COUNCIL_PAYS, amount=Decimal(-1)), by=ADMINISTRATOR)
    with pytest.raises(Refused, match="three letters"):
        services.pledge(try_out, replace(COUNCIL_PAYS, currency="pounds"), by=ADMINISTRATOR)
    assert not Pledge.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_an_offer_becomes_firm_with_its_amount_and_goes_on_the_ledger_once() -> None:
    place = a_place()
    try_out = going(place)
    offered = services.offer(try_out, COUNTING, by=ADMINISTRATOR)
    for _again in range(2):
        services.make_firm(offered, amount=Decimal(300), by=ADMINISTRATOR)
    assert [entry.amount for entry in ledger(place).entries] == [Decimal(300)]


def test_what_has_come_counts_as_given() -> None:
    place = a_place()
    try_out = going(place)
    pledged = services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    for _again in range(2):
        services.mark_given(pledged, by=ADMINISTRATOR)
    (account,) = ledger(place).accounts
    assert (account.total, account.pledged) == (Decimal(9600), ())
    assert the_pledge(try_out).state == "given"
    services.take_back(pledged, "Too late", by=ADMINISTRATOR)
    assert ledger(place).accounts[0].total == Decimal(9600)


def test_an_offer_with_an_amount_that_comes_at_once_is_given_on_the_ledger() -> None:
    place = a_place()
    services.mark_given(services.offer(going(place), COUNCIL_PAYS, by=ADMINISTRATOR), by=ADMINISTRATOR)
    assert ledger(place).accounts[0].total == Decimal(9600)


def test_a_pledge_that_is_taken_back_leaves_the_ledger_with_its_reason() -> None:
    place = a_place()
    try_out = planned(place)
    pledged = services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="why"):
        services.take_back(pledged, " ", by=ADMINISTRATOR)
    services.take_back(pledged, "The budget was cut", by=ADMINISTRATOR)
    assert ledger(place).entries == ()
    assert LedgerEntry.objects.get().withdrawn_reason == "The budget was cut"
    assert (the_pledge(try_out).state, the_pledge(try_out).why_withdrawn) == (
        "withdrawn",
        "The budget was cut",
    )


def test_an_entry_that_the_team_takes_out_is_no_longer_said_to_be_on_the_ledger() -> None:
    place = a_place()
    try_out = planned(place)
    services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    entry = ledger(place).entries[0].public_id
    programme_services.withdraw_entry(place.programme.pk, entry, "Twice", by=the_team_of(place.programme))
    assert not the_pledge(try_out).is_on_ledger


@pytest.mark.parametrize("stage", ["me", "place", "programme"])
def test_who_may_not_see_a_try_out_does_not_see_its_pledges_on_the_ledger(stage: str) -> None:
    place = a_place()
    member = a_member(place)
    try_out = planned(place, replace(READY, visibility=stage), by=member)
    services.pledge(try_out, COUNCIL_PAYS, by=member)
    assert ledger(place).entries == ()
    assert len(ledger(place, member).entries) == (0 if stage == "me" else 1)


def test_the_ledger_follows_when_a_try_out_is_shown_to_more_or_fewer() -> None:
    place = a_place()
    member = an_enabler(place)
    try_out = planned(place, replace(READY, visibility="place"), by=member)
    services.pledge(try_out, COUNCIL_PAYS, by=a_member(place))
    services.change(try_out, READY, by=member)
    assert len(ledger(place).entries) == 1
    services.change(try_out, replace(READY, visibility="place"), by=member)
    assert ledger(place).entries == ()


def test_with_the_try_out_what_is_only_pledged_leaves_the_ledger() -> None:
    place = a_place()
    try_out = planned(place)
    services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    given = services.pledge(try_out, replace(COUNCIL_PAYS, amount=Decimal(7)), by=ADMINISTRATOR)
    services.mark_given(given, by=ADMINISTRATOR)
    services.withdraw(try_out, "Typed twice", by=ADMINISTRATOR)
    assert [entry.amount for entry in ledger(place).entries] == [Decimal(7)]


def test_an_enabler_does_not_write_pledges_down() -> None:
    place = a_place()
    with pytest.raises(Refused, match="write a pledge down"):
        services.offer(planned(place), COUNTING, by=an_enabler(place))


def test_nothing_is_pledged_for_what_has_ended() -> None:
    try_out = going(a_place())
    offered = services.offer(try_out, COUNTING, by=ADMINISTRATOR)
    services.end(try_out, "adopted", "It works.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="has ended"):
        services.pledge(try_out, COUNTING, by=ADMINISTRATOR)
    services.mark_given(offered, by=ADMINISTRATOR)
    assert the_pledge(try_out).state == "given"


def test_a_pledge_that_is_not_known_is_refused() -> None:
    with pytest.raises(Refused, match="not known here"):
        services.mark_given(uuid4(), by=ADMINISTRATOR)


@pytest.mark.parametrize("missing", ["organisation", "what"])
def test_an_offer_says_who_gives_what(missing: str) -> None:
    with pytest.raises(Refused, match="Say"):
        services.offer(planned(a_place()), replace(COUNTING, **{missing: " "}), by=ADMINISTRATOR)


def test_an_organisation_stands_once_with_what_it_does_and_gives() -> None:
    try_out = going(a_place())
    services.add_partner(try_out, "The Forum", by=ADMINISTRATOR)
    services.add_partner(try_out, "The  Forum", does="Counts the riders.", by=ADMINISTRATOR)
    services.add_partner(try_out, "The Forum", by=ADMINISTRATOR)
    services.offer(try_out, COUNTING, by=ADMINISTRATOR)
    services.offer(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    forum, council = queries.partners_of(row(try_out))
    assert (forum.name, forum.does, len(forum.pledges)) == ("The Forum", "Counts the riders.", 1)
    assert (council.name, council.public_id, len(council.pledges)) == ("Northvale Council", None, 1)


def test_a_partner_is_taken_out_and_her_pledges_stay() -> None:
    try_out = going(a_place())
    services.add_partner(try_out, "The Forum", by=ADMINISTRATOR)
    services.offer(try_out, COUNTING, by=ADMINISTRATOR)
    partner = TryOutPartner.objects.get().public_id
    for _again in range(2):
        services.end_partner(try_out, partner, by=ADMINISTRATOR)
    assert [each.name for each in queries.partners_of(row(try_out))] == ["The Forum"]
    assert verbs().count("try_out.partner_ended") == 1
