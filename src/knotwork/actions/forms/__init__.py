"""The forms of this room: few boxes, and who reads it is said at the box."""

from knotwork.actions.forms.contribution import (
    CheckClaimForm,
    ClaimForm,
    HandOverForm,
    OtherCauseForm,
    TurnForm,
)
from knotwork.actions.forms.cycles import CheckForm, CycleForm, NumberForm, StudyForm
from knotwork.actions.forms.giving import STILL_OPEN, AnswerForm, PartnerForm, PledgeForm, SettleForm
from knotwork.actions.forms.try_outs import (
    AroundForm,
    EndForm,
    HappenedForm,
    LinksForm,
    NewTryOutForm,
    StopForm,
    TryOutForm,
)

__all__ = [
    "STILL_OPEN",
    "AnswerForm",
    "AroundForm",
    "CheckClaimForm",
    "CheckForm",
    "ClaimForm",
    "CycleForm",
    "EndForm",
    "HandOverForm",
    "HappenedForm",
    "LinksForm",
    "NewTryOutForm",
    "NumberForm",
    "OtherCauseForm",
    "PartnerForm",
    "PledgeForm",
    "SettleForm",
    "StopForm",
    "StudyForm",
    "TryOutForm",
    "TurnForm",
]
