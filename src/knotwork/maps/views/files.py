"""What can be taken away: pictures, tables, and the whole map with every perspective."""

from uuid import UUID

import polars as pl
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from knotwork.core.analyses import queries as snapshots
from knotwork.core.pages.answers import csv_file
from knotwork.drawing import download
from knotwork.drawing.picture import Picture
from knotwork.formats.maps import write_map
from knotwork.maps.analyses import KIND, links_table
from knotwork.maps.figures import KINDS
from knotwork.maps.merged import merged_map
from knotwork.maps.models import SystemMap
from knotwork.maps.pictures import near_picture, perspective_picture
from knotwork.maps.services import map_file_of
from knotwork.maps.views.found import found, found_factor

TABLES = ("links", "loops", "factors")


@require_safe
def stored_picture(request: HttpRequest, programme: str, map: str, picture: str, kind: str) -> HttpResponse:
    """The story or the whole map, as it was worked out last."""
    row = found(request, programme, map)
    snapshot = snapshots.newest_good(KIND, row.public_id)
    drawn = snapshots.pictures(snapshot.id).get(picture) if snapshot else None
    return _picture(row, drawn, kind, picture)


@require_safe
def factor_picture(request: HttpRequest, programme: str, map: str, factor: UUID, kind: str) -> HttpResponse:
    """What is near one factor."""
    row = found(request, programme, map)
    merged = merged_map(row)
    return _picture(row, near_picture(row, merged, found_factor(merged, factor).key), kind, "near")


@require_safe
def drawn_picture(
    request: HttpRequest, programme: str, map: str, perspective: UUID, kind: str
) -> HttpResponse:
    """What one perspective drew."""
    row = found(request, programme, map)
    drawn = merged_map(row, only=perspective)
    if not drawn.links:
        raise Http404
    return _picture(row, perspective_picture(row, drawn), kind, "perspective")


@require_safe
def table(request: HttpRequest, programme: str, map: str, table: str) -> HttpResponse:
    """Links, loops or factors as a table."""
    row = found(request, programme, map)
    frame = _table(row, table)
    if frame is None:
        raise Http404
    return csv_file(frame.columns, frame.iter_rows(), f"{row.slug}-{table}")


@require_safe
def whole_file(request: HttpRequest, programme: str, map: str) -> HttpResponse:
    """The whole map with every perspective, in our own format: it can be put in anywhere."""
    row = found(request, programme, map)
    written = write_map(map_file_of(row), "json")
    return _file(written.files["map.json"], "application/json", f"{row.slug}.json")


def _table(row: SystemMap, name: str) -> pl.DataFrame | None:
    """Links as they stand now; loops and factors as they were worked out last."""
    if name not in TABLES:
        return None
    if name == "links":
        return links_table(merged_map(row))
    snapshot = snapshots.newest_good(KIND, row.public_id)
    return snapshots.table(snapshot.id, name) if snapshot else None


def _picture(row: SystemMap, picture: Picture | None, kind: str, name: str) -> HttpResponse:
    if picture is None or kind not in KINDS:
        raise Http404
    file_name = f"{row.slug}-{name}.{kind}"
    if kind == "csv":
        return _file(download.csv(picture), "text/csv; charset=utf-8", file_name)
    credit = " ".join((row.attribution or f"{row.title} ({settings.KNOTWORK_ORIGIN})").split())
    if kind == "png":
        return _file(download.png(picture, credit=credit), "image/png", file_name)
    response = _file(download.standalone_svg(picture, credit=credit), "image/svg+xml", file_name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
