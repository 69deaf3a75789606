"""Find a programme, and what is said of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.addresses import programme_url
from knotwork.programmes.consultation import consultation_note
from knotwork.programmes.models import Fact, FormerAddress, Partnership, Programme
from knotwork.programmes.queries.nouns import (
    DutiesView,
    FactView,
    MovedTo,
    PartnerView,
    ProgrammeSummary,
    ProgrammeView,
)
from knotwork.programmes.querysets import places, programmes


def programmes_for(viewer: Viewer) -> tuple[ProgrammeSummary, ...]:
    """The programmes that the viewer may see, in their order, each with the number of places she may see."""
    seen_places = (
        places()
        .visible_to(viewer)
        .filter(programme=OuterRef("pk"))
        .order_by()
        .values("programme")
        .annotate(how_many=Count("pk"))
        .values("how_many")
    )
    rows: Any = (
        programmes()
        .visible_to(viewer)
        .annotate(how_many=Coalesce(Subquery(seen_places, output_field=IntegerField()), 0))
        .order_by("order", "name")
    )
    return tuple(
        ProgrammeSummary(
            row.pk,
            row.public_id,
            row.slug,
            row.name,
            row.short_name,
            row.summary,
            row.country,
            row.began,
            row.provenance,
            row.how_many,
        )
        for row in rows
    )


def programme_at(slug: str, viewer: Viewer) -> ProgrammeView | MovedTo | None:
    """The programme at this address, where it moved to, or nothing that the viewer may see."""
    row = programmes().visible_to(viewer).filter(slug=slug).prefetch_related("aims").first()
    if row is not None:
        return programme_view(row)
    former = FormerAddress.objects.filter(
        slug=slug, place__isnull=True, programme__in=programmes().visible_to(viewer)
    )
    now_at = former.values_list("programme__slug", flat=True).first()
    return None if now_at is None else MovedTo(programme_url(now_at))


def mailbox_of(programme_id: int) -> str:
    """Where letters to the programme's team go; empty when it has no mailbox. Never shown on a page."""
    return Programme.objects.filter(pk=programme_id).values_list("mailbox", flat=True).first() or ""


def partners_of(programme_id: int, place_id: int | None = None) -> tuple[PartnerView, ...]:
    """The organisations that take part in the programme as a whole, or in one of its places."""
    rows = (
        Partnership.objects.filter(_belongs(place_id), programme_id=programme_id)
        .select_related("organisation")
        .order_by("order", "organisation__name")
    )
    return tuple(
        PartnerView(row.pk, row.organisation.name, row.part, row.get_part_display(), row.note) for row in rows
    )


def facts_of(programme_id: int, place_id: int | None = None) -> tuple[FactView, ...]:
    """What is known of the programme as a whole, or of one of its places, with the sources."""
    rows = Fact.objects.filter(_belongs(place_id), programme_id=programme_id).order_by("order", "pk")
    return tuple(FactView(row.text, row.source) for row in rows)


def programme_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Programmes as ends of strands."""
    rows = programmes().visible_to(viewer).filter(public_id__in=list(public_ids))
    return [Bead("programme", row.public_id, str(row), programme_url(row.slug)) for row in rows]


def programme_view(row: Programme) -> ProgrammeView:
    """The programme as it is read."""
    return ProgrammeView(
        id=row.pk,
        public_id=row.public_id,
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        summary=row.summary,
        thesis=row.thesis,
        country=row.country,
        began=row.began,
        overseen_by=row.overseen_by,
        bid_sponsor=row.bid_sponsor,
        sites_stated=row.sites_stated,
        has_mailbox=bool(row.mailbox),
        attribution=row.attribution,
        language=row.language,
        time_zone=row.time_zone,
        provenance=row.provenance,
        visibility=row.visibility,
        aims=tuple(aim.text for aim in row.aims.all()),
        withdrawn_at=row.withdrawn_at,
        duties=DutiesView(
            row.hold_opens_at,
            row.hold_closes_at,
            row.hold_words,
            row.hold_is_shown,
            consultation_note(row),
            row.keep_until,
        ),
    )


def _belongs(place_id: int | None) -> Q:
    """To the one place, or, without one, to the programme as a whole."""
    return Q(place__isnull=True) if place_id is None else Q(place_id=place_id)
