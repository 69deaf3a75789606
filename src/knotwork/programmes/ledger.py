"""Add up what partners give, so that help in kind counts like money and nothing is counted twice.

Amounts of two currencies are never added, and the three ways of giving (money, in kind, not divided) are
shown apart before they are added. What is pledged is never added to what was given. A sum of which any part is
approximate is approximate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from knotwork.programmes.models import LedgerKind, LedgerState

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


@dataclass(frozen=True)
class Sum:
    """What was given, or is pledged, in one way and one currency, by how many entries."""

    kind: str
    currency: str
    amount: Decimal
    entries: int
    is_approximate: bool
    state: str = LedgerState.GIVEN.value

    @property
    def kind_words(self) -> str:
        return str(LedgerKind(self.kind).label)

    @property
    def amount_words(self) -> str:
        return money(self.amount, self.currency, is_approximate=self.is_approximate)


@dataclass(frozen=True)
class Account:
    """All sums of one currency, by kind, and what they make together: first what was given, then what is pledged."""

    currency: str
    sums: tuple[Sum, ...]
    pledged: tuple[Sum, ...] = ()

    @property
    def total(self) -> Decimal:
        """All that was given. What is pledged is not in it."""
        return sum((part.amount for part in self.sums), Decimal(0))

    @property
    def is_approximate(self) -> bool:
        return any(part.is_approximate for part in self.sums)

    @property
    def total_words(self) -> str:
        return money(self.total, self.currency, is_approximate=self.is_approximate)


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
    return Account(currency, _sums(LedgerState.GIVEN, of_currency), _sums(LedgerState.PLEDGED, of_currency))


def _sums(state: LedgerState, of_currency: list[Given]) -> tuple[Sum, ...]:
    in_state = [entry for entry in of_currency if entry.state == state]
    by_kind = ((kind, [entry for entry in in_state if entry.kind == kind]) for kind in LedgerKind.values)
    return tuple(_sum(kind, entries) for kind, entries in by_kind if entries)


def _sum(kind: str, entries: list[Given]) -> Sum:
    return Sum(
        kind,
        entries[0].currency,
        sum((entry.amount for entry in entries), Decimal(0)),
        len(entries),
        any(entry.is_approximate for entry in entries),
        entries[0].state,
    )
