"""Loops as people read them: a name where they gave one, the way around, and what the loop does to itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import polars as pl

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView
from knotwork.maps.addresses import factor_url
from knotwork.maps.merged import MergedMap
from knotwork.maps.models import SystemMap
from knotwork.maps.querysets import named_loops_on
from knotwork.maps.words import loop_sign_in_words


@dataclass(frozen=True)
class LoopView:
    """One loop. ``cycle`` is how it stands in files; ``factors`` are labels with their addresses, in causal order."""

    cycle: str
    name: str
    name_id: UUID | None
    factors: tuple[tuple[str, str], ...]
    sign: int
    length: int
    support: float

    @property
    def sign_words(self) -> str:
        return loop_sign_in_words(self.sign)


class LoopReader:
    """The loops of one map, from its newest result; those through a factor that no longer stands are left out."""

    def __init__(self, system_map: SystemMap, merged: MergedMap, snapshot: SnapshotView) -> None:
        self._map, self._merged = system_map, merged
        found = snapshots.table(snapshot.id, "loops")
        self.table = found if found is not None else pl.DataFrame()
        self._names = {row.cycle: (row.name, row.public_id) for row in named_loops_on(system_map)}

    def named(self) -> list[LoopView]:
        """Those with a name, in the order in which they were named."""
        return self.of(self._names)

    def story_rows(self) -> pl.DataFrame:
        """The rows of the small set that covers every link in a loop, the shortest first."""
        return self.table.filter(pl.col("story"))

    def through(self, key: str) -> pl.DataFrame:
        """The rows of the loops that go through a factor."""
        return self.table.filter((">" + pl.col("factors") + ">").str.contains(f">{key}>", literal=True))

    def of_rows(self, rows: pl.DataFrame) -> list[LoopView]:
        """These rows of the table as people read them."""
        return self._views(rows)

    def of(self, cycles: Iterable[str]) -> list[LoopView]:
        """The loops that are written so, in the order asked for."""
        wanted = list(cycles)
        rows = self.table.filter(pl.col("factors").is_in(wanted))
        found = {view.cycle: view for view in self._views(rows)}
        return [found[cycle] for cycle in wanted if cycle in found]

    def _views(self, rows: pl.DataFrame) -> list[LoopView]:
        views = []
        for row in rows.iter_rows(named=True):
            keys = row["factors"].split(">")
            if not all(key in self._merged.by_key for key in keys):
                continue
            factors = [self._merged.by_key[key] for key in keys]
            name, name_id = self._names.get(row["factors"], ("", None))
            views.append(
                LoopView(
                    row["factors"],
                    name,
                    name_id,
                    tuple((one.label, factor_url(self._map, one.public_id)) for one in factors),
                    row["sign"],
                    row["length"],
                    row["support"],
                )
            )
        return views
