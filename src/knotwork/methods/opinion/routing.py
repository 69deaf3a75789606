"""Routing: which statement a person is asked next.

Meaning. Nobody answers a thousand statements. Those that tell most come first: statements that people agree
with, that set opinions apart and that few have passed on; and new statements, so that a late thought gets its
hearing.

Formula. From the counts of the grouped people (A agree, P pass, S votes of any kind) and the extremity E: a =
(A + 1) / (S + 2), p = (P + 1) / (S + 2), importance = (1 - p) (E + 1) a, priority = (importance (1 + 8 *
2^(-S / 5)))^2; a statement about the person herself (meta) has 49. A statement is drawn with probability
proportional to its priority, among all those that are visible and that this person has not seen. Nobody sees
a statement twice. Her own statement comes after all others, and not before somebody else has voted on it.

Bound for new statements. Every ``RESERVED`` = 4th draw is kept for statements with fewer than
``FIRST_VOTERS`` = 10 voters, the earliest in the statements' order first. So among people who have not seen
it, a new statement reaches its first 10 voters within 4 * 10 * (h + 1) draws, where h is the number of
statements before it that are below 10 voters, whatever the priorities. (Each reserved draw serves the
statement itself or one before it, and each of those takes at most ten; chance alone gives no bound at all.)

Shapes. All arrays (M,). The draw returns a position, or None when nothing is left to ask.

Source. Polis (comment priorities), which draws from the oldest 999 statements only; here all are candidates.

>>> priorities(np.array([3]), np.array([1]), np.array([5]), np.array([0.5]), np.array([False])).round(3)
array([9.371])
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from knotwork.methods.arrays import Counts, Flags, Floats

__all__ = [
    "FIRST_VOTERS",
    "META_PRIORITY",
    "RESERVED",
    "Chance",
    "draw_statement",
    "open_statements",
    "priorities",
]

META_PRIORITY = 49.0
RESERVED = 4
FIRST_VOTERS = 10


class Chance(Protocol):
    """Numbers drawn evenly from [0, 1): numpy's generator, or Python's own."""

    def random(self) -> float: ...


def priorities(agree: Counts, passed: Counts, seen: Counts, extremity: Floats, meta: Flags) -> Floats:
    """How much each statement's next vote is worth; always above 0."""
    importance = (1 - (passed + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2)
    priority = (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2
    return np.where(meta, META_PRIORITY, priority)


def open_statements(visible: Flags, seen_by_her: Flags, her_own: Flags, voters: Counts) -> Flags:
    """What may be put to a person: not what she has seen; her own only when nothing else is left."""
    unseen = visible & ~seen_by_her
    of_others = unseen & ~her_own
    return of_others if of_others.any() else unseen & her_own & (voters > 0)


def draw_statement(
    priority: Floats, candidates: Flags, voters: Counts, *, turn: int, random: Chance
) -> int | None:
    """The position of the statement to ask, or None.

    ``candidates`` comes from ``open_statements``; ``voters`` is how many people have voted on each statement,
    with statements in the order in which they were made; ``turn`` is the number of draws so far in this
    conversation (the number of votes will do).
    """
    if not candidates.any():
        return None
    new = candidates & (voters < FIRST_VOTERS)
    if turn % RESERVED == RESERVED - 1 and new.any():
        return int(np.argmax(new))
    reached = np.cumsum(np.where(candidates, priority, 0))
    drawn = int(np.searchsorted(reached, random.random() * reached[-1], side="right"))
    # Rounding can carry the target onto the end of the scale, where the last candidate stands.
    return min(drawn, int(np.flatnonzero(candidates)[-1]))
