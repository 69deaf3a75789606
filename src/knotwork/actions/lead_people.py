"""The people around a try-out: who may lead it, who is told when it needs something, and whether its lead has left."""

from django.db.models import Q

from knotwork.actions.models import TryOut, TryOutStage
from knotwork.actions.querysets import try_outs
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import viewer_for
from knotwork.programmes.models import Membership, Role
from knotwork.programmes.standing import in_force
from knotwork.programmes.written import can_write_for

OPEN = (TryOutStage.PLANNED, TryOutStage.GOING, TryOutStage.STOPPED)
NOWHERE = ".invalid"
"""How the addresses of made-up people end: no letter is written to them."""


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
    lead = [row.lead] if row.lead is not None and row.lead.is_active else []
    people = dict.fromkeys([*lead, *leads_of_place(row)])
    return [one for one in people if not one.email.endswith(NOWHERE) and may_see(one, row)]


def has_lost_its_lead(row: TryOut) -> bool:
    """Whether somebody was named who leads it, and she may not write here any more. Nobody named is no loss."""
    if row.stage not in OPEN:
        return False
    if row.lead is None:
        return row.needs_lead_since is not None
    return not row.lead.is_active or not _still_may(row.lead, row)


def _still_may(person: Person, row: TryOut) -> bool:
    viewer = viewer_for(person)
    return bool(can_write_for(viewer, row.programme, row.place)) and may_see(person, row)


def may_see(person: Person, row: TryOut) -> bool:
    return try_outs().visible_to(viewer_for(person)).filter(pk=row.pk).exists()
