"""Who holds which role. Pages for everybody learn organisations only; the programme's team sees addresses."""

from knotwork.core import clock
from knotwork.programmes.models import Membership, Organisation, Role
from knotwork.programmes.queries.nouns import MemberView, PlacePeople
from knotwork.programmes.standing import in_force


def people_of_place(place_id: int) -> PlacePeople:
    """Where the leads and the enabler of a place come from, as of now."""
    held = list(
        Membership.objects.filter(
            in_force(clock.now()), place_id=place_id, role__in=[Role.PLACE_LEAD, Role.ENABLER]
        )
        .order_by("pk")
        .values_list("role", "organisation__name")
    )
    return PlacePeople(
        leads_from=tuple(name for role, name in held if role == Role.PLACE_LEAD and name),
        enablers_from=tuple(name for role, name in held if role == Role.ENABLER and name),
        has_enabler=any(role == Role.ENABLER for role, _ in held),
    )


def members_of(programme_id: int) -> tuple[MemberView, ...]:
    """Everybody who holds a role in the programme now or later; only for those who look after it."""
    rows = (
        Membership.objects.filter(programme_id=programme_id, person__blanked_at__isnull=True)
        .exclude(closes_at__lte=clock.now())
        .select_related("person", "place", "organisation")
        .order_by("place__order", "place__name", "role", "person__email")
    )
    return tuple(
        MemberView(
            row.public_id,
            row.person.email,
            row.role,
            row.get_role_display(),
            row.place.name if row.place else "",
            row.organisation.name if row.organisation else "",
            row.opens_at,
            row.closes_at,
        )
        for row in rows
    )


def organisation_names() -> tuple[str, ...]:
    """The names of all organisations that are known here, for choosing one in a form."""
    return tuple(Organisation.objects.order_by("name").values_list("name", flat=True))
