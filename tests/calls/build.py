"""A call with its people, and bids as the services make them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from knotwork.calls import services
from knotwork.calls.models import Bid, Call
from knotwork.calls.services import (
    AuthorWords,
    BidWords,
    CallWords,
    CriterionWords,
    PartnerWords,
    QuestionWords,
    SignatureWords,
)
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.programmes.models import Programme
from tests.builders import a_person, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 4, 30, 23, tzinfo=UTC)
WHILE_OPEN = datetime(2026, 4, 1, 12, tzinfo=UTC)
AFTERWARDS = CLOSES + timedelta(hours=1)
ASKED = CallWords(
    "Ten places, ten knots",
    OPENS,
    CLOSES,
    aims="To learn how places lead together.",
    money=Decimal(50000),
    enabler_days=60,
    learning_events=4,
    number_of_places=10,
    eligibility="Any place in England.",
    who_decides="A panel of five.",
    needs_sign_off=False,
    criteria=(CriterionWords("A knotty issue", "Nobody can solve it alone.", 2), CriterionWords("Partners")),
    questions=(
        QuestionWords("What is the issue?", "In plain words.", 50),
        QuestionWords("Who would work on it?", is_required=False),
    ),
)
ABOUT = BidWords("Ferryford", "Ferryfordshire", "Children stop cycling at eleven.", "Ferryford Council")


def a_call(programme: Programme | None = None, **words: Any) -> Call:
    """A published call that takes bids through March and April 2026."""
    given = CallWords(**{**vars(ASKED), **words})
    with clock.moved_to(given.opens_at - timedelta(days=1)):
        made = services.set_up_call((programme or a_programme()).pk, given, by=ADMINISTRATOR)
        services.publish_call(made.public_id, by=ADMINISTRATOR)
    return Call.objects.select_related("programme").get(pk=made.id)


def a_bid(
    call: Call, by: Viewer | None = None, *, about: BidWords = ABOUT, words: str = "A hard one."
) -> UUID:
    """A bid with its required answer, being written."""
    author = by or somebody()
    with clock.moved_to(call.opens_at + timedelta(days=1)):
        bid = services.begin_bid(call.public_id, about, by=author)
        for question in call.questions.filter(is_required=True):
            services.save_answer(bid, question.public_id, words, by=author)
    return bid


def handed_in(call: Call, by: Viewer | None = None, **words: Any) -> UUID:
    """A bid that is handed in."""
    author = by or somebody()
    bid = a_bid(call, author, **words)
    with clock.moved_to(call.opens_at + timedelta(days=2)):
        services.hand_in(bid, by=author)
    return bid


def opened(call: Call) -> Call:
    """The call an hour after its deadline, with its bids opened."""
    with clock.moved_to(call.closes_at + timedelta(hours=1)):
        services.open_bids(call.public_id, by=ADMINISTRATOR)
    call.refresh_from_db()
    return call


def row(bid: UUID) -> Bid:
    return Bid.objects.select_related("call__programme").get(public_id=bid)


def with_partners_and_board(bid: UUID, author: Viewer, *, signer: Person | None = None) -> Person:
    """Three partners, a second lead, and a board that signed; gives who signed."""
    board = signer or a_person()
    with clock.moved_to(WHILE_OPEN):
        for organisation, brings, amount in (
            ("Ferryford Council", "cash", Decimal(20000)),
            ("The Wheel Works", "people", Decimal("1200.50")),
            ("St Ann's Hall", "in_kind", None),
        ):
            services.add_partner(bid, PartnerWords(organisation, brings, "Help", amount), by=author)
        first = row(bid).authors.get()
        services.say_of_author(bid, first.public_id, AuthorWords("Ferryford Council", True), by=author)
        services.add_author(bid, a_person().email, AuthorWords("The Wheel Works", True), by=author)
        services.ask_board(bid, board.email, "Health and Wellbeing Board", by=author)
        services.sign(
            bid, SignatureWords("Dr A. Member", date(2026, 4, 1), "At its meeting"), by=viewer_for(board)
        )
    return board
