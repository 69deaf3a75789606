"""Begin a bid, write it, hand it in, take it back, withdraw it. The deadline is asked at every write."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.completeness import gaps_of
from knotwork.calls.models import Answer, AnswerBefore, Bid, BidAuthor, BidStage, Question, Receipt
from knotwork.calls.rules import Act, BidAct, may
from knotwork.calls.services.letters import send_receipts
from knotwork.calls.services.rows import changed, held_bid, held_call, needed, record_of_bid
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class BidWords:
    """Where the place is, what its issue is about, and who sponsors it. ``areas`` and ``themes``: one on each line."""

    place_name: str = ""
    areas: str = ""
    issue: str = ""
    sponsor: str = ""
    themes: str = ""


@dataclass(frozen=True)
class Saved:
    """What became of a save. ``others`` holds the words of somebody else that these took the place of, if any."""

    revision: int
    others: str = ""


@dataclass(frozen=True)
class Given:
    """The receipt of a bid that was handed in."""

    number: str
    given_at: datetime


def begin_bid(call: UUID, words: BidWords, *, by: Viewer) -> UUID:
    """Begin a bid; whoever begins it is its first author."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.BID, row))
        if by.person_id is None:
            raise refuse(_("Please sign in first."))
        bid = Bid.objects.create(call=row, language=row.language, **_columns(words))
        BidAuthor.objects.create(bid=bid, person_id=by.person_id)
        record_of_bid("bid.begun", bid, by)
    return bid.public_id


def say_about(bid: UUID, words: BidWords, *, by: Viewer) -> bool:
    """Change what a bid says of its place; ``False`` when it says so already."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        columns = _columns(words)
        if all(getattr(row, name) == value for name, value in columns.items()):
            return False
        Bid.objects.filter(pk=row.pk).update(**columns)
        changed(row)
        record_of_bid("bid.changed", row, by)
    return True


def say_how_knotty(bid: UUID, answers: Mapping[str, str], *, by: Viewer) -> None:
    """Keep the answers to 'is this knotty?'. Whatever they say, the bid goes on."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        Bid.objects.filter(pk=row.pk).update(knotty=dict(answers))
        changed(row)
        record_of_bid("bid.changed", row, by)


def save_answer(
    bid: UUID, question: UUID, text: str, *, by: Viewer, seen_revision: int | None = None
) -> Saved:
    """Keep the words as they were typed, of any length.

    ``seen_revision`` is that of the words which the writer began with. When somebody else saved since, hers stand and
    the other's are kept beside them and handed back, so that she can put both together.
    """
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        asked = Question.objects.filter(public_id=question, call_id=row.call_id).first()
        if asked is None:
            raise refuse(_("This question is not part of the call."))
        answer, _is_new = Answer.objects.get_or_create(bid=row, question=asked)
        if answer.text == text:
            return Saved(answer.revision)
        by_others = answer.revision and answer.saved_by_id != by.person_id
        unseen = seen_revision is not None and answer.revision > seen_revision
        if by_others or unseen:
            AnswerBefore.objects.create(bid=row, question=asked, text=answer.text, revision=answer.revision)
        others = answer.text if by_others and unseen else ""
        answer.text, answer.revision = text, answer.revision + 1
        answer.saved_at, answer.saved_by_id = clock.now(), by.person_id
        answer.save()
        changed(row)
        # No event for each pause in typing: handing in is what is recorded.
    return Saved(answer.revision, others)


def hand_in(bid: UUID, *, by: Viewer) -> Given:
    """Hand a bid in, whole: word limits, what is required, and the sponsor's signature are asked for here."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.HAND_IN, by)
        gaps = gaps_of(row)
        if gaps:
            raise refuse(" ".join(gap.words for gap in gaps))
        moment = clock.now()
        if moment >= row.call.closes_at:  # the clock moved while the bid was looked through
            require(may(by, Act.BID, row.call))
        Bid.objects.filter(pk=row.pk).update(stage=BidStage.SUBMITTED, submitted_at=moment)
        receipt = Receipt.objects.create(bid=row, number=_number(), given_at=moment, revision=row.revision)
        send_receipts(row, receipt)
        record_of_bid("bid.handed_in", row, by)
    return Given(receipt.number, receipt.given_at)


def take_back(bid: UUID, *, by: Viewer) -> None:
    """Take a bid back to change it. It counts only when it is handed in again before the deadline."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.TAKE_BACK, by)
        Bid.objects.filter(pk=row.pk).update(stage=BidStage.WRITING, submitted_at=None)
        record_of_bid("bid.taken_back", row, by)


def withdraw_bid(bid: UUID, reason: str = "", *, by: Viewer) -> None:
    """Withdraw a bid for good. Nobody but its authors will ever read it."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WITHDRAW, by)
        Bid.objects.filter(pk=row.pk).update(
            stage=BidStage.WITHDRAWN,
            submitted_at=None,
            withdrawn_at=clock.now(),
            withdrawn_reason=reason.strip()[:300],
        )
        record_of_bid("bid.withdrawn", row, by)


def _columns(words: BidWords) -> dict[str, str]:
    said = {name: value.strip() for name, value in asdict(words).items()}
    needed(words.place_name, _("Say what the place is called."))
    return said


def _number() -> str:
    """A number that can be read out over the telephone and tells nothing, not even how many came before."""
    while Receipt.objects.filter(
        number=(number := "".join(secrets.choice(_ALPHABET) for _each in range(8)))
    ).exists():
        pass
    return number
