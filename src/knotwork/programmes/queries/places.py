"""Find a place, and the places that work on something alike."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.addresses import place_url
from knotwork.programmes.models import FormerAddress, Place, PlaceArea
from knotwork.programmes.queries.nouns import AreaView, MovedTo, PlaceSummary, PlaceView, ThemeView
from knotwork.programmes.queries.programmes import programme_view
from knotwork.programmes.querysets import PlaceQuerySet, places

_AREAS = Prefetch(
    "place_areas",
    PlaceArea.objects.select_related("area")
    .only("place_id", "from_date", "until_date", "order", "area__code", "area__name")
    .order_by("order", "pk"),
)


def place_at(programme_slug: str, slug: str, viewer: Viewer) -> PlaceView | MovedTo | None:
    """The place at this address, where it moved to, or nothing that the viewer may see.

    Former addresses of the programme and of the place are both followed, in one step.
    """
    seen = places().visible_to(viewer)
    row = (
        seen.filter(programme__slug=programme_slug, slug=slug)
        .select_related("programme", "sponsor")
        .prefetch_related("themes", _AREAS, "programme__aims")
        .first()
    )
    return _view(row) if row is not None else _moved(programme_slug, slug, seen)


def places_of(programme_id: int, viewer: Viewer) -> tuple[PlaceSummary, ...]:
    """The places of a programme that the viewer may see, in their order."""
    return _summaries(places().visible_to(viewer).filter(programme_id=programme_id))


def places_with_themes_of(place: PlaceView, viewer: Viewer) -> tuple[PlaceSummary, ...]:
    """Other places of the same programme that share a theme with this one."""
    slugs = [theme.slug for theme in place.themes]
    rows = places().visible_to(viewer).filter(programme_id=place.programme.id, themes__slug__in=slugs)
    return _summaries(rows.exclude(pk=place.id).distinct())


def place_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Places as ends of strands."""
    rows = places().visible_to(viewer).filter(public_id__in=list(public_ids)).select_related("programme")
    return [Bead("place", row.public_id, row.name, place_url(row.programme.slug, row.slug)) for row in rows]


def _summaries(rows: PlaceQuerySet) -> tuple[PlaceSummary, ...]:
    with_all = rows.select_related("programme").prefetch_related("themes", _AREAS).order_by("order", "name")
    return tuple(
        PlaceSummary(
            row.pk,
            row.public_id,
            row.slug,
            row.name,
            row.issue,
            row.is_sensitive,
            _themes(row),
            _areas(row),
            row.programme.slug,
        )
        for row in with_all
    )


def _moved(programme_slug: str, slug: str, seen: PlaceQuerySet) -> MovedTo | None:
    programme_ids = FormerAddress.objects.filter(slug=programme_slug, place__isnull=True).values(
        "programme_id"
    )
    of_programme = seen.filter(programme__slug=programme_slug) | seen.filter(programme_id__in=programme_ids)
    former = FormerAddress.objects.filter(slug=slug, place__isnull=False).values("place_id")
    row = (
        (of_programme.filter(slug=slug) | of_programme.filter(pk__in=former))
        .select_related("programme")
        .first()
    )
    return None if row is None else MovedTo(place_url(row.programme.slug, row.slug))


def _view(row: Place) -> PlaceView:
    return PlaceView(
        id=row.pk,
        public_id=row.public_id,
        slug=row.slug,
        name=row.name,
        issue=row.issue,
        sponsor=row.sponsor.name if row.sponsor else "",
        is_sensitive=row.is_sensitive,
        help_text=row.help_text,
        help_url=row.help_url,
        visibility=row.visibility,
        themes=_themes(row),
        areas=_areas(row),
        programme=programme_view(row.programme),
    )


def _themes(row: Place) -> tuple[ThemeView, ...]:
    return tuple(ThemeView(theme.slug, theme.name) for theme in row.themes.all())


def _areas(row: Place) -> tuple[AreaView, ...]:
    return tuple(
        AreaView(part.area.code, part.area.name, part.from_date, part.until_date)
        for part in row.place_areas.all()
    )
