"""A map of factors: soft boxes, and arrows that say whether more of one leads to more or to less of the other.

Every factor is a link, so Tab walks the map and Enter opens a factor. What an arrow says is told by its line (whole,
dashed, dotted) and by the sign on it (plus, minus, both), and its colour only repeats that. Arrows run beneath the
boxes and bend around boxes in their way where they can.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.factor_links import Box, Course, courses
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element, number

TEXT = 15.0
WIDEST = 150.0
PAD_ACROSS, PAD_DOWN = 13.0, 11.0
MARGIN = 14.0
NARROWEST = 600.0
STEP = 160.0
WIDEST_CLASS = 24
_LEADING = 1.18
_SIGN = 8.0
_LEGEND = 34.0

_LOOKS = {
    "more": ("var(--series-1)", None),
    "less": ("var(--series-2)", "7 5"),
    "contested": ("var(--series-3)", "1.5 5"),
}
_SIGNS = {"more": "m-4 0h8m-4-4v8", "less": "m-4 0h8", "contested": "m-4-2h8m-4-4v8m-4 1.5h8"}


@dataclass(frozen=True)
class FactorBox:
    """One factor: ``x`` and ``y`` are the middle of its box. Without ``url`` it is drawn and leads nowhere.

    ``is_centre`` fills the box: the factor that a picture is about.
    """

    key: str
    label: str
    x: float
    y: float
    url: str = ""
    is_centre: bool = False

    @property
    def box(self) -> Box:
        width, height = box_size(self.label)
        return Box(self.x - width / 2, self.y - height / 2, self.x + width / 2, self.y + height / 2)


@dataclass(frozen=True)
class DrawnLink:
    """One arrow between two factors, by their keys; ``sign`` is 1 or -1. ``is_strong`` draws it thicker."""

    source: str
    target: str
    sign: int
    is_contested: bool = False
    is_strong: bool = False

    @property
    def look(self) -> str:
        """``more``, ``less`` or ``contested``."""
        if self.is_contested:
            return "contested"
        return "more" if self.sign > 0 else "less"


@dataclass(frozen=True)
class FactorMapWords:
    """The words of the legend and of the table, in the reader's language."""

    more: str = "more leads to more"
    less: str = "more leads to less"
    contested: str = "people see it in two ways"
    columns: tuple[str, str, str] = ("More of this", "How it leads on", "To this")

    def of(self, look: str) -> str:
        """What this kind of arrow says."""
        return {"more": self.more, "less": self.less, "contested": self.contested}[look]


ENGLISH = FactorMapWords()


def box_size(label: str) -> tuple[float, float]:
    """How wide and how high the box of a label is, so that a layout can keep boxes apart.

    >>> box_size("Stress")[1] < box_size("Availability of Passive Entertainment Options")[1]
    True
    """
    lines = _lines(label)
    return max(56.0, _widest(lines) + 2 * PAD_ACROSS), len(lines) * TEXT * _LEADING + 2 * PAD_DOWN


def factor_map(
    boxes: Sequence[FactorBox],
    links: Sequence[DrawnLink],
    *,
    name: str,
    title: str,
    description: str,
    words: FactorMapWords = ENGLISH,
) -> Picture:
    """Factors where they are said to stand, with the arrows between them, and a legend of what the arrows say.

    Boxes are taken as they come and must not overlap. They are walked from left to right. A link to or from a factor
    that is not drawn, and one from a factor to itself, stand in no picture. The class of the drawing, ``factors-4``,
    ``factors-5`` and so on, says how many times 160 units it is wide (24 at most), so that the pages can keep its words
    readable.
    Raises ``ValueError`` without any box.
    """
    if not boxes:
        raise ValueError("A map of factors needs at least one factor; show words where there is none.")
    labels = {box.key: box.label for box in boxes}
    drawn = [
        link for link in links if link.source != link.target and {link.source, link.target} <= labels.keys()
    ]
    runs = courses({box.key: box.box for box in boxes}, [(link.source, link.target) for link in drawn])
    looks = [look for look in _LOOKS if any(link.look == look for link in drawn)]
    arrows = [(link, run) for link, run in zip(drawn, runs, strict=True) if run is not None]
    shift, size = _paper([*(box.box for box in boxes), *(run.reach for _link, run in arrows)])
    svg = drawing(
        element(
            "g",
            *(_lines_of(arrows, look, is_strong) for is_strong in (False, True) for look in looks),
            *(_heads_and_signs(arrows, look) for look in looks),
            *(_box(box) for box in sorted(boxes, key=lambda box: (box.x, box.y, box.key))),
            transform=shift,
        ),
        _legend(looks, words, size[1]),
        name=name,
        kind=f"factors-{min(WIDEST_CLASS, math.ceil(size[0] / STEP))}",
        title=title,
        description=description,
        size=(size[0], size[1] + (_LEGEND if looks else 0)),
        holds_links=True,
    )
    rows = tuple((labels[link.source], words.of(link.look), labels[link.target]) for link in drawn)
    return Picture(name, svg, words.columns, rows, title, description)


def _lines(label: str) -> tuple[str, ...]:
    """The label in as few lines as it needs, and these about equally long."""
    lines = wrapped(label, TEXT, WIDEST, semibold=True)
    narrower = WIDEST
    while len(lines) > 1 and narrower > 40:
        narrower -= 8
        tighter = wrapped(label, TEXT, narrower, semibold=True)
        if len(tighter) > len(lines) or _widest(tighter) > narrower:
            break
        lines = tighter
    return lines


def _widest(lines: Sequence[str]) -> float:
    return max((width_of(line, TEXT, semibold=True) for line in lines), default=0.0)


def _paper(parts: Sequence[Box]) -> tuple[str, tuple[float, float]]:
    """How far all that is drawn is moved so that it stands on the paper, and how large that is."""
    left, top = min(part.left for part in parts), min(part.top for part in parts)
    wide = max(part.right for part in parts) - left + 2 * MARGIN
    high = max(part.bottom for part in parts) - top + 2 * MARGIN
    across = MARGIN - left + max(0.0, NARROWEST - wide) / 2
    shift = f"translate({number(across)} {number(MARGIN - top)})"
    return shift, (max(wide, NARROWEST), high)


def _lines_of(arrows: Sequence[tuple[DrawnLink, Course]], look: str, is_strong: bool) -> Markup:
    """All lines of one kind in one path."""
    path = "".join(run.path for link, run in arrows if link.look == look and link.is_strong is is_strong)
    colour, dashes = _LOOKS[look]
    if not path:
        return Markup()
    return element(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=3 if is_strong else 1.5,
        stroke_dasharray=dashes,
        stroke_linecap="round" if look == "contested" else None,
    )


def _heads_and_signs(arrows: Sequence[tuple[DrawnLink, Course]], look: str) -> Markup:
    """The heads of all arrows of one kind, and over the lines the sign of each on a small round ground."""
    colour = _LOOKS[look][0]
    runs = [run for link, run in arrows if link.look == look]
    heads = "".join(run.head for run in runs)
    spots = [f"M{number(x)} {number(y)}" for x, y in (run.sign_at for run in runs)]
    grounds = "".join(f"{spot}m-{number(_SIGN)} 0a8 8 0 1 1 0 .02z" for spot in spots)
    signs = "".join(f"{spot}{_SIGNS[look]}" for spot in spots)
    return Markup(
        element("path", d=heads, fill=colour)
        + element("path", d=grounds, fill="var(--surface)", stroke=colour, stroke_width=1)
        + element("path", d=signs, fill="none", stroke=colour, stroke_width=1.8)
    )


def _box(factor: FactorBox) -> Markup:
    box, lines = factor.box, _lines(factor.label)
    fill, ink = ("var(--accent)", "var(--on-accent)") if factor.is_centre else ("var(--tint)", "currentColor")
    shape = element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.right - box.left,
        height=box.bottom - box.top,
        rx=11,
        fill=fill,
        stroke="var(--accent)",
        stroke_width=1.2,
    )
    text = lines_of_text(
        lines,
        factor.x,
        factor.y + TEXT * 0.35 - (len(lines) - 1) * TEXT * _LEADING / 2,
        TEXT,
        leading=_LEADING,
        text_anchor="middle",
        font_weight=600 if factor.is_centre else None,
        fill=ink,
    )
    if factor.url:
        return element("a", shape, text, href=factor.url, aria_label=factor.label, class_="factor")
    return element("g", shape, text)


def _legend(looks: Sequence[str], words: FactorMapWords, top: float) -> Markup:
    """What the lines say, one after the other along the foot of the picture."""
    x, y = MARGIN, top + _LEGEND / 2
    parts = []
    for look in looks:
        colour, dashes = _LOOKS[look]
        spot = f"M{number(x + 22)} {number(y)}"
        parts += [
            element(
                "path",
                d=f"M{number(x)} {number(y)}h44",
                stroke=colour,
                stroke_width=1.5,
                stroke_dasharray=dashes,
            ),
            element("circle", cx=x + 22, cy=y, r=_SIGN, fill="var(--surface)", stroke=colour, stroke_width=1),
            element("path", d=f"{spot}{_SIGNS[look]}", fill="none", stroke=colour, stroke_width=1.8),
            element("text", words.of(look), x=x + 52, y=y + 4.5, font_size=13, fill="var(--soft)"),
        ]
        x += 52 + width_of(words.of(look), 13) + 26
    return element("g", *parts) if parts else Markup()
