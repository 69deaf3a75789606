"""A reviewer writes her review: she alone, not the team and not an administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.models import HIGHEST, LOWEST, Assignment, Criterion, DraftScore, Score
from knotwork.calls.rules import Act, may
from knotwork.calls.services.rows import needed, record_of_bid
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse

LONGEST_REASON = 20_000


@dataclass(frozen=True)
class DraftWords:
    """What a reviewer notes on one criterion; either may still be missing."""

    score: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class ScoreWords:
    """A score from 1 to 5 and its reason."""

    score: int
    reason: str


def save_draft(assignment: UUID, drafts: Mapping[UUID, DraftWords], *, by: Viewer) -> None:
    """Keep what she noted so far; nobody else reads it."""
    with transaction.atomic():
        row = _held(assignment, by)
        _still_open(row)
        criteria = _criteria_of(row)
        if drafts.keys() - criteria.keys():
            raise refuse(_("This criterion is not part of the call."))
        for criterion, words in drafts.items():
            _on_the_scale(words.score)
            said = {"score": words.score, "reason": words.reason.strip()[:LONGEST_REASON]}
            DraftScore.objects.update_or_create(assignment=row, criterion=criteria[criterion], defaults=said)
        # No event for each save: handing in is what is recorded.


def submit_review(assignment: UUID, *, by: Viewer) -> None:
    """Hand the review in, whole. From now on others who handed in theirs of this bid read it, and it only grows."""
    with transaction.atomic():
        row = _held(assignment, by)
        _still_open(row)
        drafts = {draft.criterion_id: draft for draft in row.drafts.all()}
        criteria = _criteria_of(row).values()
        gaps = [gap for one in criteria if (gap := _gap(one, drafts.get(one.pk)))]
        if gaps:
            raise refuse(" ".join(gaps))
        moment = clock.now()
        for one in criteria:
            draft = drafts[one.pk]
            assert draft.score is not None  # there is no gap
            Score.objects.create(
                assignment=row, criterion=one, score=draft.score, reason=draft.reason, at=moment
            )
        Assignment.objects.filter(pk=row.pk).update(submitted_at=moment)
        row.drafts.all().delete()
        record_of_bid("bid.review_handed_in", row.bid, by, reviewer=str(row.reviewer.public_id))


def correct_score(assignment: UUID, criterion: UUID, words: ScoreWords, why: str, *, by: Viewer) -> None:
    """Another score takes the place of one that was handed in, and says why; the one before stays on record."""
    why = needed(why, _("Say what led you to change it."))[:300]
    reason = needed(words.reason, _("Write the reason for the score."))[:LONGEST_REASON]
    with transaction.atomic():
        row = _held(assignment, by)
        if row.submitted_at is None:
            raise refuse(_("Hand the review in first."))
        asked = _criteria_of(row).get(criterion)
        if asked is None:
            raise refuse(_("This criterion is not part of the call."))
        _on_the_scale(words.score)
        Score.objects.create(
            assignment=row, criterion=asked, score=words.score, reason=reason, corrected_why=why
        )
        record_of_bid("bid.score_corrected", row.bid, by, reviewer=str(row.reviewer.public_id))


def _held(assignment: UUID, by: Viewer) -> Assignment:
    """Her own assignment, held, while bids are reviewed; refused for everybody else."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "reviewer", "bid__call__programme"
    )
    row = rows.filter(public_id=assignment, ended_at__isnull=True).first()
    if row is None or by.person_id is None or row.reviewer.person_id != by.person_id:
        raise refuse(_("Only the reviewer herself writes her review."))
    require(may(by, Act.REVIEW, row.bid.call))
    return row


def _still_open(row: Assignment) -> None:
    if row.submitted_at is not None:
        raise refuse(_("This review is handed in already. A score can be corrected, with the reason."))


def _criteria_of(row: Assignment) -> dict[UUID, Criterion]:
    return {one.public_id: one for one in row.bid.call.criteria.all()}


def _on_the_scale(score: int | None) -> None:
    if score is not None and not LOWEST <= score <= HIGHEST:
        raise refuse(_("A score is a whole number from 1 to 5."))


def _gap(criterion: Criterion, draft: DraftScore | None) -> str:
    if draft is None or (draft.score is None and not draft.reason):
        return _("“%(criterion)s” has no score and no reason yet.") % {"criterion": criterion.title}
    if draft.score is None:
        return _("“%(criterion)s” has no score yet.") % {"criterion": criterion.title}
    if not draft.reason:
        return _("“%(criterion)s” has no reason yet.") % {"criterion": criterion.title}
    return ""
