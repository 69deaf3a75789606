"""Before a pledge is due, the people of its organisation are asked once how it stands."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from knotwork.actions.lead_people import NOWHERE, may_see
from knotwork.actions.models import Pledge, PledgeReminder, PledgeState, TryOut, TryOutStage
from knotwork.actions.own_word import people_of
from knotwork.actions.services.rows import record_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.mail.services import send

ASKED_BEFORE = timedelta(days=7)
"""So long before the day a letter goes; at once where the day is nearer or past."""
LETTER = "pledge_due"
_SALT = "knotwork.actions.pledge_due"


def ask_about_due_pledges() -> int:
    """Write to the people of organisations whose pledge is due soon; nobody twice about the same day. How many letters.

    Only whoever may see the try-out is written to. An address of made-up people leads nowhere and is left out.
    """
    soon = clock.now().date() + ASKED_BEFORE + timedelta(days=1)
    rows = Pledge.objects.filter(
        state=PledgeState.PLEDGED,
        due_on__lte=soon,
        try_out__withdrawn_at__isnull=True,
        try_out__stage__in=[TryOutStage.PLANNED, TryOutStage.GOING],
    ).select_related("organisation", "try_out__programme", "try_out__place")
    return sum(_asked(pledge) for pledge in rows)


def reminder_of(token: str) -> PledgeReminder | None:
    """The reminder behind a letter's link; nothing when the link is not ours or its reader's account is gone."""
    try:
        public_id = UUID(hex=signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = PledgeReminder.objects.select_related(
        "person", "pledge__organisation", "pledge__try_out__programme", "pledge__try_out__place"
    )
    return rows.filter(public_id=public_id, person__is_active=True, person__blanked_at__isnull=True).first()


def answer_path(reminder: PledgeReminder) -> str:
    """Where the reader of a letter answers without an account; the signed address is her key."""
    return reverse("actions:answer", args=[signing.dumps(reminder.public_id.hex, salt=_SALT)])


def _asked(pledge: Pledge) -> int:
    row = pledge.try_out
    today = clock.now().astimezone(ZoneInfo(row.programme.time_zone)).date()
    if pledge.due_on is None or pledge.due_on - today > ASKED_BEFORE:
        return 0
    readers = [one for one in people_of(pledge.organisation, row) if _can_be_asked(one, row)]
    return sum(_ask(pledge, pledge.due_on, reader) for reader in readers)


def _can_be_asked(person: Person, row: TryOut) -> bool:
    return not person.email.endswith(NOWHERE) and may_see(person, row)


def _ask(pledge: Pledge, due_on: date, reader: Person) -> bool:
    row = pledge.try_out
    with transaction.atomic(), translation.override(row.programme.language):
        reminder, is_new = PledgeReminder.objects.get_or_create(pledge=pledge, person=reader, due_on=due_on)
        if not is_new:
            return False
        words = {
            "what": pledge.what,
            "organisation": pledge.organisation.name,
            "try_out": row.title,
            "place": row.place.name if row.place else str(row.programme),
            "due_on": due_on,
            "answer_url": settings.KNOTWORK_ORIGIN + answer_path(reminder),
        }
        went = send(LETTER, reader.email, words)
        if went:
            record_of("try_out.pledge_reminded", row, STRANGER, pledge=str(pledge.public_id))
    return went
