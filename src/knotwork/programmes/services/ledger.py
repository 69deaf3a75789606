"""Write in the ledger: add an entry, move it on, withdraw it. An entry is never changed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.identifiers import new_public_id
from knotwork.core.rules import require
from knotwork.programmes.models import (
    LedgerEntry,
    LedgerKind,
    LedgerState,
    LedgerUnit,
    Place,
    Programme,
)
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import place_of, refuse, standing_programme
from knotwork.programmes.services.organisations import organisation_named

_SMALLEST_COIN = Decimal("0.01")
_MOST = Decimal("999999999999.99")
_MOST_COUNTED = Decimal("9999999999.99")
_ORDER = tuple(LedgerState.values)


@dataclass(frozen=True)
class Gift:
    """What is given, counted in money. ``contributor`` is an organisation's name, or empty if unknown.

    With ``quantity``, ``unit`` and ``rate`` the amount is their product (see :func:`counted`).
    """

    what: str
    kind: str
    amount: Decimal
    currency: str = "GBP"
    is_approximate: bool = False
    contributor: str = ""
    source: str = ""
    place_id: int | None = None
    state: str = LedgerState.RECEIVED.value
    quantity: Decimal | None = None
    unit: str = ""
    rate: Decimal | None = None
    reference: str = ""


def counted(what: str, quantity: Decimal, unit: str, rate: Decimal, **more: Any) -> Gift:
    """Help in kind at a declared rate: 60 days at 500 are 30,000."""
    amount = counted_amount(quantity, rate)
    return Gift(what, LedgerKind.IN_KIND.value, amount, quantity=quantity, unit=unit, rate=rate, **more)


def counted_amount(quantity: Decimal, rate: Decimal) -> Decimal:
    """Quantity times rate, exactly; refused when that is no whole number of pence."""
    for number in (quantity, rate):
        if (
            not number.is_finite()
            or not 0 <= number <= _MOST_COUNTED
            or number != number.quantize(_SMALLEST_COIN)
        ):
            raise refuse(_("How many, and the rate, are numbers with at most two digits after the point."))
    amount = quantity * rate
    if amount != amount.quantize(_SMALLEST_COIN):
        raise refuse(
            _(
                "%(quantity)s at %(rate)s make %(amount)s, which is no whole number of pence. Choose another rate."
            )
            % {"quantity": f"{quantity:f}", "rate": f"{rate:f}", "amount": f"{amount.normalize():f}"}
        )
    return fit_amount(amount)


def fit_amount(amount: Decimal) -> Decimal:
    """The amount, if it is one that a ledger can hold."""
    if not amount.is_finite() or not 0 <= amount <= _MOST:
        raise refuse(_("The amount is a number from 0 to 999,999,999,999.99."))
    if amount != amount.quantize(_SMALLEST_COIN):
        raise refuse(_("The amount has at most two digits after the point."))
    return amount


def write_entry(programme: Programme, place: Place | None, gift: Gift, *, by: Viewer) -> LedgerEntry:
    """The row of a gift; only for services of this room that asked the rules already."""
    _check_counted(gift)
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
        quantity=gift.quantity,
        unit=LedgerUnit(gift.unit).value if gift.unit else "",
        rate=gift.rate,
        reference=gift.reference,
    )


def _check_counted(gift: Gift) -> None:
    said = (gift.quantity is not None, gift.rate is not None, bool(gift.unit))
    if not any(said):
        return
    if gift.quantity is None or gift.rate is None or not gift.unit:
        raise refuse(_("Say how many, of what, and at which rate; or none of the three."))
    if gift.kind != LedgerKind.IN_KIND:
        raise refuse(_("Only help in kind is counted at a rate."))
    if gift.amount != counted_amount(gift.quantity, gift.rate):
        raise refuse(
            _("The amount is how many times the rate: %(amount)s.") % {"amount": gift.quantity * gift.rate}
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


def move_entry(
    programme_id: int, entry_id: UUID, state: str, *, by: Viewer, part: Decimal | None = None
) -> UUID | None:
    """Move an entry on to a later state, or a ``part`` of it; ``None`` when it stands there already.

    A part is money; of an entry that is counted at a rate it is a number of its units. It becomes an entry of its
    own, and the old one keeps its name and the rest, so that all sums stay as they were together.
    """
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_LEDGER, programme))
        rows = LedgerEntry.objects.select_related("place").filter(programme=programme, public_id=entry_id)
        entry = rows.filter(withdrawn_at__isnull=True).first()
        if entry is None:
            raise refuse(_("This entry is not in the ledger any more."))
        return move_row(entry, state, by=by, part=part)


def move_row(entry: LedgerEntry, state: str, *, by: Viewer, part: Decimal | None = None) -> UUID | None:
    """Move a row on; only for services of this room that hold it and asked the rules already."""
    wanted = LedgerState(state).value
    if wanted == entry.state:
        return None
    if _ORDER.index(wanted) < _ORDER.index(entry.state):
        raise refuse(_("An entry only moves on. If it was a mistake, take it out and write it anew."))
    moved = entry if part is None else _divided(entry, part)
    LedgerEntry.objects.filter(pk=moved.pk).update(state=wanted)
    record(
        "ledger_entry.moved",
        subject_kind="ledger_entry",
        subject_id=moved.public_id,
        by=by,
        programme=entry.programme.public_id,
        place=entry.place.public_id if entry.place else None,
        details={"state": wanted} | ({} if part is None else {"part_of": str(entry.public_id)}),
    )
    return moved.public_id


def _divided(entry: LedgerEntry, part: Decimal) -> LedgerEntry:
    """A new row with the part; the old one keeps the rest. Together they are what stood there before."""
    whole = entry.amount if entry.quantity is None else entry.quantity
    if not part.is_finite() or not 0 < part < whole:
        raise refuse(
            _("A part is more than nothing and less than the whole, which is %(whole)s.") % {"whole": whole}
        )
    rest, moved = LedgerEntry.objects.get(pk=entry.pk), LedgerEntry.objects.get(pk=entry.pk)
    if entry.rate is not None:
        rest.quantity, moved.quantity = whole - part, part
        rest.amount, moved.amount = (counted_amount(each, entry.rate) for each in (whole - part, part))
    else:
        rest.amount, moved.amount = whole - fit_amount(part), part
    rest.save(update_fields=["amount", "quantity"])
    moved.pk, moved.public_id, moved.reference, moved.divided_from = None, new_public_id(), "", entry
    moved._state.adding = True
    moved.save()
    return moved
