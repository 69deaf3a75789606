"""The nouns of the room: a try-out, its partners, what they pledge, and what must change around it."""

from knotwork.actions.models.around import ChangeKey, MustChange
from knotwork.actions.models.partners import TryOutPartner
from knotwork.actions.models.pledges import Pledge, PledgeState
from knotwork.actions.models.try_outs import Ending, TryOut, TryOutStage

__all__ = [
    "ChangeKey",
    "Ending",
    "MustChange",
    "Pledge",
    "PledgeState",
    "TryOut",
    "TryOutPartner",
    "TryOutStage",
]
