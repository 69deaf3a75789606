"""The rows of this room for writing, and the events that its acts leave."""

from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.calls.models import Bid, Call, Reviewer
from knotwork.calls.querysets import bids, calls
from knotwork.calls.rules import BidAct, may_with_bid
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


def held_call(call: UUID, by: Viewer) -> Call:
    """The call, held until the end of the transaction; refused for whoever may not see it."""
    rows = calls().visible_to(by).filter(public_id=call)
    row = rows.select_for_update(of=("self",)).select_related("programme").first()
    if row is None:
        raise refuse(_("This call is not known here."))
    return row


def held_bid(bid: UUID, act: BidAct, by: Viewer) -> Bid:
    """The bid, held until the end of the transaction, if this may be done with it now.

    The call is read beside it, so its deadline is asked at the moment of the write and not at that of the page.
    """
    rows = bids().visible_to(by).filter(public_id=bid)
    row = rows.select_for_update(of=("self",)).select_related("call__programme", "sign_off").first()
    if row is None:
        raise refuse(_("This bid is not known here."))
    require(may_with_bid(by, act, row))
    return row


def needed(words: str, what_is_missing: str) -> str:
    """The words without space around them; refused when there are none."""
    if not words.strip():
        raise refuse(what_is_missing)
    return words.strip()


def record_of_call(verb: str, call: Call, by: Viewer, **details: str) -> None:
    """What happened to a call."""
    programme = call.programme.public_id
    record(verb, subject_kind="call", subject_id=call.public_id, by=by, programme=programme, details=details)


def record_of_bid(verb: str, bid: Bid, by: Viewer, **details: str) -> None:
    """What happened to a bid, without the programme: no list of what is new in a programme counts sealed bids."""
    record(verb, subject_kind="bid", subject_id=bid.public_id, by=by, details=details)


def changed(bid: Bid) -> None:
    """Count one more change of a held bid: a signature stands for the words that were signed."""
    bid.revision += 1
    Bid.objects.filter(pk=bid.pk).update(revision=bid.revision)


def held_reviewer(reviewer: UUID, by: Viewer) -> Reviewer:
    """Somebody of a panel, held until the end of the transaction, with the call as far as it may be seen."""
    rows = Reviewer.objects.filter(public_id=reviewer, call__in=calls().visible_to(by).values("pk"))
    row = rows.select_for_update(of=("self",)).select_related("call__programme").first()
    if row is None:
        raise refuse(_("This person does not sit on the panel."))
    return row


def held_own_place(call: UUID, by: Viewer) -> Reviewer:
    """The viewer's own place on the panel of a call, held; refused for whoever has none now."""
    rows = Reviewer.objects.filter(call__public_id=call, call__in=calls().visible_to(by).values("pk"))
    rows = rows.none() if by.person_id is None else rows.filter(person_id=by.person_id, ended_at__isnull=True)
    row = rows.select_for_update(of=("self",)).select_related("call__programme").first()
    if row is None:
        raise refuse(_("You do not sit on the panel of this call."))
    return row
