"""What can be computed. A room registers an analysis; this floor decides when it runs and keeps what it gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import polars

from knotwork.drawing.picture import Picture


@dataclass(frozen=True)
class Outcome:
    """What one run gives: the state of the input it read, a small JSON result, tables, and pictures per language."""

    state: str
    result: Mapping[str, Any]
    tables: Mapping[str, polars.DataFrame] = field(default_factory=dict)
    pictures: Mapping[str, tuple[Picture, ...]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


class Analysis(Protocol):
    """A kind of computed result.

    ``subjects()`` names every subject with the present state of its input; when that state differs from the newest
    snapshot's, a run is due. ``run`` reads its input in one snapshot-isolated read and returns the state it read.
    """

    kind: str
    method: str
    version: str

    def subjects(self) -> Iterable[tuple[UUID, str]]: ...

    def run(self, subject: UUID, *, seed: int) -> Outcome: ...


_ANALYSES: dict[str, Analysis] = {}


def register(analysis: Analysis) -> None:
    _ANALYSES[analysis.kind] = analysis


def analysis_of(kind: str) -> Analysis:
    if kind not in _ANALYSES:
        raise ValueError(f"No room registered the analysis {kind!r}.")
    return _ANALYSES[kind]


def analyses() -> tuple[Analysis, ...]:
    """All analyses, by kind."""
    return tuple(_ANALYSES[kind] for kind in sorted(_ANALYSES))
