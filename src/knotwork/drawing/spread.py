"""Who took up what from whom: the places that learned, what they learned, who took it up, and what flowed back.

Read from left to right: a place, its lessons, and a box for each place that took one up, with how it went. A line that
runs back to the left is an idea that was sent back. Every box is as tall as its words, so that nothing overlaps and the
picture grows downward with the network.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, Value, drawing, element, number

Outcome = Literal["copied", "adapted", "dropped", "open"]

WIDTH = 760.0
_LEFT = (1.0, 159.0)
_MIDDLE = (219.0, 469.0)
_RIGHT = (529.0, 759.0)
_SIZE = 14.0
_SMALL = 13.0
_LEADING = 1.25
_PAD = 9.0
_GAP = 14.0
_STEP = 6.0
_BACK = "var(--series-2)"
_DASHES: dict[Outcome, str | None] = {"copied": None, "adapted": "9 4", "dropped": "2 5", "open": None}
_WIDTHS: dict[Outcome, float] = {"copied": 3.0, "adapted": 2.5, "dropped": 2.5, "open": 1.2}


@dataclass(frozen=True)
class Adoption:
    """That ``taker`` took up ``lesson`` of ``origin`` for an issue, how it went, and what was sent back.

    The addresses make the boxes links: to the place, to the lesson, and to what is said of this uptake.
    """

    origin: str
    lesson: str
    taker: str
    issue: str
    outcome: Outcome
    when: str = ""
    sent_back: str = ""
    origin_url: str | None = None
    lesson_url: str | None = None
    taker_url: str | None = None


@dataclass(frozen=True)
class SpreadWords:
    """The words of the key and the heads of the table, in the reader's language."""

    copied: str = "copied"
    adapted: str = "adapted"
    dropped: str = "dropped"
    open: str = "under way"
    sent_back: str = "sent back"
    columns: tuple[str, ...] = ("From", "Lesson", "Taken up by", "For", "When", "How it went", "Sent back")

    def of(self, outcome: Outcome) -> str:
        """The word for how it went."""
        return {
            "copied": self.copied,
            "adapted": self.adapted,
            "dropped": self.dropped,
            "open": self.open,
        }[outcome]


@dataclass
class _Box:
    """A box with its lines: each (text, type size, semibold)."""

    lines: list[tuple[str, float, bool]]
    left: float
    right: float
    url: str | None
    top: float = 0.0

    @property
    def height(self) -> float:
        return sum(size * _LEADING for _text, size, _bold in self.lines) + 2 * _PAD

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    def centre_on(self, top: float, bottom: float) -> None:
        self.top = (top + bottom - self.height) / 2


@dataclass
class _Group:
    """One lesson with those who took it up, and a lane below for each idea that came back."""

    lesson: _Box
    takers: list[tuple[Adoption, _Box]]
    lanes: list[tuple[_Box, tuple[str, ...], float]] = field(default_factory=list)

    def place(self, top: float) -> float:
        """Put the boxes one below the other; gives where the group ends."""
        high = sum(box.height for _, box in self.takers) + _GAP * (len(self.takers) - 1)
        bottom = top + max(high, self.lesson.height)
        self.lesson.centre_on(top, bottom)
        y = (top + bottom - high) / 2
        for _, box in self.takers:
            box.top = y
            y += box.height + _GAP
        for adoption, box in self.takers:
            if adoption.sent_back:
                lines = wrapped(adoption.sent_back, _SMALL, _MIDDLE[1] - _MIDDLE[0])
                bottom += _GAP
                self.lanes.append((box, lines, bottom))
                bottom += 6 + len(lines) * _SMALL * _LEADING
        return bottom


def spread_network(
    adoptions: Sequence[Adoption],
    *,
    name: str,
    title: str,
    description: str,
    words: SpreadWords = SpreadWords(),
) -> Picture:
    """The network; places and lessons stand in the order in which they first come in ``adoptions``."""
    y = _SIZE * 2.4
    parts: list[Markup] = [_key(adoptions, words)]
    for of_origin in _by(adoptions, lambda one: (one.origin, one.origin_url)):
        groups = [
            _group(of_lesson, words) for of_lesson in _by(of_origin, lambda o: (o.lesson, o.lesson_url))
        ]
        top = y
        for group in groups:
            y = group.place(y) + _GAP * 1.6
        returns = sum(len(group.lanes) for group in groups)
        origin = _box(of_origin[0].origin, _LEFT, of_origin[0].origin_url, bold=True)
        origin.lines += [("", _STEP, False)] * returns
        bottom = max(y - _GAP * 1.6, top + origin.height)
        origin.centre_on(top, bottom)
        y = max(y, bottom + _GAP * 1.6)
        parts += list(_drawn(origin, groups))
    svg = drawing(
        *parts,
        name=name,
        kind="spread",
        title=title,
        description=description,
        size=(WIDTH, y),
        holds_links=any(one.origin_url or one.lesson_url or one.taker_url for one in adoptions),
    )
    rows = tuple(
        (one.origin, one.lesson, one.taker, one.issue, one.when, words.of(one.outcome), one.sent_back)
        for one in adoptions
    )
    return Picture(name, svg, words.columns, rows, title, description)


def _by(
    adoptions: Sequence[Adoption], key: Callable[[Adoption], tuple[str, str | None]]
) -> list[list[Adoption]]:
    """Those that share a key together, in the order in which each key first comes."""
    groups: dict[tuple[str, str | None], list[Adoption]] = {}
    for one in adoptions:
        groups.setdefault(key(one), []).append(one)
    return list(groups.values())


def _box(
    text: str, column: tuple[float, float], url: str | None, *, bold: bool = False, size: float = _SIZE
) -> _Box:
    lines = wrapped(text, size, column[1] - column[0] - 2 * _PAD, semibold=bold)
    return _Box([(line, size, bold) for line in lines], *column, url)


def _group(adoptions: Sequence[Adoption], words: SpreadWords) -> _Group:
    takers = []
    for one in adoptions:
        box = _box(one.taker, _RIGHT, one.taker_url, bold=True)
        box.lines += _box(one.issue, _RIGHT, None, size=_SMALL).lines
        box.lines += _box(words.of(one.outcome), _RIGHT, None, bold=True, size=_SMALL).lines
        takers.append((one, box))
    return _Group(_box(adoptions[0].lesson, _MIDDLE, adoptions[0].lesson_url), takers)


def _drawn(origin: _Box, groups: Sequence[_Group]) -> Iterator[Markup]:
    """Lines first, boxes over them."""
    back = 0
    boxes = [_written(origin, is_place=True)]
    for group in groups:
        yield _curve(
            (origin.right, origin.middle), (group.lesson.left, group.lesson.middle), stroke="var(--control)"
        )
        boxes.append(_written(group.lesson))
        for adoption, box in group.takers:
            yield _forwards(
                (group.lesson.right, group.lesson.middle), (box.left, box.middle), adoption.outcome
            )
            boxes.append(_written(box, is_place=True))
        for box, lines, lane in group.lanes:
            yield _backwards(box, origin, lane, back)
            yield lines_of_text(lines, _MIDDLE[0], lane + 3 + _SMALL, _SMALL, leading=_LEADING)
            back += 1
    yield from boxes


def _forwards(start: tuple[float, float], end: tuple[float, float], outcome: Outcome) -> Markup:
    line = _curve(
        start,
        (end[0] - 7, end[1]),
        stroke="var(--series-1)",
        stroke_width=_WIDTHS[outcome],
        stroke_dasharray=_DASHES[outcome],
    )
    return element("g", line, _arrowhead(*end, 1, "var(--series-1)"))


def _curve(start: tuple[float, float], end: tuple[float, float], **line: Value) -> Markup:
    """A line that leaves and arrives level."""
    (x1, y1), (x2, y2) = start, end
    middle = number((x1 + x2) / 2)
    way = f"M{number(x1)} {number(y1)}C{middle} {number(y1)} {middle} {number(y2)} {number(x2)} {number(y2)}"
    return element("path", d=way, fill="none", **line)


def _backwards(box: _Box, origin: _Box, lane: float, order: int) -> Markup:
    """From the foot of the box, through its lane below the lesson, to the foot of the place it goes back to."""
    shift = _STEP * (order % 6)
    right, left = _RIGHT[0] - 12 - shift, _MIDDLE[0] - 12 - shift
    start, end = box.top + box.height - _PAD, origin.top + origin.height - _PAD - _STEP * order
    way = f"M{number(box.left)} {number(start)}H{number(right)}V{number(lane)}H{number(left)}V{number(end)}"
    return element(
        "g",
        element(
            "path",
            d=f"{way}H{number(origin.right + 7)}",
            fill="none",
            stroke=_BACK,
            stroke_width=2,
            stroke_linejoin="round",
        ),
        _arrowhead(origin.right, end, -1, _BACK),
    )


def _arrowhead(x: float, y: float, way: int, colour: str) -> Markup:
    outline = f"M{number(x)} {number(y)}l{number(-9 * way)}-4.5v9z"
    return element("path", d=outline, fill=colour)


def _written(box: _Box, *, is_place: bool = False) -> Markup:
    frame = element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.right - box.left,
        height=box.height,
        rx=6,
        fill="var(--tint)" if is_place else "var(--surface)",
        stroke="var(--control)",
    )
    texts, y = [], box.top + _PAD
    for text, size, bold in box.lines:
        weight = 600 if bold else None
        if text:
            texts.append(
                element("text", text, x=box.left + _PAD, y=y + size, font_size=size, font_weight=weight)
            )
        y += size * _LEADING
    if box.url is None:
        return element("g", frame, *texts)
    return element("a", frame, *texts, href=box.url, class_="spread-box")


def _key(adoptions: Sequence[Adoption], words: SpreadWords) -> Markup:
    """The manners of lines that are drawn, each with its word."""
    outcomes: tuple[Outcome, ...] = ("copied", "adapted", "dropped", "open")
    shown = [outcome for outcome in outcomes if any(one.outcome == outcome for one in adoptions)]
    entries: list[tuple[str, str, str | None, float]] = [
        (words.of(outcome), "var(--series-1)", _DASHES[outcome], _WIDTHS[outcome]) for outcome in shown
    ]
    if any(one.sent_back for one in adoptions):
        entries.append((words.sent_back, _BACK, None, 2.0))
    parts: list[Markup] = []
    x = _LEFT[0]
    for word, colour, dashes, wide in entries:
        line = f"M{number(x)} {number(_SIZE - 4)}h34"
        parts.append(element("path", d=line, stroke=colour, stroke_width=wide, stroke_dasharray=dashes))
        parts.append(element("text", word, x=x + 40, y=_SIZE, font_size=_SMALL))
        x += 40 + width_of(word, _SMALL) + 22
    return element("g", *parts)
