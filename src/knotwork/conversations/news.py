"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "conversation.opened",
        ngettext_lazy("A conversation opened: %(title)s", "%(shown)s conversations opened.", "count"),
        counts_things=True,
    )
    tell(
        "conversation.closed",
        ngettext_lazy("A conversation closed: %(title)s", "%(shown)s conversations closed.", "count"),
        counts_things=True,
    )
    tell(
        "conversation.reworded",
        ngettext_lazy(
            "A question was put in other words: %(title)s",
            "%(shown)s questions were put in other words.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "urgent.acted_on",
        ngettext_lazy(
            "Somebody acts on an urgent question: %(title)s",
            "Somebody acts on %(shown)s urgent questions.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "urgent.done",
        ngettext_lazy(
            "Done, after an urgent question: %(title)s",
            "What %(shown)s urgent questions asked for is done.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "report.published",
        ngettext_lazy(
            "A report says what was found: %(title)s",
            "%(shown)s reports say what was found.",
            "count",
        ),
    )
    tell(
        "statement.accepted",
        ngettext_lazy("A new statement is shown.", "%(shown)s new statements are shown.", "count"),
    )
