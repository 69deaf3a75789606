import re
from typing import get_args

import pytest

from knotwork.drawing.palette import Shape
from knotwork.drawing.shapes import marks


@pytest.mark.parametrize("shape", get_args(Shape))
def test_every_shape_is_one_short_closed_outline_for_each_point(shape: Shape) -> None:
    d = marks(shape, [(10, 20), (30.25, 40)], 3)
    assert d.count("M") == d.count("z") == 2
    assert re.fullmatch(r"[Mlhvaz0-9. -]+", d)
    assert len(d) < 140


def test_shapes_differ() -> None:
    assert len({marks(shape, [(0, 0)], 3) for shape in get_args(Shape)}) == 6
