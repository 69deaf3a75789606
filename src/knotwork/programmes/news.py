"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "programme.created",
        ngettext_lazy("%(title)s has its page here.", "%(shown)s programmes have their page here.", "count"),
        counts_things=True,
    )
    tell(
        "place.added",
        ngettext_lazy("%(title)s joined.", "%(shown)s places joined.", "count"),
        counts_things=True,
    )
    tell(
        "place.changed",
        ngettext_lazy("%(title)s has new words.", "%(shown)s places have new words.", "count"),
        counts_things=True,
    )
    tell(
        "partnership.added",
        ngettext_lazy("An organisation joined.", "%(shown)s organisations joined.", "count"),
    )
    tell(
        "fact.added",
        ngettext_lazy(
            "A fact was added, with its source.", "%(shown)s facts were added, with their sources.", "count"
        ),
    )
    tell(
        "ledger_entry.added",
        ngettext_lazy("The ledger has a new entry.", "The ledger has %(shown)s new entries.", "count"),
    )
    tell(
        "ledger_entry.withdrawn",
        ngettext_lazy(
            "An entry of the ledger was withdrawn.",
            "%(shown)s entries of the ledger were withdrawn.",
            "count",
        ),
    )
