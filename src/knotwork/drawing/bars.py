"""How each group answered one statement: agree, pass, disagree. Small, for a results page shows many."""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 360.0
_SIZE = 13.0
_ROW = 24.0
_KEY = 24.0
_BAR = 14.0
_FIGURE = 40.0
_AGREE, _PASS, _DISAGREE = "var(--series-1)", "var(--map-muted)", "var(--series-2)"


@dataclass(frozen=True)
class VoteCount:
    """How many people of one group agreed, passed and disagreed."""

    label: str
    agree: int
    passed: int
    disagree: int

    @property
    def people(self) -> int:
        """All who answered."""
        return self.agree + self.passed + self.disagree

    def percent(self, count: int) -> int:
        """A count as a whole percentage of all who answered."""
        return round(100 * count / self.people)


@dataclass(frozen=True)
class BarWords:
    """The words of the key and the heads of the table, in the reader's language."""

    agree: str = "Agree"
    passed: str = "Pass"
    disagree: str = "Disagree"
    columns: tuple[str, str, str, str, str] = ("Group", "People", "Agree %", "Pass %", "Disagree %")


def vote_bars(
    counts: Sequence[VoteCount],
    *,
    name: str,
    title: str,
    description: str,
    words: BarWords = BarWords(),
    fewest: int = 5,
) -> Picture:
    """One bar per group: who disagrees to the left, who agrees to the right, who passed across the middle.

    Side and number say the same as the colour. A group of fewer than ``fewest`` people has no bar and no row.
    """
    shown = [count for count in counts if count.people >= fewest]
    names = [f"{count.label} ({count.people:,})" for count in shown]
    left = max((width_of(label, _SIZE) for label in names), default=0.0) + 6
    svg = drawing(
        _key(left, words),
        _bars(shown, left),
        _texts(names, 0, None),
        _texts([f"{count.percent(count.disagree)}%" for count in shown], left + _FIGURE - 5, "end"),
        _texts([f"{count.percent(count.agree)}%" for count in shown], WIDTH, "end"),
        name=name,
        kind="bars",
        title=title,
        description=description,
        size=(WIDTH, _KEY + _ROW * len(shown)),
    )
    rows = tuple(
        (c.label, c.people, c.percent(c.agree), c.percent(c.passed), c.percent(c.disagree)) for c in shown
    )
    return Picture(name, svg, words.columns, rows, title, description)


def _key(left: float, words: BarWords) -> Markup:
    """The three words above the bars, each with its colour, in the order of the bars."""
    middle = (left + WIDTH) / 2
    wide = width_of(words.passed, 12) / 2
    swatches = ((left, _DISAGREE), (middle - wide - 10, _PASS), (WIDTH - 7, _AGREE))
    return element(
        "g",
        element("text", words.disagree, x=left + 10, y=12),
        element("text", words.passed, x=middle, y=12, text_anchor="middle"),
        element("text", words.agree, x=WIDTH - 10, y=12, text_anchor="end"),
        *(element("path", d=f"M{number(x)} 5h7v7h-7z", fill=colour) for x, colour in swatches),
        font_size=12,
    )


def _bars(counts: Sequence[VoteCount], left: float) -> Markup:
    """All bars, as one path for each answer."""
    start, end = left + _FIGURE, WIDTH - _FIGURE
    paths = {_DISAGREE: "", _PASS: "", _AGREE: ""}
    for index, count in enumerate(counts):
        # Every bar has the same length in every picture; the middle of the passes stands on the middle line.
        per_person = (end - start) / 2 / count.people
        x = (start + end) / 2 - (count.passed / 2 + count.disagree) * per_person
        y = number(_KEY + _ROW * index + 4)
        for people, colour in zip((count.disagree, count.passed, count.agree), paths, strict=True):
            wide = number(people * per_person)
            paths[colour] += f"M{number(x)} {y}h{wide}v{number(_BAR)}h-{wide}z" if people else ""
            x += people * per_person
    return element("g", *(element("path", d=d, fill=colour) for colour, d in paths.items() if d))


def _texts(texts: Sequence[str], x: float, anchor: str | None) -> Markup:
    """One column of words, a line for each bar."""
    first = _KEY + 4 + _BAR / 2 + _SIZE * 0.35
    lines = (element("text", text, x=x, y=first + _ROW * index) for index, text in enumerate(texts))
    return element("g", *lines, font_size=_SIZE, text_anchor=anchor)
