"""Words that people gave, one row for each time they were asked: the more people said a word, the larger it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element

WIDTH = 440.0
_LABEL = 14.0
_SMALLEST, _LARGEST = 18.0, 44.0
_BETWEEN = 18.0
_GAP = 20.0
_LEADING = 1.25


@dataclass(frozen=True)
class WordsOfATime:
    """When, about how many people, and the words with the number of people who said each.

    ``note`` stands under the time: how many gave words, or why none is shown.
    """

    label: str
    note: str
    words: tuple[tuple[str, int], ...] = ()


def words_over_time(
    times: Sequence[WordsOfATime],
    *,
    name: str,
    title: str,
    description: str,
    columns: tuple[str, str, str] = ("When", "Word", "People"),
) -> Picture:
    """Earlier times first; within one, the words in the order given. Type grows with the root of the people.

    Whoever calls this has left out what may not be shown; a time without words keeps its row, with its note.
    """
    fewest = min((people for time in times for _, people in time.words), default=1)
    parts: list[Markup] = []
    y = 0.0
    for time in times:
        parts.append(element("text", time.label, x=0, y=y + _LABEL, font_size=_LABEL, font_weight=600))
        y += _LABEL * _LEADING
        note = wrapped(time.note, _LABEL, WIDTH)
        parts.append(lines_of_text(note, 0, y + _LABEL, _LABEL, leading=_LEADING, fill="var(--soft)"))
        y += len(note) * _LABEL * _LEADING
        written, y = _words(time.words, y, fewest)
        parts += [*written, element("path", d=f"M0 {y + _GAP / 2:.0f}H{WIDTH:.0f}", stroke="var(--line)")]
        y += _GAP
    svg = drawing(
        *parts,
        name=name,
        kind="words",
        title=title,
        description=description,
        size=(WIDTH, max(y, _GAP)),
    )
    rows = tuple((time.label, word, people) for time in times for word, people in time.words)
    return Picture(name, svg, columns, rows, title, description)


def _words(words: Sequence[tuple[str, int]], top: float, fewest: int) -> tuple[list[Markup], float]:
    """The words in lines, and where the last line ends."""
    lines: list[list[tuple[str, float, float]]] = []
    x = 0.0
    for word, people in words:
        wide = width_of(word, 1, semibold=True)
        size = min(_SMALLEST * sqrt(people / fewest), _LARGEST, WIDTH / wide)
        if not lines or x + wide * size > WIDTH:
            lines.append([])
            x = 0.0
        lines[-1].append((word, x, size))
        x += wide * size + _BETWEEN
    written: list[Markup] = []
    for line in lines:
        top += max(size for _, _, size in line) * _LEADING
        written += [
            element("text", word, x=x, y=top, font_size=size, font_weight=600, fill="var(--series-1)")
            for word, x, size in line
        ]
    return written, top + (_GAP / 2 if lines else 0.0)
