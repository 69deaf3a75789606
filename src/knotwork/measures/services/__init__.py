"""The writing door of this room. Every function is one transaction with its event."""

from knotwork.measures.services.causes import (
    approve_rebase,
    end_rebase,
    nothing_fits,
    say_rival_cause,
    withdraw_nothing_fits,
    withdraw_rival_cause,
)
from knotwork.measures.services.indicators import change_indicator, hold_indicator, hold_observations
from knotwork.measures.services.measures import (
    change_measure,
    choice_of,
    choose_measure,
    set_aside,
    take_up_again,
    withdraw_measure,
)
from knotwork.measures.words import (
    CauseWords,
    Changes,
    Choice,
    IndicatorWords,
    NewBeginning,
    NothingFitsWords,
    ObservationRow,
)

__all__ = [
    "CauseWords",
    "Changes",
    "Choice",
    "IndicatorWords",
    "NewBeginning",
    "NothingFitsWords",
    "ObservationRow",
    "approve_rebase",
    "change_indicator",
    "change_measure",
    "choice_of",
    "choose_measure",
    "end_rebase",
    "hold_indicator",
    "hold_observations",
    "nothing_fits",
    "say_rival_cause",
    "set_aside",
    "take_up_again",
    "withdraw_measure",
    "withdraw_nothing_fits",
    "withdraw_rival_cause",
]
