"""Why a row has no result, in words.

A bad row never fails the table: it gets no value and one of these reasons, and every other row is returned.
"""

from __future__ import annotations

import numpy as np

from knotwork.methods.arrays import Flags

__all__ = [
    "MISSING",
    "NEGATIVE",
    "NO_DENOMINATOR",
    "NO_LIMITS",
    "TOO_MANY",
    "check_level",
    "reasons",
]

MISSING = "a number is missing"
NO_DENOMINATOR = "the denominator is not above 0"
NEGATIVE = "the count is below 0"
TOO_MANY = "the count is above the denominator"
NO_LIMITS = "no limits supplied"


def reasons(*found: tuple[Flags, str]) -> tuple[str, ...]:
    """The first reason that holds for each row, empty where none does."""
    chosen = np.select([where.ravel() for where, _ in found], [reason for _, reason in found], default="")
    return tuple(map(str, chosen))


def check_level(level: float) -> None:
    """Limits have a level strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"The level lies between 0 and 1, for instance 0.95; not {level}.")
