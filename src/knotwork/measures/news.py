"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "measure.chosen",
        ngettext_lazy("This is looked at: %(title)s.", "%(shown)s measures are looked at.", "count"),
        counts_things=True,
    )
    tell(
        "measure.set_aside",
        ngettext_lazy("Set aside: %(title)s.", "%(shown)s measures were set aside.", "count"),
        counts_things=True,
    )
    tell(
        "measure.rival_cause_said",
        ngettext_lazy(
            "What else may have moved “%(title)s” was added.",
            "What else may have moved %(shown)s measures was added.",
            "count",
        ),
        counts_things=True,
    )
