"""The examples: where the walk through the made-up one begins. In the guards' world there is no example to walk."""

from tests.guards.line import PUBLIC, Line

LINES = {"examples:walk": Line(PUBLIC)}
DEPENDS = frozenset({"examples:walk"})


def one_of_everything(programme, place):
    return {}


def hide_secrets(programme, place, secret):
    """An example has nothing of its own to hide."""
