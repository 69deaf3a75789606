"""Feeds are read by strangers; what they may not see is in none of them."""

from tests.guards.line import PUBLIC, Line

LINES = {
    "feeds:list": Line(PUBLIC),
    "feeds:feed": Line(PUBLIC, further={"room": "all", "ending": "atom"}),
}
DEPENDS = frozenset()


def one_of_everything(programme, place):
    return {}


def hide_secrets(programme, place, secret):
    """The other rooms hide theirs; feeds read all of them."""
