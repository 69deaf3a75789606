"""Representative statements: what sets a group apart; consensus statements: what everybody holds.

Meaning. A group is described by up to five statements on which it votes clearly one way **and** clearly more
so than the others do: first the one it most agrees with, then the rest, agreements before disagreements.

Formula. In the group n_a agree, n_d disagree, n_s voted; in the other groups together o_a, o_d, o_s. pa =
(n_a + 1) / (n_s + 2) and its test against one half pat = 2 sqrt(n_s + 1) ((n_a + 1) / (n_s + 1) - 1/2); ra =
pa / ((o_a + 1) / (o_s + 2)) and its test rat, the two-proportion z of n_a + 1 of n_s + 1 against o_a + 1 of
o_s + 1 (0 where all agree). The same with d for disagreement. A test is significant above 1.2816 (one-sided
90 %). A statement is *sufficient* if pat and rat, or pdt and rdt, are both significant; its direction is
agree iff rat > rdt; its score is ratio * ratio test * probability * probability test of that direction. The
*best agree* is found in one pass in the statements' order (``_best_agree``). None sufficient: the best agree
alone, else the statement of the largest max(rat, rdt). Consensus over everybody: agree where pa > 1/2 and pat
is significant, by pa * pat, five at most; likewise disagree.

Assumptions. The tests describe these people; with thousands of statements some pass by chance.
Statements that are moderated out or about the person are skipped.

Cost. One pass over groups x statements.

Source. Polis (math worker, repness); pinned against its own result in the tests.

>>> agree, disagree = np.array([[9, 0], [0, 9]]), np.array([[0, 9], [9, 0]])
>>> counts = VoteCounts(agree, disagree, np.zeros((2, 2), int))
>>> [(one.statement, one.direction) for one in representative_statements(counts, np.array([True, True]))[0]]
[(0, 'agree'), (1, 'disagree')]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Counts, Flags, Floats
from knotwork.methods.opinion.counts import VoteCounts

__all__ = ["Consensus", "Representative", "consensus_statements", "representative_statements"]

SIGNIFICANT = 1.2816
MOST_SHOWN = 5
AGREE, DISAGREE = "agree", "disagree"


@dataclass(frozen=True)
class Representative:
    """One statement (by position) that speaks for a group, in its direction, with the four figures of that
    direction."""

    statement: int
    direction: str
    probability: float
    probability_test: float
    representativeness: float
    representativeness_test: float

    @property
    def score(self) -> float:
        return (
            self.representativeness * self.representativeness_test * self.probability * self.probability_test
        )


@dataclass(frozen=True)
class Consensus:
    """One statement (by position) that everybody agrees, or disagrees, with."""

    statement: int
    direction: str
    probability: float
    probability_test: float


@dataclass(frozen=True, eq=False)
class _Direction:
    """The four figures of every statement for one direction."""

    probability: Floats
    probability_test: Floats
    representativeness: Floats
    representativeness_test: Floats

    @property
    def sufficient(self) -> Flags:
        return (self.probability_test > SIGNIFICANT) & (self.representativeness_test > SIGNIFICANT)


def probability(successes: Counts, votes: Counts) -> Floats:
    """(n + 1) / (s + 2)."""
    rate: Floats = (successes + 1) / (votes + 2)
    return rate


def probability_test(successes: Counts, votes: Counts) -> Floats:
    """Is the proportion above one half? A z value."""
    test: Floats = 2 * np.sqrt(votes + 1) * ((successes + 1) / (votes + 1) - 0.5)
    return test


def two_proportion_test(successes: Counts, others: Counts, votes: Counts, other_votes: Counts) -> Floats:
    """Is the proportion above that of the others? A z value; 0 where all of both succeed."""
    x, y, m, n = successes + 1, others + 1, votes + 1, other_votes + 1
    pooled = (x + y) / (m + n)
    spread = np.sqrt(pooled * np.maximum(1 - pooled, 0) * (1 / m + 1 / n))
    test: Floats = np.divide(x / m - y / n, spread, out=np.zeros(len(x)), where=spread > 0)
    return test


def representative_statements(counts: VoteCounts, shown: Flags) -> list[list[Representative]]:
    """For each group its representative statements in their final order; ``shown`` marks the statements to
    choose from."""
    everybody = counts.total()
    groups = []
    for group in range(len(counts.agree)):
        seen, others = counts.seen[group], everybody.seen[0] - counts.seen[group]
        figures = {
            direction: _figures(table[group], total[0] - table[group], seen, others)
            for direction, table, total in (
                (AGREE, counts.agree, everybody.agree),
                (DISAGREE, counts.disagree, everybody.disagree),
            )
        }
        voted = (counts.agree[group] > 0) | (counts.disagree[group] > 0)
        groups.append(_chosen(figures[AGREE], figures[DISAGREE], np.flatnonzero(shown), voted))
    return groups


def consensus_statements(counts: VoteCounts, shown: Flags) -> list[Consensus]:
    """What everybody agrees with, then what everybody disagrees with, strongest first."""
    everybody = counts.total()
    found = []
    for direction, successes in ((AGREE, everybody.agree[0]), (DISAGREE, everybody.disagree[0])):
        rate = probability(successes, everybody.seen[0])
        test = probability_test(successes, everybody.seen[0])
        passing = np.flatnonzero(shown & (rate > 0.5) & (test > SIGNIFICANT))
        strongest = passing[np.argsort(-(rate * test)[passing], kind="stable")][:MOST_SHOWN]
        found += [Consensus(int(j), direction, float(rate[j]), float(test[j])) for j in strongest]
    return found


def _figures(successes: Counts, others: Counts, votes: Counts, other_votes: Counts) -> _Direction:
    rate = probability(successes, votes)
    return _Direction(
        probability=rate,
        probability_test=probability_test(successes, votes),
        representativeness=rate / probability(others, other_votes),
        representativeness_test=two_proportion_test(successes, others, votes, other_votes),
    )


def _chosen(
    agree: _Direction, disagree: _Direction, candidates: Counts, voted: Flags
) -> list[Representative]:
    enough = agree.sufficient | disagree.sufficient
    sufficient = [_describe(agree, disagree, j) for j in candidates if enough[j]]
    best = _best_agree(agree, candidates, voted)
    head = [] if best is None else [_describe(agree, disagree, best)]
    if not sufficient:
        return head or _most_different(agree, disagree, candidates)
    by_score = sorted(sufficient, key=lambda one: -one.score)
    chosen = (head + [one for one in by_score if one.statement != best])[:MOST_SHOWN]
    return sorted(chosen, key=lambda one: one.direction != AGREE)


def _describe(agree: _Direction, disagree: _Direction, statement: int) -> Representative:
    agreeing = agree.representativeness_test[statement] > disagree.representativeness_test[statement]
    figures = agree if agreeing else disagree
    return Representative(
        int(statement),
        AGREE if agreeing else DISAGREE,
        float(figures.probability[statement]),
        float(figures.probability_test[statement]),
        float(figures.representativeness[statement]),
        float(figures.representativeness_test[statement]),
    )


def _best_agree(agree: _Direction, candidates: Counts, voted: Flags) -> int | None:
    """One pass: a better statement replaces the best so far, by all four figures once that one stands out at
    all."""
    best: int | None = None
    by_probability = agree.probability * agree.probability_test
    by_all = by_probability * agree.representativeness * agree.representativeness_test
    for j in candidates:
        if not voted[j]:
            continue
        if best is None:
            stands_out = agree.representativeness[j] > 1 and agree.probability[j] > 0.5
            better = agree.probability_test[j] > SIGNIFICANT or stands_out
        elif agree.representativeness[best] > 1:
            better = by_all[j] > by_all[best]
        else:
            better = by_probability[j] > by_probability[best]
        if better:
            best = int(j)
    return best


def _most_different(agree: _Direction, disagree: _Direction, candidates: Counts) -> list[Representative]:
    if not len(candidates):
        return []
    difference = np.maximum(agree.representativeness_test, disagree.representativeness_test)[candidates]
    return [_describe(agree, disagree, int(candidates[np.argmax(difference)]))]
