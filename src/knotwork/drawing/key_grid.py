"""What must change around many pieces of work: a row for each, a column for each key, a shape for how far it is.

A row's name is a link. The shapes differ without any colour: a ring (not yet), a half disc (moving), a full disc
(changed), and a small dot where nobody said anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.axes import KeyEntry, key
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.svg import Markup, drawing, element, number

_NAMES, _COLUMN, _ROW = 122.0, 28.0, 54.0
_SIZE, _RADIUS = 15.0, 9.0
_INK = "var(--series-1)"
NOTHING, NOT_YET, MOVING, CHANGED = "", "not_yet", "moving", "changed"
"""What a cell of the grid may hold."""


@dataclass(frozen=True)
class GridRow:
    """One piece of work: its name, its page, and for each column how far that is."""

    name: str
    url: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class GridWords:
    """The heads of the columns and the words of the key, in the reader's language."""

    columns: tuple[str, ...]
    not_yet: str
    moving: str
    changed: str
    nothing: str


def key_grid(
    rows: Sequence[GridRow],
    words: GridWords,
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    texts: tuple[str, str],
) -> Picture:
    """The grid, its rows in their order; ``texts`` are title and description. Raises ``ValueError`` for an odd row."""
    for row in rows:
        if len(row.cells) != len(words.columns):
            raise ValueError(f"{row.name!r} has {len(row.cells)} cells for {len(words.columns)} columns.")
    width = _NAMES + _COLUMN * len(words.columns) + 34
    legend, high = key(_entries(words), 0, width, 3)
    heads = max((width_of(head, _SIZE) for head in words.columns), default=0) * 0.82 + 14
    top = high + 10 + heads
    parts: list[Markup] = [legend, *(_head(head, at, top) for at, head in enumerate(words.columns))]
    parts += [_row(row, top + 8 + _ROW * at, width) for at, row in enumerate(rows)]
    svg = drawing(
        *parts,
        name=name,
        kind="keys",
        title=texts[0],
        description=texts[1],
        size=(width, top + 14 + _ROW * len(rows)),
        holds_links=True,
    )
    return Picture(name, svg, table[0], table[1], *texts)


def _entries(words: GridWords) -> list[KeyEntry]:
    shown = (
        (words.not_yet, NOT_YET),
        (words.moving, MOVING),
        (words.changed, CHANGED),
        (words.nothing, NOTHING),
    )
    return [KeyEntry(said, _shape(state, 0, 0)) for said, state in shown]


def _head(words: str, at: int, top: float) -> Markup:
    """A word that leans, so that eight of them have room."""
    x = _middle(at)
    turned = f"translate({number(x)} {number(top)}) rotate(-55)"
    return element("text", words, transform=turned, font_size=_SIZE)


def _row(row: GridRow, top: float, width: float) -> Markup:
    lines = wrapped(row.name, _SIZE, _NAMES - 12, semibold=True)[:2]
    y = top + _ROW / 2
    start = y + 5 if len(lines) == 1 else y - 4
    name = lines_of_text(lines, 0, start, _SIZE, font_weight=600, text_decoration="underline")
    room = element(
        "rect", x=0, y=top + 2, width=_NAMES - 6, height=_ROW - 4, fill="none", pointer_events="all"
    )
    return element(
        "g",
        element("path", d=f"M0 {number(top)}H{number(width)}", stroke="var(--line)", stroke_width=1),
        element("a", element("title", row.name), room, name, href=row.url),
        *(_shape(state, _middle(at), y) for at, state in enumerate(row.cells)),
    )


def _middle(at: int) -> float:
    return _NAMES + _COLUMN * (at + 0.5)


def _shape(state: str, x: float, y: float) -> Markup:
    """A dot, a ring, a ring half full, or a disc. Whatever else is said counts as not yet."""
    if state == NOTHING:
        return element("circle", cx=x, cy=y, r=1.8, fill="var(--soft)")
    if state == CHANGED:
        return element("circle", cx=x, cy=y, r=_RADIUS, fill=_INK)
    ring = element("circle", cx=x, cy=y, r=_RADIUS - 1, fill="none", stroke=_INK, stroke_width=2)
    if state != MOVING:
        return ring
    half = f"M{number(x)} {number(y - _RADIUS)}a{number(_RADIUS)} {number(_RADIUS)} 0 0 0 0 {number(2 * _RADIUS)}z"
    return element("g", ring, element("path", d=half, fill=_INK))
