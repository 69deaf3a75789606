"""Whether two names are those of the same organisation, as far as letters and figures tell. Pure: no database.

Capitals, spaces, full stops and hyphens do not count, and "&" is "and". Names that are written in two ways are not
found: that is why reviewers declare too.
"""

import unicodedata
from collections.abc import Iterable


def key_of(name: str) -> str:
    """The letters and figures of a name, all small; empty when there are none."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", "and")
    return "".join(letter for letter in plain if letter.isalnum())


def first_shared(names: Iterable[str], others: Iterable[str]) -> str:
    """The first of the names that is among the others too, as it is written; empty when none is."""
    known = {key_of(name) for name in others} - {""}
    return next((name for name in names if key_of(name) in known), "")
