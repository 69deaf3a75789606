"""A note of authors who think that the decision rests on a mistake, and the answer to it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.models import Appeal
from knotwork.calls.rules import Act, BidAct, may
from knotwork.calls.services import letters
from knotwork.calls.services.rows import held_bid, held_call, needed, record_of_bid
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


def write_appeal(bid: UUID, words: str, *, by: Viewer) -> UUID:
    """Write the one note of a bid, for all of its authors."""
    words = needed(words, _("Say which fact or which step you think was mistaken."))
    with transaction.atomic():
        row = held_bid(bid, BidAct.APPEAL, by)
        if Appeal.objects.filter(bid=row).exists():
            raise refuse(_("A note on this decision was written already. Each bid has one."))
        appeal = Appeal.objects.create(bid=row, by_id=by.person_id, words=words)
        record_of_bid("bid.appealed", row, by)
    return appeal.public_id


def answer_appeal(appeal: UUID, answer: str, *, by: Viewer) -> None:
    """Answer a note, once; the answer goes to all authors of the bid by letter."""
    answer = needed(answer, _("Write the answer that the authors will read."))
    with transaction.atomic():
        known = Appeal.objects.filter(public_id=appeal).values_list("bid__call__public_id", flat=True).first()
        if known is None:
            raise refuse(_("This note is not known here."))
        require(may(by, Act.ANSWER_APPEALS, held_call(known, by)))
        row = Appeal.objects.select_related("bid__call__programme").get(public_id=appeal)
        if row.answered_at is not None:
            raise refuse(_("This note is answered already, and the answer went out."))
        row.answer, row.answered_at = answer, clock.now()
        row.save(update_fields=["answer", "answered_at"])
        letters.tell_answer(row.bid, answer)
        record_of_bid("bid.appeal_answered", row.bid, by)
