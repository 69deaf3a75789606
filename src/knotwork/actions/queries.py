"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from knotwork.actions.keys import KEY_SETS, QUESTIONS
from knotwork.actions.models import MustChange, Pledge, TryOut, TryOutPartner, TryOutStage
from knotwork.actions.nouns import (
    KeySetView,
    KeyView,
    ListedTryOut,
    PartnerView,
    PledgeView,
    TryOutView,
)
from knotwork.actions.querysets import try_outs
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.ledger import money
from knotwork.programmes.models import Provenance
from knotwork.programmes.queries import entries_standing

__all__ = [
    "KeySetView",
    "KeyView",
    "ListedTryOut",
    "PartnerView",
    "PledgeView",
    "TryOutView",
    "address_of",
    "key_sets_of",
    "partners_of",
    "pledges_of",
    "row_at",
    "try_out_beads",
    "try_out_view",
    "try_outs_for",
    "try_outs_of_place",
]

_ORDER = (TryOutStage.GOING, TryOutStage.PLANNED, TryOutStage.STOPPED, TryOutStage.ENDED)


def try_outs_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, stage: str = ""
) -> list[ListedTryOut]:
    """What the viewer may see: those going on first, then planned, stopped and ended ones; the newest turn first."""
    rows = try_outs().visible_to(viewer).select_related("programme", "place")
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    if stage:
        rows = rows.filter(stage=stage)
    listed = sorted((ListedTryOut(**_listed(row)) for row in rows), key=_newest, reverse=True)
    return sorted(listed, key=lambda each: _ORDER.index(TryOutStage(each.stage)))


def row_at(programme_slug: str, slug: str, viewer: Viewer) -> TryOut | None:
    """The row at this address, for views of this room; nothing when the viewer may not see it."""
    rows = try_outs().visible_to(viewer).select_related("programme", "place")
    return rows.filter(programme__slug=programme_slug, slug=slug).first()


def try_out_view(row: TryOut) -> TryOutView:
    """A row as it is read; only for rows that the viewer may see."""
    return TryOutView(
        **_listed(row),
        how_seen=row.how_seen,
        stop_rule=row.stop_rule,
        happened=row.happened,
        why_stopped=row.why_stopped,
        why_ended=row.why_ended,
    )


def partners_of(row: TryOut) -> tuple[PartnerView, ...]:
    """Who takes part and what each gives, in the order in which they came; an organisation stands once."""
    pledges: dict[str, list[PledgeView]] = {}
    for pledge in pledges_of(row):
        pledges.setdefault(pledge.organisation, []).append(pledge)
    rows = TryOutPartner.objects.filter(try_out=row).select_related("organisation")
    partners = [
        PartnerView(
            each.public_id, each.organisation.name, each.does, tuple(pledges.pop(each.organisation.name, ()))
        )
        for each in rows
    ]
    return (*partners, *(PartnerView(None, name, "", tuple(given)) for name, given in pledges.items()))


def pledges_of(row: TryOut) -> list[PledgeView]:
    """All that was offered, pledged, given or taken back, in the order in which it was said."""
    rows = list(Pledge.objects.filter(try_out=row).select_related("organisation"))
    on_ledger = entries_standing([each.ledger_entry for each in rows if each.ledger_entry is not None])
    return [
        PledgeView(
            each.public_id,
            each.organisation.name,
            each.what,
            each.get_kind_display(),
            ""
            if each.amount is None
            else money(each.amount, each.currency, is_approximate=each.is_approximate),
            each.state,
            each.ledger_entry in on_ledger,
            each.why_withdrawn,
        )
        for each in rows
    ]


def key_sets_of(row: TryOut) -> tuple[KeySetView, ...]:
    """The two sets of keys with what was said under each."""
    said = dict(MustChange.objects.filter(try_out=row).values_list("key", "words"))
    return tuple(
        KeySetView(
            each.title,
            tuple(
                KeyView(key.value, str(key.label), QUESTIONS[key], said.get(key.value, ""))
                for key in each.keys
            ),
        )
        for each in KEY_SETS
    )


def try_out_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Try-outs as ends of strands."""
    rows = try_outs().visible_to(viewer).filter(public_id__in=list(public_ids)).select_related("programme")
    return [_bead(row) for row in rows]


def try_outs_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """The try-outs of a place, newest first, for choosing one in a form."""
    rows = try_outs().visible_to(viewer).filter(place__public_id=place).select_related("programme")
    return [_bead(row) for row in rows]


def address_of(row: TryOut, page: str = "try-out") -> str:
    """The address of one of its pages, by its name."""
    return reverse(f"actions:{page}", args=[row.programme.slug, row.slug])


def _bead(row: TryOut) -> Bead:
    return Bead("try_out", row.public_id, row.title, address_of(row))


def _newest(each: ListedTryOut) -> tuple[datetime, str]:
    return each.changed_at, str(each.public_id)


def _listed(row: TryOut) -> dict[str, Any]:
    zone = ZoneInfo(row.programme.time_zone)

    def day(moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(zone).date()

    turns = (row.written_at, row.started_at, row.stopped_at, row.ended_at)
    return {
        "public_id": row.public_id,
        "title": row.title,
        "what": row.what,
        "url": address_of(row),
        "language": row.language,
        "stage": row.stage,
        "ending": row.ending,
        "planned_on": day(row.written_at),
        "started_on": day(row.started_at),
        "stopped_on": day(row.stopped_at),
        "ended_on": day(row.ended_at),
        "by_when": row.by_when,
        "expects": row.expects,
        "signed": row.signed,
        "programme": str(row.programme),
        "programme_slug": row.programme.slug,
        "place": row.place.name if row.place else "",
        "place_slug": row.place.slug if row.place else "",
        "is_made_up": row.programme.provenance == Provenance.MADE_UP,
        "visibility": row.visibility,
        "changed_at": max(moment for moment in turns if moment is not None),
    }
