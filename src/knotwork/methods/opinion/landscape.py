"""The landscape of opinion: where every person and every statement stands.

Meaning. Two people stand close together if they voted alike on what both have seen. The two axes are the two
directions in which this conversation differs most; they have no name and no good or bad end. A statement's
**extremity** says how strongly it pulls people apart along these axes.

Formula. R holds the last votes; a column that is moderated out or about the person (meta) counts as passed by
everybody. mu[j] is the mean of the present votes on statement j; Z = R - mu where a vote is present, else 0.
The components are the two leading eigenvectors of G = Z'Z, signed so that the largest absolute loading is
positive. With M voted statements and n[i] votes (zeroed columns included) a person stands at

    p[i] = sqrt(M / max(n[i], 1)) * sum over voted j of (R[i, j] - mu[j]) * (component_1[j], component_2[j])

and statement j where a person would who did nothing but agree with it: q[j] = sqrt(M) (1 - mu[j])
component[j]; its extremity is |q[j]|. A direction in which nothing varies is all zero.

Shapes. mean (M,), components (2, M), positions (N, 2), extremity (M,), shares (2,). Statements nobody voted
on have a missing mean (NaN), no loading and no extremity. The unit is that of votes: 1 is the step from pass
to agree.

Assumptions. Absence is not opinion: a vote not cast adds nothing.

Cost. See ``covotes`` for the sums; the eigensolver takes M^3 operations up to ``MOST_PAIRED`` = 5,000
statements (0.1 CPU seconds for 600, about 15 for 5,000, and 0.7 GB); above that see ``subspace``.

Source. Small, Bjorkegren, Erkkila, Shaw, Megill (2021), Polis: scaling deliberation by mapping high
dimensional opinion spaces. Polis finds the components by power iteration from its previous ones; here they
are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from knotwork.methods.arrays import Counts, Flags, Floats
from knotwork.methods.opinion.covotes import CoVotes, covotes_of
from knotwork.methods.opinion.subspace import leading_subspace
from knotwork.methods.opinion.vote_parts import VoteParts, parts_of
from knotwork.methods.opinion.votes import VoteBlock, VoteTable
from knotwork.methods.partitions import Engine, InlineEngine, tree_reduce

__all__ = ["Landscape", "landscape_of"]

MOST_PAIRED = 5000
# Up to here NumPy's full solver costs less than importing SciPy for two eigenvectors only.
MOST_SOLVED_IN_FULL = 1200
NOTHING_VARIES = 1e-12


@dataclass(frozen=True, eq=False)
class Landscape:
    """Centre, components and positions of a conversation; ``shares`` is the part of all variation each axis
    shows."""

    mean: Floats
    components: Floats
    positions: Floats
    extremity: Floats
    shares: Floats
    settled: bool = True


def landscape_of(
    table: VoteTable, *, seed: int = 0, engine: Engine | None = None, parts: VoteParts | None = None
) -> Landscape:
    """Find the centre, the two components and everybody's position; ``parts`` are the table's, on this engine."""
    engine = engine or InlineEngine()
    parts = parts or parts_of(table, engine.workers)
    live = table.voted & ~table.zeroed
    mean = _means(table)
    vectors, values, settled = _components(table, parts, mean[live], seed, engine)
    components = np.zeros((2, len(live)))
    components[:, live] = _signed(vectors)
    columns, zeroed = int(table.voted.sum()), int(table.zeroed.sum())
    place = partial(positions_of, live=live, mean=mean, components=components, columns=columns, zeroed=zeroed)
    positions = np.zeros((len(table.participants), 2))
    for people, found in zip(parts.people, engine.measure(place, parts.loaders), strict=True):
        positions[people] = found
    agreeing = np.sqrt(columns) * np.nan_to_num(1 - mean) * components
    variation = _variation(table, live, mean)
    shares = values / variation if variation > 0 else np.zeros(2)
    return Landscape(mean, components, positions, np.hypot(*agreeing), shares, settled)


def _means(table: VoteTable) -> Floats:
    """Mean vote of each column; 0 where everybody is taken to have passed, NaN where nobody voted."""
    disagree, _, agree = table.answers
    seen = table.answers.sum(axis=0)
    mean: Floats = np.divide(agree - disagree, seen, out=np.full(len(seen), np.nan), where=seen > 0)
    mean[table.zeroed] = 0
    return mean


def _variation(table: VoteTable, live: Flags, mean: Floats) -> float:
    """The trace of G: the sum of all squared distances from the centre."""
    disagree, _, agree = table.answers
    seen = table.answers.sum(axis=0)
    return float(np.sum((agree + disagree)[live] - seen[live] * mean[live] ** 2))


def _components(
    table: VoteTable, parts: VoteParts, mean: Floats, seed: int, engine: Engine
) -> tuple[Floats, Floats, bool]:
    """The two leading eigenvectors (rows, zero where nothing varies) and eigenvalues of the Gram matrix."""
    statements, live = len(mean), table.voted & ~table.zeroed
    loaders = parts.loaders
    if not live.all():
        loaders = engine.keep(partial(VoteBlock.only, kept=live), loaders)
    if statements > MOST_PAIRED:
        most, people = int(table.votes_per_person.max()), len(table.participants)
        found = leading_subspace(loaders, mean, engine, most_votes=most, people=people, seed=seed)
        vectors, values, settled = found.vectors, found.values, found.settled
    else:
        sums = engine.measure(partial(covotes_of, statements=statements), loaders)
        vectors, values = _leading_pair(tree_reduce(CoVotes.__add__, sums).gram(mean))
        settled = True
    flat = values <= NOTHING_VARIES * max(1.0, float(values.max()))
    vectors[flat], values[flat] = 0, 0
    return vectors, values, settled


def _leading_pair(gram: Floats) -> tuple[Floats, Floats]:
    size = len(gram)
    vectors, values = np.zeros((2, size)), np.zeros(2)
    if size <= MOST_SOLVED_IN_FULL:
        all_values, all_vectors = np.linalg.eigh(gram)
    else:
        from scipy.linalg import eigh

        all_values, all_vectors = eigh(gram, subset_by_index=[size - 2, size - 1])
    found = min(2, size)
    values[:found] = all_values[::-1][:found]
    vectors[:found] = all_vectors[:, ::-1][:, :found].T
    return vectors, values


def _signed(vectors: Floats) -> Floats:
    """Turn each component so that its largest absolute loading (the first, among equals) is positive."""
    if not vectors.size:
        return vectors
    size = np.abs(vectors)
    # Loadings that are equal in exact arithmetic differ in the last digit: count them as equal.
    largest = np.argmax(size >= size.max(axis=1, keepdims=True) * (1 - 1e-9), axis=1)
    turned: Floats = vectors * np.where(vectors[[0, 1], largest] < 0, -1.0, 1.0)[:, None]
    return turned


def positions_of(
    block: VoteBlock, *, live: Flags, mean: Floats, components: Floats, columns: int, zeroed: int
) -> Floats:
    """Where the people of a block stand: (people, 2). Each person's sum runs over her own votes only."""
    seen = _votes_on(block, live) + zeroed
    scale = np.sqrt(columns / np.maximum(seen, 1))
    positions = np.zeros((block.people, 2))
    voting = np.flatnonzero(block.votes_per_person)
    if not len(voting):
        return positions
    # What a vote adds depends on the statement and the vote alone: a table of three numbers for each statement.
    answer = block.statement * np.int32(3) + block.vote
    answer += 1
    for axis, loading in enumerate(components):
        pull = np.where(live, loading * (np.array([[-1.0], [0.0], [1.0]]) - np.where(live, mean, 0)), 0)
        summed = np.add.reduceat(pull.T.ravel()[answer], block.offsets[voting])
        positions[voting, axis] = scale[voting] * summed
    return positions


def _votes_on(block: VoteBlock, live: Flags) -> Counts:
    """How many votes each person has on the statements of the geometry."""
    if live.all():
        return block.votes_per_person
    before = np.concatenate([[0], np.cumsum(live[block.statement])])
    votes: Counts = np.diff(before[block.offsets])
    return votes
