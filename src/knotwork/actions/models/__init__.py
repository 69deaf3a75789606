"""The nouns of the room: a try-out, its cycles, who gives what, when it stops, and what came of it."""

from knotwork.actions.models.around import ChangeKey, ChangeState, ChangeStep, MustChange
from knotwork.actions.models.contribution import ClaimState, ContributionClaim, Likelihood, OtherCause
from knotwork.actions.models.cycles import Cycle, NextStep
from knotwork.actions.models.handovers import Handover
from knotwork.actions.models.partners import TryOutPartner
from knotwork.actions.models.pledges import Pledge, PledgeReminder, PledgeReply, PledgeState, Reply
from knotwork.actions.models.stop_rules import Comparison, EnteredNumber, StopCheck
from knotwork.actions.models.try_outs import Ending, TryOut, TryOutStage

__all__ = [
    "ChangeKey",
    "ChangeState",
    "ChangeStep",
    "ClaimState",
    "Comparison",
    "ContributionClaim",
    "Cycle",
    "Ending",
    "EnteredNumber",
    "Handover",
    "Likelihood",
    "MustChange",
    "NextStep",
    "OtherCause",
    "Pledge",
    "PledgeReminder",
    "PledgeReply",
    "PledgeState",
    "Reply",
    "StopCheck",
    "TryOut",
    "TryOutPartner",
    "TryOutStage",
]
