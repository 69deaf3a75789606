"""A link as a square that telephones read: always black on white, also on a dark page, with the quiet rim it needs."""

import segno

from knotwork.drawing.svg import drawing, element

_RIM = 4
_BLACK, _WHITE = "#000", "#fff"


def qr_code(link: str, *, name: str, title: str, description: str) -> str:
    """The square as SVG, about 2 kB for a short link.

    Level M of error correction: a seventh of it may be covered by a coffee cup. ISO/IEC 18004, encoded by segno. It is
    no figure: it holds one link, which stands in words beside it.

    >>> qr_code("https://example.org/to/7k2m9q", name="link", title="QR code", description="").count("<path")
    1
    """
    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    size = len(rows) + 2 * _RIM
    dark = "".join(_bars(row, y) for y, row in enumerate(rows, start=_RIM))
    return drawing(
        element("rect", width=size, height=size, fill=_WHITE),
        element("path", d=dark, fill=_BLACK, shape_rendering="crispEdges"),
        name=name,
        kind="qr",
        title=title,
        description=description,
        size=(size, size),
    )


def _bars(row: list[int], y: int) -> str:
    """The dark runs of one row, each a bar one module high."""
    bars, x = "", 0
    while x < len(row):
        length = 0
        while x + length < len(row) and row[x + length]:
            length += 1
        if length:
            bars += f"M{x + _RIM} {y}h{length}v1h-{length}z"
        x += length or 1
    return bars
