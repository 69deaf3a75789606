"""What partners offer, pledge and give. A pledge with an amount stands on the programme's ledger too."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import Pledge, PledgeState, TryOut
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.models import LedgerKind
from knotwork.programmes.services import Gift, add_pledge, keep_pledge, withdraw_pledge
from knotwork.programmes.services.ledger import fit_amount
from knotwork.programmes.services.made import refuse
from knotwork.programmes.services.organisations import organisation_named

OPEN = (PledgeState.OFFERED, PledgeState.PLEDGED)
"""As long as something may still become of it."""


@dataclass(frozen=True)
class PledgeWords:
    """What an organisation, named by its name, offers or pledges; ``amount`` is what it is worth, if that is known.

    ``due_on`` is the day by which it should come; before it the people of the organisation are asked how it stands.
    """

    organisation: str
    what: str
    kind: str = LedgerKind.IN_KIND.value
    amount: Decimal | None = None
    currency: str = "GBP"
    is_approximate: bool = False
    due_on: date | None = None


def offer(try_out: UUID, words: PledgeWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Write down an offer. It may be without an amount, and it is not on the ledger. Returns its public id."""
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.PLEDGE, row))
        held = _written(row, words, by, at)
        record_of("try_out.offered", row, by, pledge=str(held.public_id))
    return held.public_id


def pledge(try_out: UUID, words: PledgeWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Write down a firm pledge; with an amount it goes on the ledger at once. Returns its public id."""
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.PLEDGE, row))
        held = _written(row, words, by, at)
        _firm(row, held, by, at)
    return held.public_id


def make_firm(
    pledge_id: UUID, *, by: Viewer, amount: Decimal | None = None, at: datetime | None = None
) -> None:
    """An offer becomes a pledge, perhaps with its amount only now. What is firm already stays as it is."""
    with transaction.atomic():
        row, held = _to_settle(pledge_id, by)
        if held.state == PledgeState.OFFERED:
            _firm(row, held, by, at, amount)


def set_due(pledge_id: UUID, due_on: date | None, *, by: Viewer) -> bool:
    """Say by when an offer or a pledge should come; ``False`` when it says so already, or is settled."""
    with transaction.atomic():
        row, held = _to_settle(pledge_id, by)
        if held.due_on == due_on or held.state not in OPEN:
            return False
        held.due_on = due_on
        held.save(update_fields=["due_on"])
        record_of("try_out.pledge_due_set", row, by, pledge=str(held.public_id))
    return True


def mark_given(
    pledge_id: UUID, *, by: Viewer, amount: Decimal | None = None, at: datetime | None = None
) -> None:
    """What was offered or pledged has come. On the ledger it counts as given from now on."""
    with transaction.atomic():
        row, held = _to_settle(pledge_id, by)
        if held.state == PledgeState.OFFERED:
            _firm(row, held, by, at, amount)
        give(row, held, by=by, at=at)


def take_back(pledge_id: UUID, reason: str, *, by: Viewer, at: datetime | None = None) -> None:
    """An offer or a pledge is taken back; its entry leaves the sums of the ledger. What was given stays given."""
    reason = needed(reason, _("Say in a few words why it is taken back."))[:300]
    with transaction.atomic():
        row, held = _to_settle(pledge_id, by)
        withdraw_held(row, held, reason, by=by, at=at)


def give(row: TryOut, held: Pledge, *, by: Viewer, at: datetime | None = None) -> None:
    """A firm pledge has come; only for services of this room that asked the rules already."""
    if held.state != PledgeState.PLEDGED:
        return
    if held.ledger_entry is not None:
        keep_pledge(held.ledger_entry, by=by)
    held.state, held.settled_at = PledgeState.GIVEN, at or clock.now()
    held.save()
    record_of("try_out.given", row, by, pledge=str(held.public_id))


def withdraw_held(row: TryOut, held: Pledge, reason: str, *, by: Viewer, at: datetime | None = None) -> None:
    """An open pledge is taken back; only for services of this room that asked the rules already."""
    if held.state not in OPEN:
        return
    if held.ledger_entry is not None:
        withdraw_pledge(held.ledger_entry, reason, by=by)
    held.state, held.why_withdrawn = PledgeState.WITHDRAWN, reason
    held.settled_at = at or clock.now()
    held.save()
    record_of("try_out.pledge_withdrawn", row, by, pledge=str(held.public_id))


def held_pledge(pledge_id: UUID, by: Viewer) -> tuple[TryOut, Pledge]:
    """A pledge with its try-out, both held until the end of the transaction; refused for whoever may not see it."""
    held = Pledge.objects.select_related("organisation", "try_out").filter(public_id=pledge_id).first()
    if held is None:
        raise refuse(_("This pledge is not known here."))
    row = held_try_out(held.try_out.public_id, by)
    held.refresh_from_db(fields=["state", "ledger_entry", "due_on"])
    return row, held


def _written(row: TryOut, words: PledgeWords, by: Viewer, at: datetime | None) -> Pledge:
    currency = words.currency.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise refuse(_("A currency has three letters, such as GBP."))
    return Pledge.objects.create(
        try_out=row,
        organisation=organisation_named(needed(words.organisation, _("Say who offers it.")), by=by),
        what=needed(words.what, _("Say what is offered."))[:300],
        kind=LedgerKind(words.kind).value,
        amount=None if words.amount is None else fit_amount(words.amount),
        currency=currency,
        is_approximate=words.is_approximate,
        due_on=words.due_on,
        said_at=at or clock.now(),
    )


def _firm(row: TryOut, held: Pledge, by: Viewer, at: datetime | None, amount: Decimal | None = None) -> None:
    held.state = PledgeState.PLEDGED
    if amount is not None:
        held.amount = fit_amount(amount)
    if held.amount is not None:
        gift = Gift(
            what=held.what,
            kind=held.kind,
            amount=held.amount,
            currency=held.currency,
            is_approximate=held.is_approximate,
            contributor=held.organisation.name,
            source=_("Pledged for the try-out “%(title)s”") % {"title": row.title},
            place_id=row.place.pk if row.place else None,
        )
        held.ledger_entry = add_pledge(row.programme.pk, gift, by=by, shown_to=row.visibility, at=at)
    held.save()
    record_of("try_out.pledged", row, by, pledge=str(held.public_id))


def _to_settle(pledge_id: UUID, by: Viewer) -> tuple[TryOut, Pledge]:
    row, held = held_pledge(pledge_id, by)
    require(may(by, Act.SETTLE_PLEDGE, row))
    return row, held
