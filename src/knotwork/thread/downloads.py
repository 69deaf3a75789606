"""Pictures as files to take away."""

from functools import lru_cache

from django.http import HttpResponse

from knotwork.drawing.download import png, standalone_svg
from knotwork.drawing.geography import BOUNDARY_ATTRIBUTION
from knotwork.drawing.picture import Picture

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def picture_file(
    picture: Picture, kind: str, *, name: str, credit: str = BOUNDARY_ATTRIBUTION
) -> HttpResponse:
    """The picture as ``svg`` or ``png``, with the credit that its source asks for written into it."""
    response = HttpResponse(_file(picture, kind, credit), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@lru_cache(maxsize=16)
def _file(picture: Picture, kind: str, credit: str) -> bytes:
    if kind == "png":
        return png(picture, credit=credit)
    return standalone_svg(picture, credit=credit).encode()
