"""What people type: a statement, a return code, the set-up of a conversation."""

from knotwork.conversations.forms.setting_up import LONGEST_PART, MOST_SEEDS, RewordForm, SetUpForm, as_typed
from knotwork.conversations.forms.taking_part import LONGEST_TYPED, CodeForm, StatementForm

__all__ = [
    "CodeForm",
    "LONGEST_PART",
    "LONGEST_TYPED",
    "MOST_SEEDS",
    "RewordForm",
    "SetUpForm",
    "StatementForm",
    "as_typed",
]
