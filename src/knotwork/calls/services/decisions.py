"""Propose a decision, write its lines, put it before those who sign, take it back, sign it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.calls.decision_rules import SIGNATURES, DecisionAct, may_with_decision, stands_apart
from knotwork.calls.models import Call, CallStage, Decision, DecisionLine, DecisionSignature, Outcome
from knotwork.calls.querysets import bids
from knotwork.calls.rules import Act, may
from knotwork.calls.services.feedback import assemble_letters
from knotwork.calls.services.rows import held_call, needed, record_of_call
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


@dataclass(frozen=True)
class LineWords:
    """What is to become of one bid, and the reason that its authors will read."""

    outcome: str
    reason: str = ""


def propose(call: UUID, *, by: Viewer) -> UUID:
    """Begin a decision with one line for each bid that was handed in.

    After one that was taken back it begins with what that one said.
    """
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.DECIDE, row))
        require(stands_apart(by, row))
        if row.decisions.filter(taken_back_at__isnull=True).exists():
            raise refuse(_("A decision is proposed already. Take it back before you propose another one."))
        before = row.decisions.first()
        said = {} if before is None else {line.bid_id: line for line in before.lines.all()}
        words = "" if before is None else before.words
        decision = Decision.objects.create(call=row, proposed_by_id=by.person_id, words=words)
        DecisionLine.objects.bulk_create(
            DecisionLine(decision=decision, bid=bid, outcome=said[bid.pk].outcome, reason=said[bid.pk].reason)
            if bid.pk in said
            else DecisionLine(decision=decision, bid=bid)
            for bid in bids().opened().filter(call=row)
        )
        record_of_call("decision.proposed", row, by, decision=str(decision.public_id))
    return decision.public_id


def say_outcomes(decision: UUID, lines: Mapping[UUID, LineWords], words: str, *, by: Viewer) -> None:
    """Write outcome and reason of these bids, and what everybody will read of how it was decided."""
    with transaction.atomic():
        row = _held(decision, DecisionAct.WRITE, by)
        known = {line.bid.public_id: line for line in row.lines.select_related("bid")}
        if any(bid not in known for bid in lines):
            raise refuse(_("One of these bids is not part of this decision."))
        for bid, said in lines.items():
            known[bid].outcome = Outcome(said.outcome)
            known[bid].reason = said.reason.strip()
        DecisionLine.objects.bulk_update([known[bid] for bid in lines], ["outcome", "reason"])
        Decision.objects.filter(pk=row.pk).update(words=words.strip())
        record_of_call("decision.written", row.call, by, decision=str(row.public_id))


def put(decision: UUID, *, by: Viewer) -> None:
    """Lay the decision before those who sign, whole; from now on its lines stay as they are."""
    with transaction.atomic():
        row = _held(decision, DecisionAct.PUT, by)
        if gaps := gaps_of_decision(row):
            raise refuse(" ".join(gaps))
        Decision.objects.filter(pk=row.pk).update(put_at=clock.now())
        record_of_call("decision.put", row.call, by, decision=str(row.public_id))


def take_back_decision(decision: UUID, why: str, *, by: Viewer) -> None:
    """Take a decision back that is not in force, with the reason; signatures under it count no more."""
    why = needed(why, _("Say why it is taken back. The team and the reviewers read it."))[:300]
    with transaction.atomic():
        row = _held(decision, DecisionAct.TAKE_BACK, by)
        Decision.objects.filter(pk=row.pk).update(taken_back_at=clock.now(), taken_back_why=why)
        record_of_call("decision.taken_back", row.call, by, decision=str(row.public_id))


def sign_decision(decision: UUID, name: str, *, by: Viewer) -> bool:
    """Stand behind the decision with one's name; ``True`` when this signature put it in force.

    With the second one the letters are put together. Nobody else is told anything before they are sent.
    """
    name = needed(name, _("Say who signs."))[:120]
    with transaction.atomic():
        row = _held(decision, DecisionAct.SIGN, by)
        if by.person_id is None:
            raise refuse(_("Please sign in first."))
        DecisionSignature.objects.create(decision=row, person_id=by.person_id, name=name)
        record_of_call("decision.signed", row.call, by, decision=str(row.public_id))
        if DecisionSignature.objects.filter(decision=row).count() < SIGNATURES:
            return False
        Decision.objects.filter(pk=row.pk).update(decided_at=clock.now())
        Call.objects.filter(pk=row.call_id).update(stage=CallStage.LETTERS)
        assemble_letters(row)
        record_of_call("decision.in_force", row.call, by, decision=str(row.public_id))
    return True


def gaps_of_decision(decision: Decision) -> list[str]:
    """What a decision lacks before it can be signed, in a sentence each."""
    lines = list(decision.lines.select_related("bid"))
    chosen = sum(line.outcome == Outcome.CHOSEN for line in lines)
    places = decision.call.number_of_places
    gaps = []
    if chosen > places:
        words = ngettext(
            "%(chosen)d bids are chosen, and this call has %(places)d place.",
            "%(chosen)d bids are chosen, and this call has %(places)d places.",
            places,
        )
        gaps.append(words % {"chosen": chosen, "places": places})
    if silent := [line.bid.place_name for line in lines if not line.reason.strip()]:
        gaps.append(_("A reason is missing for: %(places)s.") % {"places": ", ".join(silent)})
    return gaps


def _held(decision: UUID, act: DecisionAct, by: Viewer) -> Decision:
    """The decision, held with its call until the end of the transaction, if this may be done with it now."""
    known = Decision.objects.filter(public_id=decision).values_list("call__public_id", flat=True).first()
    if known is None:
        raise refuse(_("This decision is not known here."))
    call = held_call(known, by)
    row = Decision.objects.prefetch_related("signatures").get(public_id=decision)
    row.call = call
    require(may_with_decision(by, act, row))
    return row
