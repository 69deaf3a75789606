"""The figures of this room."""

from knotwork.learning.figures.leading import (
    change_figure,
    change_picture,
    development_figure,
    development_picture,
    own_figure,
    own_picture,
)
from knotwork.learning.figures.learned import (
    FILES,
    quarter_in_words,
    spread_figure,
    spread_picture,
    words_figure,
    words_picture,
)

__all__ = [
    "FILES",
    "change_figure",
    "change_picture",
    "development_figure",
    "development_picture",
    "own_figure",
    "own_picture",
    "quarter_in_words",
    "spread_figure",
    "spread_picture",
    "words_figure",
    "words_picture",
]
