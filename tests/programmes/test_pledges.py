"""What is pledged stands on the ledger apart from what was given, and is seen with what it is for."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.ledger import accounts_of
from knotwork.programmes.models import (
    LedgerEntry,
    LedgerKind,
    LedgerState,
    Organisation,
    Place,
    Programme,
    Role,
)
from knotwork.programmes.services import Gift
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

GIFT = Gift("One bus for a year", LedgerKind.CASH.value, Decimal(9600), contributor="Northvale Council")
gifts = st.builds(
    Gift,
    what=st.just("Time"),
    kind=st.sampled_from(LedgerKind.values),
    amount=st.decimals(0, 10_000_000, places=2, allow_nan=False, allow_infinity=False),
    currency=st.sampled_from(["GBP", "EUR"]),
    is_approximate=st.booleans(),
    state=st.sampled_from(LedgerState.values),
)


@given(st.lists(gifts, max_size=30))
def test_a_promise_is_never_added_to_what_came(entries: list[Gift]) -> None:
    for account in accounts_of(entries):
        ours = [entry for entry in entries if entry.currency == account.currency]

        def total(*states: str, ours: list[Gift] = ours) -> Decimal:
            return sum((e.amount for e in ours if e.state in states), Decimal(0))

        assert account.total == total("received", "spent")
        assert sum(part.amount for part in account.pledged) == total("pledged")
        assert sum(part.amount for part in account.agreed) == total("agreed")
        assert sum(part.amount for part in account.spent) == total("spent")
        parts = (*account.sums, *account.pledged, *account.agreed)
        assert sum(part.entries for part in parts) == len(ours)
        assert account.is_approximate == any(
            e.is_approximate for e in ours if e.state in ("received", "spent")
        )


@pytest.mark.django_db
def test_a_pledge_is_added_by_people_of_the_place_and_counts_as_pledged() -> None:
    place = a_place()
    for role in (Role.PLACE_MEMBER, Role.PLACE_LEAD):
        gift = replace(GIFT, place_id=place.pk)
        services.add_pledge(place.programme.pk, gift, by=somebody(role, place.programme, place))
    (account,) = queries.ledger_of(place.programme.pk, STRANGER).accounts
    assert (account.sums, account.total) == ((), Decimal(0))
    assert [(part.kind, part.amount, part.entries) for part in account.pledged] == [
        ("cash", Decimal(19200), 2)
    ]
    assert verbs().count("pledge.added") == 2


@pytest.mark.django_db
def test_nobody_else_writes_a_pledge_down() -> None:
    place = a_place()
    strangers = (STRANGER, somebody(), somebody(Role.PLACE_LEAD, place.programme, a_place(place.programme)))
    for viewer in (*strangers, somebody(Role.ENABLER, place.programme, place)):
        with pytest.raises(Refused, match="write a pledge down"):
            services.add_pledge(place.programme.pk, replace(GIFT, place_id=place.pk), by=viewer)
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_a_pledge_that_is_kept_counts_as_given_and_stays_on_the_ledger() -> None:
    programme = a_programme()
    entry = services.add_pledge(programme.pk, GIFT, by=the_team_of(programme))
    for _again in range(2):
        services.keep_pledge(entry, by=the_team_of(programme))
    services.withdraw_pledge(entry, "Too late", by=the_team_of(programme))
    (account,) = queries.ledger_of(programme.pk, STRANGER).accounts
    assert (account.total, account.pledged) == (Decimal(9600), ())
    assert queries.entries_standing([entry]) == {entry}
    assert verbs().count("pledge.kept") == 1


@pytest.mark.django_db
def test_a_pledge_that_is_withdrawn_leaves_the_sums_with_its_reason() -> None:
    programme = a_programme()
    entry = services.add_pledge(programme.pk, GIFT, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="why"):
        services.withdraw_pledge(entry, "  ", by=ADMINISTRATOR)
    for _again in range(2):
        services.withdraw_pledge(entry, "The budget was cut", by=ADMINISTRATOR)
    services.keep_pledge(entry, by=ADMINISTRATOR)
    assert queries.ledger_of(programme.pk, STRANGER).accounts == ()
    assert LedgerEntry.objects.get().withdrawn_reason == "The budget was cut"
    assert queries.entries_standing([entry, uuid4()]) == frozenset()


@pytest.mark.django_db
def test_who_may_not_pledge_may_not_keep_or_withdraw_either() -> None:
    programme = a_programme()
    entry = services.add_pledge(programme.pk, GIFT, by=ADMINISTRATOR)
    for act in (
        lambda: services.keep_pledge(entry, by=somebody()),
        lambda: services.withdraw_pledge(entry, "Mine", by=somebody()),
        lambda: services.show_pledges([entry], "place", by=somebody()),
    ):
        with pytest.raises(Refused, match="Only people of this place"):
            act()


@pytest.mark.django_db
def test_people_of_the_organisation_that_pledged_settle_its_pledge_in_their_programme_and_place() -> None:
    place = a_place()

    def of_the_council(role: Role, where: Place | None = None, programme: Programme | None = None) -> Viewer:
        person = a_person(role, programme or place.programme, where)
        person.memberships.update(organisation=Organisation.objects.get(name=GIFT.contributor))
        return viewer_for(person)

    def pledged() -> UUID:
        return services.add_pledge(place.programme.pk, replace(GIFT, place_id=place.pk), by=ADMINISTRATOR)

    first, second = pledged(), pledged()
    others = (
        of_the_council(Role.ORGANISATION_MEMBER, programme=a_programme()),
        of_the_council(Role.ENABLER, a_place(place.programme)),
        somebody(Role.ORGANISATION_MEMBER, place.programme),
    )
    for viewer in others:
        with pytest.raises(Refused, match="Only people of this place"):
            services.keep_pledge(first, by=viewer)
    services.keep_pledge(first, by=of_the_council(Role.ORGANISATION_MEMBER))
    services.withdraw_pledge(second, "Cut", by=of_the_council(Role.ENABLER, place))
    (account,) = queries.ledger_of(place.programme.pk, STRANGER).accounts
    assert (account.total, account.pledged) == (Decimal(9600), ())


@pytest.mark.django_db
def test_nothing_is_settled_in_a_programme_that_was_taken_out_of_sight() -> None:
    programme = a_programme()
    entry = services.add_pledge(programme.pk, GIFT, by=ADMINISTRATOR)
    person = a_person(Role.ORGANISATION_MEMBER, programme)
    person.memberships.update(organisation=Organisation.objects.get())
    services.withdraw_programme(programme.pk, "It ended.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="taken out of sight"):
        services.keep_pledge(entry, by=viewer_for(person))


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["me", "place", "programme"])
def test_a_pledge_is_seen_by_those_who_may_see_what_it_is_for(stage: str) -> None:
    place = a_place()
    gift = replace(GIFT, place_id=place.pk)
    entry = services.add_pledge(place.programme.pk, gift, shown_to=stage, by=ADMINISTRATOR)
    assert queries.ledger_of(place.programme.pk, STRANGER).entries == ()
    services.show_pledges([entry], "public", by=ADMINISTRATOR)
    assert len(queries.ledger_of(place.programme.pk, STRANGER).entries) == 1
    services.show_pledges([entry], "public", by=ADMINISTRATOR)
    assert verbs() == ["organisation.added", "pledge.added", "pledge.shown"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "manage/"])
def test_pages_say_what_is_pledged_apart_from_what_was_given(client: Client, page: str) -> None:
    programme = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    services.add_pledge(programme.pk, GIFT, by=ADMINISTRATOR)
    address = f"/programmes/{programme.slug}/{page}"
    words = client.get(address).content.decode()
    assert "pledged, not given yet" in words
    assert "£9,600" in words
    assert "All together" not in words
    for kind in ("cash", "in_kind"):
        services.add_entry(programme.pk, Gift("Rooms", kind, Decimal(50)), by=ADMINISTRATOR)
    words = client.get(address).content.decode()
    assert "All together" in words
    assert "£100" in words


@pytest.mark.django_db
def test_the_table_of_the_ledger_says_what_is_pledged(client: Client) -> None:
    programme = a_programme()
    services.add_pledge(programme.pk, GIFT, by=ADMINISTRATOR)
    table = client.get(f"/programmes/{programme.slug}/ledger.csv").content.decode()
    assert ",cash,pledged,9600.00,GBP," in table
