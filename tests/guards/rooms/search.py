"""Search finds words of everything: so the index must hold the secrets, and the page show none of them."""

from knotwork.core.search.services import rebuild
from tests.guards.line import PUBLIC, Line

LINES = {"search:page": Line(PUBLIC)}
DEPENDS = frozenset()


def one_of_everything(programme, place):
    return {}


def hide_secrets(programme, place, secret):
    """Everything that is there is put into the index, also what no stranger may find."""
    rebuild()
