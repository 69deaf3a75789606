"""Which factors of several maps may be the same one: a suggestion that a person confirms, never a decision.

Meaning. One table writes 'People recovering', another 'Recovery of people'. Nothing but a person can say whether they
mean the same; what a computer can do is to put such pairs in front of her.

Formula. Words are cut to their stems of at most five letters, short words left out; two labels are alike where they
share at least half of the distinct stems that they have together (Jaccard index of 0.5 or more).

Cost. O(F^2) comparisons of small sets. Source: Jaccard, P. (1901), Étude comparative de la distribution florale.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

__all__ = ["alike", "plain_words"]

LEAST_OVERLAP = 0.5
STEM = 5
SHORTEST = 3

_WORD = re.compile(r"[^\W_]+")


def plain_words(label: str) -> str:
    """A label without the differences that mean nothing: case, spaces, and marks at its end.

    >>> plain_words("  Fear of  falling. ")
    'fear of falling'
    """
    return " ".join(label.casefold().split()).rstrip(".,;:!?")


def alike(labels: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Pairs of labels that may mean the same, by their positions; those that are the same words are left out.

    >>> alike(["People recovering", "Recovery of people", "Green space"])
    ((0, 1),)
    """
    stems = [_stems(label) for label in labels]
    plain = [plain_words(label) for label in labels]
    return tuple(
        (one, other)
        for one, other in combinations(range(len(labels)), 2)
        if plain[one] != plain[other] and _overlap(stems[one], stems[other]) >= LEAST_OVERLAP
    )


def _stems(label: str) -> frozenset[str]:
    return frozenset(
        word[:STEM] for word in _WORD.findall(label.casefold()) if len(word) >= SHORTEST or word.isdigit()
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0
