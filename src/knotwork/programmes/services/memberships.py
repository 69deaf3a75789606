"""Give somebody a role for a time, and end it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.mail.services import send
from knotwork.core.rules import require
from knotwork.core.windows import Window
from knotwork.programmes.leads import Lead, can_hold_role, can_join_leads, overlap
from knotwork.programmes.models import Membership, Place, Programme, Role
from knotwork.programmes.rules import can_end_membership, can_invite
from knotwork.programmes.services.made import place_of, refuse, standing_place, standing_programme
from knotwork.programmes.services.organisations import organisation_named
from knotwork.programmes.standing import in_force


@dataclass(frozen=True)
class Grant:
    """A role for a programme or for one place of it, from an organisation (by name), for a time."""

    role: Role
    place_id: int | None = None
    organisation: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)


def invite(programme_id: int, email: str, grant: Grant, *, by: Viewer) -> UUID:
    """Give the person with this address a role, and write to her how to sign in."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can_invite(by, grant.role, programme, grant.place_id))
        person = person_with_email(email, by=by)
        membership_id = grant_membership(programme_id, person.pk, grant, by=by)
        place = place_of(programme, grant.place_id)
        send(
            "invitation",
            person.email,
            {
                "role": grant.role.label,
                "programme": programme.name,
                "place": place.name if place else "",
                "sign_in_path": reverse("account_request_login_code"),
            },
        )
    return membership_id


def grant_membership(programme_id: int, person_id: int, grant: Grant, *, by: Viewer) -> UUID:
    """Give a person a role. A place has at most two leads at a time, of different organisations."""
    grant = _from_now(grant)
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can_invite(by, grant.role, programme, grant.place_id))
        return _granted(programme, person_id, grant, by)


def welcome_enabler(programme_id: int, place_id: int, person_id: int, *, by: Viewer) -> None:
    """Whom a place chose, and who said yes, is its enabler from now on; she may have been that already.

    Only for services that asked the rules: the choice is the place's, so the team need not grant it.
    """
    grant = _from_now(Grant(Role.ENABLER, place_id))
    with transaction.atomic():
        programme = standing_programme(programme_id)
        if not _enabling(place_id, person_id).exists():
            _granted(programme, person_id, grant, by)


def part_from_enabler(place_id: int, person_id: int, *, by: Viewer) -> None:
    """She is not the place's enabler any more; only for services that asked the rules."""
    with transaction.atomic():
        for row in _enabling(place_id, person_id).select_related("programme", "place"):
            Membership.objects.filter(pk=row.pk).update(closes_at=clock.now())
            _record_end(row, by)


def _enabling(place_id: int, person_id: int) -> QuerySet[Membership]:
    held = Membership.objects.filter(place_id=place_id, person_id=person_id, role=Role.ENABLER)
    return held.filter(in_force(clock.now()))


def _granted(programme: Programme, person_id: int, grant: Grant, by: Viewer) -> UUID:
    require(can_hold_role(grant.role, has_place=grant.place_id is not None, organisation=grant.organisation))
    place = None if grant.place_id is None else standing_place(grant.place_id)
    place_of(programme, grant.place_id)
    _check_neighbours(person_id, place, grant)
    membership = _write(programme, place, person_id, grant, by)
    record(
        "membership.granted",
        subject_kind="membership",
        subject_id=membership.public_id,
        by=by,
        programme=programme.public_id,
        place=None if place is None else place.public_id,
        details={"role": grant.role.value},
    )
    return membership.public_id


def end_membership(programme_id: int, membership_id: UUID, *, by: Viewer) -> None:
    """End somebody's role now; what she did stays."""
    moment = clock.now()
    with transaction.atomic():
        programme = standing_programme(programme_id)
        row = (
            Membership.objects.select_related("place")
            .filter(public_id=membership_id, programme=programme)
            .exclude(closes_at__lte=moment)
            .first()
        )
        if row is None:
            return
        is_last = row.role == Role.PROGRAMME_TEAM and not _others_in_the_team(row).exists()
        require(can_end_membership(by, row.person_id, programme, is_last_of_team=is_last))
        Membership.objects.filter(pk=row.pk).update(closes_at=moment)
        _record_end(row, by)


def _record_end(row: Membership, by: Viewer) -> None:
    record(
        "membership.ended",
        subject_kind="membership",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
        details={"role": row.role},
    )


def _write(programme: Programme, place: Place | None, person_id: int, grant: Grant, by: Viewer) -> Membership:
    same = Membership.objects.filter(
        person_id=person_id, role=grant.role, programme=programme, place=place
    ).exclude(closes_at__lte=grant.opens_at or clock.now())
    if same.exists():
        raise refuse(_("This person holds this role here already."))
    return Membership.objects.create(
        person_id=person_id,
        role=grant.role,
        programme=programme,
        place=place,
        organisation=organisation_named(grant.organisation, by=by) if grant.organisation else None,
        opens_at=grant.opens_at or clock.now(),
        closes_at=grant.closes_at,
    )


def _from_now(grant: Grant) -> Grant:
    """A role without a beginning begins now: it must not reach back over those who held it before."""
    return replace(grant, opens_at=grant.opens_at or clock.now())


def _check_neighbours(person_id: int, place: Place | None, grant: Grant) -> None:
    """Two leads of different organisations; an enabler who is nobody's lead here."""
    if place is None or grant.role not in (Role.PLACE_LEAD, Role.ENABLER):
        return
    held = list(
        Membership.objects.filter(place=place, role__in=[Role.PLACE_LEAD, Role.ENABLER]).select_related(
            "organisation"
        )
    )
    meanwhile = [row for row in held if overlap(grant.window, _window(row))]
    if any(row.person_id == person_id and row.role != grant.role for row in meanwhile):
        raise refuse(_("An enabler stands beside the leads, so one person cannot be both in one place."))
    if grant.role == Role.PLACE_LEAD:
        leads = [
            Lead(row.organisation.name if row.organisation else "", _window(row))
            for row in meanwhile
            if row.role == Role.PLACE_LEAD
        ]
        require(can_join_leads(" ".join(grant.organisation.split()), grant.window, leads))


def _window(row: Membership) -> Window:
    has_length = row.opens_at is None or row.closes_at is None or row.opens_at < row.closes_at
    return Window(row.opens_at, row.closes_at) if has_length else Window(closes=row.closes_at)


def _others_in_the_team(row: Membership) -> QuerySet[Membership]:
    team = Membership.objects.filter(programme_id=row.programme_id, role=Role.PROGRAMME_TEAM)
    return team.filter(in_force(clock.now())).exclude(pk=row.pk)
