"""The sums of a ledger are the sums of its entries: per kind, per currency, and whatever is withdrawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.ledger import accounts_of, money
from knotwork.programmes.models import LedgerEntry, LedgerKind, Stage
from knotwork.programmes.services import Gift
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

amounts = st.decimals(0, 10_000_000, places=2, allow_nan=False, allow_infinity=False)
gifts = st.builds(
    Gift,
    what=st.just("Time"),
    kind=st.sampled_from(LedgerKind.values),
    amount=amounts,
    currency=st.sampled_from(["GBP", "EUR", "CHF"]),
    is_approximate=st.booleans(),
)


def a_gift(amount: str = "100", kind: str = LedgerKind.CASH, **more: object) -> Gift:
    return Gift("Rooms", kind, Decimal(amount), **more)  # type: ignore[arg-type]


@given(st.lists(gifts, max_size=30))
def test_every_sum_is_the_sum_of_the_entries_of_its_kind_and_currency(entries: list[Gift]) -> None:
    accounts = accounts_of(entries)
    for account in accounts:
        for part in account.sums:
            those = [e for e in entries if (e.kind, e.currency) == (part.kind, part.currency)]
            assert part.amount == sum(e.amount for e in those)
            assert part.entries == len(those) > 0
            assert part.is_approximate == any(e.is_approximate for e in those)
    assert sum(part.entries for account in accounts for part in account.sums) == len(entries)


@given(st.lists(gifts, max_size=30))
def test_currencies_are_never_mixed(entries: list[Gift]) -> None:
    accounts = accounts_of(entries)
    assert [account.currency for account in accounts] == sorted({entry.currency for entry in entries})
    for account in accounts:
        assert account.total == sum(e.amount for e in entries if e.currency == account.currency)
        assert account.is_approximate == any(
            e.is_approximate for e in entries if e.currency == account.currency
        )


@given(st.lists(gifts, max_size=12), st.randoms())
def test_the_order_of_entries_does_not_matter(entries: list[Gift], chance: object) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert accounts_of(shuffled) == accounts_of(entries)


@pytest.mark.parametrize(
    ("amount", "currency", "is_approximate", "words"),
    [
        ("1500000", "GBP", False, "£1,500,000"),
        ("12.50", "EUR", False, "€12.50"),
        ("300", "CHF", True, "about 300 CHF"),
        ("0", "USD", False, "$0"),
    ],
)
def test_money_is_written_as_people_write_it(
    amount: str, currency: str, is_approximate: bool, words: str
) -> None:
    assert money(Decimal(amount), currency, is_approximate=is_approximate) == words


@pytest.mark.django_db
def test_help_in_kind_counts_like_money() -> None:
    programme = a_programme()
    for gift in (a_gift("60000"), a_gift("30000", LedgerKind.IN_KIND), a_gift("22000", LedgerKind.IN_KIND)):
        services.add_entry(programme.pk, gift, by=the_team_of(programme))
    (account,) = queries.ledger_of(programme.pk, STRANGER).accounts
    assert [(part.kind, part.amount_words) for part in account.sums] == [
        ("cash", "£60,000"),
        ("in_kind", "£52,000"),
    ]
    assert account.total_words == "£112,000"


@pytest.mark.django_db
def test_a_withdrawn_entry_leaves_the_sums_and_stays_in_the_record() -> None:
    programme = a_programme()
    services.add_entry(programme.pk, a_gift("1"), by=ADMINISTRATOR)
    wrong = services.add_entry(programme.pk, a_gift("1000"), by=ADMINISTRATOR)
    for _ in range(2):
        services.withdraw_entry(programme.pk, wrong, "Typed twice", by=ADMINISTRATOR)
    ledger = queries.ledger_of(programme.pk, STRANGER)
    assert [account.total for account in ledger.accounts] == [Decimal(1)]
    assert LedgerEntry.objects.get(public_id=wrong).withdrawn_reason == "Typed twice"
    assert verbs() == ["ledger_entry.added", "ledger_entry.added", "ledger_entry.withdrawn"]


@pytest.mark.django_db
def test_the_ledger_of_a_programme_is_that_of_its_places_and_of_the_whole() -> None:
    programme = a_programme()
    one, other = a_place(programme), a_place(programme)
    for place_id, amount in ((None, "1"), (one.pk, "20"), (one.pk, "300"), (other.pk, "4000")):
        services.add_entry(programme.pk, a_gift(amount, place_id=place_id), by=ADMINISTRATOR)
    of_places = [queries.ledger_of(programme.pk, STRANGER, place_id=place.pk) for place in (one, other)]
    assert [ledger.accounts[0].total for ledger in of_places] == [Decimal(320), Decimal(4000)]
    assert queries.ledger_of(programme.pk, STRANGER).accounts[0].total == Decimal(4321)


@pytest.mark.django_db
def test_what_a_stranger_cannot_see_is_not_in_her_sums_either() -> None:
    programme = a_programme()
    hidden = a_place(programme, visibility=Stage.PROGRAMME)
    services.add_entry(programme.pk, a_gift("1"), by=ADMINISTRATOR)
    services.add_entry(programme.pk, a_gift("20", place_id=hidden.pk), by=ADMINISTRATOR)
    assert queries.ledger_of(programme.pk, STRANGER).accounts[0].total == Decimal(1)
    assert queries.ledger_of(programme.pk, the_team_of(programme)).accounts[0].total == Decimal(21)


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "0.001", "1000000000000"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(Refused, match="The amount"):
        services.add_entry(a_programme().pk, a_gift(amount), by=ADMINISTRATOR)


@pytest.mark.django_db
def test_only_the_team_writes_in_the_ledger() -> None:
    programme = a_programme()
    with pytest.raises(Refused, match="Only the team"):
        services.add_entry(programme.pk, a_gift(), by=somebody())
    assert not LedgerEntry.objects.exists()
