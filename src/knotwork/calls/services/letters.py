"""Letters of this room. None says what is in a bid: a letter may lie where others read it."""

from knotwork.calls.addresses import call_url, url_of_bid
from knotwork.calls.deadlines import local_in
from knotwork.calls.models import Bid, Call, Receipt
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
