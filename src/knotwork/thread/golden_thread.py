"""The golden thread in words: how one thing leads to the next, from a voice to another place."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Knot:
    """One step of the thread; ``room`` is where it is done."""

    title: str | Promise
    text: str | Promise
    room: str

    @property
    def url_name(self) -> str:
        """Where that room begins."""
        return f"{self.room}:list"


GOLDEN_THREAD = (
    Knot(
        _("Listen"), _("Anybody says what they think, in a minute and without an account."), "conversations"
    ),
    Knot(_("Map"), _("People who know the issue draw how things hang together."), "maps"),
    Knot(_("Who can change it"), _("We see who holds what, and who needs to be in the room."), "maps"),
    Knot(
        _("Try"), _("Partners try something out, and say before they start when they would stop."), "actions"
    ),
    Knot(_("Differently as leaders"), _("They note what they did differently themselves."), "learning"),
    Knot(_("Measure"), _("Did anything change, by more than the usual ups and downs?"), "measures"),
    Knot(_("Learn"), _("The story is told while it is warm, also of what did not work."), "learning"),
    Knot(
        _("Another place"), _("Another place takes it up, or the same place for another issue."), "learning"
    ),
)

HALVES = (GOLDEN_THREAD[:4], GOLDEN_THREAD[4:])
"""The thread in two lengths: side by side where there is room, one below the other on a phone."""
