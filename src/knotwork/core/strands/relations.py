"""How a strand reads from either end, and which of its ends comes first on the golden thread.

A strand is written down as people say it (a try-out *acts on* a factor), which is not always the way of the thread: the
factor was there first, and the try-out came of it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from knotwork.core.strands.models import Relation


@dataclass(frozen=True)
class Reading:
    """The words from the strand's ``from`` to its ``to``, and back. ``leads_on``: ``to`` comes later on the thread."""

    there: Promise
    back: Promise
    leads_on: bool

    def words(self, *, from_first: bool) -> str:
        """From the earlier thing to the later one (``from_first`` says whether that is the strand's ``from``)."""
        return str(self.there if from_first else self.back)


READINGS: dict[str, Reading] = {
    Relation.BECAME: Reading(
        pgettext_lazy("strand", "became"), pgettext_lazy("strand", "grew out of"), leads_on=True
    ),
    Relation.EVIDENCED_BY: Reading(
        pgettext_lazy("strand", "is evidenced by"),
        pgettext_lazy("strand", "is evidence for"),
        leads_on=False,
    ),
    Relation.ACTS_ON: Reading(
        pgettext_lazy("strand", "acts on"), pgettext_lazy("strand", "is acted on by"), leads_on=False
    ),
    Relation.PRACTISED_IN: Reading(
        pgettext_lazy("strand", "was practised in"),
        pgettext_lazy("strand", "is where people practised"),
        leads_on=False,
    ),
    Relation.MEASURED_BY: Reading(
        pgettext_lazy("strand", "is measured by"), pgettext_lazy("strand", "measures"), leads_on=True
    ),
    Relation.TOLD_IN: Reading(
        pgettext_lazy("strand", "is told in"), pgettext_lazy("strand", "tells of"), leads_on=True
    ),
    Relation.ADOPTED_FROM: Reading(
        pgettext_lazy("strand", "was adopted from"),
        pgettext_lazy("strand", "was taken up as"),
        leads_on=False,
    ),
    Relation.HELPED_BY: Reading(
        pgettext_lazy("strand", "was helped, its writer says, by"),
        pgettext_lazy("strand", "helped, its writer says, with"),
        leads_on=False,
    ),
}


def words_onwards(relation: str) -> str:
    """From the earlier thing to the later: *became*, *is acted on by*."""
    reading = READINGS[relation]
    return reading.words(from_first=reading.leads_on)


def words_back(relation: str) -> str:
    """From the later thing to the earlier: *grew out of*, *acts on*."""
    reading = READINGS[relation]
    return reading.words(from_first=not reading.leads_on)
