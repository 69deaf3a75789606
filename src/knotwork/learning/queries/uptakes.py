"""Find who took up what, and what flowed back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.learning.kinds import LESSON, UPTAKE, address_of
from knotwork.learning.models import Uptake
from knotwork.learning.queries.nouns import Piece, PlaceChoice, UptakeView, is_made_up, place_ref
from knotwork.learning.queries.pieces import MOST, NEWEST_FIRST, piece_of, seen
from knotwork.learning.rules import places_written_for
from knotwork.programmes.written import WrittenQuerySet

_AROUND = ("programme", "place", "lesson", "lesson__programme", "lesson__place")


def uptakes_for(
    viewer: Viewer,
    *,
    programme: UUID | None = None,
    place: UUID | None = None,
    origin: UUID | None = None,
    origin_programme: UUID | None = None,
) -> list[UptakeView]:
    """What was taken up, newest first: by a programme or a place, or from a place or a programme."""
    rows = _rows(viewer).order_by(*NEWEST_FIRST)
    wanted = {
        "programme__public_id": programme,
        "place__public_id": place,
        "lesson__place__public_id": origin,
        "lesson__programme__public_id": origin_programme,
    }
    asked = {name: value for name, value in wanted.items() if value is not None}
    return _views(rows.filter(**asked)[:MOST], viewer)


def uptakes_of(lesson: UUID, viewer: Viewer) -> list[UptakeView]:
    """Who took up this lesson, oldest first."""
    return _views(_rows(viewer).filter(lesson__public_id=lesson).order_by("written_at", "id"), viewer)


def uptake_at(programme_id: int, public_id: UUID, viewer: Viewer) -> UptakeView | None:
    """One uptake of a programme's place, or nothing that the viewer may see."""
    found = _views(_rows(viewer).filter(programme_id=programme_id, public_id=public_id), viewer)
    return found[0] if found else None


def uptake_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Uptakes as ends of strands. The title is the place's own words: the lesson may be shown to fewer people."""
    return [_bead(row) for row in _rows(viewer).filter(public_id__in=list(public_ids))]


def uptake_beads_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """What a place took up, newest first."""
    return [_bead(row) for row in _rows(viewer).filter(place__public_id=place).order_by(*NEWEST_FIRST)]


def places_to_write_for(viewer: Viewer) -> list[PlaceChoice]:
    """The places for which the viewer may write, for choosing one in a form."""
    rows = places_written_for(viewer).select_related("programme").order_by("programme__name", "order", "name")
    return [
        PlaceChoice(
            id=row.pk,
            name=row.name,
            programme=row.programme.short_name or row.programme.name,
            issue=row.issue,
            is_sensitive=row.is_sensitive,
            slug=row.slug,
            programme_slug=row.programme.slug,
        )
        for row in rows
    ]


def _rows(viewer: Viewer) -> WrittenQuerySet[Any]:
    return seen(UPTAKE, viewer).filter(place__isnull=False).select_related(*_AROUND)


def _bead(row: Uptake) -> Bead:
    assert row.place is not None
    url = address_of(UPTAKE.code, row.programme.slug, row.public_id)
    title = f"{row.place.name}: {row.issue}"
    return Bead(UPTAKE.code, row.public_id, title, url, row.programme.public_id, row.place.public_id)


def _views(rows: WrittenQuerySet[Any], viewer: Viewer) -> list[UptakeView]:
    """The rows with those of their lessons that the viewer may read; two questions, however many rows."""
    held = list(rows)
    lessons = {row.lesson_id for row in held}
    readable = (
        set(seen(LESSON, viewer).filter(pk__in=lessons).values_list("pk", flat=True)) if lessons else set()
    )
    return [_view(row, piece_of(LESSON, row.lesson) if row.lesson_id in readable else None) for row in held]


def _view(row: Uptake, lesson: Piece | None) -> UptakeView:
    assert row.place is not None
    return UptakeView(
        public_id=row.public_id,
        url=address_of(UPTAKE.code, row.programme.slug, row.public_id),
        place=place_ref(row.place, row.programme),
        programme=row.programme.short_name or row.programme.name,
        programme_slug=row.programme.slug,
        is_made_up=is_made_up(row.programme),
        issue=row.issue,
        plan=row.plan,
        outcome=row.outcome,
        result=row.result,
        result_at=row.result_at,
        sent_back=row.sent_back,
        signed=row.signed,
        language=row.language,
        written_at=row.written_at,
        stage=row.visibility,
        lesson=lesson,
    )
