"""Who leads a try-out: handed over from one to another, and missed when she leaves."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.actions.lead_people import NOWHERE, OPEN, has_lost_its_lead, leads_to_tell, people_who_may_lead
from knotwork.actions.models import Handover, TryOut
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import address_path, held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.mail.services import send
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse

NEEDS_LEAD, HANDED_OVER = "try_out_needs_lead", "try_out_handed_over"


def hand_over(try_out: UUID, to: UUID, note: str, *, by: Viewer) -> None:
    """Give the try-out to another of the place, with what she should know; she is written to."""
    note = needed(note, _("Say in a few words what comes next and what to know."))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.HAND_OVER, row))
        taker = next((one for one in people_who_may_lead(row) if one.public_id == to), None)
        if taker is None:
            raise refuse(_("Choose somebody who holds a role in this place."))
        if row.lead_id == taker.pk:
            raise refuse(_("She leads it already."))
        Handover.objects.create(
            try_out=row, handed_by_id=row.lead_id or by.person_id, taken_by=taker, note=note
        )
        TryOut.objects.filter(pk=row.pk).update(lead=taker, needs_lead_since=None)
        record_of("try_out.handed_over", row, by)
        if taker.pk != by.person_id:
            _write(HANDED_OVER, row, [taker], {"note": note})


def tell_who_needs_a_lead() -> int:
    """Tell the leads of a place once that an open try-out has lost its lead; how many were found. For the schedule.

    Where she holds a role again, nothing is missed any more.
    """
    for row in TryOut.objects.filter(needs_lead_since__isnull=False).select_related("programme", "place"):
        if not has_lost_its_lead(row):
            TryOut.objects.filter(pk=row.pk).update(needs_lead_since=None)
    rows = TryOut.objects.filter(
        lead__isnull=False, needs_lead_since__isnull=True, stage__in=OPEN, withdrawn_at__isnull=True
    ).select_related("programme", "place")
    found = [row for row in rows if has_lost_its_lead(row)]
    for row in found:
        with transaction.atomic():
            TryOut.objects.filter(pk=row.pk).update(needs_lead_since=clock.now())
            record_of("try_out.needs_lead", row, STRANGER)
            _write(NEEDS_LEAD, row, [one for one in leads_to_tell(row) if one.pk != row.lead_id], {})
    return len(found)


def _write(kind: str, row: TryOut, readers: list[Person], words: dict[str, str]) -> None:
    with translation.override(row.programme.language):
        url = settings.KNOTWORK_ORIGIN + address_path(row)
        for reader in readers:
            if not reader.email.endswith(NOWHERE):
                send(kind, reader.email, {"try_out": row.title, "url": url, **words})
