"""A picture as files: SVG and PNG that carry their own colours, and the table as CSV.

No style sheet goes along with a file, so the light colours are written in, on a ground of the surface's
colour. Links become plain groups, since a link to a page of ours leads nowhere from somebody's desktop.
"""

import csv as csv_format
import re
from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path

from knotwork.drawing.lettering import lines_of_text, wrapped
from knotwork.drawing.palette import resolve
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.svg import element, number

FONTS = Path(__file__).parent / "fonts"

_LINK = re.compile(r"<(/?)a\b([^>]*)>")
_HREF = re.compile(r' href="[^"]*"')
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_CREDIT_SIZE = 9.0
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def standalone_svg(picture: Picture, *, credit: str = "") -> str:
    """The drawing with its colours written in, and beneath it the credit that its source asks for."""
    unlinked = _LINK.sub(lambda tag: f"<{tag[1]}g{_HREF.sub('', tag[2])}>", picture.svg)
    found = _VIEW.search(unlinked)
    if found is None:
        raise ValueError(f"The drawing {picture.name!r} has no viewBox; make it with svg.drawing.")
    wide, high = float(found[1]), float(found[2])
    lines = wrapped(credit, _CREDIT_SIZE, wide - 12)
    tall = high + (len(lines) * _CREDIT_SIZE * 1.3 + 8 if lines else 0)
    size = f'viewBox="0 0 {number(wide)} {number(tall)}" width="{number(wide)}" height="{number(tall)}"'
    ground = element("rect", width=wide, height=tall, fill="var(--surface)")
    words = (
        lines_of_text(lines, 6, high + _CREDIT_SIZE, _CREDIT_SIZE, leading=1.3, fill="var(--soft)")
        if lines
        else ""
    )
    with_size = unlinked.replace(found[0], size, 1).replace("</desc>", f"</desc>{ground}", 1)
    return resolve(with_size.removesuffix("</svg>") + words + "</svg>")


def png(picture: Picture, scale: float = 2, *, credit: str = "") -> bytes:
    """The drawing as pixels, ``scale`` for each unit, in the type that comes with the package."""
    return _renderer()(standalone_svg(picture, credit=credit), scale=scale)


@cache
def _renderer() -> Callable[..., bytes]:
    # Heavy (some 160 MB with its fonts), and only downloads need it: so it is loaded with the first one.
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    svg_to_png: Callable[..., bytes] = vl_convert.svg_to_png
    return svg_to_png


def csv(picture: Picture) -> str:
    """The figures of the picture, as a spreadsheet opens them.

    Words that a spreadsheet would take for a formula get an apostrophe in front.
    """
    text = StringIO()
    writer = csv_format.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in picture.columns])
    writer.writerows([_cell(cell) for cell in row] for row in picture.rows)
    return text.getvalue()


def _cell(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
