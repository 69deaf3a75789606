"""The cycles of a try-out, as they are read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.actions.models import Cycle, NextStep, TryOut
from knotwork.core.pages.numbers import number_in_words
from knotwork.programmes.ledger import money


@dataclass(frozen=True)
class CycleView:
    """One cycle: a question, what was predicted, what was done and seen, what it cost and what comes next."""

    public_id: UUID
    number: int
    question: str
    prediction: str
    begun_on: date | None
    did: str
    saw: str
    cash: Decimal | None
    days: Decimal | None
    cost: str
    paid_from: UUID | None
    paid_from_words: str
    closed_on: date | None
    next_step: str
    why_next: str

    @property
    def is_planned(self) -> bool:
        return self.begun_on is None

    @property
    def is_open(self) -> bool:
        return self.begun_on is not None and self.closed_on is None

    @property
    def next_words(self) -> str:
        return str(NextStep(self.next_step).label) if self.next_step else ""

    @property
    def where_it_is(self) -> str:
        """One of the four words: plan, do, study, act."""
        if self.closed_on is not None:
            return _("Act")
        if self.is_planned:
            return _("Plan")
        return _("Study") if self.saw else _("Do")


def cycles_of(row: TryOut) -> list[CycleView]:
    """All cycles, in their order."""
    zone = ZoneInfo(row.programme.time_zone)

    def day(moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(zone).date()

    rows = Cycle.objects.filter(try_out=row).select_related("paid_from__organisation")
    return [
        CycleView(
            public_id=each.public_id,
            number=each.number,
            question=each.question,
            prediction=each.prediction,
            begun_on=day(each.begun_at),
            did=each.did,
            saw=each.saw,
            cash=each.cash,
            days=each.days,
            cost=_cost(each),
            paid_from=each.paid_from.public_id if each.paid_from else None,
            paid_from_words=_paid_from(each),
            closed_on=day(each.closed_at),
            next_step=each.next_step,
            why_next=each.why_next,
        )
        for each in rows
    ]


def _cost(row: Cycle) -> str:
    parts = [] if row.cash is None else [money(row.cash, row.currency, is_approximate=False)]
    if row.days is not None:
        digits = 0 if row.days == row.days.to_integral() else 1
        words = ngettext("%(count)s day", "%(count)s days", 1 if row.days == 1 else 2)
        parts.append(words % {"count": number_in_words(row.days, digits)})
    return _(" and ").join(parts)


def _paid_from(row: Cycle) -> str:
    """The words that stand on the ledger too."""
    if row.paid_from is None:
        return ""
    return f"{row.paid_from.organisation}: {row.paid_from.what} ({row.paid_from.get_state_display()})"
