"""Signals that the answers of a conversation may not be what they seem: bursts, identical patterns, waves.

Meaning. Somebody may try to answer many times, or send many people in at once. So may a school class, a bus
full of neighbours, or a letter in the local paper. A signal says that something is unusual and how unusual;
it never says why, and nobody's answers are dropped because of it. People look at it and decide.

*A burst.* Time is cut into bins of equal length. In each the number of people who began is compared with the
bins within reach on both sides, the nearest neighbours left out. If people came at one rate there, then of
the ``n`` in the bin and its ``m`` surroundings together, the number in the bin is Binomial(n, 1 / (m + 1)):
an exact conditional test that needs no estimate of the rate, and follows day and night and a slow rise. The
probability is multiplied by the number of bins (Bonferroni), so in a conversation whose people come
independently, at a rate that is steady within reach, a burst is found with probability at most ``level``.

*An identical pattern.* Several people answered exactly the same statements with exactly the same answers. How
many would is reckoned twice, and the larger number counts. If answers were independent, one more person gives
the pattern with the product ``q`` of the shares of its answers, and the number among the ``n`` others who
answered the same statements is Binomial(n, q). But people who hold the same views answer alike, and then slip
here and there. Where others answered the same statements and differ from the pattern in few of them (a fifth
at most), slips are taken as Poisson: from the mean number of slips of those who slipped at all, its lower limit
at three standard errors, follows how many should not have slipped. A pattern whose near misses are few (fewer
than two, or than a tenth of those who gave it) has no such people around it. The larger probability is
multiplied by the number of patterns that enough people share (Bonferroni). Whoever imitates a large camp
well is not found, and cannot be.

*A wave.* At least ``fewest_in_a_wave`` people began from one network within an hour. Networks are of all
sizes and no rate is usual, so a wave has no probability: it is a count.

Shapes and units. ``began``: whole seconds since any moment, one per person. ``network``: a code per person,
below nought where it is not known. ``table``: people in rows, statements in columns, 1, 0, -1, and
``UNANSWERED``. Signals name people by their row.

Assumptions. Those above; the numbers are not corrected for one kind of signal being sought beside another.

Cost. Bursts and waves sort the people once. Patterns sort the rows of the table, and compare each of at most
``MOST_PATTERNS`` shared patterns with every row.

Source. Przyborowski and Wilenski (1940), Homogeneity of results in testing samples from Poisson series, for
the conditional test.

>>> import numpy as np
>>> minutes = np.concatenate([np.arange(0, 3000, 10), np.full(20, 1505)])
>>> [(one.people.size, one.start // 60) for one in bursts(minutes * 60)]
[(21, 1500)]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Counts, Flags, Floats, VoteValues

__all__ = [
    "UNANSWERED",
    "Alike",
    "Burst",
    "IntegrityOptions",
    "Wave",
    "bursts",
    "identical_patterns",
    "waves",
]

UNANSWERED = 2
MOST_PATTERNS = 50
HOUR = 3600


@dataclass(frozen=True)
class IntegrityOptions:
    """What counts as unusual. ``bin_seconds`` and ``reach`` (in bins) are for bursts."""

    level: float = 0.01
    bin_seconds: int = 600
    reach: int = 7
    fewest_in_a_burst: int = 10
    fewest_in_a_wave: int = 10
    fewest_alike: int = 5
    fewest_answers: int = 8
    alike_share: float = 0.8

    def __post_init__(self) -> None:
        if not 0 < self.level < 1 or not 0 < self.alike_share <= 1:
            raise ValueError("The level must lie between 0 and 1, and so must the share that is alike.")
        if self.bin_seconds < 1 or self.reach < 2:
            raise ValueError("A bin has at least one second, and the reach is at least two bins.")


@dataclass(frozen=True)
class Burst:
    """More people began in ``[start, end)`` than the rate around it lets expect."""

    people: Counts
    start: int
    end: int
    expected: float
    probability: float


@dataclass(frozen=True)
class Alike:
    """These people gave exactly the same answers to the same ``answers`` statements."""

    people: Counts
    answers: int
    expected: float
    probability: float


@dataclass(frozen=True)
class Wave:
    """These people began from one network, the first at ``start``, within an hour."""

    people: Counts
    start: int


def bursts(began: Counts, options: IntegrityOptions | None = None) -> tuple[Burst, ...]:
    """Stretches of time in which unusually many people began; neighbouring bins make one burst."""
    asked = options or IntegrityOptions()
    if not began.size:
        return ()
    bins = began // asked.bin_seconds
    first = int(bins.min())
    counts = np.bincount(bins - first).astype(np.int64)
    around, surroundings = _around(counts, asked.reach)
    chance = np.ones(counts.size)
    seen = (counts >= asked.fewest_in_a_burst) & (surroundings > 0)
    chance[seen] = _at_least(counts[seen], counts[seen] + around[seen], 1 / (1 + surroundings[seen]))
    chance = np.minimum(chance * counts.size, 1.0)
    found = []
    for start, end in _runs(chance <= asked.level):
        inside = np.flatnonzero((bins - first >= start) & (bins - first < end))
        expected = float((around[start:end] / surroundings[start:end]).sum())
        found.append(
            Burst(
                inside,
                (first + start) * asked.bin_seconds,
                (first + end) * asked.bin_seconds,
                expected,
                float(chance[start:end].min()),
            )
        )
    return tuple(found)


def _around(counts: Counts, reach: int) -> tuple[Counts, Counts]:
    """For each bin how many began in its surroundings, and how many bins those are."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    here = np.arange(counts.size)
    low, high = np.maximum(here - reach, 0), np.minimum(here + reach + 1, counts.size)
    near_low, near_high = np.maximum(here - 1, 0), np.minimum(here + 2, counts.size)
    around = (sums[high] - sums[low]) - (sums[near_high] - sums[near_low])
    return around, (high - low) - (near_high - near_low)


def _runs(marked: Flags) -> list[tuple[int, int]]:
    """Where runs of marked bins begin and end (end not included)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _at_least(count: Counts, of: Counts, share: Floats) -> Floats:
    """P(X >= count) for X ~ Binomial(of, share)."""
    from scipy.special import bdtrc

    return np.asarray(bdtrc(count - 1, of, share), np.float64)


def identical_patterns(table: VoteValues, options: IntegrityOptions | None = None) -> tuple[Alike, ...]:
    """Groups of people with exactly the same answers, more of them than those who vote alike would give."""
    asked = options or IntegrityOptions()
    answered = (table != UNANSWERED).sum(axis=1)
    rows = np.flatnonzero(answered >= asked.fewest_answers)
    if rows.size < asked.fewest_alike:
        return ()
    patterns, which, sizes = np.unique(table[rows], axis=0, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(sizes >= asked.fewest_alike)
    largest = shared[np.argsort(-sizes[shared], kind="stable")][:MOST_PATTERNS]
    found = []
    for number in largest:
        people = rows[which.reshape(-1) == number]
        expected, chance = _chance_of(table, patterns[number], people, asked)
        if chance * shared.size <= asked.level:
            answers = int((patterns[number] != UNANSWERED).sum())
            found.append(Alike(people, answers, expected, chance * shared.size))
    return tuple(found)


def _chance_of(
    table: VoteValues, pattern: VoteValues, people: Counts, asked: IntegrityOptions
) -> tuple[float, float]:
    """How many should give this pattern, and how likely as many are as gave it."""
    mask = pattern != UNANSWERED
    there = table[:, mask] != UNANSWERED
    same = table[:, mask] == pattern[mask]
    share = float(np.prod((same.sum(axis=0) + 1) / (there.sum(axis=0) + 2)))
    as_much = ((table != UNANSWERED) == mask).all(axis=1)
    beside = int(as_much.sum()) - 1
    by_chance = _at_least(np.array([people.size - 1]), np.array([beside]), np.array([share]))
    slips = mask.sum() - same[as_much].sum(axis=1)
    near = slips[(slips > 0) & (slips <= (1 - asked.alike_share) * mask.sum())]
    expected, chance = _of_those_alike(near, people.size)
    return max(expected, 1 + beside * share), max(chance, float(by_chance[0]))


def _of_those_alike(slips: Counts, gave_it: int) -> tuple[float, float]:
    """From the slips of those who slipped at all, how many should not have; and how likely ``gave_it`` are."""
    from scipy.special import pdtrc

    if slips.size < max(2, 0.1 * gave_it):
        return 0.0, 0.0
    spread = max(float(slips.std()), 0.3) / np.sqrt(slips.size)
    mean = float(slips.mean()) - 3 * spread
    if mean <= 1:
        return float(gave_it), 1.0  # nearly all who slipped did so once: any number without a slip may be
    rate = _rate_of(mean)
    expected = float(slips.size / np.expm1(rate))
    return expected, float(pdtrc(gave_it - 1, expected))


def _rate_of(mean: float) -> float:
    """The Poisson rate whose mean, among those above nought, is ``mean``: solves rate / (1 - exp(-rate)) = mean."""
    rate = mean
    for _step in range(200):
        rate = mean * -np.expm1(-rate)
    return float(rate)


def waves(began: Counts, network: Counts, options: IntegrityOptions | None = None) -> tuple[Wave, ...]:
    """For each network the most people who began from it within one hour, where they are many."""
    asked = options or IntegrityOptions()
    found = []
    for code in np.unique(network[network >= 0]):
        people = np.flatnonzero(network == code)
        people = people[np.argsort(began[people], kind="stable")]
        times = began[people]
        until = np.searchsorted(times, times + HOUR, side="left")
        inside = until - np.arange(times.size)
        most = int(np.argmax(inside))
        if inside[most] >= asked.fewest_in_a_wave:
            found.append(Wave(np.sort(people[most : until[most]]), int(times[most])))
    return tuple(sorted(found, key=lambda wave: (wave.start, int(wave.people[0]))))
