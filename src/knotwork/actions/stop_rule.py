"""Does a stop rule say stop? A pure function of the rule and the numbers, so that everybody comes to the same answer.

The rule was agreed before the start on the number itself. So the number decides and not its limits; where a number has
limits, the page shows them beside it, and people judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Rule:
    """Stop if a number is below (or above) ``threshold``; only numbers of ``from_on`` and later count.

    Exactly the threshold is neither below nor above it.
    """

    is_below: bool
    threshold: Decimal
    from_on: date

    def is_met_by(self, seen: "Seen") -> bool:
        """Whether this one number is a reason to stop."""
        if seen.on < self.from_on:
            return False
        return seen.value < self.threshold if self.is_below else seen.value > self.threshold


@dataclass(frozen=True)
class Seen:
    """A number and the first day that it is about; ``period`` and ``limits`` in words, where there are any."""

    on: date
    value: Decimal
    period: str = ""
    limits: str = ""


def first_that_says_stop(rule: Rule, seen: Iterable[Seen]) -> Seen | None:
    """The earliest number that meets the rule, or nothing while none does; the order of the numbers does not matter.

    >>> rule = Rule(is_below=True, threshold=Decimal(8), from_on=date(2026, 3, 30))
    >>> early, late = Seen(date(2026, 1, 12), Decimal(5)), Seen(date(2026, 4, 6), Decimal("7.5"))
    >>> first_that_says_stop(rule, [late, early]).value
    Decimal('7.5')
    """
    met = [each for each in seen if rule.is_met_by(each)]
    return min(met, key=lambda each: (each.on, each.value, each.period), default=None)
