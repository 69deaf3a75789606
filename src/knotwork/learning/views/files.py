"""Pictures of this room as files to take away."""

from django.http import Http404, HttpResponse

from knotwork.drawing.download import csv, png, standalone_svg
from knotwork.drawing.picture import Picture

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


def picture_file(picture: Picture, kind: str, *, name: str) -> HttpResponse:
    """The picture as ``svg`` or ``png``, or its figures as ``csv``."""
    if kind not in _TYPES:
        raise Http404
    if kind == "png":
        response = HttpResponse(png(picture), content_type=_TYPES[kind])
    else:
        text = standalone_svg(picture) if kind == "svg" else csv(picture)
        response = HttpResponse(text, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
