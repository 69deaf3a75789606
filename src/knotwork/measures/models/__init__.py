"""The nouns of this room."""

from knotwork.measures.models.imports import SeriesImport, SeriesImportState
from knotwork.measures.models.indicators import Indicator, Observation, Polarity, Series
from knotwork.measures.models.measures import (
    Improvement,
    Measure,
    NothingFits,
    Reading,
    Rebase,
    RivalCause,
)

__all__ = [
    "Improvement",
    "Indicator",
    "Measure",
    "NothingFits",
    "Observation",
    "Polarity",
    "Reading",
    "Rebase",
    "RivalCause",
    "Series",
    "SeriesImport",
    "SeriesImportState",
]
