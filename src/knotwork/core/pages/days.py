"""Names of days and months for what is drawn; text uses Django's own ``date`` filter."""

from datetime import date

from django.utils import dateformat


def short_months() -> tuple[str, ...]:
    """Twelve short names in the reader's language, for the foot of a chart."""
    return tuple(dateformat.format(date(2000, month, 1), "M") for month in range(1, 13))
