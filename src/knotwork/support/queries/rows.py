"""Rows of this room as they are read: days in the programme's time zone, and where a row belongs."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from knotwork.programmes.models import Place
from knotwork.support.queries.nouns import Where


def where_of(place: Place) -> Where:
    """The place with what its addresses need."""
    return Where(place.public_id, place.name, place.slug, str(place.programme), place.programme.slug)


def day_in(place: Place, moment: datetime | None) -> date | None:
    """The day of a moment where the place is."""
    return None if moment is None else moment.astimezone(ZoneInfo(place.programme.time_zone)).date()


def day_said(place: Place, moment: datetime) -> date:
    """The day of a moment that is known, where the place is."""
    return moment.astimezone(ZoneInfo(place.programme.time_zone)).date()
