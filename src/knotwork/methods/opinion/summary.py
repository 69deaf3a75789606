"""What was found, in plain English, for the command line.

Rooms make their own sentences, in their readers' language, from the codes of ``Notice`` and the values of the
result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from knotwork.methods.opinion.analysis import OpinionResult

__all__ = ["Notice", "in_words", "summarise"]

MOST_FAR_APART = 10
WORDS = {
    "components_not_settled": (
        "The two components had not settled after the most steps allowed: read the map with caution."
    ),
    "few_people": "Only {0} people are in the conversation: read everything here with caution.",
    "no_groups": "No groups: no split of the people has large enough groups.",
    "asked_not_offered": "{0} groups were asked for, but no split into {0} has large enough groups.",
    "groups_equally_good": "The votes do not settle how many groups there are: {0} groups fit equally well.",
    "resampled_in_blocks": (
        "For stability people who stand close together were drawn anew in blocks: there are too many to draw them "
        "one by one."
    ),
    "given_without_votes": "{0} of the people in the given groups have no votes and are left out.",
    "bridging_not_settled": (
        "The bridging scores had not settled after the most rounds allowed: read them with caution."
    ),
    "bridging_fewer_resamples": (
        "There are so many votes that only {0} resamples stand behind the bridging intervals."
    ),
    "bridging_in_two_rounds": (
        "There are so many votes that each resample behind the bridging intervals took two rounds from the "
        "full result instead of settling; the intervals can be some per cent too narrow."
    ),
    "two_scores_differ": (
        "Bridging and group-aware consensus rank these statements far apart (by more than a quarter of all): "
        "{0}. Look at them before you call them common ground."
    ),
}


# The least adjusted Rand index for which the words hold.
HOW_STABLE = (
    (0.9, "The groups are stable."),
    (0.7, "The groups are fairly stable."),
    (-1.0, "The groups are not stable: read them as one way of looking."),
)
MOST_NAMED = 5
NOT_KNOWN = "Not known: what people think who did not take part. Nobody drew a sample."


@dataclass(frozen=True)
class Notice:
    """Something the reader of a result should know: a code, and the numbers or statements that belong to it."""

    code: str
    values: tuple[int | str, ...] = ()


def in_words(notice: Notice) -> str:
    """The notice as a sentence."""
    if notice.code == "groups_equally_good":
        numbers = [str(value) for value in notice.values]
        return WORDS[notice.code].format(f"{', '.join(numbers[:-1])} or {numbers[-1]}")
    if notice.code == "two_scores_differ":
        return WORDS[notice.code].format(_first_of(notice.values))
    return WORDS[notice.code].format(*notice.values)


def _first_of(values: tuple[int | str, ...]) -> str:
    """The first values, and how many more there are."""
    named, more = values[:MOST_FAR_APART], len(values) - MOST_FAR_APART
    words = ", ".join(map(str, named))
    return f"{words} and {more} more" if more > 0 else words


def summarise(result: OpinionResult) -> str:
    """A few sentences: who took part, which groups and how sure, what divides, what is shared, what is not known."""
    table, grouping = result.table, result.grouping
    lines = [
        f"{len(table.participants):,} people cast {len(table.vote):,} votes on "
        f"{int(table.voted.sum()):,} statements; "
        f"{int(grouping.in_conversation.sum()):,} people are in the conversation.",
        f"The map shows {result.landscape.shares.sum():.0%} of the differences between people.",
    ]
    if grouping.names:
        sizes = ", ".join(
            f"{name} ({size:,})" for name, size in zip(grouping.names, grouping.sizes, strict=True)
        )
        origin = "given" if grouping.given else f"silhouette {_silhouette(result):.2f}"
        lines.append(f"{len(grouping.names)} groups, {origin}: {sizes}.")
    lines += [*_how_stable(result), *_what_divides(result)]
    agreed = [str(table.statements[one.statement]) for one in result.consensus if one.direction == "agree"]
    if agreed:
        lines.append(f"Everybody agrees most clearly with: {', '.join(agreed)}.")
    lines.extend(_in_both_scores(result))
    lines += [in_words(notice) for notice in result.notices]
    return "\n".join([*lines, NOT_KNOWN])


def _how_stable(result: OpinionResult) -> Iterator[str]:
    """How sure the groups are; nothing where nobody was drawn anew."""
    found = result.stability.of(result.grouping.chosen)
    if found is not None:
        how = next(words for least, words in HOW_STABLE if found.rand_index >= least)
        yield (
            f"{how} Drawn anew {result.stability.resamples} times from those who took part, "
            f"{found.stays.mean():.0%} of the people stay in their group (adjusted Rand index "
            f"{found.rand_index:.2f}). This is the spread over resampled participants, not a margin of error."
        )


def _what_divides(result: OpinionResult) -> Iterator[str]:
    """The statements with the largest divisiveness, moderated ones left out."""
    divisiveness = np.where(result.table.zeroed, 0, np.nan_to_num(result.common_ground.divisiveness))
    most = np.argsort(-divisiveness, kind="stable")[:MOST_NAMED]
    named = [str(result.table.statements[int(at)]) for at in most if divisiveness[at] > 0]
    if named:
        yield f"What divides the groups most: {', '.join(named)}."


def _silhouette(result: OpinionResult) -> float:
    return next(one.silhouette for one in result.grouping.solutions if one.groups == result.grouping.chosen)


def _in_both_scores(result: OpinionResult) -> list[str]:
    two = result.two_scores
    if two.correlation != two.correlation:
        return []
    return [
        f"Bridging, which needs no groups, and group-aware consensus rank the statements alike to "
        f"{two.correlation:.2f} (Spearman's correlation)."
    ]
