"""Letters of this room. None says what is in a bid: a letter may lie where others read it.

Only what is told of a decision says more, and only to the authors: it is what they waited for.
"""

from collections.abc import Iterator

from django.utils.translation import override

from knotwork.calls.addresses import call_url, url_of_bid
from knotwork.calls.deadlines import local_in
from knotwork.calls.models import Bid, BidStage, Call, Receipt
from knotwork.core.mail.services import send


def send_receipts(bid: Bid, receipt: Receipt) -> None:
    """The number and the moment, to every author."""
    local = local_in(bid.call.programme.time_zone, receipt.given_at)
    for author in bid.authors.select_related("person"):
        send(
            "bid_receipt",
            author.person.email,
            _of_the_call(bid) | {"number": receipt.number, "at": local, "zone": bid.call.programme.time_zone},
        )


def invite_author(bid: Bid, email: str) -> None:
    """That somebody writes this bid too, and how to sign in."""
    send("bid_author", email, _of_the_call(bid))


def ask_for_signature(bid: Bid, email: str) -> None:
    """That a member of a board is asked to read a bid and to sign for it."""
    send("bid_signature", email, _of_the_call(bid) | {"sign_path": f"{url_of_bid(bid)}sign/"})


def tell_outcome(bid: Bid) -> None:
    """The whole letter about the decision, to every author, in the language of the bid."""
    words = _of_the_call(bid) | {"words": bid.letter.words, "is_chosen": bid.stage == BidStage.CHOSEN}
    with override(bid.language):
        for email in _authors_of(bid):
            send("bid_outcome", email, words)


def tell_answer(bid: Bid, answer: str) -> None:
    """The answer to a note on the decision, to every author, in the language of the bid."""
    words = _of_the_call(bid) | {"place": bid.place_name, "words": answer}
    with override(bid.language):
        for email in _authors_of(bid):
            send("bid_appeal_answer", email, words)


def _authors_of(bid: Bid) -> Iterator[str]:
    for author in bid.authors.all():
        if author.person.blanked_at is None:
            yield author.person.email


def _of_the_call(bid: Bid) -> dict[str, object]:
    programme = bid.call.programme
    return {
        "call": bid.call.title,
        "programme": programme.name,
        "bid_path": url_of_bid(bid),
    }


def invite_reviewer(call: Call, email: str) -> None:
    """That somebody is asked onto the panel of a call, and where she says what she must not judge."""
    programme = call.programme
    path = f"{call_url(programme.slug, call.slug)}reviews/"
    send("panel_invitation", email, {"call": call.title, "programme": programme.name, "reviews_path": path})
