"""Write in the ledger: add an entry, withdraw one. An entry is never changed."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.models import LedgerEntry, LedgerKind, LedgerState, Place, Programme
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import place_of, refuse, standing_programme
from knotwork.programmes.services.organisations import organisation_named

_SMALLEST_COIN = Decimal("0.01")
_MOST = Decimal("999999999999.99")


@dataclass(frozen=True)
class Gift:
    """What is given, counted in money. ``contributor`` is an organisation's name, or empty if unknown."""

    what: str
    kind: str
    amount: Decimal
    currency: str = "GBP"
    is_approximate: bool = False
    contributor: str = ""
    source: str = ""
    place_id: int | None = None
    state: str = LedgerState.GIVEN.value


def fit_amount(amount: Decimal) -> Decimal:
    """The amount, if it is one that a ledger can hold."""
    if not amount.is_finite() or not 0 <= amount <= _MOST:
        raise refuse(_("The amount is a number from 0 to 999,999,999,999.99."))
    if amount != amount.quantize(_SMALLEST_COIN):
        raise refuse(_("The amount has at most two digits after the point."))
    return amount


def write_entry(programme: Programme, place: Place | None, gift: Gift, *, by: Viewer) -> LedgerEntry:
    """The row of a gift; only for services of this room that asked the rules already."""
    return LedgerEntry.objects.create(
        programme=programme,
        place=place,
        contributor=organisation_named(gift.contributor, by=by) if gift.contributor else None,
        kind=LedgerKind(gift.kind).value,
        amount=fit_amount(gift.amount),
        currency=gift.currency.upper(),
        is_approximate=gift.is_approximate,
        what=gift.what,
        source=gift.source,
        state=LedgerState(gift.state).value,
    )


def add_entry(programme_id: int, gift: Gift, *, by: Viewer) -> UUID:
    """Write one gift into the ledger."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_LEDGER, programme))
        place = place_of(programme, gift.place_id)
        entry = write_entry(programme, place, gift, by=by)
        record(
            "ledger_entry.added",
            subject_kind="ledger_entry",
            subject_id=entry.public_id,
            by=by,
            programme=programme.public_id,
            place=None if place is None else place.public_id,
        )
    return entry.public_id


def withdraw_entry(programme_id: int, entry_id: UUID, reason: str, *, by: Viewer) -> None:
    """Take an entry out of the sums; the row and the reason stay in the record."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_LEDGER, programme))
        entry = LedgerEntry.objects.filter(
            public_id=entry_id, programme=programme, withdrawn_at__isnull=True
        ).first()
        if entry is None:
            return
        LedgerEntry.objects.filter(pk=entry.pk).update(withdrawn_at=clock.now(), withdrawn_reason=reason)
        record(
            "ledger_entry.withdrawn",
            subject_kind="ledger_entry",
            subject_id=entry.public_id,
            by=by,
            programme=programme.public_id,
            place=entry.place.public_id if entry.place else None,
        )
