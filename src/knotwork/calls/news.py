"""What this room tells everybody of its events. Nothing is told of a bid: who bids is sealed, and so is how many do."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell

VERBS = (
    "call.prepared",
    "call.changed",
    "call.published",
    "call.deadline_moved",
    "call.bids_opened",
    "call.led_on",
    "bid.begun",
    "bid.changed",
    "bid.author_added",
    "bid.author_ended",
    "bid.signature_asked",
    "bid.signed",
    "bid.handed_in",
    "bid.taken_back",
    "bid.withdrawn",
    "bid.became_place",
    "call.reviewer_appointed",
    "call.reviewer_ended",
    "call.reviewer_spoke",
    "call.conflicts_declared",
    "call.conflicts_looked_for",
    "call.reviews_assigned",
    "bid.conflict_stands",
    "bid.conflict_ended",
    "bid.review_assigned",
    "bid.review_ended",
    "bid.review_handed_in",
    "bid.score_corrected",
    "decision.proposed",
    "decision.written",
    "decision.put",
    "decision.taken_back",
    "decision.signed",
    "decision.in_force",
    "call.decided",
    "bid.letter_edited",
    "bid.appealed",
    "bid.appeal_answered",
)


def register() -> None:
    """Called once, when the room starts."""
    tell(
        "call.published",
        ngettext_lazy("A call is open: %(title)s", "%(shown)s calls are open.", "count"),
        counts_things=True,
    )
    tell(
        "call.deadline_moved",
        ngettext_lazy(
            "The deadline of a call was moved: %(title)s", "%(shown)s deadlines were moved.", "count"
        ),
        counts_things=True,
    )
    tell(
        "call.bids_opened",
        ngettext_lazy(
            "The bids to a call were opened: %(title)s", "The bids to %(shown)s calls were opened.", "count"
        ),
        counts_things=True,
    )
    tell(
        "call.decided",
        ngettext_lazy("A call is decided: %(title)s", "%(shown)s calls are decided.", "count"),
        counts_things=True,
    )
