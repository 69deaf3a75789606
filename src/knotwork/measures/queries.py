"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.analyses.models import Snapshot
from knotwork.core.feeds.registry import FeedEntry
from knotwork.core.search.registry import Document
from knotwork.core.strands.kinds import Bead
from knotwork.measures.analyses import KIND
from knotwork.measures.findings import Result, finding_of
from knotwork.measures.models import Indicator, Measure, NothingFits, RivalCause
from knotwork.measures.points import Point, points_of
from knotwork.measures.querysets import MeasureQuerySet, indicators, measures, places_without
from knotwork.measures.rules import KEEPERS
from knotwork.programmes.models import Provenance
from knotwork.programmes.querysets import programmes
from knotwork.programmes.standing import memberships_of


@dataclass(frozen=True)
class ListedMeasure:
    """A measure in a list, with what was found in a few words. ``code`` says the same for machines."""

    public_id: UUID
    slug: str
    title: str
    url: str
    place: str
    place_slug: str
    programme: str
    programme_slug: str
    indicator: str
    why: str
    code: str
    short: str
    stamps: tuple[str, ...]
    is_set_aside: bool
    is_made_up: bool
    language: str
    written_at: datetime


@dataclass(frozen=True)
class PlaceWithout:
    """A place for which nothing fits, and why."""

    public_id: UUID
    place: str
    place_slug: str
    programme: str
    programme_slug: str
    words: str
    signed: str
    language: str


@dataclass(frozen=True)
class IndicatorView:
    """An indicator as it is read, with how much of it is held."""

    public_id: UUID
    key: str
    name: str
    definition: str
    unit: str
    polarity: str
    polarity_words: str
    source: str
    source_url: str
    licence: str
    attribution: str
    vintage: str
    is_indirect: bool
    programme_id: int | None
    url: str
    changed_at: datetime


@dataclass(frozen=True)
class RivalWords:
    """Something else that may have moved a measure, for a page elsewhere that shows the measure."""

    words: str
    since: date | None
    checked: str
    measure: str
    language: str


def measure_address(programme: str, slug: str, page: str = "measure") -> str:
    """The address of one of a measure's pages."""
    return reverse(f"measures:{page}", args=[programme, slug])


def place_address(programme: str, place: str) -> str:
    """Where all that a place looks at stands."""
    return reverse("measures:place", args=[programme, place])


def measures_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None
) -> list[ListedMeasure]:
    """All that is looked at, as far as the viewer may see it, also where nothing was found; three queries at most."""
    rows = list(
        _within(measures().visible_to(viewer), programme, place)
        .with_all()
        .order_by("place__name", "order", "pk")
    )
    results = newest_results([row.public_id for row in rows])
    return [_listed(row, results.get(row.public_id)) for row in rows]


def places_without_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None
) -> list[PlaceWithout]:
    """Where nothing fits, as far as the viewer may see it."""
    rows = places_without().visible_to(viewer).select_related("programme", "place").order_by("place__name")
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    return [_without(row) for row in rows]


def newest_results(public_ids: Sequence[UUID]) -> dict[UUID, Result]:
    """The newest good result of each measure; one query."""
    rows = (
        Snapshot.objects.filter(kind=KIND, subject__in=list(public_ids))
        .good()
        .order_by("pk")
        .values_list("subject", "result")
    )
    return dict(rows)


def indicators_for(viewer: Viewer) -> list[IndicatorView]:
    """Every indicator that the viewer may see, by name."""
    return [indicator_view(row) for row in indicators().visible_to(viewer).order_by("name", "vintage")]


def figures_of(measure: UUID) -> list[Point]:
    """The figures of a measure through time; only for rooms that asked already whether it may be seen."""
    row = measures().standing().filter(public_id=measure).first()
    return [] if row is None else points_of(row, row.area_code)


def rivals_of(public_ids: Iterable[UUID], viewer: Viewer) -> list[RivalWords]:
    """What else may have moved these measures, as far as the viewer may see them, in the order of time."""
    seen = measures().visible_to(viewer).filter(public_id__in=list(public_ids))
    rows = RivalCause.objects.filter(measure__in=seen, withdrawn_at__isnull=True)
    return [
        RivalWords(each.words, each.from_date, each.checked, each.measure.title, each.measure.language)
        for each in rows.select_related("measure").order_by("from_date", "pk")
    ]


def indicator_view(row: Indicator) -> IndicatorView:
    """An indicator as it is read."""
    return IndicatorView(
        public_id=row.public_id,
        key=row.key,
        name=row.name,
        definition=row.definition,
        unit=row.unit,
        polarity=row.polarity,
        polarity_words=row.get_polarity_display(),
        source=row.source,
        source_url=row.source_url,
        licence=row.licence,
        attribution=row.attribution,
        vintage=row.vintage,
        is_indirect=row.is_indirect,
        programme_id=row.programme_id,
        url=reverse("measures:indicator", args=[row.public_id]),
        changed_at=row.changed_at,
    )


def measure_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Measures as ends of strands."""
    rows = measures().visible_to(viewer).filter(public_id__in=list(public_ids)).select_related("programme")
    return [_bead(row) for row in rows]


def measures_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """A place's measures, newest first, for choosing one in a form."""
    rows = measures().visible_to(viewer).filter(place__public_id=place).select_related("programme")
    return [_bead(row) for row in rows.order_by("-written_at", "-pk")]


def measure_documents(public_ids: Iterable[UUID] | None = None) -> list[Document]:
    """The words of measures, for search."""
    rows = measures().standing().select_related("indicator")
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    return [
        Document(
            row.public_id,
            row.title,
            " ".join((row.indicator.name, row.indicator.definition, row.why, row.sentence_before)),
            row.language,
        )
        for row in rows
    ]


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """What is looked at, newest first, for whoever follows this room."""
    rows = _within(measures().visible_to(viewer), programme, place).with_all()
    newest = list(rows.order_by("-written_at", "-pk")[:most])
    results = newest_results([row.public_id for row in newest])
    return [
        FeedEntry(
            kind="measure",
            public_id=row.public_id,
            title=row.title,
            url=measure_address(row.programme.slug, row.slug),
            at=row.written_at,
            summary=f"{row.why} {finding_of(row, results.get(row.public_id)).short}.".strip(),
            signed=row.signed,
            language=row.language,
            is_made_up=row.programme.provenance == Provenance.MADE_UP,
        )
        for row in newest
    ]


def programmes_to_bring_into(viewer: Viewer) -> list[tuple[str, str]]:
    """Slug and name of the programmes into which the viewer may bring figures."""
    rows = programmes().visible_to(viewer)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(role__in=KEEPERS)
        rows = rows.filter(pk__in=mine.values("programme_id"))
    return [(row.slug, str(row)) for row in rows.order_by("order", "name")]


def _within(rows: MeasureQuerySet, programme: UUID | None, place: UUID | None) -> MeasureQuerySet:
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    return rows if place is None else rows.filter(place__public_id=place)


def _bead(row: Measure) -> Bead:
    return Bead("measure", row.public_id, row.title, measure_address(row.programme.slug, row.slug))


def _listed(row: Measure, result: Result | None) -> ListedMeasure:
    found = finding_of(row, result)
    return ListedMeasure(
        public_id=row.public_id,
        slug=row.slug,
        title=row.title,
        url=measure_address(row.programme.slug, row.slug),
        place=row.place.name if row.place else "",
        place_slug=row.place.slug if row.place else "",
        programme=str(row.programme),
        programme_slug=row.programme.slug,
        indicator=row.indicator.name,
        why=row.why,
        code=found.code,
        short=found.short,
        stamps=found.stamps,
        is_set_aside=row.set_aside_at is not None,
        is_made_up=row.programme.provenance == Provenance.MADE_UP,
        language=row.language,
        written_at=row.written_at,
    )


def _without(row: NothingFits) -> PlaceWithout:
    return PlaceWithout(
        row.public_id,
        row.place.name if row.place else "",
        row.place.slug if row.place else "",
        str(row.programme),
        row.programme.slug,
        row.words,
        row.signed,
        row.language,
    )
