"""Identifiers of people and statements: their order, and their numbers inside a method.

Meaning. Tools call people ``17``, ``p-0017`` or ``8f14e45f``. A table that is to be the same on every machine
needs one order for them: **ids that are all integers sort as numbers, all others by code point**. So ``2``
comes before ``10`` in a Polis export, and ``10`` before ``2`` where a single id is not a number.

Shapes. A series of n ids gives m distinct ids in order and n positions in them (32-bit). Integers of up to 38
digits count as numbers; texts that are equal as numbers (``7`` and ``07``) stay different people and sort by
code point among themselves.

Cost. One pass and one sort of the distinct ids. Errors: a missing id is a ``ValueError``.

>>> number_identifiers(pl.Series(["10", "9", "10"]))[0].to_list()
['9', '10']
>>> number_identifiers(pl.Series(["10", "9", "a"]))[0].to_list()
['10', '9', 'a']
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from knotwork.methods.arrays import Indices

__all__ = ["number_identifiers", "ordered_identifiers", "positions_in"]

WHOLE_NUMBER = r"^[+-]?[0-9]{1,38}$"
# Whole numbers that lie so densely are looked up in a table from the least to the largest.
SPARSEST = 8


def number_identifiers(identifiers: pl.Series) -> tuple[pl.Series, Indices]:
    """The distinct ids in order, and for every given id its position among them."""
    distinct = ordered_identifiers(identifiers)
    return distinct, positions_in(distinct, identifiers)


def ordered_identifiers(identifiers: pl.Series) -> pl.Series:
    """The distinct ids: as numbers if all are integers, else by code point."""
    plain = plain_identifiers(identifiers)
    if plain.null_count():
        raise ValueError(f"An identifier is missing at row {plain.is_null().arg_max()} (counted from 0).")
    if (dense := _dense_numbers(plain)) is not None:
        least, seen = int(dense.min()), np.zeros(int(dense.max()) - int(dense.min()) + 1, bool)
        seen[dense - least] = True
        return pl.Series(plain.name, np.flatnonzero(seen) + least, dtype=pl.Int64)
    distinct = plain.unique()
    if distinct.dtype != pl.String:
        return distinct.sort()
    if not distinct.str.contains(WHOLE_NUMBER).all():
        return distinct.sort()
    numbers = distinct.str.strip_prefix("+").cast(pl.Int128)
    return pl.DataFrame({"number": numbers, "text": distinct}).sort("number", "text")["text"]


def positions_in(distinct: pl.Series, identifiers: pl.Series) -> Indices:
    """Where each of ``identifiers`` stands in ``distinct``; -1 for one that is not there."""
    plain = plain_identifiers(identifiers)
    if plain.dtype != distinct.dtype:
        plain, distinct = plain.cast(pl.String), distinct.cast(pl.String)
    if (wanted := _dense_numbers(plain)) is not None and (
        known_numbers := _dense_numbers(distinct)
    ) is not None:
        return _looked_up(known_numbers, wanted)
    known = pl.DataFrame(
        {"id": distinct, "position": pl.int_range(len(distinct), dtype=pl.Int32, eager=True)}
    )
    joined = pl.DataFrame({"id": plain}).join(known, on="id", how="left", maintain_order="left")
    return joined["position"].fill_null(-1).to_numpy().copy()


def plain_identifiers(identifiers: pl.Series) -> pl.Series:
    """Whole numbers as 64-bit integers, all else as text."""
    if identifiers.dtype == pl.UInt64 or not identifiers.dtype.is_integer():
        return identifiers.cast(pl.String)
    return identifiers.cast(pl.Int64)


def _dense_numbers(identifiers: pl.Series) -> NDArray[np.int64] | None:
    """The ids as an array, if they are whole numbers without large gaps between them."""
    if identifiers.dtype != pl.Int64 or not len(identifiers) or identifiers.null_count():
        return None
    numbers = identifiers.to_numpy()
    return numbers if int(numbers.max()) - int(numbers.min()) < SPARSEST * len(numbers) else None


def _looked_up(distinct: NDArray[np.int64], wanted: NDArray[np.int64]) -> Indices:
    """Where each wanted number stands in the distinct ones, which are few gaps apart; -1 for none."""
    least, largest = int(distinct.min()), int(distinct.max())
    # One place beyond the numbers on either side is for whatever is not among them.
    places = np.full(largest - least + 3, -1, np.int32)
    places[distinct - (least - 1)] = np.arange(len(distinct), dtype=np.int32)
    found: Indices = places[np.clip(wanted, least - 1, largest + 1) - (least - 1)]
    return found
