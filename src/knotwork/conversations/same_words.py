"""What two texts have in common when they differ in dress alone."""

import unicodedata


def same_words(text: str) -> str:
    """What two texts have in common when they differ only in case, spaces and punctuation."""
    letters = (c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text.casefold())
    return " ".join("".join(letters).split())
