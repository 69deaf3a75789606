"""Calls and bids: their lines of the role matrix, one of everything, and what a stranger must not find."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from knotwork.calls.models import (
    Answer,
    AnswerBefore,
    Appeal,
    Assignment,
    Bid,
    BidAuthor,
    BidFile,
    BidPartner,
    BidStage,
    Call,
    CallStage,
    Conflict,
    Criterion,
    DeadlineChange,
    Decision,
    DecisionLine,
    DecisionSignature,
    DraftScore,
    FeedbackLetter,
    Outcome,
    Question,
    Receipt,
    Reviewer,
    Score,
    SignOff,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.identifiers import new_public_id
from knotwork.core.uploads.services import store
from knotwork.programmes.models import Place, Programme, Role, Stage
from tests.builders import a_person
from tests.guards.line import PUBLIC, SIGNED_IN, TEAM, Line

P = ("programme",)
OPEN, DRAFT, SEALED, OPENED = ((*P, name) for name in ("call", "draft_call", "sealed_call", "opened_call"))
UNDECIDED, WRITTEN, PUT, DECIDED = (
    (*P, name) for name in ("undecided_call", "written_call", "put_call", "decided_call")
)
BID = (*P, "call", "bid")
READ = (*OPENED, "bid")
JUDGES = TEAM | {Role.PANEL_REVIEWER}
NO_ROLE: frozenset[str] = frozenset()

REVIEW = (*P, "review_call")
COMPARED = (*P, "compared_call")

LINES: dict[str, Line] = {
    "calls:list": Line(PUBLIC),
    "calls:programme": Line(PUBLIC, P),
    "calls:new": Line(TEAM, P),
    "calls:call": Line(PUBLIC, OPEN),
    "calls:change": Line(TEAM, DRAFT),
    "calls:publish": Line(TEAM, DRAFT),
    "calls:deadline": Line(TEAM, OPEN),
    "calls:open-bids": Line(TEAM, SEALED),
    "calls:knotty": Line(PUBLIC, OPEN),
    "calls:bids": Line(JUDGES, OPENED),
    "calls:bids-csv": Line(JUDGES, OPENED),
    "calls:bids-workbook": Line(JUDGES, OPENED),
    "calls:come-in": Line(PUBLIC, OPEN),
    "calls:begin": Line(SIGNED_IN, OPEN),
    "calls:bid": Line(JUDGES, READ),
    "calls:bid-file": Line(JUDGES, (*READ, "bid_file")),
    "calls:bid-about": Line(NO_ROLE, BID),
    "calls:bid-knotty": Line(NO_ROLE, BID),
    "calls:bid-section": Line(NO_ROLE, (*BID, "bid_question")),
    "calls:bid-hand-in": Line(NO_ROLE, BID),
    "calls:bid-take-back": Line(NO_ROLE, BID),
    "calls:bid-withdraw": Line(NO_ROLE, BID),
    "calls:bid-partner-new": Line(NO_ROLE, BID),
    "calls:bid-partner-end": Line(NO_ROLE, (*BID, "bid_partner"), method="post"),
    "calls:bid-author-new": Line(NO_ROLE, BID),
    "calls:bid-author": Line(NO_ROLE, (*BID, "bid_author")),
    "calls:bid-author-end": Line(NO_ROLE, (*BID, "bid_author"), method="post"),
    "calls:bid-board": Line(NO_ROLE, BID),
    "calls:bid-sign": Line(NO_ROLE, BID),
    "calls:bid-file-new": Line(NO_ROLE, BID),
    "calls:bid-file-end": Line(NO_ROLE, (*BID, "bid_file"), method="post"),
    # Comparing
    "calls:compare": Line(JUDGES, COMPARED),
    "calls:compare-csv": Line(JUDGES, COMPARED),
    "calls:compare-workbook": Line(JUDGES, COMPARED),
    "calls:compare-bid": Line(JUDGES, (*COMPARED, "compared_bid")),
    "calls:compare-svg": Line(JUDGES, COMPARED),
    "calls:compare-png": Line(JUDGES, COMPARED),
    "calls:portfolio": Line(JUDGES, COMPARED),
    "calls:portfolio-csv": Line(JUDGES, COMPARED),
    "calls:portfolio-workbook": Line(JUDGES, COMPARED),
    # Review
    "calls:lead-on": Line(TEAM, REVIEW),
    "calls:panel": Line(TEAM, REVIEW),
    "calls:panel-csv": Line(TEAM, REVIEW),
    "calls:panel-workbook": Line(TEAM, REVIEW),
    "calls:panel-new": Line(TEAM, REVIEW),
    "calls:panel-reviewer-end": Line(TEAM, (*REVIEW, "panel_reviewer")),
    "calls:conflicts-find": Line(TEAM, REVIEW, method="post"),
    "calls:conflict-end": Line(TEAM, (*REVIEW, "panel_conflict")),
    "calls:assign": Line(TEAM, REVIEW),
    "calls:assign-hand": Line(TEAM, REVIEW),
    "calls:assignment-end": Line(TEAM, (*REVIEW, "panel_assignment")),
    "calls:reviews": Line(NO_ROLE, REVIEW),
    "calls:organisations": Line(NO_ROLE, REVIEW),
    "calls:conflicts": Line(NO_ROLE, REVIEW),
    "calls:review": Line(NO_ROLE, (*REVIEW, "bid")),
    "calls:review-submit": Line(NO_ROLE, (*REVIEW, "bid")),
    "calls:review-correct": Line(NO_ROLE, (*REVIEW, "bid", "panel_criterion")),
    "calls:decision": Line(JUDGES, PUT),
    "calls:decision-csv": Line(JUDGES, PUT),
    "calls:decision-workbook": Line(JUDGES, PUT),
    "calls:decision-propose": Line(TEAM, UNDECIDED),
    "calls:decision-lines": Line(TEAM, WRITTEN),
    "calls:decision-put": Line(TEAM, WRITTEN),
    "calls:decision-take-back": Line(TEAM, PUT),
    "calls:decision-sign": Line(JUDGES, PUT),
    "calls:letters": Line(TEAM, DECIDED),
    "calls:letters-send": Line(TEAM, DECIDED),
    "calls:letter": Line(TEAM, (*DECIDED, "letter")),
    "calls:appeals": Line(TEAM, DECIDED),
    "calls:appeal-answer": Line(TEAM, (*DECIDED, "appeal")),
    "calls:bid-letter": Line(NO_ROLE, READ),
    "calls:bid-appeal": Line(NO_ROLE, READ),
}
# No role writes in a bid or in a review, and an administrator does not either: its authors and its reviewer do.
# tests/calls asks them.
DEPENDS: frozenset[str] = frozenset(name for name, line in LINES.items() if line.allowed == NO_ROLE)


def a_call_row(programme: Programme, slug: str, **words: Any) -> Call:
    """A call with a criterion and a question; open now for a day unless said otherwise."""
    now = clock.now()
    given = {
        "title": f"Call {slug}",
        "aims": "To find places.",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=1),
        "stage": CallStage.OPEN,
        "published_at": now - timedelta(days=1),
    } | words
    call = Call.objects.create(programme=programme, slug=slug, **given)
    word = words.get("title", "What matters")
    Criterion.objects.create(call=call, title=word, guidance=word)
    Question.objects.create(call=call, words=word, guidance=word, word_limit=100)
    return call


def closed(**words: Any) -> dict[str, Any]:
    """The words of a call whose deadline passed an hour ago."""
    return {
        "closes_at": clock.now() - timedelta(hours=1),
        "opens_at": clock.now() - timedelta(days=9),
    } | words


def a_bid_row(call: Call, word: str, stage: BidStage = BidStage.SUBMITTED) -> Bid:
    """A bid with ``word`` in every box that it has."""
    author, signer = a_person(), a_person()
    bid = Bid.objects.create(
        call=call, place_name=word, areas=word, issue=word, sponsor=word, stage=stage,
        submitted_at=clock.now(), withdrawn_reason=word,
    )  # fmt: skip
    question = call.questions.get()
    Answer.objects.create(bid=bid, question=question, text=word, revision=1)
    AnswerBefore.objects.create(bid=bid, question=question, text=word, revision=1)
    BidPartner.objects.create(bid=bid, organisation=word, what=word, amount=5)
    BidAuthor.objects.create(bid=bid, person=author, organisation=word)
    SignOff.objects.create(bid=bid, person=signer, board=word, name=word, how=word)
    content = SimpleUploadedFile(f"{word}.csv", f"{word}\n1\n".encode())
    upload = store(content, by=viewer_for(author))
    BidFile.objects.create(bid=bid, upload=upload.public_id, file_name=upload.file_name, size=upload.size)
    Receipt.objects.create(bid=bid, number=new_public_id().hex[-8:].upper(), revision=1)
    return bid


def a_review_row(bid: Bid, word: str) -> Assignment:
    """A panel of one with ``word`` in every box: a conflict that ended, a draft, and a review that was handed in."""
    reviewer = Reviewer.objects.create(
        call=bid.call, person=a_person(), name=word, organisations=word, declared_at=clock.now()
    )
    Conflict.objects.create(
        reviewer=reviewer, bid=bid, found_by="declared", why=word, ended_at=clock.now(), ended_why=word
    )
    asked = Assignment.objects.create(
        reviewer=reviewer, bid=bid, by_hand=word, ended_why=word, submitted_at=clock.now()
    )
    for criterion in bid.call.criteria.all():
        DraftScore.objects.create(assignment=asked, criterion=criterion, score=3, reason=word)
        Score.objects.create(assignment=asked, criterion=criterion, score=3, reason=word, corrected_why=word)
    return asked


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A call at each of four stages, and a bid to the opened one."""
    now = clock.now()
    an_open = a_call_row(programme, "open")
    a_call_row(programme, "draft", stage=CallStage.DRAFT, published_at=None)
    a_call_row(programme, "sealed", **closed())
    opened = a_call_row(programme, "opened", **closed(stage=CallStage.OPENED, opened_at=now))
    bid = a_bid_row(opened, "Ferryford")
    review = a_call_row(programme, "review", **closed(stage=CallStage.REVIEW, opened_at=now))
    asked = a_review_row(a_bid_row(review, "Saltmarsh"), "Robin")
    compared = a_call_row(programme, "compared", **closed(stage=CallStage.MODERATION, opened_at=now))
    a_review_row(a_bid_row(compared, "Fennmouth"), "Robin")
    return {
        "compared_call": compared.slug,
        "compared_bid": compared.bids.get().public_id,
        "review_call": review.slug,
        "panel_reviewer": asked.reviewer.public_id,
        "panel_conflict": asked.reviewer.conflicts.get().public_id,
        "panel_assignment": asked.public_id,
        "panel_criterion": review.criteria.get().public_id,
        "call": an_open.slug,
        "draft_call": "draft",
        "sealed_call": "sealed",
        "opened_call": "opened",
        "bid": bid.public_id,
        "bid_question": opened.questions.get().public_id,
        "bid_partner": bid.partners.get().public_id,
        "bid_author": bid.authors.get().public_id,
        "bid_file": bid.files.get().public_id,
    } | one_of_each_decision(programme)


def a_decision_row(call: Call, word: str, **moments: Any) -> Decision:
    """A decision with ``word`` in every box that it has, signed, with a letter to each bid and a note on it."""
    decision = Decision.objects.create(call=call, words=word, **moments)
    for bid in call.bids.all():
        DecisionLine.objects.create(decision=decision, bid=bid, reason=word, outcome=Outcome.NOT_CHOSEN)
        FeedbackLetter.objects.create(bid=bid, words=word)
        Appeal.objects.create(bid=bid, words=word, answer=word, answered_at=clock.now())
    DecisionSignature.objects.create(decision=decision, person=a_person(), name=word)
    return decision


def one_of_each_decision(programme: Programme) -> dict[str, Any]:
    """A call at each step of its decision; the last one with a letter and a note."""
    now = clock.now()
    at_decision = closed(stage=CallStage.DECISION, opened_at=now)
    a_call_row(programme, "undecided", **at_decision)
    Decision.objects.create(call=a_call_row(programme, "written", **at_decision))
    Decision.objects.create(call=a_call_row(programme, "put", **at_decision), put_at=now)
    decided = a_call_row(programme, "decided", **closed(stage=CallStage.LETTERS, opened_at=now))
    bid = a_bid_row(decided, "Millbrook")
    a_decision_row(decided, "Millbrook", put_at=now, decided_at=now)
    Appeal.objects.filter(bid=bid).update(answer="", answered_at=None)
    return {
        "undecided_call": "undecided",
        "written_call": "written",
        "put_call": "put",
        "decided_call": "decided",
        "letter": bid.letter.public_id,
        "appeal": bid.appeal.public_id,
    }


def hide_decisions(programme: Programme, secret: str) -> None:
    """The secret word in decisions at every step of theirs; of the last one the letters were sent."""
    now = clock.now()
    in_force = {"put_at": now, "decided_at": now}
    for step, stage, moments in (
        ("hidden-written", CallStage.DECISION, {}),
        ("hidden-put", CallStage.DECISION, {"put_at": now}),
        ("hidden-back", CallStage.DECISION, {"taken_back_at": now, "taken_back_why": secret}),
        ("hidden-in-force", CallStage.LETTERS, in_force),
    ):
        call = a_call_row(programme, step, **closed(stage=stage, opened_at=now))
        a_bid_row(call, secret)
        a_decision_row(call, secret, **moments)
    told = a_call_row(programme, "hidden-told", **closed(stage=CallStage.LETTERS, opened_at=now))
    for stage in (BidStage.CHOSEN, BidStage.NOT_CHOSEN):
        a_bid_row(told, secret, stage)
    a_decision_row(told, secret, **in_force)
    Decision.objects.filter(call=told).update(words="Said to everybody.")
    DecisionSignature.objects.filter(decision__call=told).update(name="A. Signer")
    FeedbackLetter.objects.filter(bid__call=told).update(sent_at=now)


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in calls that are not shown to everybody, and in bids before and after they are opened."""
    words = {"title": secret, "aims": secret, "eligibility": secret, "who_decides": secret}
    a_call_row(programme, "hidden-draft", stage=CallStage.DRAFT, published_at=None, **words)
    a_call_row(programme, "hidden-inside", visibility=Stage.PROGRAMME, **words)
    gone = a_call_row(programme, "hidden-gone", withdrawn_at=clock.now(), withdrawn_reason=secret, **words)
    DeadlineChange.objects.create(call=gone, before=gone.opens_at, after=gone.closes_at, why=secret)
    for call in (
        a_call_row(programme, "with-open-bids"),
        a_call_row(programme, "with-sealed-bids", **closed()),
        a_call_row(programme, "with-opened", **closed(stage=CallStage.OPENED, opened_at=clock.now())),
    ):
        for stage in BidStage:
            a_bid_row(call, secret, stage)
    for stage in (CallStage.REVIEW, CallStage.MODERATION, CallStage.ENDED):
        judged = a_call_row(programme, f"in-{stage}", **closed(stage=stage, opened_at=clock.now()))
        a_review_row(a_bid_row(judged, secret), secret)
    hide_decisions(programme, secret)
