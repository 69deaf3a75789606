"""One letter with the results for whoever asks for it at the end; the address is deleted with it.

Nothing here is an event, unlike all other writes: the moment of an event would lead from an address to the answers that
were given at that moment. For the same reason an address bears its day alone.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.analyses import KIND, OpinionAnalysis
from knotwork.conversations.models import Conversation, ResultAddress
from knotwork.conversations.models.result_letters import today
from knotwork.conversations.queries import results_address_of
from knotwork.conversations.queries.known import known_by
from knotwork.conversations.queries.translations import asked_in
from knotwork.conversations.services.refusals import require_taken
from knotwork.core.analyses import queries as snapshots
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.mail import services as mail
from knotwork.core.pages.errors import SlowDown

MAIL_KIND = "results"
KEPT_FOR_AT_MOST = timedelta(days=183)
ADDRESSES_OF_ONE_BROWSER = Limit("result letter", 5, timedelta(hours=1))
ADDRESSES_OF_ONE_NETWORK = Limit("result letter, network", 120, timedelta(hours=1))


def ask_for_result_letter(
    conversation: Conversation, address: str, language: str, *, token: str, network: str
) -> None:
    """Keep an address until the results are there. Asking twice is asking once."""
    known = known_by(conversation, token)
    require_taken(rules.can_ask_for_letter(conversation, known), conversation)
    browser = attempt(ADDRESSES_OF_ONE_BROWSER, f"{conversation.public_id} {token}")
    if not (browser and attempt(ADDRESSES_OF_ONE_NETWORK, f"{conversation.public_id} {network}")):
        raise SlowDown(600, _("Many addresses have come from here in a short time. Please wait ten minutes."))
    ResultAddress.objects.update_or_create(
        conversation=conversation,
        address=_tidy(address),
        defaults={"language": language, "asked_on": today()},
    )


def take_address_out(conversation: Conversation, address: str) -> None:
    """Delete an address, if it is there. Nobody is told whether it was."""
    ResultAddress.objects.filter(conversation=conversation, address=_tidy(address)).delete()


def send_result_letters() -> int:
    """Write to everybody whose results are there, and delete the address in the same breath; how many letters went.

    Addresses that wait for half a year, or for a conversation that shows no results to everybody, are deleted unused.
    """
    ResultAddress.objects.filter(asked_on__lt=today() - KEPT_FOR_AT_MOST).delete()
    waiting = Conversation.objects.filter(result_addresses__isnull=False).distinct()
    there = list(waiting.select_related("programme", "place"))
    states = dict(OpinionAnalysis().subjects()) if there else {}
    return sum(_send_those_of(row, states.get(row.public_id, "")) for row in there)


def _send_those_of(conversation: Conversation, state: str) -> int:
    rows = ResultAddress.objects.filter(conversation=conversation)
    if conversation.withdrawn_at is not None or rules.is_sensitive(conversation):
        rows.delete()
        return 0
    if rules.phase_of(conversation) is not rules.Phase.CLOSED or not _is_worked_out(conversation, state):
        return 0
    return sum(_send(conversation, row) for row in rows.order_by("pk"))


def _is_worked_out(conversation: Conversation, state: str) -> bool:
    """Whether the newest result is that of the votes as they stand."""
    newest = snapshots.newest_good(KIND, conversation.public_id)
    return newest is not None and newest.input_state == state


def _send(conversation: Conversation, row: ResultAddress) -> int:
    with transaction.atomic(), translation.override(row.language):
        if not ResultAddress.objects.filter(pk=row.pk).delete()[0]:
            return 0  # taken out a moment ago
        context = {
            "question": asked_in(conversation, row.language).question.text,
            "where": str(conversation.place or conversation.programme),
            "results_path": results_address_of(conversation),
        }
        return int(mail.send(MAIL_KIND, row.address, context))


def _tidy(address: str) -> str:
    return address.strip().lower()
