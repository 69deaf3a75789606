"""The figures of this room."""

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
    "quarter_in_words",
    "spread_figure",
    "spread_picture",
    "words_figure",
    "words_picture",
]
