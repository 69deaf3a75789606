"""Who reads which bid: worked out in one press, or said by hand."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.models import Assignment, Bid, Call, Conflict, Reviewer
from knotwork.calls.querysets import bids
from knotwork.calls.rules import Act, may
from knotwork.calls.services.conflicts import search
from knotwork.calls.services.rows import (
    held_call,
    held_reviewer,
    needed,
    record_of_bid,
    record_of_call,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.methods.review import TooFewReadersError, assign_reviewers
from knotwork.programmes.services.made import refuse

Pair = tuple[str, str]


def assign(call: UUID, each: int, *, by: Viewer) -> int:
    """Let the method fill up until every bid has ``each`` readers; how many assignments are new.

    Who reads already goes on reading. Whoever has not declared her conflicts yet gets none. A pair that was ended, such
    as by illness, is not put together again but by hand.
    """
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.ASSIGN, row))
        search(row, by)
        read = {str(bid.public_id): bid for bid in bids().opened().filter(call=row)}
        asked = Assignment.objects.filter(bid__call=row).select_related("reviewer", "bid")
        standing = [one for one in asked if one.ended_at is None]
        panel = {str(one.public_id): one for one in _ready(row)}
        if not panel:
            raise refuse(_("Nobody on the panel has said yet which bids she must not judge."))
        kept = {_pair(one) for one in standing}
        apart = {_pair(one) for one in asked if one.ended_at is not None} | _conflicts(row)
        gone = {str(one.reviewer.public_id) for one in standing} - panel.keys()
        apart |= {(reviewer, bid) for reviewer in gone for bid in read} - kept
        try:
            chosen = assign_reviewers(
                [*panel, *gone], read, each=each, conflicts=apart, kept=kept, seed=row.public_id.int % 2**32
            )
        except TooFewReadersError as error:
            raise refuse(_too_few(read[error.bid], error.free, each)) from error
        new = [(one, bid) for bid, readers in chosen.items() for one in readers if (one, bid) not in kept]
        Assignment.objects.bulk_create(Assignment(reviewer=panel[one], bid=read[bid]) for one, bid in new)
        record_of_call("call.reviews_assigned", row, by, each=str(each), new=str(len(new)))
    return len(new)


def assign_by_hand(reviewer: UUID, bid: UUID, why: str, *, by: Viewer) -> UUID:
    """Ask this reviewer to read this bid, and say why; never across a conflict. An ended one is taken up again."""
    why = needed(why, _("Say why she reads this bid."))[:300]
    with transaction.atomic():
        row = held_reviewer(reviewer, by)
        require(may(by, Act.ASSIGN, row.call))
        read = bids().opened().filter(call=row.call, public_id=bid).first()
        if read is None:
            raise refuse(_("This bid is not known here."))
        if row.ended_at is not None or row.declared_at is None:
            raise refuse(_("She can read bids once she has said which ones she must not judge."))
        search(row.call, by)
        if row.conflicts.filter(bid=read, ended_at__isnull=True).exists():
            raise refuse(_("She must not judge this bid: there is a conflict."))
        if row.assignments.filter(bid=read, ended_at__isnull=True).exists():
            raise refuse(_("She reads this bid already."))
        said = {"by_hand": why, "at": clock.now(), "ended_at": None, "ended_why": ""}
        made, _is_new = Assignment.objects.update_or_create(reviewer=row, bid=read, defaults=said)
        record_of_bid("bid.review_assigned", read, by, reviewer=str(reviewer))
    return made.public_id


def end_assignment(assignment: UUID, why: str, *, by: Viewer) -> None:
    """She reads this bid no more; what she scored counts no more."""
    why = needed(why, _("Say why she reads this bid no more."))[:300]
    with transaction.atomic():
        row = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("reviewer", "bid__call__programme")
            .filter(public_id=assignment, ended_at__isnull=True)
            .first()
        )
        if row is None:
            raise refuse(_("This review is not known here."))
        require(may(by, Act.ASSIGN, row.bid.call))
        Assignment.objects.filter(pk=row.pk).update(ended_at=clock.now(), ended_why=why)
        record_of_bid("bid.review_ended", row.bid, by, reviewer=str(row.reviewer.public_id))


def _ready(call: Call) -> list[Reviewer]:
    return list(call.reviewers.filter(ended_at__isnull=True, declared_at__isnull=False))


def _pair(one: Assignment) -> Pair:
    return str(one.reviewer.public_id), str(one.bid.public_id)


def _conflicts(call: Call) -> set[Pair]:
    rows = Conflict.objects.filter(reviewer__call=call, ended_at__isnull=True)
    return {(str(one), str(bid)) for one, bid in rows.values_list("reviewer__public_id", "bid__public_id")}


def _too_few(bid: Bid, free: int, each: int) -> str:
    words = _(
        "“%(bid)s” needs %(each)d readers, and only %(free)d could read it without a conflict. "
        "Appoint somebody else, or let fewer read each bid."
    )
    return words % {"bid": bid.place_name, "each": each, "free": free}
