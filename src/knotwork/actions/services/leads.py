"""Who leads a try-out: handed over from one to another, and missed when she leaves."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.actions.models import Handover, TryOut, TryOutStage
from knotwork.actions.querysets import try_outs
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import address_path, held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.mail.services import send
from knotwork.core.rules import require
from knotwork.programmes.models import Membership, Role
from knotwork.programmes.services.made import refuse
from knotwork.programmes.standing import in_force
from knotwork.programmes.written import can_write_for

NEEDS_LEAD, HANDED_OVER = "try_out_needs_lead", "try_out_handed_over"
OPEN = (TryOutStage.PLANNED, TryOutStage.GOING, TryOutStage.STOPPED)
_NOWHERE = ".invalid"


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
        Handover.objects.create(try_out=row, handed_by_id=row.lead_id or by.person_id, taken_by=taker, note=note)
        TryOut.objects.filter(pk=row.pk).update(lead=taker, needs_lead_since=None)
        record_of("try_out.handed_over", row, by)
        if taker.pk != by.person_id:
            _write(HANDED_OVER, row, [taker], {"note": note})


def people_who_may_lead(row: TryOut) -> list[Person]:
    """Everybody who may write for the place now and may see the try-out, in the order in which they came."""
    held = Membership.objects.filter(in_force(clock.now()), programme=row.programme).filter(
        Q(place__isnull=True) | Q(place=row.place)
    )
    awake = held.filter(person__is_active=True, person__blanked_at__isnull=True).select_related("person")
    people = dict.fromkeys(each.person for each in awake.order_by("pk"))
    return [one for one in people if _still_may(one, row)]


def leads_of_place(row: TryOut) -> list[Person]:
    """The leads of its place; of the programme's team where it has no place or the place has no lead."""
    held = Membership.objects.filter(in_force(clock.now()), programme=row.programme).select_related("person")
    awake = held.filter(person__is_active=True, person__blanked_at__isnull=True).order_by("pk")
    leads = [each.person for each in awake.filter(role=Role.PLACE_LEAD, place=row.place, place__isnull=False)]
    return list(dict.fromkeys(leads or [each.person for each in awake.filter(role=Role.PROGRAMME_TEAM)]))


def leads_to_tell(row: TryOut) -> list[Person]:
    """Whoever leads it, and the leads of its place: those of them who may see it and can be written to."""
    lead = Person.objects.filter(pk=row.lead_id, is_active=True, blanked_at__isnull=True)
    people = dict.fromkeys([*lead, *leads_of_place(row)])
    return [one for one in people if not one.email.endswith(_NOWHERE) and _may_see(one, row)]


def has_lost_its_lead(row: TryOut) -> bool:
    """Whether somebody was named who leads it, and she may not write here any more. Nobody named is no loss."""
    if row.lead_id is None or row.stage not in OPEN:
        return row.needs_lead_since is not None and row.stage in OPEN
    lead = Person.objects.get(pk=row.lead_id)
    return not lead.is_active or lead.blanked_at is not None or not _still_may(lead, row)


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


def _still_may(person: Person, row: TryOut) -> bool:
    viewer = viewer_for(person)
    return bool(can_write_for(viewer, row.programme, row.place)) and _may_see(person, row)


def _may_see(person: Person, row: TryOut) -> bool:
    return try_outs().visible_to(viewer_for(person)).filter(pk=row.pk).exists()


def _write(kind: str, row: TryOut, readers: list[Person], words: dict[str, str]) -> None:
    with translation.override(row.programme.language):
        url = settings.KNOTWORK_ORIGIN + address_path(row)
        for reader in readers:
            if not reader.email.endswith(_NOWHERE):
                send(kind, reader.email, {"try_out": row.title, "url": url, **words})
