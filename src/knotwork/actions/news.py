"""What this room tells everybody of its events."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell

VERBS = (
    "try_out.planned",
    "try_out.changed",
    "try_out.started",
    "try_out.stopped",
    "try_out.ended",
    "try_out.told",
    "try_out.withdrawn",
    "try_out.partner_added",
    "try_out.partner_ended",
    "try_out.offered",
    "try_out.pledged",
    "try_out.given",
    "try_out.pledge_withdrawn",
    "try_out.change_said",
)


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "try_out.planned",
        ngettext_lazy("A try-out is planned: %(title)s", "%(shown)s try-outs are planned.", "count"),
        counts_things=True,
    )
    tell(
        "try_out.started",
        ngettext_lazy("A try-out started: %(title)s", "%(shown)s try-outs started.", "count"),
        counts_things=True,
    )
    tell(
        "try_out.stopped",
        ngettext_lazy(
            "A try-out was stopped, and why is said: %(title)s",
            "%(shown)s try-outs were stopped, and why is said.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "try_out.ended",
        ngettext_lazy("A try-out ended: %(title)s", "%(shown)s try-outs ended.", "count"),
        counts_things=True,
    )
    tell(
        "try_out.told",
        ngettext_lazy(
            "What happened is written down: %(title)s",
            "What happened is written down for %(shown)s try-outs.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "try_out.pledged",
        ngettext_lazy(
            "Somebody pledged something for a try-out: %(title)s",
            "%(shown)s pledges were made for try-outs.",
            "count",
        ),
    )
