"""Pledged, agreed, received, spent: an entry moves on, as a whole or in part, and the ledger always sums."""

from collections import Counter
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.models import LedgerEntry, LedgerKind, LedgerState, LedgerUnit, Role, Stage
from knotwork.programmes.services import Gift, counted
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

STATES = list(LedgerState.values)


def a_promise(amount: str = "100", state: str = "pledged", **more: object) -> Gift:
    return Gift("Rooms", LedgerKind.CASH.value, Decimal(amount), state=state, **more)  # type: ignore[arg-type]


def states_of(programme_id: int) -> dict[str, Decimal]:
    (together,) = queries.ledger_of(programme_id, ADMINISTRATOR).all_together
    return {state: getattr(together, state) for state in STATES if getattr(together, state)}


@pytest.mark.django_db
def test_an_entry_moves_on_and_stands_in_one_state() -> None:
    programme = a_programme()
    entry = services.add_entry(programme.pk, a_promise(), by=ADMINISTRATOR)
    for state in ("agreed", "received", "spent"):
        assert services.move_entry(programme.pk, entry, state, by=the_team_of(programme)) == entry
        assert states_of(programme.pk) == {state: Decimal(100)}
    assert services.move_entry(programme.pk, entry, "spent", by=ADMINISTRATOR) is None
    assert verbs().count("ledger_entry.moved") == 3


@pytest.mark.django_db
def test_an_entry_never_moves_back() -> None:
    programme = a_programme()
    entry = services.add_entry(programme.pk, a_promise(state="spent"), by=ADMINISTRATOR)
    with pytest.raises(Refused, match="only moves on"):
        services.move_entry(programme.pk, entry, "received", by=ADMINISTRATOR)


@pytest.mark.django_db
def test_a_part_that_moves_on_leaves_the_rest_where_it_was() -> None:
    programme = a_programme()
    entry = services.add_entry(programme.pk, a_promise("60000", "received"), by=ADMINISTRATOR)
    part = services.move_entry(programme.pk, entry, "spent", part=Decimal("20000.50"), by=ADMINISTRATOR)
    assert states_of(programme.pk) == {"received": Decimal("39999.50"), "spent": Decimal("20000.50")}
    assert part != entry
    assert LedgerEntry.objects.get(public_id=part).divided_from.public_id == entry  # type: ignore[union-attr]
    assert queries.ledger_of(programme.pk, STRANGER).accounts[0].total == Decimal(60000)


@pytest.mark.django_db
def test_days_at_a_rate_are_divided_by_days() -> None:
    programme = a_programme()
    gift = counted("Enabler", Decimal(60), LedgerUnit.DAYS, Decimal(500), state="agreed")
    entry = services.add_entry(programme.pk, gift, by=ADMINISTRATOR)
    services.move_entry(programme.pk, entry, "received", part=Decimal("7.5"), by=ADMINISTRATOR)
    assert states_of(programme.pk) == {"agreed": Decimal(26250), "received": Decimal(3750)}
    words = [each.counted_words for each in queries.ledger_of(programme.pk, STRANGER).entries]
    assert words == ["52.50 days of somebody's time at £500", "7.50 days of somebody's time at £500"]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["0", "-1", "100", "101", "NaN"])
def test_a_part_is_more_than_nothing_and_less_than_the_whole(part: str) -> None:
    programme = a_programme()
    entry = services.add_entry(programme.pk, a_promise(), by=ADMINISTRATOR)
    with pytest.raises(Refused, match="less than the whole"):
        services.move_entry(programme.pk, entry, "received", part=Decimal(part), by=ADMINISTRATOR)
    assert states_of(programme.pk) == {"pledged": Decimal(100)}


@pytest.mark.django_db
def test_only_the_team_moves_an_entry_on_and_only_one_that_stands() -> None:
    programme = a_programme()
    entry = services.add_entry(programme.pk, a_promise(), by=ADMINISTRATOR)
    with pytest.raises(Refused, match="Only the team"):
        services.move_entry(
            programme.pk, entry, "received", by=somebody(Role.STEERING_GROUP_MEMBER, programme)
        )
    services.withdraw_entry(programme.pk, entry, "Typed twice", by=ADMINISTRATOR)
    for gone in (entry, uuid4()):
        with pytest.raises(Refused, match="not in the ledger any more"):
            services.move_entry(programme.pk, gone, "received", by=ADMINISTRATOR)


def test_help_in_kind_is_counted_exactly() -> None:
    gift = counted("Rooms", Decimal("2.5"), LedgerUnit.ROOMS, Decimal("33.30"))
    assert (gift.kind, gift.amount) == ("in_kind", Decimal("83.25"))
    with pytest.raises(Refused, match=r"make 7\.4925, which is no whole number of pence"):
        counted("Rooms", Decimal("2.25"), LedgerUnit.ROOMS, Decimal("3.33"))
    for quantity, rate in (("0.001", "1"), ("1", "-1"), ("NaN", "1"), ("1", "Infinity")):
        with pytest.raises(Refused, match="at most two digits"):
            counted("Rooms", Decimal(quantity), LedgerUnit.ROOMS, Decimal(rate))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quantity": Decimal(2)}, "or none of the three"),
        ({"quantity": Decimal(2), "unit": "days", "rate": Decimal(50)}, "Only help in kind"),
        ({"quantity": Decimal(2), "unit": "days", "rate": Decimal(40), "kind": "in_kind"}, "how many times"),
    ],
)
def test_a_rate_that_does_not_fit_its_amount_is_refused(wrong: dict[str, object], words: str) -> None:
    given_as = {"what": "Rooms", "kind": "cash", "amount": Decimal(100)} | wrong
    with pytest.raises(Refused, match=words):
        services.add_entry(a_programme().pk, Gift(**given_as), by=ADMINISTRATOR)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_pledge_that_was_agreed_is_kept_or_taken_back_all_the_same() -> None:
    programme = a_programme()
    kept, taken_back = (services.add_pledge(programme.pk, a_promise(), by=ADMINISTRATOR) for _ in range(2))
    for entry in (kept, taken_back):
        services.move_entry(programme.pk, entry, "agreed", by=ADMINISTRATOR)
    services.keep_pledge(kept, by=ADMINISTRATOR)
    services.withdraw_pledge(taken_back, "The budget was cut", by=ADMINISTRATOR)
    assert states_of(programme.pk) == {"received": Decimal(100)}


@pytest.mark.django_db
def test_the_sums_of_each_place_and_of_the_whole_are_known_by_state() -> None:
    programme = a_programme()
    one, other = a_place(programme, name="One"), a_place(programme, name="One", order=101)
    for place_id, state in ((None, "spent"), (one.pk, "pledged"), (other.pk, "agreed")):
        services.add_entry(programme.pk, a_promise(state=state, place_id=place_id), by=ADMINISTRATOR)
    whole, first, second = queries.ledger_sums(programme.pk, STRANGER)
    assert (whole.place, whole.sums[0].spent) == (None, Decimal(100))
    assert (first.place, first.name, first.sums[0].promised) == (one.public_id, "One", Decimal(100))
    assert (second.place, second.sums[0].in_words) == (other.public_id, ("£0", "£100", "£0", "£0"))
    assert second.sums[0].came == 0
    hidden = a_place(programme, visibility=Stage.PROGRAMME)
    assert hidden.public_id not in [each.place for each in queries.ledger_sums(programme.pk, STRANGER)]


@pytest.mark.django_db
def test_what_was_given_counts_as_received_after_the_change_and_back() -> None:
    change = import_module("knotwork.programmes.migrations.0005_given_is_received")
    services.add_entry(a_programme().pk, a_promise(), by=ADMINISTRATOR)
    LedgerEntry.objects.update(state="given")
    change.forwards(apps, None)
    assert LedgerEntry.objects.get().state == "received"
    change.backwards(apps, None)
    assert LedgerEntry.objects.get().state == "given"


acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "count", "pledge", "move", "part", "keep", "withdraw"]),
        st.integers(0, 30),
        st.sampled_from(STATES),
        st.decimals(1, 9000, places=2),
        st.sampled_from(["", "Northvale Homes", "The Forum"]),
        st.integers(0, 2),
    ),
    max_size=20,
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_whatever_is_done_the_ledger_always_sums_and_no_promise_counts_as_kept(acts) -> None:
    programme = a_programme()
    where = [None, a_place(programme).pk, a_place(programme).pk]
    for act, which, state, amount, partner, place in acts:
        _do(programme.pk, act, which, state, amount, partner, where[place])
    standing = LedgerEntry.objects.filter(programme=programme, withdrawn_at__isnull=True)
    rows = list(standing.values_list("state", "place__name", "contributor__name", "kind", "amount"))
    ledger = queries.ledger_of(programme.pk, ADMINISTRATOR)
    for column, sums in ((1, ledger.by_place), (2, ledger.by_partner), (3, ledger.by_kind)):
        expected: Counter[tuple[str, str]] = Counter()
        for row in rows:
            expected[row[column] or "", row[0]] += row[4]
        summed = {(each.name, state): getattr(each, state) for each in sums for state in STATES}
        assert {key: amount for key, amount in summed.items() if amount} == {**expected}
        assert sum(each.entries for each in sums) == len(rows)
    came = sum((row[4] for row in rows if row[0] in ("received", "spent")), Decimal(0))
    assert sum((account.total for account in ledger.accounts), Decimal(0)) == came
    assert all(row.amount == row.quantity * row.rate for row in standing if row.rate is not None)


def _do(programme_id, act, which, state, amount, partner, place_id) -> None:
    """One service, as it may come; what the rules refuse changes nothing."""
    gift = Gift("Help", "cash", amount, contributor=partner, place_id=place_id, state=state)
    days = counted("Days", Decimal(int(amount)), "days", Decimal("12.5"), place_id=place_id, state=state)
    entries = list(
        LedgerEntry.objects.filter(programme_id=programme_id)
        .order_by("pk")
        .values_list("public_id", flat=True)
    )
    held = entries[which % len(entries)] if entries else uuid4()
    before = sum(LedgerEntry.objects.filter(withdrawn_at=None).values_list("amount", flat=True))
    try:
        if act == "add":
            services.add_entry(programme_id, gift, by=ADMINISTRATOR)
        elif act == "count":
            services.add_entry(programme_id, days, by=ADMINISTRATOR)
        elif act == "pledge":
            services.add_pledge(programme_id, gift, by=ADMINISTRATOR)
        elif act == "keep":
            services.keep_pledge(held, by=ADMINISTRATOR)
        elif act == "withdraw":
            services.withdraw_entry(programme_id, held, "A mistake", by=ADMINISTRATOR)
        else:
            part = amount if act == "part" else None
            services.move_entry(programme_id, held, state, part=part, by=ADMINISTRATOR)
    except Refused:
        assert act in ("move", "part")
    after = sum(LedgerEntry.objects.filter(withdrawn_at=None).values_list("amount", flat=True))
    assert act in ("add", "count", "pledge", "withdraw") or after == before
