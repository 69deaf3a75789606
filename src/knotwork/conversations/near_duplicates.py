"""Which statements say nearly the same as what somebody is about to say.

Two short texts are compared by the three-letter pieces of their words, so that *bus* meets *buses* and, in Welsh,
*bws* meets *fws* half-way, without a list of endings for any language. A piece counts the more, the fewer statements
of the conversation have it: where everybody speaks of buses, the word alone makes nobody alike. The likeness is the
cosine of the two weighted sets, from 0 (nothing in common) to 1 (the same pieces).

The index of search is not asked: it wants every word of a question, and it lags behind by up to a minute.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from knotwork.core.search.engines import plain

Key = TypeVar("Key")
_WORD = re.compile(r"[^\W_]+")

ALIKE = 0.4
"""From here on two statements are shown as perhaps the same; see the decision record for how it was chosen."""
MOST = 3


@dataclass(frozen=True)
class Near(Generic[Key]):
    """A text that is close to another, and how close."""

    key: Key
    likeness: float


def near_duplicates(
    text: str, others: Iterable[tuple[Key, str]], *, alike: float = ALIKE, most: int = MOST
) -> list[Near[Key]]:
    """The closest of ``others`` (a key and its text, one key perhaps with several texts), the closest first.

    >>> said = [(1, "More buses in the evening."), (2, "Plant trees along the river."), (3, "Close the road to cars.")]
    >>> [near.key for near in near_duplicates("We need more evening buses", said)]
    [1]
    """
    known = [(key, pieces_of(other)) for key, other in others]
    mine = pieces_of(text)
    weigh = _weights([mine, *(pieces for _key, pieces in known)])
    closest: dict[Key, float] = {}
    for key, pieces in known:
        likeness = _cosine(mine, pieces, weigh)
        if likeness >= alike:
            closest[key] = max(likeness, closest.get(key, 0.0))
    ranked = sorted(closest.items(), key=lambda one: -one[1])
    return [Near(key, likeness) for key, likeness in ranked[:most]]


def pieces_of(text: str) -> frozenset[str]:
    """The three-letter pieces of each word, with a mark where the word begins and ends."""
    return frozenset(
        marked[start : start + 3]
        for word in _WORD.findall(plain(text))
        for marked in [f" {word} "]
        for start in range(max(1, len(marked) - 2))
    )


def _weights(texts: list[frozenset[str]]) -> dict[str, float]:
    """The square of how rare each piece is: ``1 + ln(texts / texts that have it)``."""
    having = Counter(piece for pieces in texts for piece in pieces)
    return {piece: (1 + math.log(len(texts) / count)) ** 2 for piece, count in having.items()}


def _cosine(one: frozenset[str], other: frozenset[str], weigh: dict[str, float]) -> float:
    both = sum(weigh[piece] for piece in one & other)
    if not both:
        return 0.0
    return both / math.sqrt(sum(weigh[piece] for piece in one) * sum(weigh[piece] for piece in other))
