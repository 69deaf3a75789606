"""Letters about a decision: put together from the reasons, edited, sent once and all together."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotwork.calls.models import (
    Bid,
    BidStage,
    Call,
    Criterion,
    Decision,
    DecisionLine,
    FeedbackLetter,
    Outcome,
)
from knotwork.calls.rules import Act, may
from knotwork.calls.scores import StandingScore, standing_scores
from knotwork.calls.services import letters
from knotwork.calls.services.places import make_places
from knotwork.calls.services.rows import held_call, needed, record_of_bid, record_of_call
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.services.made import refuse


def assemble_letters(decision: Decision) -> None:
    """One letter for each bid of a decision that came into force."""
    criteria = list(decision.call.criteria.all())
    lines = list(decision.lines.select_related("bid"))
    scores = standing_scores(decision.call)
    FeedbackLetter.objects.bulk_create(
        FeedbackLetter(bid=line.bid, words=letter_words(line, decision.call, criteria, scores))
        for line in lines
    )


def letter_words(
    line: DecisionLine, call: Call, criteria: Sequence[Criterion], scores: Iterable[StandingScore]
) -> str:
    """The outcome, the reason, and what reviewers wrote on each criterion, in the language of the bid.

    Reasons stand without names and in the order of their letters, so their order tells nobody who wrote which.
    """
    of_this_bid = [each for each in scores if each.bid == line.bid.public_id]
    with override(line.bid.language):
        said = {"place": line.bid.place_name, "call": call.title}
        outcome = (
            _("The bid “%(place)s” to “%(call)s” was chosen.")
            if line.outcome == Outcome.CHOSEN
            else _("The bid “%(place)s” to “%(call)s” was not chosen this time.")
        )
        parts = [outcome % said, f"{_('Why')}\n{line.reason}"]
        for criterion in criteria:
            reasons = sorted({each.reason for each in of_this_bid if each.criterion == criterion.public_id})
            if reasons:
                heading = _("What reviewers wrote on “%(criterion)s”") % {"criterion": criterion.title}
                parts.append("\n".join([heading, *(f"- {reason}" for reason in reasons)]))
    return "\n\n".join(parts)


def edit_letter(letter: UUID, words: str, *, by: Viewer) -> bool:
    """Change what a letter says, before it is sent; ``False`` when it says so already."""
    words = needed(words, _("A letter says something."))
    with transaction.atomic():
        known = FeedbackLetter.objects.filter(public_id=letter).values_list("bid__call__public_id").first()
        if known is None:
            raise refuse(_("This letter is not known here."))
        require(may(by, Act.WRITE_LETTERS, held_call(known[0], by)))
        row = FeedbackLetter.objects.select_related("bid").get(public_id=letter)
        if row.sent_at is not None:
            raise refuse(_("The letters were sent, so this one stays as it is."))
        if row.words == words:
            return False
        FeedbackLetter.objects.filter(pk=row.pk).update(words=words, edited_at=clock.now())
        record_of_bid("bid.letter_edited", row.bid, by)
    return True


def send_letters(call: UUID, *, by: Viewer) -> int:
    """Tell everybody at once, and once: chosen bids become places, all letters go; how many bids were told.

    One transaction: either all of it is kept or nothing. Pressed again there is nothing left to send.
    """
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.WRITE_LETTERS, row))
        require(can_show_now(by, row.programme, row.visibility))
        waiting = list(FeedbackLetter.objects.filter(bid__call=row, sent_at__isnull=True))
        if not waiting:
            return 0
        chosen = DecisionLine.objects.filter(
            decision__call=row, decision__decided_at__isnull=False, outcome=Outcome.CHOSEN
        ).values_list("bid__public_id", flat=True)
        make_places(call, chosen, by=by)
        told = Bid.objects.filter(letter__in=waiting)
        told.filter(stage=BidStage.SUBMITTED).update(stage=BidStage.NOT_CHOSEN)
        FeedbackLetter.objects.filter(pk__in=[each.pk for each in waiting]).update(sent_at=clock.now())
        for bid in told.select_related("letter", "call__programme").prefetch_related("authors__person"):
            letters.tell_outcome(bid)
        record_of_call("call.decided", row, by)
    return len(waiting)
