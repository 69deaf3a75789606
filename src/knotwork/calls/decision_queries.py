"""A decision as those who judge read it, and what everybody may read of it once the letters are sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from knotwork.calls.addresses import bid_url
from knotwork.calls.decision_rules import Step, step_of
from knotwork.calls.models import (
    Appeal,
    Bid,
    Call,
    Decision,
    DecisionSignature,
    FeedbackLetter,
    Outcome,
)
from knotwork.calls.queries import moment_words
from knotwork.calls.querysets import bids
from knotwork.calls.rules import Act, may_ever
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.addresses import place_url
from knotwork.programmes.models import Place
from knotwork.programmes.querysets import places

FEWEST = 5
"""How many bids were not chosen is told to everybody from this number on; of fewer one could guess which."""


@dataclass(frozen=True)
class LineView:
    """What a decision says of one bid."""

    bid: UUID
    place_name: str
    url: str
    outcome: str
    outcome_words: str
    reason: str
    language: str


@dataclass(frozen=True)
class SignatureView:
    """Who signed, and when. The name is empty once the person was erased."""

    name: str
    at: datetime
    words: str


@dataclass(frozen=True)
class DecisionView:
    """A decision with its lines, as far as the viewer may read the bids; ``left_out`` counts the others."""

    public_id: UUID
    step: str
    words: str
    proposed: str
    put: str
    decided: str
    lines: tuple[LineView, ...]
    left_out: int
    signatures: tuple[SignatureView, ...]

    @property
    def chosen(self) -> tuple[LineView, ...]:
        return tuple(each for each in self.lines if each.outcome == Outcome.CHOSEN)

    @property
    def not_chosen(self) -> tuple[LineView, ...]:
        return tuple(each for each in self.lines if each.outcome == Outcome.NOT_CHOSEN)


@dataclass(frozen=True)
class TakenBack:
    """A decision that was taken back: when, and why."""

    words: str
    why: str


@dataclass(frozen=True)
class PublicOutcome:
    """What everybody who may see the call may read of its decision.

    ``handed_in`` is missing when fewer than five bids were not chosen. ``places`` holds those that the viewer may see.
    """

    chosen: int
    handed_in: int | None
    places: tuple[tuple[str, str], ...]
    signatures: tuple[SignatureView, ...]
    words: str


@dataclass(frozen=True)
class LetterView:
    """A letter in the list of the team."""

    public_id: UUID
    place_name: str
    outcome_words: str
    words: str
    edited: str
    sent: str


@dataclass(frozen=True)
class AppealView:
    """A note on the decision, and its answer."""

    public_id: UUID
    place_name: str
    url: str
    words: str
    language: str
    written: str
    answer: str
    answered: str


def standing_decision(call: Call) -> Decision | None:
    """The decision of a call that was not taken back, for views of this room."""
    rows = call.decisions.filter(taken_back_at__isnull=True).select_related("call__programme")
    return rows.prefetch_related("signatures").first()


def decision_view(row: Decision, viewer: Viewer) -> DecisionView | None:
    """The decision, read with these eyes. One that is being written is read by the team alone."""
    step, call = step_of(row), row.call
    if step == Step.WRITTEN and not may_ever(viewer, Act.DECIDE, call):
        return None
    where = (call.programme.slug, call.slug)
    readable = set(bids().visible_to(viewer).filter(call=call).values_list("pk", flat=True))
    lines = list(row.lines.select_related("bid"))
    return DecisionView(
        row.public_id,
        step.value,
        row.words,
        moment_words(call, row.proposed_at),
        _moment(call, row.put_at),
        _moment(call, row.decided_at),
        tuple(
            LineView(
                line.bid.public_id,
                line.bid.place_name,
                bid_url(*where, line.bid.public_id),
                line.outcome,
                line.get_outcome_display(),
                line.reason,
                line.bid.language,
            )
            for line in lines
            if line.bid_id in readable
        ),
        sum(line.bid_id not in readable for line in lines),
        _signatures(row),
    )


def taken_back_of(call: Call) -> list[TakenBack]:
    """Decisions of a call that were taken back, the newest first."""
    rows = call.decisions.filter(taken_back_at__isnull=False)
    return [TakenBack(_moment(call, row.taken_back_at), row.taken_back_why) for row in rows]


def public_outcome(call: Call, viewer: Viewer) -> PublicOutcome | None:
    """What may be read of the decision by whoever sees the call; nothing before the letters are sent."""
    if not letters_are_sent(call):
        return None
    row = Decision.objects.select_related("call__programme").get(call=call, decided_at__isnull=False)
    outcomes = list(row.lines.values_list("outcome", flat=True))
    not_chosen = outcomes.count(Outcome.NOT_CHOSEN)
    seen = _places(viewer).filter(bid__call=call).order_by("name")
    return PublicOutcome(
        outcomes.count(Outcome.CHOSEN),
        len(outcomes) if not_chosen >= FEWEST else None,
        tuple((place.name, place_url(place.programme.slug, place.slug)) for place in seen),
        _signatures(row),
        row.words,
    )


def place_of_bid(bid: Bid, viewer: Viewer) -> str:
    """The page of the place that a bid became, if the viewer may see it."""
    place = None if bid.place_id is None else _places(viewer).filter(pk=bid.place_id).first()
    return "" if place is None else place_url(place.programme.slug, place.slug)


def letters_are_sent(call: Call) -> bool:
    """Whether those who bid have been told."""
    return FeedbackLetter.objects.filter(bid__call=call, sent_at__isnull=False).exists()


def letters_of(call: Call) -> list[LetterView]:
    """All letters of a call, in the order of the names of the places."""
    rows = (
        FeedbackLetter.objects.filter(bid__call=call).select_related("bid").order_by("bid__place_name", "pk")
    )
    decision = call.decisions.filter(decided_at__isnull=False).first()
    lines = [] if decision is None else decision.lines.all()
    outcomes = {line.bid_id: line.get_outcome_display() for line in lines}
    return [
        LetterView(
            row.public_id,
            row.bid.place_name,
            outcomes.get(row.bid_id, ""),
            row.words,
            _moment(call, row.edited_at),
            _moment(call, row.sent_at),
        )
        for row in rows
    ]


def appeals_of(call: Call) -> list[AppealView]:
    """All notes on the decision of a call; those that wait for an answer first."""
    rows = Appeal.objects.filter(bid__call=call).select_related("bid__call__programme").order_by("at", "pk")
    views = [appeal_view(row) for row in rows]
    return [*(each for each in views if not each.answer), *(each for each in views if each.answer)]


def appeal_view(row: Appeal) -> AppealView:
    """A note as its authors and the team read it."""
    bid, call = row.bid, row.bid.call
    return AppealView(
        row.public_id,
        bid.place_name,
        bid_url(call.programme.slug, call.slug, bid.public_id),
        row.words,
        bid.language,
        moment_words(call, row.at),
        row.answer,
        _moment(call, row.answered_at),
    )


def _places(viewer: Viewer) -> QuerySet[Place]:
    return places().standing().visible_to(viewer).select_related("programme")


def _signatures(row: Decision) -> tuple[SignatureView, ...]:
    signed: list[DecisionSignature] = list(row.signatures.all())
    return tuple(
        SignatureView(each.name, each.signed_at, moment_words(row.call, each.signed_at)) for each in signed
    )


def _moment(call: Call, moment: datetime | None) -> str:
    return "" if moment is None else moment_words(call, moment)
