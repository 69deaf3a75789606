"""What this room tells everybody of its events. Most of it is told to nobody: it is the place's own business."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell

VERBS = (
    "agreement.changed",
    "agreement.agreed",
    "milestone.added",
    "milestone.said",
    "milestone.taken_out",
    "enabler_profile.written",
    "enabler_profile.taken_back",
    "match.asked",
    "match.answered",
    "match.taken_back",
    "match.ended",
    "visit.added",
    "visit.shared",
    "visit.taken_out",
    "help_request.asked",
    "help_request.answered",
    "help_request.closed",
    "learning_event.announced",
    "learning_event.changed",
    "learning_event.called_off",
    "learning_event.noted",
    "learning_event.signed_up",
    "learning_event.signed_off",
)


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "help_request.asked",
        ngettext_lazy("%(title)s", "%(shown)s places ask for help.", "count"),
        counts_things=True,
    )
    tell(
        "help_request.closed",
        ngettext_lazy("Not any more: %(title)s", "%(shown)s places are not stuck any more.", "count"),
        counts_things=True,
    )
    tell(
        "learning_event.announced",
        ngettext_lazy("A learning event: %(title)s", "%(shown)s learning events are announced.", "count"),
        counts_things=True,
    )
    tell(
        "learning_event.noted",
        ngettext_lazy(
            "What was learned is written down: %(title)s",
            "What was learned at %(shown)s learning events is written down.",
            "count",
        ),
        counts_things=True,
    )
