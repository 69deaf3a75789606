"""How a group changed between two moments, from the answers of the same people at both.

Meaning. Eight people say at the start and in the middle how often they do something, from 1 (never) to 5
(always). On average they moved up by half a step; but with eight people the next eight like them might show
anything from nothing to one step. That range is the interval. It says what people report of themselves, and
nothing about why.

Formula. A person's change in a way is the average of (after - before) over those prompts of the way that she
answered both times; with n people, mean d and standard deviation s of their changes, the limits are

    d -/+ t s / sqrt(n),   t = the (1 + level) / 2 quantile of Student's distribution with n - 1 degrees of freedom,

cut to the range that a change can have at all (-4 to 4 for answers from 1 to 5).

Why this interval. The exact interval of the signed ranks (Hodges and Lehmann) asks for no bell curve, but with five
people it cannot reach 95 % (it ends at 93.75 %), and its ends *are* two persons' own changes, which must not be
shown. Student's needs only an average and a spread. For people who move independently, also from a scale to whose end
many cling, the intervals of 5 to 15 people held 94.7 to 95.9 times in a hundred; where most stay put and a few move
far, 88 to 90 (``docs/methods/reflection.md``).

Shapes. ``before`` and ``after`` are people x prompts in the same order of people, NaN where a prompt was not
answered or 'cannot say'; ``way_of`` names the way of each prompt, 0..ways-1. Results have one entry for each way.

Assumptions. People answer for themselves. Ties and zeros need no care, since nothing is ranked. Whoever lacks an
answer at one of the moments does not count in that way; those who stayed away may have changed otherwise.

Disclosure. Fewer than ``minimum`` people (never below 5): nothing is given, not even n. All people alike: nothing
either, for the average would be everybody's own answer. Round what is shown.

Cost. One pass. Errors. ``ValueError`` for shapes that do not fit, answers outside the scale, a level outside 0..1 or
a ``minimum`` below 5.

Source. 'Student' (1908), The probable error of a mean, Biometrika 6: his table of the hours of sleep that ten people
gained is what the tests reproduce.

>>> before = np.array([[2, 3], [3, 3], [2, 2], [4, np.nan], [1, 2], [3, 4]])
>>> after = np.array([[3, 4], [3, 4], [3, 3], [4, 5], [3, 3], [4, 4]])
>>> found = group_change(before, after, way_of=(0, 0))
>>> found.people, found.mean.round(2).tolist(), found.lower.round(2).tolist(), found.upper.round(2).tolist()
((6,), [0.75], [0.2], [1.3])
>>> group_change(before[:4], after[:4], way_of=(0, 0)).reason
('fewer than 5',)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.reasons import check_level

__all__ = ["ALL_ALIKE", "MINIMUM", "GroupChange", "group_change", "person_changes"]

MINIMUM = 5
ALL_ALIKE = "all changed alike"


@dataclass(frozen=True, eq=False)
class GroupChange:
    """For each way: how many people, the mean change and its limits; or NaN, no number of people and the reason."""

    people: tuple[int | None, ...]
    mean: Floats
    lower: Floats
    upper: Floats
    reason: tuple[str, ...]
    method: str = "paired mean, Student's t"


def group_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    way_of: Sequence[int],
    scale: tuple[float, float] = (1.0, 5.0),
    level: float = 0.95,
    minimum: int = MINIMUM,
) -> GroupChange:
    """The mean change of each way with its limits, from those people who answered at both moments."""
    check_level(level)
    if minimum < MINIMUM:
        raise ValueError(
            f"Nothing is shown of fewer than {MINIMUM} people; the minimum asked for is {minimum}."
        )
    changes = person_changes(before, after, way_of=way_of, scale=scale)
    results = [_of_one_way(column[~np.isnan(column)], level, minimum) for column in changes.T]
    furthest = scale[1] - scale[0]
    mean, lower, upper = np.array([row[1:4] for row in results], np.float64).reshape(-1, 3).T
    return GroupChange(
        people=tuple(row[0] for row in results),
        mean=mean,
        lower=np.maximum(lower, -furthest),
        upper=np.minimum(upper, furthest),
        reason=tuple(row[4] for row in results),
    )


def person_changes(
    before: ArrayLike, after: ArrayLike, *, way_of: Sequence[int], scale: tuple[float, float] = (1.0, 5.0)
) -> Floats:
    """People x ways: each one's average change over the prompts that she answered both times, NaN without any."""
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if first.ndim != 2 or first.shape != second.shape or first.shape[1] != len(way_of):
        raise ValueError(
            "Both moments are tables of the same people and prompts, with a way for each prompt; found "
            f"{first.shape}, {second.shape} and {len(way_of)} ways."
        )
    low, high = scale
    for answers in (first, second):
        if np.any((answers < low) | (answers > high)):
            raise ValueError(f"Every answer lies between {low:g} and {high:g}, or is missing (NaN).")
    moved = second - first
    known = ~np.isnan(moved)
    ways = np.asarray(way_of)
    columns = []
    for way in range(max(way_of, default=-1) + 1):
        mine = ways == way
        count = known[:, mine].sum(axis=1)
        total = np.where(known[:, mine], moved[:, mine], 0.0).sum(axis=1)
        columns.append(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    return np.array(columns, np.float64).reshape(len(columns), first.shape[0]).T


def _of_one_way(changes: Floats, level: float, minimum: int) -> tuple[int | None, float, float, float, str]:
    nothing = (None, np.nan, np.nan, np.nan)
    if len(changes) < minimum:
        return (*nothing, f"fewer than {minimum}")
    if np.ptp(changes) < 1e-9:
        return (*nothing, ALL_ALIKE)
    mean = float(changes.mean())
    reach = float(stdtrit(len(changes) - 1, 0.5 + level / 2) * changes.std(ddof=1) / np.sqrt(len(changes)))
    return (len(changes), mean, mean - reach, mean + reach, "")
