"""The cycles of a try-out: planned, begun with a prediction that stays, studied, and closed with what comes next."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from knotwork.actions.models import Cycle, Ending, NextStep, Pledge, TryOut
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.ledger import fit_amount
from knotwork.programmes.services.made import refuse

_MOST_DAYS = Decimal(99_999)
_NEXT_OF = {
    Ending.ADOPTED: NextStep.ADOPT,
    Ending.ADAPTED: NextStep.ADAPT,
    Ending.ABANDONED: NextStep.ABANDON,
}


@dataclass(frozen=True)
class Study:
    """What was done and seen in a cycle, and what it cost; ``paid_from`` is the public id of a pledge."""

    did: str = ""
    saw: str = ""
    cash: Decimal | None = None
    days: Decimal | None = None
    paid_from: UUID | None = None


def plan_cycle(
    try_out: UUID, question: str, prediction: str = "", *, by: Viewer, at: datetime | None = None
) -> UUID:
    """Plan a small test inside a try-out: what you ask, and what you think will happen. Returns its public id."""
    question = needed(question, _("Say what you want to find out."))[:300]
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.PLAN_CYCLE, row))
        if Cycle.objects.filter(try_out=row, closed_at__isnull=True).exists():
            raise refuse(_("One cycle at a time: close the one that is open first."))
        last = Cycle.objects.filter(try_out=row).aggregate(last=Max("number"))["last"] or 0
        made = Cycle.objects.create(
            try_out=row,
            number=last + 1,
            question=question,
            prediction=prediction.strip(),
            planned_at=at or clock.now(),
        )
        record_of("try_out.cycle_planned", row, by, cycle=str(made.public_id))
    return made.public_id


def change_cycle(cycle: UUID, question: str, prediction: str, *, by: Viewer) -> bool:
    """Change what is asked and predicted, before the cycle begins; ``False`` when it says so already."""
    question = needed(question, _("Say what you want to find out."))[:300]
    with transaction.atomic():
        row, held = _held(cycle, Act.PLAN_CYCLE, by)
        if held.begun_at is not None:
            raise refuse(_("This cycle has begun, so its question and its prediction stay as they are."))
        if (held.question, held.prediction) == (question, prediction.strip()):
            return False
        held.question, held.prediction = question, prediction.strip()
        held.save(update_fields=["question", "prediction"])
        record_of("try_out.cycle_changed", row, by, cycle=str(held.public_id))
    return True


def begin_cycle(cycle: UUID, *, by: Viewer, at: datetime | None = None) -> None:
    """Do it. From now on nobody changes the question and the prediction."""
    with transaction.atomic():
        row, held = _held(cycle, Act.STUDY_CYCLE, by)
        if held.begun_at is not None:
            return
        needed(held.prediction, _("Say what you think will happen, before it begins."))
        held.begun_at = _not_before(row.started_at, at)
        held.save(update_fields=["begun_at"])
        record_of("try_out.cycle_begun", row, by, cycle=str(held.public_id))


def study_cycle(cycle: UUID, study: Study, *, by: Viewer) -> bool:
    """Write down what was done, what was seen and what it cost; ``False`` when it says so already."""
    with transaction.atomic():
        row, held = _held_open(cycle, by)
        wanted = {
            "did": study.did.strip(),
            "saw": study.saw.strip(),
            "cash": None if study.cash is None else fit_amount(study.cash),
            "days": _fit_days(study.days),
            "paid_from": _pledge_of(row, study.paid_from),
        }
        if all(getattr(held, name) == value for name, value in wanted.items()):
            return False
        for name, value in wanted.items():
            setattr(held, name, value)
        held.save()
        record_of("try_out.cycle_studied", row, by, cycle=str(held.public_id))
    return True


def close_cycle(cycle: UUID, next_step: str, why: str, *, by: Viewer, at: datetime | None = None) -> None:
    """Act: say what comes next, and why. What was seen has to be said first."""
    why = needed(why, _("Say why. The next cycle stands on it."))
    with transaction.atomic():
        row, held = _held_open(cycle, by)
        needed(held.saw, _("Say first what you saw, beside what you predicted."))
        _close(held, NextStep(next_step), why, at)
        record_of(
            "try_out.cycle_closed", row, by, cycle=str(held.public_id), next_step=NextStep(next_step).value
        )


def close_with_the_try_out(row: TryOut, ending: str, why: str, at: datetime, by: Viewer) -> None:
    """A try-out that ends closes the cycle that is going on, with the same reason; for the service that ends it."""
    for held in Cycle.objects.filter(try_out=row, begun_at__isnull=False, closed_at__isnull=True):
        _close(held, _NEXT_OF[Ending(ending)], why, at)
        record_of("try_out.cycle_closed", row, by, cycle=str(held.public_id), next_step=held.next_step)


def _close(held: Cycle, next_step: NextStep, why: str, at: datetime | None) -> None:
    held.closed_at = _not_before(held.begun_at, at)
    held.next_step, held.why_next = next_step.value, why
    held.save(update_fields=["closed_at", "next_step", "why_next"])


def _held(cycle: UUID, act: Act, by: Viewer) -> tuple[TryOut, Cycle]:
    held = Cycle.objects.select_related("try_out").filter(public_id=cycle).first()
    if held is None:
        raise refuse(_("This cycle is not known here."))
    row = held_try_out(held.try_out.public_id, by)
    require(may(by, act, row))
    held.refresh_from_db()
    return row, held


def _held_open(cycle: UUID, by: Viewer) -> tuple[TryOut, Cycle]:
    row, held = _held(cycle, Act.STUDY_CYCLE, by)
    if held.begun_at is None:
        raise refuse(_("This cycle has not begun yet."))
    if held.closed_at is not None:
        raise refuse(_("This cycle is closed."))
    return row, held


def _pledge_of(row: TryOut, public_id: UUID | None) -> Pledge | None:
    if public_id is None:
        return None
    held = Pledge.objects.filter(try_out=row, public_id=public_id).first()
    if held is None:
        raise refuse(_("This pledge is not known here."))
    return held


def _fit_days(days: Decimal | None) -> Decimal | None:
    if days is None:
        return None
    if not days.is_finite() or not 0 <= days <= _MOST_DAYS or days != days.quantize(Decimal("0.1")):
        raise refuse(_("Days are a number from 0 to 99,999, with at most one digit after the point."))
    return days


def _not_before(earlier: datetime | None, at: datetime | None) -> datetime:
    moment = at or clock.now()
    if earlier is not None and moment < earlier:
        raise refuse(_("A cycle lies within its try-out: it cannot begin or end before it."))
    return moment
