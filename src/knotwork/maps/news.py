"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "map.made",
        ngettext_lazy("A map was begun: %(title)s", "%(shown)s maps were begun.", "count"),
        counts_things=True,
    )
    tell(
        "factor.added",
        ngettext_lazy("A factor came onto a map: %(title)s", "%(shown)s factors came onto maps.", "count"),
        counts_things=True,
    )
    tell(
        "perspective.added",
        ngettext_lazy("Somebody new drew on a map.", "%(shown)s people or tables drew on maps.", "count"),
    )
    tell(
        "link.added",
        ngettext_lazy("A link was drawn on a map.", "%(shown)s links were drawn on maps.", "count"),
    )
    tell(
        "loop.named",
        ngettext_lazy("A loop on a map got a name.", "%(shown)s loops on maps got a name.", "count"),
    )
    tell(
        "map.referred_to",
        ngettext_lazy("A map made elsewhere: %(title)s", "%(shown)s maps made elsewhere.", "count"),
        counts_things=True,
    )
