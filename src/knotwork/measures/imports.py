"""A file of series against what is held: which indicators it holds, what would be added, changed or stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import polars as pl
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.formats.problems import Remark
from knotwork.formats.series import SeriesFile, read_series
from knotwork.formats.sources import uploaded_file
from knotwork.measures.figures import differences, figures_of
from knotwork.measures.models import Indicator, Polarity
from knotwork.measures.services import hold_indicator, hold_observations
from knotwork.measures.words import Changes, IndicatorWords, ObservationRow
from knotwork.programmes.models import Programme

LARGEST_UNPACKED = 500_000_000
FIRST_ROWS = 8
_SHOWN_COLUMNS = (
    "indicator", "area_code", "area_name", "sex", "age", "category", "period", "value", "lower", "upper", "count",
    "denominator",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """What its bringer says of a file: where it comes from, its licence, its edition, and which way is better.

    ``polarity`` holds for the indicators that are new; those that are held keep theirs.
    """

    source: str
    source_url: str = ""
    licence: str = ""
    attribution: str = ""
    vintage: str = ""
    unit: str = ""
    polarity: str = Polarity.DEPENDS.value


@dataclass(frozen=True)
class Part:
    """One indicator of a file: its key, its name, its rows, and what bringing it in would do."""

    key: str
    name: str
    is_new: bool
    rows: tuple[ObservationRow, ...]
    changes: Changes


def read_file(name: str, content: bytes) -> SeriesFile:
    """The file as series; what cannot be used is an ``InputProblem`` with one clear message."""
    return read_series(uploaded_file(name, content, largest=LARGEST_UNPACKED))


def parts_of(file: SeriesFile, about: About, programme: Programme) -> list[Part]:
    """The indicators of a file, in its order, each held against what this programme holds."""
    held = {row.key: row.pk for row in Indicator.objects.filter(programme=programme)}
    parts = []
    for (name, number), rows in file.frame.group_by(["indicator", "indicator_id"], maintain_order=True):
        key = key_of(str(name), str(number), about.vintage)
        listed = tuple(_row(values) for values in rows.iter_rows(named=True))
        found = differences(held.get(key), figures_of(listed))
        parts.append(Part(key, str(name)[:300], key not in held, listed, found.changes))
    return parts


def key_of(name: str, number: str, vintage: str) -> str:
    """What an indicator is known by: its number where its source gives one, else its name; and its edition."""
    stem = f"fingertips-{number}" if number else name
    return slugify(f"{stem} {vintage}".strip())[:120].strip("-") or "indicator"


def preview_of(file: SeriesFile, parts: list[Part]) -> dict[str, Any]:
    """How the file is read and what it would do, as it is shown before anything is written."""
    total = sum((part.changes for part in parts), Changes())
    shown = file.frame.head(FIRST_ROWS).select(_SHOWN_COLUMNS)
    used = [name for name in _SHOWN_COLUMNS if not _is_empty(file.frame[name])]
    return {
        "kind": file.kind,
        "columns": [[column.ours, column.theirs, column.first] for column in file.reading],
        "unread": list(file.unread),
        "first_columns": used,
        "first_rows": [list(row) for row in shown.select(used).iter_rows()],
        "rows": file.frame.height,
        "areas": file.frame["area_code"].n_unique(),
        "indicators": [
            {
                "key": part.key,
                "name": part.name,
                "is_new": part.is_new,
                "added": part.changes.added,
                "changed": part.changes.changed,
                "unchanged": part.changes.unchanged,
            }
            for part in parts
        ],
        "added": total.added,
        "changed": total.changed,
        "unchanged": total.unchanged,
        "remarks": [[remark.code, remark.count] for remark in file.remarks],
    }


def write_parts(parts: list[Part], about: About, programme: Programme, *, by: Viewer) -> Changes:
    """Hold all of them; to be called within one transaction."""
    total = Changes()
    for part in parts:
        held = Indicator.objects.filter(programme=programme, key=part.key).first()
        if held is None:
            words = IndicatorWords(
                key=part.key,
                name=part.name,
                source=about.source,
                unit=about.unit,
                polarity=about.polarity,
                source_url=about.source_url,
                licence=about.licence,
                attribution=about.attribution,
                vintage=about.vintage,
            )
            public_id = hold_indicator(words, by=by, programme_id=programme.pk).public_id
        else:
            public_id = held.public_id
        total += hold_observations(public_id, part.rows, by=by)
    return total


def remark_in_words(code: str, count: int) -> str:
    """A remark about a file, in the reader's language."""
    words = {
        "repeated_rows": _("Rows that repeat another row in every number, and count once: %(count)d."),
        "two_vintages": _(
            "Values that are there more than once with different numbers, because the file holds two editions: "
            "%(count)d. The row further down counts. If that is not what you want, split the file."
        ),
        "overlapping_periods": _(
            "Series whose periods overlap: %(count)d. No ups and downs will be read from them."
        ),
        "counties_and_districts": _(
            "The file holds counties and the districts within them. Nothing is added up, so nobody counts twice."
        ),
        "values_without_limits": _(
            "Values that come without limits: %(count)d. They will say ‘no limits supplied’."
        ),
        "marks_for_no_number": _(
            "Cells that hold a mark instead of a number, and are read as missing: %(count)d."
        ),
    }
    return words[code] % {"count": count} if code in words else Remark(code, count).in_words()


def _row(values: Mapping[str, Any]) -> ObservationRow:
    return ObservationRow(
        area_code=values["area_code"][:20],
        area_name=values["area_name"],
        area_type=values["area_type"],
        sex=values["sex"][:40],
        age=values["age"][:120],
        category_type=values["category_type"][:160],
        category=values["category"][:160],
        period=values["period"][:60],
        value=values["value"],
        lower=values["lower"],
        upper=values["upper"],
        count=values["count"],
        denominator=values["denominator"],
        note=values["note"],
        period_from=values["period_start"],
        period_until=values["period_end"] + timedelta(days=1),
    )


def _is_empty(column: pl.Series) -> bool:
    return bool(column.null_count() == len(column) or (column.dtype == pl.String and (column == "").all()))
