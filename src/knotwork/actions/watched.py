"""The numbers that a stop rule watches: those that people entered, or the figures of a measure."""

from decimal import Decimal

from django.utils.translation import gettext as _

from knotwork.actions.models import Comparison, EnteredNumber, StopCheck
from knotwork.actions.stop_rule import Rule, Seen
from knotwork.core.pages.numbers import number_in_words
from knotwork.measures.queries import Point, figures_of

_PLACES = Decimal("0.0001")


def rule_of(held: StopCheck) -> Rule:
    """The rule as the pure function takes it."""
    return Rule(held.comparison == Comparison.BELOW, held.threshold, held.from_on)


def numbers_watched(held: StopCheck) -> list[Seen]:
    """Every number that was seen so far, in order of time. A period of a measure counts from its first day."""
    if held.measure is None:
        rows = EnteredNumber.objects.filter(try_out_id=held.try_out_id).values_list("on", "value")
        return [Seen(on, value) for on, value in rows]
    return [
        Seen(each.period_from, Decimal(str(each.value)).quantize(_PLACES), each.period, _limits(each))
        for each in figures_of(held.measure)
        if each.value is not None
    ]


def _limits(each: Point) -> str:
    lower, upper = each.lower, each.upper
    if lower is None or upper is None:
        return ""
    return _("%(lower)s and %(upper)s") % {
        "lower": number_in_words(lower, 1),
        "upper": number_in_words(upper, 1),
    }
