"""The golden thread as a small picture: what came before above, what came after below, and ties between.

A phone is taller than it is wide, so the thread runs downwards: one band for each step, at most two boxes beside each
other, and nothing has to be moved sideways to be read. Each box is a link. Ties are drawn first and the boxes, which
are filled, over them, so that no line ever crosses a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 360.0
MOST_IN_A_BAND = 6
_GAP = 12.0
_BAND_GAP = 34.0
_PAD = 10.0
_KIND_SIZE, _TITLE_SIZE = 12.0, 14.0
_LEADING = 1.25
_MOST_LINES = 4


@dataclass(frozen=True)
class ThreadNode:
    """One thing: its key, its kind and title in words, where it leads, and its steps from the middle (negative before).

    ``ways`` are words on how it is tied, for the table.
    """

    key: str
    kind: str
    title: str
    url: str
    distance: int
    ways: str = ""


@dataclass(frozen=True)
class _Box:
    node: ThreadNode
    left: float
    top: float
    wide: float
    high: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    @property
    def bottom(self) -> float:
        return self.top + self.high


def thread_picture(
    nodes: Sequence[ThreadNode],
    ties: Sequence[tuple[str, str]],
    *,
    name: str,
    title: str,
    description: str,
    columns: tuple[str, str, str, str] = ("Steps from here", "Kind", "What", "How it is tied"),
    more: str = "and {count} more",
) -> Picture:
    """Bands of boxes by ``distance``, the thing in the middle (distance 0) marked; ``ties`` are (earlier, later) keys.

    A band shows at most six boxes and says how many ``more`` there are; the table has them all. The order within a
    band is that of ``nodes``.
    """
    bands: dict[int, list[ThreadNode]] = {}
    for node in sorted(nodes, key=lambda one: one.distance):
        bands.setdefault(node.distance, []).append(node)
    boxes: dict[str, _Box] = {}
    notes: list[Markup] = []
    top = 4.0
    for band in bands.values():
        bottom = top
        for row in _rows(band[:MOST_IN_A_BAND]):
            placed = _placed(row, bottom if bottom == top else bottom + _GAP)
            boxes.update((box.node.key, box) for box in placed)
            bottom = max(box.bottom for box in placed)
        left_out = len(band) - MOST_IN_A_BAND
        if left_out > 0:
            bottom += _GAP + _KIND_SIZE
            notes.append(_note(more.format(count=left_out), bottom))
        top = bottom + _BAND_GAP
    svg = drawing(
        *_drawn_ties(boxes, ties),
        *(_drawn(box) for box in boxes.values()),
        *notes,
        name=name,
        kind="thread",
        title=title,
        description=description,
        size=(WIDTH, max(top - _BAND_GAP + 4, 8.0)),
        holds_links=True,
    )
    rows = tuple(
        (node.distance, node.kind, node.title, node.ways)
        for band_nodes in bands.values()
        for node in band_nodes
    )
    return Picture(name, svg, columns, rows, title, description)


def _rows(band: Sequence[ThreadNode]) -> list[Sequence[ThreadNode]]:
    return [band[start : start + 2] for start in range(0, len(band), 2)]


def _placed(row: Sequence[ThreadNode], top: float) -> list[_Box]:
    """One or two boxes beside each other, as high as the words of the longer one."""
    wide = (WIDTH - 8 - _GAP * (len(row) - 1)) / len(row)
    if len(row) == 1:
        wide = min(wide, 260.0)
    start = (WIDTH - wide * len(row) - _GAP * (len(row) - 1)) / 2
    worded = [_fitted(node.title, wide - 2 * _PAD) for node in row]
    most = max(len(lines) for lines in worded)
    high = 2 * _PAD + _KIND_SIZE * _LEADING + most * _TITLE_SIZE * _LEADING
    return [
        _Box(node, start + at * (wide + _GAP), top, wide, high, lines)
        for at, (node, lines) in enumerate(zip(row, worded, strict=True))
    ]


def _fitted(title: str, width: float) -> tuple[str, ...]:
    """At most four lines that are never wider than their box; what is cut off ends in three dots, nothing is a dash."""
    lines = [_cut(line, width) for line in wrapped(title, _TITLE_SIZE, width, semibold=True)]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], _cut(f"{lines[_MOST_LINES - 1]} …", width)]
    return tuple(lines) or ("–",)


def _cut(line: str, width: float) -> str:
    if width_of(line, _TITLE_SIZE, semibold=True) <= width:
        return line
    shorter = line.removesuffix(" …")
    while shorter and width_of(f"{shorter}…", _TITLE_SIZE, semibold=True) > width:
        shorter = shorter[:-1]
    return f"{shorter.rstrip()}…"


def _drawn(box: _Box) -> Markup:
    node, is_here = box.node, box.node.distance == 0
    words = lines_of_text(
        box.lines,
        box.left + _PAD,
        box.top + _PAD + _KIND_SIZE * _LEADING + _TITLE_SIZE,
        _TITLE_SIZE,
        leading=_LEADING,
        font_weight=600,
    )
    return element(
        "a",
        element("title", f"{node.kind}: {node.title}"),
        element(
            "rect",
            x=box.left,
            y=box.top,
            width=box.wide,
            height=box.high,
            rx=8,
            fill="var(--tint)" if is_here else "var(--surface)",
            stroke="var(--accent)" if is_here else "var(--control)",
            stroke_width=3 if is_here else 1.5,
        ),
        element(
            "text",
            _cut_kind(node.kind, box.wide - 2 * _PAD),
            x=box.left + _PAD,
            y=box.top + _PAD + _KIND_SIZE,
            font_size=_KIND_SIZE,
            fill="var(--soft)",
        ),
        words,
        href=node.url,
    )


def _cut_kind(kind: str, width: float) -> str:
    lines = wrapped(kind, _KIND_SIZE, width)
    return "".join(lines) if len(lines) < 2 else f"{lines[0]}…"


def _drawn_ties(boxes: Mapping[str, _Box], ties: Sequence[tuple[str, str]]) -> list[Markup]:
    """A curve from the foot of the earlier box to the head of the later one."""
    drawn = []
    for earlier, later in ties:
        if earlier in boxes and later in boxes:
            start, end = boxes[earlier], boxes[later]
            if start.top > end.top:  # around a circle: the thread leads back up
                start, end = end, start
            half = (end.top - start.bottom) / 2
            d = (
                f"M{number(start.middle)} {number(start.bottom)}"
                f"c0 {number(half)} {number(end.middle - start.middle)} {number(half)} "
                f"{number(end.middle - start.middle)} {number(2 * half)}"
            )
            drawn.append(element("path", d=d, fill="none", stroke="var(--series-4)", stroke_width=2.5))
    return drawn


def _note(words: str, baseline: float) -> Markup:
    return element(
        "text",
        words,
        x=WIDTH / 2,
        y=baseline,
        text_anchor="middle",
        font_size=_KIND_SIZE,
        fill="var(--soft)",
    )
