"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry
from knotwork.core.search.registry import Document
from knotwork.core.strands.kinds import Bead
from knotwork.maps.addresses import factor_url, map_url
from knotwork.maps.models import Factor, Link, MapReference, Perspective, SystemMap
from knotwork.maps.querysets import MapQuerySet, maps, references
from knotwork.maps.words import size_in_words
from knotwork.programmes.addresses import place_url
from knotwork.programmes.models import Provenance, Role
from knotwork.programmes.querysets import programmes
from knotwork.programmes.rules import ACTS, Act, ProgrammeStage
from knotwork.programmes.standing import memberships_of

WRITERS = tuple(role for role in Role if Act.WRITE in ACTS.get((ProgrammeStage.STANDING, role), ()))


@dataclass(frozen=True)
class ListedMap:
    """A map in a list: what it is called, where it belongs, how large it is, and whether others made it."""

    id: int
    public_id: UUID
    slug: str
    title: str
    question: str
    language: str
    url: str
    programme: str
    place: str
    factors: int
    links: int
    perspectives: int
    made_elsewhere: bool
    year: int | None
    is_made_up: bool
    visibility: str
    written_at: datetime

    @property
    def size(self) -> str:
        return size_in_words(self.factors, self.links)

    @property
    def origin(self) -> str:
        """*Made elsewhere, 2007*; empty for a map that was drawn here."""
        if not self.made_elsewhere:
            return ""
        return _("Made elsewhere, %(year)s") % {"year": self.year} if self.year else _("Made elsewhere")


@dataclass(frozen=True)
class ListedReference:
    """That a place looks at a map, in its words."""

    public_id: UUID
    words: str
    place: str
    place_url: str
    map: ListedMap


@dataclass(frozen=True)
class FactorView:
    """A factor, for a form in which one is chosen."""

    public_id: UUID
    label: str
    url: str


def maps_for(viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None) -> list[ListedMap]:
    """The maps that the viewer may see, the newest first; in one query."""
    rows = maps().visible_to(viewer)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    return [_listed(row) for row in _with_sizes(rows)]


def references_of_place(place: UUID, viewer: Viewer) -> list[ListedReference]:
    """The maps made elsewhere that a place looks at, in the order in which it said so; in two queries."""
    rows = list(
        references()
        .visible_to(viewer)
        .filter(place__public_id=place)
        .select_related("place__programme")
        .order_by("made_at", "pk")
    )
    if not rows:
        return []
    listed = {row.pk: _listed(row) for row in _with_sizes(maps().filter(pk__in=[one.map_id for one in rows]))}
    return [
        ListedReference(one.public_id, one.words, one.place.name, _place_url(one), listed[one.map_id])
        for one in rows
    ]


def references_to_map(map_id: int, viewer: Viewer) -> list[tuple[str, str]]:
    """Names and addresses of the places that look at this map, as far as the viewer may see them."""
    rows = references().visible_to(viewer).filter(map_id=map_id).select_related("place__programme")
    return [(one.place.name, _place_url(one)) for one in rows.order_by("place__name", "pk")]


def map_at(programme_slug: str, slug: str, viewer: Viewer) -> SystemMap | None:
    """The map at this address, for views of this room; ``None`` when the viewer may not see it."""
    rows = maps().visible_to(viewer).select_related("programme", "place")
    return rows.filter(programme__slug=programme_slug, slug=slug).first()


def factors_of(map_public_id: UUID, viewer: Viewer) -> list[FactorView]:
    """The factors that stand on a map, in the order of their words."""
    rows = _standing_factors(viewer).filter(map__public_id=map_public_id)
    found = [FactorView(row.public_id, row.label, factor_url(row.map, row.public_id)) for row in rows]
    return sorted(found, key=lambda factor: factor.label.casefold())


def map_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Maps as ends of strands."""
    return [_map_bead(row) for row in _seen(viewer).filter(public_id__in=list(public_ids))]


def maps_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """The maps of a place, newest first."""
    return [_map_bead(row) for row in _seen(viewer).filter(place__public_id=place)]


def factor_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Factors as ends of strands."""
    return [_factor_bead(row) for row in _standing_factors(viewer).filter(public_id__in=list(public_ids))]


def factors_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """The factors on the maps of a place, newest first."""
    rows = _standing_factors(viewer).filter(map__place__public_id=place)
    return [_factor_bead(row) for row in rows.order_by("-added_at", "-pk")]


def map_documents(public_ids: Iterable[UUID] | None = None) -> list[Document]:
    """The words of maps, to be found."""
    rows = maps().standing()
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    return [
        Document(row.public_id, row.title, "\n".join((row.question, row.introduction)), row.language)
        for row in rows
    ]


def factor_documents(public_ids: Iterable[UUID] | None = None) -> list[Document]:
    """The words of factors, to be found."""
    rows = Factor.objects.filter(withdrawn_at__isnull=True, map__withdrawn_at__isnull=True)
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    return [
        Document(row.public_id, row.label, row.note, row.map.language) for row in rows.select_related("map")
    ]


def factors_on_maps(public_ids: Iterable[UUID]) -> list[UUID]:
    """The factors of these maps: what happens to a map happens to what is drawn on it."""
    rows = Factor.objects.filter(map__public_id__in=list(public_ids))
    return list(rows.values_list("public_id", flat=True))


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """New maps, for feeds."""
    listed = maps_for(viewer, programme=programme, place=place)[:most]
    return [
        FeedEntry(
            kind="map",
            public_id=one.public_id,
            title=one.title,
            url=one.url,
            at=one.written_at,
            summary=" ".join(part for part in (one.question, f"{one.size}.") if part),
            language=one.language,
            is_made_up=one.is_made_up,
        )
        for one in listed
    ]


def _seen(viewer: Viewer) -> MapQuerySet:
    return maps().visible_to(viewer).select_related("programme", "place").order_by("-written_at", "-pk")


def _standing_factors(viewer: Viewer) -> QuerySet[Factor]:
    return Factor.objects.filter(withdrawn_at__isnull=True, map__in=maps().visible_to(viewer)).select_related(
        "map__programme"
    )


def _map_bead(row: SystemMap) -> Bead:
    return Bead("map", row.public_id, row.title, map_url(row))


def _factor_bead(row: Factor) -> Bead:
    return Bead("factor", row.public_id, row.label, factor_url(row.map, row.public_id))


def _place_url(one: MapReference) -> str:
    return place_url(one.place.programme.slug, one.place.slug)


def _with_sizes(rows: MapQuerySet) -> MapQuerySet:
    """With how many factors, links and perspectives each has; a link that several drew counts once."""
    of_map = OuterRef("pk")
    factors = Factor.objects.filter(map=of_map, withdrawn_at__isnull=True)
    links = Link.objects.filter(
        map=of_map,
        withdrawn_at__isnull=True,
        source__withdrawn_at__isnull=True,
        target__withdrawn_at__isnull=True,
    )
    ends = (Cast(f"{end}_id", CharField()) for end in ("source", "target"))
    sized = rows.select_related("programme", "place").annotate(
        factor_count=_counted(factors, Count("pk")),
        link_count=_counted(links, Count(Concat(next(ends), Value(">"), next(ends)), distinct=True)),
        perspective_count=_counted(Perspective.objects.filter(map=of_map), Count("pk")),
    )
    return sized.order_by("-written_at", "-pk")


def _counted(rows: QuerySet[Any], counted: Count) -> Coalesce:
    """How many rows each map has."""
    each = rows.order_by().values("map").annotate(how_many=counted).values("how_many")
    return Coalesce(Subquery(each, output_field=IntegerField()), 0)


def _listed(row: Any) -> ListedMap:
    """A row of ``_with_sizes`` as it is listed."""
    return ListedMap(
        id=row.pk,
        public_id=row.public_id,
        slug=row.slug,
        title=row.title,
        question=row.question,
        language=row.language,
        url=map_url(row),
        programme=str(row.programme),
        place=row.place.name if row.place else "",
        factors=row.factor_count,
        links=row.link_count,
        perspectives=row.perspective_count,
        made_elsewhere=row.made_elsewhere,
        year=row.year,
        is_made_up=row.programme.provenance == Provenance.MADE_UP,
        visibility=row.visibility,
        written_at=row.written_at,
    )


def programmes_written_by(viewer: Viewer) -> list[tuple[str, str]]:
    """Slug and name of the programmes in which the viewer may draw a map, for some place or as a whole."""
    rows = programmes().visible_to(viewer)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(role__in=WRITERS)
        rows = rows.filter(pk__in=mine.values("programme_id"))
    return [(row.slug, str(row)) for row in rows.order_by("order", "name")]
