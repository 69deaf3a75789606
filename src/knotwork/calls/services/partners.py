"""Who would take part in the place, and what each brings; and the files that go with a bid."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.models import BidFile, BidPartner, Brings
from knotwork.calls.rules import BidAct
from knotwork.calls.services.rows import changed, held_bid, needed, record_of_bid
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.uploads.kinds import MEGABYTE
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import UploadRefused, store
from knotwork.programmes.services.ledger import fit_amount
from knotwork.programmes.services.made import refuse

MOST_FILES = 10
LARGEST_FILE = 10 * MEGABYTE
MOST_PARTNERS = 100


@dataclass(frozen=True)
class PartnerWords:
    """An organisation and what it brings; the amount is what that is worth in money, where known."""

    organisation: str
    brings: str = Brings.IN_KIND.value
    what: str = ""
    amount: Decimal | None = None
    currency: str = "GBP"


def add_partner(bid: UUID, words: PartnerWords, *, by: Viewer) -> UUID:
    """Write a partner down. An organisation that brings two things is written down twice."""
    name = needed(" ".join(words.organisation.split()), _("Name the organisation."))
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        if row.partners.count() >= MOST_PARTNERS:
            raise refuse(_("A bid has at most %(most)d lines of partners.") % {"most": MOST_PARTNERS})
        partner = BidPartner.objects.create(
            bid=row,
            organisation=name[:200],
            brings=Brings(words.brings).value,
            what=words.what.strip()[:300],
            amount=None if words.amount is None else fit_amount(words.amount),
            currency=words.currency.strip().upper()[:3] or row.call.currency,
        )
        changed(row)
        record_of_bid("bid.changed", row, by)
    return partner.public_id


def end_partner(bid: UUID, partner: UUID, *, by: Viewer) -> None:
    """Take a partner out again."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        if row.partners.filter(public_id=partner).delete()[0]:
            changed(row)
            record_of_bid("bid.changed", row, by)


def add_file(bid: UUID, file: UploadedFile[bytes], *, by: Viewer) -> UUID:
    """Put a file to the bid."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        if row.files.count() >= MOST_FILES:
            raise refuse(_("A bid has at most %(most)d files.") % {"most": MOST_FILES})
        try:
            stored = store(file, by=by, largest=LARGEST_FILE)
        except UploadRefused as refusal:
            raise refuse(str(refusal)) from refusal
        kept = BidFile.objects.create(
            bid=row, upload=stored.public_id, file_name=stored.file_name, size=stored.size
        )
        changed(row)
        record_of_bid("bid.changed", row, by)
    return kept.public_id


def end_file(bid: UUID, file: UUID, *, by: Viewer) -> None:
    """Take a file out again."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        kept = row.files.filter(public_id=file).first()
        if kept is None:
            return
        Upload.objects.filter(public_id=kept.upload).update(withdrawn_at=clock.now())
        kept.delete()
        changed(row)
        record_of_bid("bid.changed", row, by)
