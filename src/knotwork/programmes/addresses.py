"""Where a programme and a place are read. These addresses are kept for ever, so every room may build on them.

The pages themselves stand on a higher floor (``thread``), which is why their addresses are written out here
rather than looked up; a test holds the two together.
"""

from django.urls import get_script_prefix

TAKEN_WORDS = frozenset({"new"})
"""Words that stand where a programme's slug would stand, and so cannot be one."""

QUICK_EXIT_URL = "https://www.bbc.co.uk/weather"
"""Where 'leave this page now' leads: an everyday page that says nothing about what was read here."""


def programme_url(programme: str) -> str:
    """The page of the programme with this slug."""
    return f"{get_script_prefix()}programmes/{programme}/"


def place_url(programme: str, place: str) -> str:
    """The page of a place."""
    return f"{programme_url(programme)}places/{place}/"


def privacy_url(programme: str) -> str:
    """Where one reads what a programme keeps about people, and until when."""
    return f"{programme_url(programme)}privacy/"


def contact_url(programme: str) -> str:
    """Where one writes to the team of a programme."""
    return f"{programme_url(programme)}contact/"
