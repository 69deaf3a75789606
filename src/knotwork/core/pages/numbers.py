"""Numbers and ages in the words of the reader's language. Tags, letters and exports use them."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core import clock

THIN_SPACE = "\u202f"
MINUS = "\u2212"

Number = int | float | Decimal


def number_in_words(value: Number, digits: int = 0) -> str:
    """``1234567`` becomes ``1 234 567`` with thin spaces, which read the same in every language.

    Four figures stay together, so that a year in a table stays a year.
    """
    # Django's own formatting cuts figures off; people round.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = formats.number_format(abs(rounded), decimal_pos=digits, use_l10n=True, force_grouping=False)
    whole = text[: -digits - 1] if digits else text
    rest = text[len(whole) :]
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    return f"{MINUS if rounded < 0 else ''}{whole}{rest}"


def percent_in_words(share: Number, digits: int = 0) -> str:
    """``0.842`` becomes ``84%``."""
    return _("%(number)s%%") % {"number": number_in_words(Decimal(str(share)) * 100, digits)}


def change_in_words(value: Number, digits: int = 0) -> str:
    """Like a number, with its sign always shown."""
    text = number_in_words(value, digits)
    return text if text.startswith(MINUS) or not any(figure in "123456789" for figure in text) else f"+{text}"


def age_in_words(moment: datetime) -> str:
    """How long ago: '3 minutes ago'; after a week the date, since nobody counts '43 days ago'."""
    passed = clock.now() - moment
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        count = passed // timedelta(minutes=1)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}
    if passed < timedelta(days=1):
        count = passed // timedelta(hours=1)
        return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}
    if passed < timedelta(days=7):
        count = passed.days
        return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}
    return _("on %(date)s") % {"date": formats.date_format(timezone.localtime(moment), "j F Y")}
