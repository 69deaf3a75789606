"""Read computed results: always the newest good one, and whether a later run failed."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import polars
from django.utils.translation import get_language

from knotwork.core.analyses.models import Snapshot, SnapshotPicture, SnapshotState, SnapshotTable
from knotwork.drawing.picture import Picture


@dataclass(frozen=True)
class SnapshotView:
    """A finished run, as read."""

    id: int
    public_id: UUID
    kind: str
    subject: UUID
    input_state: str
    method: str
    version: str
    seed: int
    options: Mapping[str, Any]
    result: Mapping[str, Any]
    finished_at: datetime


@dataclass(frozen=True)
class Failure:
    """That the newest run failed, when, and why in words."""

    finished_at: datetime
    error: str


def newest_good(kind: str, subject: UUID) -> SnapshotView | None:
    """The newest good result, or ``None`` before the first."""
    row = Snapshot.objects.of(kind, subject).good().newest_first().first()
    return None if row is None else _view(row)


def latest_failure(kind: str, subject: UUID) -> Failure | None:
    """The failure of the newest run, if it failed; ``None`` when the newest finished run was good."""
    row = Snapshot.objects.of(kind, subject).filter(finished_at__isnull=False).newest_first().first()
    if row is None or row.state != SnapshotState.FAILED or row.finished_at is None:
        return None
    return Failure(row.finished_at, row.error)


def is_under_way(kind: str, subject: UUID) -> bool:
    """Whether a run is waiting or going on."""
    return Snapshot.objects.of(kind, subject).under_way().exists()


def tables(snapshot_id: int) -> dict[str, polars.DataFrame]:
    """All tables of a snapshot, by name."""
    rows = SnapshotTable.objects.filter(snapshot_id=snapshot_id).order_by("name")
    return {row.name: _frame(row.parquet) for row in rows}


def table(snapshot_id: int, name: str) -> polars.DataFrame | None:
    """One table of a snapshot."""
    row = SnapshotTable.objects.filter(snapshot_id=snapshot_id, name=name).first()
    return None if row is None else _frame(row.parquet)


def pictures(snapshot_id: int) -> dict[str, Picture]:
    """The pictures of a snapshot by name, in the reader's language where it was drawn, else in English."""
    rows = SnapshotPicture.objects.filter(snapshot_id=snapshot_id).order_by("name")
    wanted = (get_language() or "en").split("-")[0]
    found: dict[str, Picture] = {}
    for row in sorted(rows, key=lambda row: row.language == wanted):
        if row.language in (wanted, "en"):
            found[row.name] = _picture(row)
    return found


def _view(row: Snapshot) -> SnapshotView:
    assert row.finished_at is not None  # a good snapshot has finished
    return SnapshotView(
        row.pk,
        row.public_id,
        row.kind,
        row.subject,
        row.input_state,
        row.method,
        row.version,
        row.seed,
        row.options,
        row.result,
        row.finished_at,
    )


def _frame(parquet: bytes | memoryview) -> polars.DataFrame:
    return polars.read_parquet(io.BytesIO(bytes(parquet)))


def _picture(row: SnapshotPicture) -> Picture:
    return Picture(
        name=row.name,
        svg=row.svg,
        columns=tuple(row.columns),
        rows=tuple(tuple(cells) for cells in row.rows),
        title=row.title,
        description=row.description,
    )
