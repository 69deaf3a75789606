"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "publication.published",
        ngettext_lazy("New in the library: %(title)s", "%(shown)s publications are new.", "count"),
        counts_things=True,
    )
    tell(
        "publication.question_asked",
        ngettext_lazy(
            "A question to the readers of: %(title)s", "%(shown)s publications ask a question.", "count"
        ),
        counts_things=True,
    )
