"""What was found, in plain English, for the command line.

Rooms make their own sentences, in their readers' language, from the codes of ``Notice`` and the values of the
result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """A few sentences: who took part, which groups, what is shared."""
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
    agreed = [str(table.statements[one.statement]) for one in result.consensus if one.direction == "agree"]
    if agreed:
        lines.append(f"Everybody agrees most clearly with: {', '.join(agreed)}.")
    lines.extend(_in_both_scores(result))
    return "\n".join(lines + [in_words(notice) for notice in result.notices])


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
