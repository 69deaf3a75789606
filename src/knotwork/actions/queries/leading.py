"""Who leads a try-out, for those who work on it, and what was handed over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from knotwork.actions.lead_people import people_who_may_lead
from knotwork.actions.models import Handover, TryOut
from knotwork.core import clock
from knotwork.programmes.models import Membership
from knotwork.programmes.standing import in_force


@dataclass(frozen=True)
class HandoverView:
    """A note that went with a try-out from one lead to the next; persons are not named."""

    on: date
    note: str


def handovers_of(row: TryOut) -> tuple[HandoverView, ...]:
    """What was handed over, in order of time."""
    return tuple(HandoverView(each.at.date(), each.note) for each in Handover.objects.filter(try_out=row))


def who_may_lead(row: TryOut) -> list[tuple[UUID, str]]:
    """Those to whom it can be handed over, by address, role and organisation; only for those who lead it now."""
    people = [one for one in people_who_may_lead(row) if one.pk != row.lead_id]
    held = Membership.objects.filter(
        in_force(clock.now()), programme=row.programme, person__in=people
    ).select_related("organisation")
    roles: dict[int, str] = {}
    for each in held:
        parts = (each.get_role_display(), each.organisation.name if each.organisation else "")
        roles.setdefault(each.person_id, ", ".join(part for part in parts if part))
    return [(one.public_id, f"{one.email} ({roles.get(one.pk, '')})") for one in people]
