"""What is promised and not yet given, on the ledger: for rooms in which people pledge something for a piece of work.

Such an entry is marked as pledged, is added up apart, and is seen by those who may see the work that it is for.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.models import PROMISED, LedgerEntry, LedgerState, Stage
from knotwork.programmes.rules import Act, can, can_settle_pledge
from knotwork.programmes.services.ledger import Gift, write_entry
from knotwork.programmes.services.made import place_of, refuse, standing_programme


def add_pledge(
    programme_id: int,
    gift: Gift,
    *,
    by: Viewer,
    shown_to: str = Stage.PUBLIC.value,
    at: datetime | None = None,
) -> UUID:
    """Write down that something is pledged. ``shown_to``: who may see what it is pledged for.

    People of the place and the team may; ``at`` is the moment of the pledge where an older story is told.
    """
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.PLEDGE, programme, gift.place_id))
        place = place_of(programme, gift.place_id)
        entry = write_entry(programme, place, replace(gift, state=LedgerState.PLEDGED.value), by=by)
        LedgerEntry.objects.filter(pk=entry.pk).update(
            visibility=Stage(shown_to).value, entered_at=at or clock.now()
        )
        _record("pledge.added", entry, by)
    return entry.public_id


def keep_pledge(entry_id: UUID, *, by: Viewer) -> None:
    """What was pledged or agreed has come: now it counts as received. One that was taken out stays out."""
    with transaction.atomic():
        entry = _pledged(entry_id)
        if entry is None:
            return
        require(can_settle_pledge(by, entry.programme, entry.place_id, entry.contributor_id))
        LedgerEntry.objects.filter(pk=entry.pk).update(state=LedgerState.RECEIVED.value)
        _record("pledge.kept", entry, by)


def withdraw_pledge(entry_id: UUID, reason: str, *, by: Viewer) -> None:
    """Take a pledge out of the sums. What came already stays; only the team takes that out."""
    if not reason.strip():
        raise refuse(_("Say in a few words why it is taken back."))
    with transaction.atomic():
        entry = _pledged(entry_id)
        if entry is None:
            return
        require(can_settle_pledge(by, entry.programme, entry.place_id, entry.contributor_id))
        LedgerEntry.objects.filter(pk=entry.pk).update(
            withdrawn_at=clock.now(), withdrawn_reason=reason[:300]
        )
        _record("pledge.withdrawn", entry, by)


def show_pledges(entry_ids: Iterable[UUID], shown_to: str, *, by: Viewer) -> None:
    """Show these entries, pledged or kept, to as many people as the work that they are for."""
    with transaction.atomic():
        stage = Stage(shown_to).value
        rows = LedgerEntry.objects.select_related("programme", "place").filter(public_id__in=list(entry_ids))
        for entry in rows.exclude(visibility=stage):
            require(can(by, Act.WRITE, entry.programme, entry.place_id))
            LedgerEntry.objects.filter(pk=entry.pk).update(visibility=stage)
            _record("pledge.shown", entry, by)


def _pledged(entry_id: UUID) -> LedgerEntry | None:
    rows = LedgerEntry.objects.select_for_update(of=("self",)).select_related("programme", "place")
    return rows.filter(public_id=entry_id, state__in=PROMISED, withdrawn_at__isnull=True).first()


def _record(verb: str, entry: LedgerEntry, by: Viewer) -> None:
    record(
        verb,
        subject_kind="ledger_entry",
        subject_id=entry.public_id,
        by=by,
        programme=entry.programme.public_id,
        place=entry.place.public_id if entry.place else None,
    )
