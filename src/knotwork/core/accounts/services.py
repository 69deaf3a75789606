"""Writing about people: invite one, let the host in once, erase one."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.accounts.models import Person, StartLink
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.events.services import record
from knotwork.core.limits.services import keyed_hash
from knotwork.core.mail.services import forget_letters_to
from knotwork.core.rules import Decision, require

START_LINK_LASTS = timedelta(minutes=15)


def person_with_email(email: str, *, by: Viewer, is_administrator: bool = False) -> Person:
    """The person with this address, made if she is new here. She signs in with a code sent to it."""
    address = email.strip().lower()
    with transaction.atomic():
        person, is_new = Person.objects.get_or_create(
            email=address, defaults={"is_administrator": is_administrator, "password": make_password(None)}
        )
        if is_new:
            record("person.invited", subject_kind="person", subject_id=person.public_id, by=by)
    return person


def new_start_link_token() -> str | None:
    """A fresh token for the start link, or ``None`` once an administrator has signed in. Earlier links end."""
    if Person.objects.get_queryset().administrators_who_have_signed_in().exists():
        return None
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        StartLink.objects.all().delete()
        StartLink.objects.create(token_hash=keyed_hash("start link", token))
    return token


def start_link_decision(token: str) -> Decision:
    """May this token let its holder in?"""
    link = StartLink.objects.filter(token_hash=keyed_hash("start link", token)).first()
    if link is None or link.used_at is not None:
        return Decision(
            False, _("This start link is not known or was used already. Start Knotwork again for a new one.")
        )
    if clock.now() - link.created_at >= START_LINK_LASTS:
        return Decision(
            False, _("This start link is older than 15 minutes. Start Knotwork again for a new one.")
        )
    if Person.objects.get_queryset().administrators_who_have_signed_in().exists():
        return Decision(False, _("An administrator has signed in already, so start links no longer work."))
    return Decision(True)


def use_start_link(token: str, email: str) -> Person:
    """Make the administrator with this address and end the link; refused with a reason when the link is not good."""
    with transaction.atomic():
        require(start_link_decision(token))
        unused = StartLink.objects.filter(token_hash=keyed_hash("start link", token), used_at__isnull=True)
        if not unused.update(
            used_at=clock.now()
        ):  # two who hold the same link: the database lets one through
            require(Decision(False, _("This start link was used already.")))
        person = person_with_email(email, by=STRANGER, is_administrator=True)
        if not person.is_administrator:
            person.is_administrator = True
            person.save(update_fields=["is_administrator"])
        record(
            "person.became_administrator",
            subject_kind="person",
            subject_id=person.public_id,
            by=viewer_for(person),
        )
    return person


def erase(person: Person, *, by: Viewer) -> None:
    """Blank a person: the address goes, the number stays so that what she did keeps its place in the record."""
    with transaction.atomic():
        erasures.carry_out("person", str(person.public_id))
        erasures.remember("person", str(person.public_id))
        record("person.erased", subject_kind="person", subject_id=person.public_id, by=by)


def blank(public_id: str) -> None:
    """Take the address, every letter to it and every right from the person with this public id."""
    for address in Person.objects.filter(public_id=public_id).values_list("email", flat=True):
        forget_letters_to(address)
    Person.objects.filter(public_id=public_id).update(
        email=f"erased-{public_id}@invalid", is_active=False, is_administrator=False, blanked_at=clock.now()
    )
