"""Who asks a team to reflect, and who reflects."""

from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.core.windows import Window, WindowState
from knotwork.learning.models import ReflectionRound
from knotwork.learning.rules.writing import can_give_words
from knotwork.programmes.models import Programme
from knotwork.programmes.rules import Act, can


def can_ask_to_reflect(viewer: Viewer, programme: Programme, place_id: int) -> Decision:
    """The leads of a place, and the team of the programme, begin and end a round."""
    if can(viewer, Act.CHANGE_WRITTEN, programme, place_id):
        return ALLOWED
    return Decision(
        False, _("Only the leads of this place and the team of the programme can ask its people to reflect.")
    )


def is_open(row: ReflectionRound) -> bool:
    """Whether answers count now."""
    return Window(row.opens_at, row.closes_at).state(clock.now()) is WindowState.OPEN


def can_reflect(viewer: Viewer, row: ReflectionRound) -> Decision:
    """The people of the place's team, for themselves, while the round is open."""
    mine = can_give_words(viewer, row.place.programme_id, row.place_id)
    if not mine:
        return Decision(False, _("Reflections are for the people who work on the issue of this place."))
    return (
        ALLOWED
        if is_open(row)
        else Decision(False, _("This round has closed, so nothing in it changes any more."))
    )
