"""The colours of every picture: one name, one value on a light page and one on a dark page.

A picture in a page writes only names (``var(--series-1)``, ``currentColor``), so that one drawing follows
the reader's light or dark scheme. A picture that leaves the page (SVG and PNG downloads) has no style sheet
to ask, so ``resolve`` writes the values in. The style sheet of the pages carries the same values; a test
holds the two together.

How the series were chosen: all six keep a contrast of 3:1 or more against surface and paper in their
scheme, and any two of them stay at least 0.10 apart in OKLab for full colour vision and for simulated
protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009, severity 1). Colour is never
alone: each series has its own shape.
"""

import re
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]
Shape = Literal["circle", "square", "triangle", "diamond", "cross", "wedge"]


@dataclass(frozen=True)
class Shade:
    """One named colour in both schemes, as ``#rrggbb``."""

    light: str
    dark: str


@dataclass(frozen=True)
class Series:
    """What tells one group from the next: a colour and, for whoever cannot tell the colours, a shape."""

    token: str
    shape: Shape

    @property
    def colour(self) -> str:
        """The colour as a picture writes it."""
        return f"var({self.token})"


TOKENS: dict[str, Shade] = {
    "--paper": Shade("#fbfaf7", "#121a1b"),
    "--surface": Shade("#ffffff", "#1b2627"),
    "--ink": Shade("#1d2b2e", "#eef3f2"),
    "--soft": Shade("#51656a", "#a9babb"),
    "--line": Shade("#d9e1e0", "#334244"),
    "--control": Shade("#6a7f84", "#7f9496"),
    "--accent": Shade("#14595f", "#7cc7c4"),
    "--on-accent": Shade("#ffffff", "#0d1b1c"),
    "--tint": Shade("#e6f0ee", "#21383a"),
    "--rust": Shade("#8a3324", "#f0a899"),
    "--focus": Shade("#ffd23f", "#ffd23f"),
    "--focus-ring": Shade("#1d2b2e", "#0b1011"),
    # Land is only a backdrop; a place stands 3:1 against it, and so does the outline of a muted place.
    "--map-land": Shade("#e3e9e4", "#2a3839"),
    "--map-place": Shade("#14595f", "#7cc7c4"),
    "--map-muted": Shade("#6f8286", "#8da0a1"),
    "--series-1": Shade("#14595f", "#7cc7c4"),
    "--series-2": Shade("#ab5224", "#e88d2e"),
    "--series-3": Shade("#6f58a7", "#b184f9"),
    "--series-4": Shade("#ae8706", "#e9d66e"),
    "--series-5": Shade("#5e1223", "#d35067"),
    "--series-6": Shade("#548ad2", "#4b7bb5"),
}

SERIES: tuple[Series, ...] = (
    Series("--series-1", "circle"),
    Series("--series-2", "square"),
    Series("--series-3", "triangle"),
    Series("--series-4", "diamond"),
    Series("--series-5", "cross"),
    Series("--series-6", "wedge"),
)

_NAME = re.compile(r'\b(fill|stroke|color|stop-color)="(?:var\((--[a-z0-9-]+)\)|currentColor)"')


def series(index: int) -> Series:
    """The look of the group with this number, from 0; after six groups the looks begin again."""
    return SERIES[index % len(SERIES)]


def resolve(svg: str, scheme: Scheme = "light") -> str:
    """Write the values of one scheme into a drawing, for where no style sheet reaches.

    Only attributes that hold a colour are touched, never the words that somebody typed. Raises
    ``KeyError`` with the missing name if the drawing asks for a colour that the palette lacks.

    >>> resolve('<path fill="var(--accent)" stroke="currentColor"/>')
    '<path fill="#14595f" stroke="#1d2b2e"/>'
    """
    return _NAME.sub(lambda found: f'{found[1]}="{getattr(TOKENS[found[2] or "--ink"], scheme)}"', svg)
