"""Add up what partners give, so that help in kind counts like money and nothing is counted twice.

Amounts of two currencies are never added, and the three ways of giving (money, in kind, not divided) are
shown apart before they are added. Each entry stands in one state - pledged, agreed, received, spent - and a promise
(pledged, agreed) is never added to what came (received, spent). A sum of which any part is approximate is approximate.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from knotwork.programmes.models import CAME, LedgerKind, LedgerState

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Given(Protocol):
    """Anything that has an amount of some kind: an entry of the ledger, as stored or as read."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def is_approximate(self) -> bool: ...
    @property
    def state(self) -> str: ...


GivenT = TypeVar("GivenT", bound=Given)


@dataclass(frozen=True)
class Sum:
    """What came, or is promised, in one way and one currency, by how many entries."""

    kind: str
    currency: str
    amount: Decimal
    entries: int
    is_approximate: bool
    state: str = LedgerState.RECEIVED.value

    @property
    def kind_words(self) -> str:
        return str(LedgerKind(self.kind).label)

    @property
    def amount_words(self) -> str:
        return money(self.amount, self.currency, is_approximate=self.is_approximate)


@dataclass(frozen=True)
class Account:
    """All sums of one currency, by kind, and what they make together.

    ``sums`` is what came, be it spent or not; ``spent`` is the part of it that is spent. ``pledged`` and ``agreed``
    are promises and in no total.
    """

    currency: str
    sums: tuple[Sum, ...]
    pledged: tuple[Sum, ...] = ()
    agreed: tuple[Sum, ...] = ()
    spent: tuple[Sum, ...] = ()

    @property
    def total(self) -> Decimal:
        """All that came. What is pledged or agreed is not in it."""
        return sum((part.amount for part in self.sums), Decimal(0))

    @property
    def is_approximate(self) -> bool:
        return any(part.is_approximate for part in self.sums)

    @property
    def total_words(self) -> str:
        return money(self.total, self.currency, is_approximate=self.is_approximate)


@dataclass(frozen=True)
class StateSums:
    """What one partner, one place or one kind has in each state, in one currency: four amounts, none counted twice."""

    name: str
    currency: str
    pledged: Decimal
    agreed: Decimal
    received: Decimal
    spent: Decimal
    entries: int
    is_approximate: bool

    @property
    def promised(self) -> Decimal:
        """What is pledged or agreed and has not come."""
        return self.pledged + self.agreed

    @property
    def came(self) -> Decimal:
        """What was received, spent or not."""
        return self.received + self.spent

    def words(self, amount: Decimal) -> str:
        """One of the amounts as people write it."""
        return money(amount, self.currency, is_approximate=self.is_approximate and amount > 0)

    @property
    def in_words(self) -> tuple[str, ...]:
        """Pledged, agreed, received, spent, as people write them."""
        return tuple(self.words(each) for each in (self.pledged, self.agreed, self.received, self.spent))


def sums_by(entries: Iterable[GivenT], name: Callable[[GivenT], str]) -> tuple[StateSums, ...]:
    """The sums of entries that share a name (of a partner, a place, a kind), by name and currency.

    Every entry is in exactly one of them, so they add up to the sums of all.
    """
    grouped: dict[tuple[str, str], list[GivenT]] = {}
    for entry in entries:
        grouped.setdefault((name(entry), entry.currency), []).append(entry)
    return tuple(_state_sums(*key, grouped[key]) for key in sorted(grouped))


def _state_sums(name: str, currency: str, entries: list[GivenT]) -> StateSums:
    by_state = {
        state.value: sum((entry.amount for entry in entries if entry.state == state), Decimal(0))
        for state in LedgerState
    }
    return StateSums(
        name=name,
        currency=currency,
        entries=len(entries),
        is_approximate=any(entry.is_approximate for entry in entries),
        **by_state,
    )


def accounts_of(entries: Iterable[Given]) -> tuple[Account, ...]:
    """One account per currency, in the order of their codes; inside it, one sum per state and kind that occur."""
    given = list(entries)
    return tuple(_account(currency, given) for currency in sorted({entry.currency for entry in given}))


def money(amount: Decimal, currency: str, *, is_approximate: bool = False) -> str:
    """An amount as people write it: ``£1,500,000``, ``£12.50``, ``about 300 CHF``."""
    digits = f"{amount:,.2f}".removesuffix(".00")
    written = f"{_SIGNS[currency]}{digits}" if currency in _SIGNS else f"{digits} {currency}"
    return _("about %(amount)s") % {"amount": written} if is_approximate else written


def _account(currency: str, given: list[Given]) -> Account:
    of_currency = [entry for entry in given if entry.currency == currency]
    return Account(
        currency,
        _sums(CAME, of_currency),
        _sums((LedgerState.PLEDGED,), of_currency),
        _sums((LedgerState.AGREED,), of_currency),
        _sums((LedgerState.SPENT,), of_currency),
    )


def _sums(states: tuple[LedgerState, ...], of_currency: list[Given]) -> tuple[Sum, ...]:
    in_state = [entry for entry in of_currency if entry.state in states]
    by_kind = ((kind, [entry for entry in in_state if entry.kind == kind]) for kind in LedgerKind.values)
    return tuple(_sum(kind, states[0].value, entries) for kind, entries in by_kind if entries)


def _sum(kind: str, state: str, entries: list[Given]) -> Sum:
    return Sum(
        kind,
        entries[0].currency,
        sum((entry.amount for entry in entries), Decimal(0)),
        len(entries),
        any(entry.is_approximate for entry in entries),
        state,
    )
