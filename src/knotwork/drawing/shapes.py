"""The marks of the series as path data: so many that each has to be short."""

from collections.abc import Iterable

from knotwork.drawing.palette import Shape
from knotwork.drawing.svg import number

_START_AND_OUTLINE: dict[Shape, tuple[tuple[float, float], tuple[float, ...], str]] = {
    "square": ((-0.88, -0.88), (1.76, 1.76, -1.76), "h{0}v{1}h{2}z"),
    "triangle": ((0, -1.2), (1.1, 2, -2.2), "l{0} {1}h{2}z"),
    "diamond": ((0, -1.25), (1.15, 1.25, -1.15, 1.25, -1.15, -1.25), "l{0} {1} {2} {3} {4} {5}z"),
    "cross": (
        (-0.4, -1.15),
        (0.8, 0.75, 0.75, 0.8, -0.75, 0.75, -0.8),
        "h{0}v{1}h{2}v{3}h{4}v{5}h{6}v{4}h{4}v-{3}h{2}z",
    ),
    "wedge": ((0, 1.2), (1.1, -2, -2.2), "l{0} {1}h{2}z"),
}


def marks(shape: Shape, points: Iterable[tuple[float, float]], radius: float) -> str:
    """One path with the same mark at every point; all shapes have about the same area at one radius."""
    if shape == "circle":
        # An arc that ends a hair beside its start is a circle in a third of the characters of two halves.
        right, back = number(radius, 2), number(0.02, 2)
        start, outline = (0.0, -radius), f"a{right} {right} 0 1 1-{back} 0z"
    else:
        offset, sides, pattern = _START_AND_OUTLINE[shape]
        start = (offset[0] * radius, offset[1] * radius)
        outline = pattern.format(*(number(side * radius) for side in sides))
    return "".join(f"M{number(x + start[0])} {number(y + start[1])}{outline}" for x, y in points)
