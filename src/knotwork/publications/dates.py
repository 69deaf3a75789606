"""When something first came out, as exactly as is known: a year, a month or a day."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


class NotADate(ValueError):  # noqa: N818 - shown to the person as it is
    """Words that are no year, month or day; the message says what we take."""


def good_date(typed: str) -> str:
    """``2013``, ``2013-01`` or ``2013-01-15`` as it was typed, or nothing for nothing."""
    words = typed.strip()
    if words:
        _parts(words)
    return words


def date_in_words(published: str) -> str:
    """*15 January 2013*, *January 2013* or *2013*."""
    if not published:
        return ""
    year, month, day = _parts(published)
    if month is None:
        return str(year)
    return date_format(date(year, month, day or 1), "j F Y" if day else "F Y")


def _parts(words: str) -> tuple[int, int | None, int | None]:
    found = _SHAPE.match(words)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        date(year or 0, month or 1, day or 1)
    except ValueError:
        reason = _("Please write a year, a month or a day, such as 2013, 2013-01 or 2013-01-15.")
        raise NotADate(reason) from None
    return year or 0, month, day
