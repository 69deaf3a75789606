"""Try-outs as lists and one by one, and as ends of strands."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from knotwork.actions.lead_people import has_lost_its_lead
from knotwork.actions.models import TryOut, TryOutStage
from knotwork.actions.nouns import ListedTryOut, TryOutView
from knotwork.actions.querysets import try_outs
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import Provenance

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
        needs_lead=has_lost_its_lead(row),
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
