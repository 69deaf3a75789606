"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from knotwork.actions.nouns import (
    KeySetView,
    KeyView,
    ListedTryOut,
    PartnerView,
    PledgeView,
    ReplyView,
    TryOutView,
    TurnView,
)
from knotwork.actions.queries.around import key_of, key_sets_of
from knotwork.actions.queries.contribution import ClaimView, OtherCauseView, claim_of, other_causes_of
from knotwork.actions.queries.cycles import CycleView, cycles_of
from knotwork.actions.queries.giving import organisations_that_answer, partners_of, pledges_of
from knotwork.actions.queries.leading import HandoverView, handovers_of, who_may_lead
from knotwork.actions.queries.stop_checks import CheckView, NumberView, check_of, numbers_of
from knotwork.actions.queries.try_outs import (
    address_of,
    row_at,
    try_out_beads,
    try_out_view,
    try_outs_for,
    try_outs_of_place,
)

__all__ = [
    "CheckView",
    "ClaimView",
    "CycleView",
    "HandoverView",
    "KeySetView",
    "KeyView",
    "ListedTryOut",
    "NumberView",
    "OtherCauseView",
    "PartnerView",
    "PledgeView",
    "ReplyView",
    "TryOutView",
    "TurnView",
    "address_of",
    "check_of",
    "claim_of",
    "cycles_of",
    "handovers_of",
    "key_of",
    "key_sets_of",
    "numbers_of",
    "organisations_that_answer",
    "other_causes_of",
    "partners_of",
    "pledges_of",
    "row_at",
    "try_out_beads",
    "try_out_view",
    "try_outs_for",
    "try_outs_of_place",
    "who_may_lead",
]
