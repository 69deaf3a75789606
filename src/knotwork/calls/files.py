"""Files of bids are kept closed: whoever reads the bid reads them, and nobody by the door of all files."""

from uuid import UUID

from knotwork.calls.models import BidFile


def belongs_to_a_bid(upload: UUID) -> bool:
    """Whether this stored file goes with a bid."""
    return BidFile.objects.filter(upload=upload).exists()
