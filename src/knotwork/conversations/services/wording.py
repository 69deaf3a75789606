"""What a statement's text must be like: short, one line, and without anything that leads to a person."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.same_words import same_words
from knotwork.conversations.services.refusals import NotFit

__all__ = ["MOST_CHARACTERS", "fit_text", "letters_changed", "require_same_statement", "same_words", "tidy"]

MOST_CHARACTERS = 200
FEWEST_LETTERS = 4
# What counts as mending the spelling: so many letters, or this share of a longer text.
MOST_LETTERS_MENDED = 6
MOST_SHARE_MENDED = 0.1
_NEGATING = frozenset({"no", "not", "never", "none", "nobody", "nothing", "nor", "without", "cannot"})

_EMAIL = re.compile(r"\S@\S+\.\w{2,}")
_LINK = re.compile(
    r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|info|io|eu|gov|tv|me|uk|ac|nhs|app|ly|gl)\b(?!\.\s*$)",
    re.IGNORECASE,
)
# Telephone numbers begin with 0 or +; years, money and counts do not.
_TELEPHONE = re.compile(r"(?<![\d,.])(?:\+\d|0\d)(?:[\s().-]*\d){7,}")


def fit_text(typed: str) -> str:
    """The text as it will be kept, or :class:`NotFit` with what to change."""
    text = tidy(typed)
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        raise NotFit(_("Please write what you think in a few words."))
    if len(text) > MOST_CHARACTERS:
        too_many = len(text) - MOST_CHARACTERS
        raise NotFit(
            ngettext(
                "Your text is %(count)d character too long. Short statements are easier to answer.",
                "Your text is %(count)d characters too long. Short statements are easier to answer.",
                too_many,
            )
            % {"count": too_many}
        )
    if found := _leads_to_somebody(text):
        raise NotFit(found)
    return text


def _leads_to_somebody(text: str) -> str:
    if _EMAIL.search(text):
        return _(
            "Please leave out the email address. Everybody can read a statement, and some misuse such things."
        )
    if _LINK.search(text):
        return _("Please leave out the link, and say what matters in your own words.")
    if _TELEPHONE.search(text):
        return _(
            "Please leave out the phone number. Everybody can read a statement, and some misuse such things."
        )
    return ""


def tidy(typed: str) -> str:
    """One line, single spaces, no control characters."""
    text = unicodedata.normalize("NFC", typed)
    return " ".join("".join(" " if _is_invisible(c) else c for c in text).split())


def _is_invisible(character: str) -> bool:
    # Joiners are kept: several scripts and many emoji need them.
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") and character not in "\u200c\u200d"


def require_same_statement(before: str, after: str) -> None:
    """Go on if it is the same statement, better spelled: a few letters, and nothing turned into its opposite."""
    most = max(MOST_LETTERS_MENDED, MOST_SHARE_MENDED * len(before))
    if _words_that_deny(before) != _words_that_deny(after) or letters_changed(before, after) > most:
        raise NotFit(
            _(
                "That changes more than the spelling. People answered these words. "
                "Put the other words as a statement of its own."
            )
        )


def _words_that_deny(text: str) -> list[str]:
    words = re.findall(r"\w+(?:['’]\w+)?", text.casefold())
    return [word for word in words if word in _NEGATING or word.endswith(("n't", "n’t"))]


def letters_changed(before: str, after: str) -> int:
    """How many letters were put in, taken out or replaced (Levenshtein's distance).

    >>> letters_changed("More then apps.", "More than apps.")
    1
    """
    row = list(range(len(after) + 1))
    for i, letter in enumerate(before, start=1):
        corner, row[0] = row[0], i
        for j, other in enumerate(after, start=1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (letter != other))
    return row[-1]
