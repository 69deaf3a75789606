"""What the methods say of a measure: its run chart and trend, England beside it, or its gap by deprivation.

Codes and numbers only; ``findings`` makes the sentences. What a method does not allow is not computed: no run rules
where periods overlap, no trend without limits, and fewer than 13 points are too few to say.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from knotwork.measures.models import Improvement, Measure
from knotwork.measures.points import Point, is_yearly, periods_overlap
from knotwork.methods.indicators.inequality import SlopeIndex, slope_index
from knotwork.methods.indicators.spc import SHORT, RunChart, xmr_chart
from knotwork.methods.indicators.trend import INDIRECT, MULTI_YEAR, Polarity, recent_trend

Finding = Literal["changed", "no_more", "too_few", "overlapping"]
FROM_LIMITS = 2 * 1.959964

_POLARITY: dict[str, Polarity] = {
    Improvement.INCREASE: "high",
    Improvement.DECREASE: "low",
    Improvement.NEUTRAL: "none",
}


@dataclass(frozen=True, eq=False)
class TimeReading:
    """A measure through time. ``chart`` is drawn; ``result`` is kept. Points without a value are left out before."""

    points: list[Point]
    other: list[Point]
    chart: RunChart | None
    result: dict[str, Any]


@dataclass(frozen=True, eq=False)
class GapReading:
    """A measure by tenths: the indices of the place and of the area beside it."""

    points: list[Point]
    own: SlopeIndex
    other: SlopeIndex | None
    result: dict[str, Any]


def read_through_time(
    measure: Measure, points: list[Point], other: list[Point], rebases: list[date]
) -> TimeReading:
    """The finding, the trend and the comparison of a series."""
    known = [row for row in points if row.value is not None]
    beside = [row for row in other if row.value is not None]
    overlap = bool(known) and periods_overlap(known)
    charts = None
    if known and not overlap and len(known) >= SHORT:
        charts = _charts(measure, known, rebases)
    result: dict[str, Any] = {
        "points": len(known),
        "has_limits": bool(known) and all(row.has_limits for row in known),
        "overlaps": overlap,
        "finding": _finding(charts[0] if charts else None, overlap),
        "first": _period(known[0]) if known else None,
        "last": _period(known[-1]) if known else None,
    }
    if charts:
        result["run"] = _run(*charts)
    if measure.expected_from is not None:
        result["around"] = _around(known, measure.expected_from)
    if known and not overlap and known[0].has_limits and known[-1].has_limits:
        result["ends"] = _difference(known[-1], known[0])
    if known and is_yearly(known):
        result["trend"] = _trend(measure, known, overlap)
    if beside:
        result["other"] = _compared(known, beside)
    return TimeReading(known, beside, charts[1] if charts else None, result)


def read_by_decile(points: list[Point], other: list[Point]) -> GapReading:
    """How far apart the most and the least deprived are: the slope index of the place, and of the area beside."""
    own = _slope(points)
    beside = _slope(other) if other else None
    first = points[0] if points else None
    result: dict[str, Any] = {
        "points": len(points),
        "has_limits": bool(points) and all(row.has_limits for row in points),
        "last": _period(first) if first else None,
        "gap": _gap(own),
        "middles": middles_of(points),
    }
    if beside is not None:
        result["other_gap"] = _gap(beside)
    return GapReading(points, own, beside, result)


def middles_of(points: list[Point]) -> list[float]:
    """Where the middle of each tenth stands on the way from the most (0) to the least deprived person (1)."""
    people = np.array([row.denominator or 0.0 for row in points])
    if not people.sum():
        return []
    share = people / people.sum()
    return [float(one) for one in np.cumsum(share) - share / 2]


def _charts(measure: Measure, known: list[Point], rebases: list[date]) -> tuple[RunChart, RunChart]:
    """The chart that is judged, without any new beginning, and the one that is drawn."""
    values = [row.value if row.value is not None else float("nan") for row in known]
    starts = [next((at for at, row in enumerate(known) if row.middle >= day), None) for day in rebases]
    positions = [at for at in starts if at]
    baseline = measure.baseline if measure.baseline and measure.baseline <= len(known) else None
    improvement: Any = measure.improvement
    words: dict[str, Any] = {
        "preset": measure.preset,
        "improvement": improvement,
        "target": measure.target,
    }
    judged = xmr_chart(values, baseline=baseline, **words)
    drawn = xmr_chart(values, rebase=positions, **words) if positions else judged
    return judged, drawn


def _finding(judged: RunChart | None, overlap: bool) -> Finding:
    if overlap:
        return "overlapping"
    if judged is None:
        return "too_few"
    return "no_more" if judged.variation == "common_cause" else "changed"


def _around(known: list[Point], day: date) -> dict[str, Any]:
    """The average before a day and since, with how many points each is of."""
    values = [(row.middle >= day, row.value) for row in known if row.value is not None]
    before, since = ([value for is_later, value in values if is_later == side] for side in (False, True))
    return {
        "day": day.isoformat(),
        "before": [len(before), float(np.mean(before)) if before else None],
        "since": [len(since), float(np.mean(since)) if since else None],
    }


def _run(judged: RunChart, drawn: RunChart) -> dict[str, Any]:
    last = int(drawn.segment[-1])
    return {
        "variation": judged.variation,
        "stood_out": int((judged.flag != "").sum()),
        "assurance": drawn.assurance,
        "preset": f"{judged.preset} {judged.preset_version}",
        "segments": last,
        "last_is_short": last > 1 and int((drawn.segment == last).sum()) < SHORT,
        "mean": float(drawn.mean[-1]),
        "lower": float(drawn.lower[-1]),
        "upper": float(drawn.upper[-1]),
    }


def _trend(measure: Measure, known: list[Point], overlap: bool) -> dict[str, Any]:
    columns = {
        name: [getattr(row, name) if getattr(row, name) is not None else float("nan") for row in known]
        for name in ("value", "lower", "upper", "count", "denominator")
    }
    obstacle = MULTI_YEAR if overlap else INDIRECT if measure.indicator.is_indirect else ""
    found = recent_trend(**columns, polarity=_POLARITY[measure.improvement], obstacle=obstacle)
    return {
        "trend": found.trend,
        "better_or_worse": found.better_or_worse,
        "chi_squared": None if np.isnan(found.chi_squared) else found.chi_squared,
        "reason": found.reason,
    }


def _compared(known: list[Point], beside: list[Point]) -> dict[str, Any]:
    """The newest period that both have, and what their limits say of the difference: nothing where there are none."""
    held = {(row.period_from, row.period_until): row for row in beside}
    both = [(row, held[days]) for row in known if (days := (row.period_from, row.period_until)) in held]
    if not both:
        return {"period": "", "difference": ""}
    own, other = both[-1]
    return {
        "period": other.period,
        "value": other.value,
        "lower": other.lower,
        "upper": other.upper,
        "difference": _difference(own, other),
    }


def _difference(own: Point, other: Point) -> str:
    if own.lower is None or own.upper is None or other.lower is None or other.upper is None:
        return "no_limits"
    if own.lower > other.upper:
        return "above"
    return "below" if own.upper < other.lower else "alike"


def _period(row: Point) -> dict[str, Any]:
    return {
        "period": row.period,
        "from": row.period_from.isoformat(),
        "until": row.period_until.isoformat(),
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
    }


def _slope(points: list[Point]) -> SlopeIndex:
    errors = [
        (row.upper - row.lower) / FROM_LIMITS if row.upper is not None and row.lower is not None else np.nan
        for row in points
    ]
    return slope_index(
        [int(row.category) for row in points],
        [row.denominator if row.denominator is not None else np.nan for row in points],
        [row.value if row.value is not None else np.nan for row in points],
        errors,
    )


def _gap(found: SlopeIndex) -> dict[str, Any]:
    numbers = {"sii": found.sii, "lower": found.lower, "upper": found.upper, "intercept": found.intercept}
    return {name: None if np.isnan(value) else float(value) for name, value in numbers.items()} | {
        "reason": found.reason
    }
