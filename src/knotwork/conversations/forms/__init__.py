"""What people type: a statement, a return code, the set-up of a conversation."""

from knotwork.conversations.forms.setting_up import LONGEST_PART, MOST_SEEDS, RewordForm, SetUpForm, as_typed
from knotwork.conversations.forms.taking_part import LONGEST_TYPED, AddressForm, CodeForm, StatementForm
from knotwork.conversations.forms.translating import LanguageForm

__all__ = [
    "AddressForm",
    "CodeForm",
    "LONGEST_PART",
    "LONGEST_TYPED",
    "LanguageForm",
    "MOST_SEEDS",
    "RewordForm",
    "SetUpForm",
    "StatementForm",
    "as_typed",
]
