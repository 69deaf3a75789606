"""Assignment: who reads which bid, so that everybody reads about as many and nobody reads a friend's.

Meaning. Each bid is to be read by so many reviewers. A reviewer whose organisation stands in a bid, or who says that
she cannot judge it fairly, does not read it. Within that, the most that anybody has to read is as little as it can be,
and then the least that anybody reads as much as it can be.

Formula. x[r, b] in {0, 1} for the pairs without a conflict, sum over r of x[r, b] = k for every bid, and
least <= sum over b of x[r, b] <= most for every reviewer, and x[r, b] = 1 for pairs that are to stay: first the
smallest ``most``, then the largest ``least`` for which this can be done, then among all such the one of least cost,
where costs are drawn with the seed. Such a problem of flows has whole numbers at the corners of its polytope, so a
linear program finds them exactly.

Shapes. ``reviewers`` and ``bids`` are names, ``conflicts`` and ``kept`` pairs of (reviewer, bid). A bid with more
than k kept readers keeps them all; a conflict parts a kept pair too. The result has for each bid, in the order of
names, its reviewers in the order of names. Any order of the input gives the same result.

Cost. A few linear programs with a variable for each pair: well below a second for 500 bids and 30 reviewers. Errors.
:class:`TooFewReadersError` (a ``ValueError``) names a bid that too few can read; ``ValueError`` for k below 1 or
no reviewers.

Source. Ahuja, Magnanti, Orlin (1993), Network flows.

>>> assign_reviewers(["Ann", "Ben", "Cy"], ["east", "west"], each=2, conflicts={("Ann", "east")})
{'east': ('Ben', 'Cy'), 'west': ('Ann', 'Ben')}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from knotwork.methods.arrays import Floats

__all__ = ["TooFewReadersError", "assign_reviewers"]


class TooFewReadersError(ValueError):
    """That some bid cannot have its reviewers; ``bid`` names it, ``free`` says how many could read it."""

    def __init__(self, bid: str, free: int, each: int) -> None:
        super().__init__(
            f"{bid!r} needs {each} reviewers, and only {free} could read it without a conflict. "
            "Appoint somebody else, or let fewer read each bid."
        )
        self.bid, self.free = bid, free


def assign_reviewers(
    reviewers: Iterable[str],
    bids: Iterable[str],
    *,
    each: int,
    conflicts: Collection[tuple[str, str]] = (),
    kept: Collection[tuple[str, str]] = (),
    seed: int = 0,
) -> dict[str, tuple[str, ...]]:
    """For every bid, ``each`` reviewers without a conflict, with loads as even as they can be."""
    people, things = sorted(set(reviewers)), sorted(set(bids))
    if each < 1 or not people:
        raise ValueError("Somebody has to read every bid: name reviewers, and one or more for each bid.")
    kept_apart = set(conflicts)
    together = set(kept) - kept_apart
    pairs = [
        (r, b)
        for r in range(len(people))
        for b in range(len(things))
        if (people[r], things[b]) not in kept_apart
    ]
    free = np.bincount([b for _, b in pairs], minlength=len(things))
    for b, count in enumerate(free):
        if count < each:
            raise TooFewReadersError(things[b], int(count), each)
    if not things:
        return {}
    stays = np.array([(people[r], things[b]) in together for r, b in pairs], dtype=np.float64)
    have = np.bincount([b for (_, b), held in zip(pairs, stays, strict=True) if held], minlength=len(things))
    needs = np.maximum(have, each).astype(np.float64)
    chosen = _evenly(np.array(pairs), len(people), needs, stays, seed)
    return {
        thing: tuple(people[r] for (r, at), taken in zip(pairs, chosen, strict=True) if taken and at == b)
        for b, thing in enumerate(things)
    }


def _evenly(pairs: np.ndarray, people: int, needs: Floats, stays: Floats, seed: int) -> list[bool]:
    """Which pairs are taken. From the evenest loads on; with ``most`` = all bids there is a way."""
    cost = np.random.default_rng(seed).random(len(pairs))
    total = int(needs.sum())
    even, most = total // people, -(-total // people)
    while (found := _solved(pairs, people, needs, stays, cost, (0, most))) is None:
        most += 1
    for least in range(even, 0, -1):
        better = _solved(pairs, people, needs, stays, cost, (least, most))
        if better is not None:
            found = better
            break
    return [bool(value > 0.5) for value in found]


def _solved(
    pairs: np.ndarray, people: int, needs: Floats, stays: Floats, cost: Floats, loads: tuple[int, int]
) -> Floats | None:
    """The cheapest way within these loads; ``None`` where there is none."""
    count = np.arange(len(pairs))
    ones = np.ones(len(pairs))
    read = csr_array((ones, (pairs[:, 1], count)), shape=(len(needs), len(pairs)))
    load = csr_array((ones, (pairs[:, 0], count)), shape=(people, len(pairs)))
    least, most = loads
    bounds = np.concatenate([np.full(people, most), np.full(people, -least)]).astype(np.float64)
    answer = linprog(
        cost,
        A_ub=vstack([load, -load]),
        b_ub=bounds,
        A_eq=read,
        b_eq=needs,
        bounds=np.column_stack([stays, ones]),
        method="highs-ds",
    )
    return answer.x if answer.success else None
