"""A letter to the team: who receives it, how often one may write, and how it is sent."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core.accounts.models import Person
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.mail.services import send
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.queries import ProgrammeView, mailbox_of

MAIL_KIND = "contact_the_team"

# A library, a school or a council shares one address, so the address may write often; one browser may not.
PER_ADDRESS = Limit("contact.address", 40, timedelta(hours=1))
PER_SESSION = Limit("contact.session", 5, timedelta(hours=1))
WAIT = timedelta(minutes=30)


@dataclass(frozen=True)
class Letter:
    """What somebody writes to the team. ``email`` is where the answer goes; the name may be empty."""

    name: str
    email: str
    message: str


def readers_of(programme: ProgrammeView | None) -> list[str]:
    """The programme's mailbox; without one, and for letters about no programme, the administrators."""
    mailbox = mailbox_of(programme.id) if programme else ""
    if mailbox:
        return [mailbox]
    administrators = Person.objects.get_queryset().not_erased().filter(is_administrator=True, is_active=True)
    return list(administrators.order_by("pk").values_list("email", flat=True))


def can_write_now(address: str, session: str) -> Decision:
    """Counts one letter of this network address and this browser; refused when it is one too many."""
    if attempt(PER_SESSION, session) and attempt(PER_ADDRESS, address):
        return ALLOWED
    return Decision(
        False,
        _(
            "Several letters came from here in a short time. Your words are still below. "
            "Please try again in half an hour."
        ),
    )


def write_to_team(letter: Letter, programme: ProgrammeView | None) -> int:
    """Send the letter to all who read for the team; how many they are. Nothing of it is kept on a page."""
    readers = readers_of(programme)
    words = {
        "programme": programme.name if programme else "",
        "name": letter.name,
        "email": letter.email,
        "message": letter.message,
    }
    with transaction.atomic():
        for reader in readers:
            send(MAIL_KIND, reader, words, reply_to=letter.email)
    return len(readers)
