"""Bridging: which statements people agree with who otherwise vote differently. It needs no groups.

Meaning. Some people agree with most of what they read, some statements are simply well liked, and most of
what is left is one's side in the main difference of the conversation. Bridging takes the first and the last
away: a statement scores high if people agree with it **whatever their side**, and it need not be decided how
many groups there are or who is in which. It stands beside the group-aware consensus (``common_ground``);
where the two disagree, ``two_scores`` says so. Community Notes chooses what to show by this score.

Formula. With y = 1 for agree, 0.5 for pass, 0 for disagree, the vote of person u on statement n is predicted
as mu + i[u] + i[n] + f[u] f[n], and the parameters are those of least

    mean (y - predicted)^2 + 0.03 (mean f[u]^2 + mean f[n]^2) + 0.15 (mean i[u]^2 + mean i[n]^2 + mu^2),

where each mean is over the votes, the people or the statements that count. **The score is i[n].** 0 is a
statement of no particular standing.

What counts. Statements that are not moderated out and have at least ``FEWEST_VOTES`` = 5 votes; people with
at least ``ENOUGH_VOTES`` = 7 votes on those; their votes on those.

Conventions. The factor's sign says nothing; it is such that the largest absolute factor of a statement (the
first, among equals) is positive, and people and statements bear it equally: mean f[u]^2 = mean f[n]^2. The
two sides and the mean share the level: mean i[u] = mean i[n] = mu. Both follow from the formula.

Interval. The subject of ``bridging_interval``.

Assumptions. A loss with a product in it has saddles and may have lesser optima. The solver starts from the
first component of the map, from where every known conversation leads to the best optimum that any start
found; up to ``MOST_WITH_MANY_STARTS`` = 50,000 votes also from the second, their sum and their difference,
and the least loss counts (of 239 small made conversations, the first alone missed the best in 5, the four in
none). Every score is then within 1e-5 of the optimum, or ``settled`` is false.

Exactness. The order of rows and the ids of people change no byte (``answer_sums``). Numbering the
*statements* anew can change the 9th digit, by way of the eigenvectors of the start.

Shapes. All arrays (M,), missing (NaN) for statements that do not count or have no vote that counts.

Cost. 0.1 CPU seconds for 225,000 votes, 0.5 for 5 million with the import of SciPy; memory about 20 bytes a
vote.

Source. Wojcik et al. (2022), Birdwatch: crowd wisdom and bridging algorithms can inform understanding and
reduce the spread of misinformation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from knotwork.methods.arrays import Counts, Flags, Floats
from knotwork.methods.opinion.answer_sums import AnswerTable, answers_of, exact_mean
from knotwork.methods.opinion.bridging_fit import BridgingProblem, Fit
from knotwork.methods.opinion.bridging_interval import bridging_interval
from knotwork.methods.opinion.votes import VoteBlock, VoteTable

__all__ = ["Bridging", "bridging", "votes_that_count"]

ENOUGH_VOTES = 7
FEWEST_VOTES = 5
TOLERANCE = 1e-6
NO_LESS = 1e-9
MOST_WITH_MANY_STARTS = 50_000
MOST_ROUNDS = 500
STARTING_FACTOR = 0.4


@dataclass(frozen=True, eq=False)
class Bridging:
    """The score of each statement with its interval, and its side (``factor``).

    ``people`` and ``votes`` counted; ``resamples`` behind the interval, and whether each of them settled.
    """

    score: Floats
    low: Floats
    high: Floats
    factor: Floats
    loss: float
    people: int
    votes: int
    settled: bool = True
    resamples: int = 0
    resamples_settled: bool = True


def bridging(
    table: VoteTable, components: Floats, *, resamples: int = 0, level: float = 0.95, seed: int = 0
) -> Bridging:
    """Score the statements; ``components`` (2, M) are the loadings from which the solver starts."""
    answers, counted = votes_that_count(table)
    score, low, high, factor = np.full((4, len(table.statements)), np.nan)
    if not len(answers.answer):
        return Bridging(score, low, high, factor, float("nan"), 0, 0)
    problem = BridgingProblem(answers, np.ones((answers.people, 1)))
    fit = _best_fit(problem, components[:, counted])
    intercept, leaning, loss = problem.people_at(fit.point)
    found = fit.point[1:, 0].reshape(2, -1)
    score[counted], factor[counted] = found[0], _signed(found[1])
    result = Bridging(
        score, low, high, factor, float(loss[0]), answers.people, len(answers.answer), bool(fit.settled[0])
    )
    if not resamples:
        return result
    # People in the order of what they are, not of their ids: so the ids choose nothing.
    order = np.lexsort((leaning[:, 0], intercept[:, 0]))
    interval = bridging_interval(answers, fit.point, order, resamples=resamples, level=level, seed=seed)
    low[counted], high[counted] = interval.low, interval.high
    return replace(result, resamples=interval.resamples, resamples_settled=interval.settled)


def votes_that_count(table: VoteTable) -> tuple[AnswerTable, Flags]:
    """The answers of the people who count to the statements that count, and which statements (M,) they are.

    A statement that loses its last vote with the people who have too few is left out.
    """
    seen = np.bincount(table.statement, minlength=len(table.statements))
    statements = ~table.moderated_out & (seen >= FEWEST_VOTES)
    votes = table.only(statements)
    people = votes.votes_per_person >= ENOUGH_VOTES
    votes = _of_people(votes, people)
    answered = np.bincount(votes.statement, minlength=int(statements.sum())) > 0
    if not answered.all():
        votes = votes.only(answered)
        statements[statements] = answered
    return answers_of(votes, int(statements.sum())), statements


def _of_people(votes: VoteBlock, kept: Flags) -> VoteBlock:
    if kept.all():
        return votes
    chosen = np.repeat(kept, votes.votes_per_person)
    per_person: Counts = votes.votes_per_person[kept]
    offsets = np.concatenate([[0], np.cumsum(per_person)]).astype(np.int64)
    return VoteBlock(offsets, votes.statement[chosen], votes.vote[chosen])


def _best_fit(problem: BridgingProblem, components: Floats) -> Fit:
    """The fit of least loss from one start or four."""
    first, second = components
    is_small = len(problem.table.answer) <= MOST_WITH_MANY_STARTS
    starts = (first, second, first + second, first - second) if is_small else (first,)
    fits = [problem.settle(_start(one), tolerance=TOLERANCE, rounds=MOST_ROUNDS) for one in starts]
    losses = [float(problem.people_at(fit.point)[2][0]) for fit in fits]
    # Equal but for rounding: the earlier start.
    return next(fit for fit, loss in zip(fits, losses, strict=True) if loss <= min(losses) + NO_LESS)


def _start(component: Floats) -> Floats:
    """No intercepts yet; the factor along the component, of a size that is usual."""
    size = float(np.sqrt(exact_mean(component**2, len(component))))
    factor = component * (STARTING_FACTOR / size) if size else component
    return np.concatenate([np.zeros(1 + len(component)), factor])[:, None]


def _signed(factor: Floats) -> Floats:
    size = np.abs(factor)
    largest = int(np.argmax(size >= size.max() * (1 - 1e-9)))
    return -factor if factor[largest] < 0 else factor
