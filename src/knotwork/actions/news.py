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
    "try_out.pledge_due_set",
    "try_out.pledge_reminded",
    "try_out.pledge_answered",
    "try_out.change_said",
    "try_out.change_turned",
    "try_out.cycle_planned",
    "try_out.cycle_changed",
    "try_out.cycle_begun",
    "try_out.cycle_studied",
    "try_out.cycle_closed",
    "try_out.stop_rule_made_checkable",
    "try_out.number_entered",
    "try_out.stop_rule_spoke",
    "try_out.stop_rule_took_back",
    "try_out.other_cause_named",
    "try_out.other_cause_withdrawn",
    "try_out.contribution_claimed",
    "try_out.contribution_checked",
    "try_out.handed_over",
    "try_out.needs_lead",
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
    tell(
        "try_out.stop_rule_spoke",
        ngettext_lazy(
            "A stop rule says stop: %(title)s",
            "The stop rules of %(shown)s try-outs say stop.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "try_out.cycle_closed",
        ngettext_lazy(
            "A cycle is closed, and what was seen is said: %(title)s",
            "Cycles of %(shown)s try-outs are closed.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "try_out.contribution_checked",
        ngettext_lazy(
            "Somebody else checked what part a try-out had: %(title)s",
            "What part %(shown)s try-outs had was checked by others.",
            "count",
        ),
        counts_things=True,
    )
