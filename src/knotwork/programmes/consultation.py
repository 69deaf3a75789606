"""What a conversation is not: no public body has to have asked for it, and it takes the place of none that it must."""

from typing import Protocol

from django.utils.translation import gettext as _


class SaysSo(Protocol):
    """A programme, as stored: whether it says so, and in which words of its own."""

    says_no_consultation: bool
    consultation_words: str


def consultation_note(programme: SaysSo) -> str:
    """The sentence that stands where people take part and where they read what was said; empty when switched off."""
    if not programme.says_no_consultation:
        return ""
    return programme.consultation_words or _(
        "This is not a statutory consultation. Where the law says that people must be asked before a decision, that "
        "is done on its own, and you can take part in it too."
    )
