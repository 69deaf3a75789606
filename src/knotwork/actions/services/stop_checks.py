"""Make the stop rule checkable, enter numbers, and let the rule speak: once, and only to people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.actions.lead_people import leads_to_tell
from knotwork.actions.models import Comparison, Cycle, EnteredNumber, StopCheck, TryOut, TryOutStage
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import address_path, held_try_out, needed, record_of
from knotwork.actions.stop_rule import first_that_says_stop
from knotwork.actions.watched import numbers_watched, rule_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.mail.services import send
from knotwork.core.rules import require
from knotwork.core.strands.kinds import beads
from knotwork.programmes.services.made import refuse

LETTER = "stop_rule"
_LARGEST = Decimal(10) ** 11
_SMALLEST = Decimal("0.0001")


@dataclass(frozen=True)
class CheckWords:
    """What is watched (a measure by its public id, or a number with a name), and what it must not come to from when."""

    comparison: str
    threshold: Decimal
    from_on: date
    measure: UUID | None = None
    number_name: str = ""


def make_checkable(try_out: UUID, words: CheckWords, *, by: Viewer) -> bool:
    """Say how the stop rule is checked. Until the start it may be said anew; after it, once. ``False``: no change."""
    wanted = {
        "measure": words.measure,
        "number_name": "" if words.measure else needed(words.number_name, _("Say which number is watched.")),
        "comparison": Comparison(words.comparison).value,
        "threshold": fit_number(words.threshold),
        "from_on": words.from_on,
    }
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.MAKE_CHECKABLE, row))
        needed(row.stop_rule, _("Say in words first when you would stop."))
        held = StopCheck.objects.filter(try_out=row).first()
        if held is not None and all(getattr(held, name) == value for name, value in wanted.items()):
            return False
        if held is not None and row.stage != TryOutStage.PLANNED:
            raise refuse(_("How the stop rule is checked was said before. It stays as it is."))
        if words.measure and ("measure", words.measure) not in beads([("measure", words.measure)], by):
            raise refuse(_("This measure is not known here."))
        StopCheck.objects.update_or_create(try_out=row, defaults=wanted | {"said_at": clock.now()})
        record_of("try_out.stop_rule_made_checkable", row, by)
        check(row)
    return True


def enter_number(
    try_out: UUID, on: date, value: Decimal, *, by: Viewer, note: str = "", cycle: UUID | None = None
) -> bool:
    """Enter the number of a day; entered again it is put right. Then the rule is asked. ``False``: no change."""
    fitted = fit_number(value)
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.ENTER_NUMBER, row))
        if not StopCheck.objects.filter(try_out=row).exclude(number_name="").exists():
            raise refuse(_("Say first which number is watched."))
        if on > clock.now().date():
            raise refuse(_("This day is still to come."))
        held = EnteredNumber.objects.filter(try_out=row, on=on).first()
        if held is not None and (held.value, held.note) == (fitted, note.strip()[:200]):
            return False
        EnteredNumber.objects.update_or_create(
            try_out=row,
            on=on,
            defaults={
                "value": fitted,
                "note": note.strip()[:200],
                "cycle": Cycle.objects.filter(try_out=row, public_id=cycle).first() if cycle else None,
                "author_id": by.person_id,
                "entered_at": clock.now(),
            },
        )
        record_of("try_out.number_entered", row, by)
        check(row)
    return True


def check_stop_rules() -> int:
    """Ask the rule of every try-out that is going on; how many spoke. For the schedule: measures move elsewhere."""
    waiting = StopCheck.objects.filter(
        spoke_at__isnull=True, try_out__stage=TryOutStage.GOING, try_out__withdrawn_at__isnull=True
    )
    spoke = 0
    for try_out_id in list(waiting.values_list("try_out_id", flat=True)):
        with transaction.atomic():
            rows = TryOut.objects.select_for_update(of=("self",)).select_related("programme", "place")
            spoke += check(rows.get(pk=try_out_id))
    return spoke


def check(row: TryOut) -> bool:
    """Whether the rule speaks now for the first time: then an event and one letter to each lead. It stops nothing.

    A number that was put right may take its word back; only for services that hold the row.
    """
    held = StopCheck.objects.filter(try_out=row).first()
    if held is None or row.stage != TryOutStage.GOING:
        return False
    found = first_that_says_stop(rule_of(held), numbers_watched(held))
    if found is None and held.spoke_at is not None:
        held.spoke_at, held.spoke_value, held.spoke_period, held.spoke_limits = None, None, "", ""
        held.save()
        record_of("try_out.stop_rule_took_back", row, STRANGER)
    if found is None or held.spoke_at is not None:
        return False
    held.spoke_at, held.spoke_value = clock.now(), found.value
    held.spoke_period, held.spoke_limits = found.period[:60], found.limits[:60]
    held.save()
    record_of("try_out.stop_rule_spoke", row, STRANGER)
    _write_to_the_leads(row)
    return True


def fit_number(value: Decimal) -> Decimal:
    """The number, if it is one that can be watched."""
    if not value.is_finite() or abs(value) >= _LARGEST or value != value.quantize(_SMALLEST):
        raise refuse(_("Write a number below 100,000,000,000, with at most four digits after the point."))
    return value


def _write_to_the_leads(row: TryOut) -> None:
    with translation.override(row.programme.language):
        words = {
            "try_out": row.title,
            "stop_rule": row.stop_rule,
            "url": settings.KNOTWORK_ORIGIN + address_path(row),
        }
        for reader in leads_to_tell(row):
            send(LETTER, reader.email, words)
