"""Where a call and a bid are read. A bid's address is a number that tells nothing: no name of a place stands in it."""

from uuid import UUID

from knotwork.calls.models import Bid
from knotwork.programmes.addresses import programme_url


def call_url(programme: str, call: str) -> str:
    """The page of a call."""
    return f"{programme_url(programme)}calls/{call}/"


def bid_url(programme: str, call: str, bid: UUID) -> str:
    """The page of a bid."""
    return f"{call_url(programme, call)}bids/{bid}/"


def url_of_bid(bid: Bid) -> str:
    """The page of this bid."""
    return bid_url(bid.call.programme.slug, bid.call.slug, bid.public_id)
