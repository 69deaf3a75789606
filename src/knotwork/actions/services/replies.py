"""An organisation answers for its pledge: done, not yet, or cannot, each with a few words."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import PledgeReply, Reply
from knotwork.actions.own_word import can_answer
from knotwork.actions.services.pledges import give, held_pledge, withdraw_held
from knotwork.actions.services.rows import needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


def answer_pledge(
    pledge_id: UUID,
    reply: str,
    words: str = "",
    *,
    by: Viewer,
    due_on: date | None = None,
    by_link: bool = False,
    at: datetime | None = None,
) -> None:
    """Say how a pledge stands. *Done* makes it given, *cannot* takes it back, *not yet* may name another day.

    What is written stands on the page of the try-out. ``by_link``: from the letter, without signing in.
    """
    said, few = Reply(reply), words.strip()[:300]
    if said == Reply.CANNOT:
        needed(few, _("Say in a few words why it cannot be."))
    if due_on is not None and due_on <= clock.now().date():
        raise refuse(_("Name a day that is still to come."))
    with transaction.atomic():
        row, held = held_pledge(pledge_id, by)
        require(can_answer(by, held))
        PledgeReply.objects.create(
            pledge=held,
            reply=said.value,
            words=few,
            author_id=by.person_id,
            by_link=by_link,
            at=at or clock.now(),
        )
        record_of("try_out.pledge_answered", row, by, pledge=str(held.public_id), reply=said.value)
        if said == Reply.DONE:
            give(row, held, by=by, at=at)
        elif said == Reply.CANNOT:
            withdraw_held(row, held, few, by=by, at=at)
        elif due_on is not None:
            held.due_on = due_on
            held.save(update_fields=["due_on"])
