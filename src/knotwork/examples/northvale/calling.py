"""The open call with its six bids: written, signed for and handed in, sealed until the deadline, then opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from knotwork.calls import services
from knotwork.calls.models import BidAuthor
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE


@dataclass(frozen=True)
class Called:
    """The call and its bids, by the names of their places: what the choice is made from."""

    call: UUID
    bids: Mapping[str, UUID]


def call_for_places(cast: Cast) -> Called:
    """Publish the call, let six places bid, and open the bids."""
    about = told("call")
    with on(about["opens"], hour=8):
        made = services.set_up_call(cast.programme.pk, _words(about), by=BY_THE_HOUSE, slug="first-call")
        services.publish_call(made.public_id, by=BY_THE_HOUSE)
    bids = {row["place"]: _bid(made.public_id, about, row) for row in about["bids"]}
    with on(about["opened"]):
        services.open_bids(made.public_id, by=BY_THE_HOUSE)
    return Called(made.public_id, bids)


def _words(about: Mapping[str, Any]) -> services.CallWords:
    return services.CallWords(
        title=about["title"],
        aims=about["aims"],
        opens_at=datetime.combine(about["opens"], time(9), UTC),
        closes_at=datetime.combine(about["closes"], time(11), UTC),
        number_of_places=about["places"],
        enabler_days=about["enabler_days"],
        learning_events=about["learning_events"],
        eligibility=about["eligibility"],
        who_decides=about["who_decides"],
        template="local-vision",
        criteria=[services.CriterionWords(**row) for row in about["criteria"]],
        questions=[
            services.QuestionWords(row["words"], word_limit=row["limit"]) for row in about["questions"]
        ],
    )


def _bid(call: UUID, about: Mapping[str, Any], row: Mapping[str, Any]) -> UUID:
    first, *others = (_somebody(name, row["place"]) for name in row["leads"])
    by = viewer_for(first)
    with on(about["opens"], hour=14):
        words = services.BidWords(
            row["place"], issue=row["issue"], sponsor=row["sponsor"], themes="\n".join(row["themes"])
        )
        bid = services.begin_bid(call, words, by=by)
        services.say_how_knotty(bid, row["knotty"], by=by)
        for question, text in zip(services.call_questions(call), row["answers"], strict=True):
            services.save_answer(bid, question, text, by=by)
        for organisation, brings, what, amount in row["partners"]:
            worth = Decimal(amount) if amount else None
            services.add_partner(bid, services.PartnerWords(organisation, brings, what, worth), by=by)
        _leads(bid, row["leads"], others, by)
    _signed_and_handed_in(bid, about, row, by)
    return bid


def _leads(bid: UUID, organisations: list[str], others: list[Person], by: Viewer) -> None:
    author = BidAuthor.objects.get(bid__public_id=bid).public_id
    services.say_of_author(bid, author, services.AuthorWords(organisations[0], True), by=by)
    for organisation, person in zip(organisations[1:], others, strict=True):
        services.add_author(bid, person.email, services.AuthorWords(organisation, True), by=by)


def _signed_and_handed_in(bid: UUID, about: Mapping[str, Any], row: Mapping[str, Any], by: Viewer) -> None:
    board = _somebody(row["sponsor"], row["place"])
    with on(about["opens"], hour=16):
        services.ask_board(bid, board.email, row["sponsor"], by=by)
        words = services.SignatureWords("A made-up member", about["opens"], "At its meeting")
        services.sign(bid, words, by=viewer_for(board))
        services.hand_in(bid, by=by)


def _somebody(organisation: str, place: str) -> Person:
    """Somebody made up: the address leads nowhere, so nobody can sign in with it."""
    name = "".join(letter for letter in organisation.lower() if letter.isalpha())
    return person_with_email(f"{name}@{place.lower()}.invalid", by=BY_THE_HOUSE)
