"""Every statement of a conversation with the answers to it, sorted as the reader likes, a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.exports import COUNTS
from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.conversations.queries import Mended, mendings
from knotwork.conversations.results.parts import answers_of_parts
from knotwork.conversations.results.reading import StatementView
from knotwork.conversations.results.words import EVERYBODY, Answers, answers_in_words
from knotwork.core.analyses import queries as snapshots
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.queries import tied_among


@dataclass(frozen=True)
class Order:
    """A way to sort the statements: by a column of the public table, largest first unless ``ascending``."""

    key: str
    label: str | Promise
    column: str
    needs_groups: bool = False
    ascending: bool = False


ORDERS = (
    Order("agree", _("most agreement"), "agree_share"),
    Order("all-groups", _("most agreement in all groups"), "consensus_agree", needs_groups=True),
    Order("dividing", _("what divides most"), "divisiveness", needs_groups=True),
    Order("answered", _("most answers"), "seen"),
    Order("number", _("order in which they came"), "statement", ascending=True),
)


class StatementTable:
    """The public tables of one snapshot, for the statements that are shown at this moment."""

    def __init__(self, conversation: Conversation, snapshot_id: int) -> None:
        self._conversation = conversation
        live = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE)
        rows = list(live.values_list("number", "text", "language", "public_id"))
        self._words = {number: (text, language) for number, text, language, _id in rows}
        self._ids = {number: public_id for number, _text, _language, public_id in rows}
        everybody = snapshots.table(snapshot_id, "public_statements")
        by_group = snapshots.table(snapshot_id, "public_group_statements")
        assert everybody is not None  # a good snapshot has both
        assert by_group is not None
        self._everybody = everybody.filter(pl.col("statement").is_in(list(self._words)))
        self._by_group = by_group
        self._part_names = conversation.named_parts
        self._by_part = snapshots.table(snapshot_id, "public_part_statements") if self._part_names else None

    @property
    def groups(self) -> list[str]:
        """The letters of the groups, in their order."""
        return self._by_group["group"].unique(maintain_order=True).to_list()

    def numbers(self, order: Order) -> list[int]:
        """The statements' numbers in this order; those without a figure come last."""
        ranked = self._everybody.sort(
            order.column, "statement", descending=[not order.ascending, False], nulls_last=True
        )
        return ranked["statement"].to_list()

    def lines(self, numbers: Sequence[int], *, with_all_threads: bool = False) -> list[StatementView]:
        """These statements with the answers of everybody and of each group, and the way to their threads.

        Whoever ties threads finds each one's; a reader those that lead somewhere.
        """
        columns = ["statement", *COUNTS]
        parts = [
            self._everybody.select(pl.lit(EVERYBODY).alias("group"), *columns),
            self._by_group.select("group", *columns),
        ]
        rows = pl.concat(parts).filter(pl.col("statement").is_in(numbers)).rows()
        words = answers_in_words([(group, tuple(counts)) for group, _number, *counts in rows])
        answers: dict[int, list[Answers]] = {}
        for (_group, number, *_counts), said in zip(rows, words, strict=True):
            answers.setdefault(number, []).append(said)
        for number, said in self._of_parts(numbers):
            answers[number].append(said)
        threads = self._threads(numbers, all_of_them=with_all_threads)
        mended: dict[int, list[Mended]] = {}
        for number, one in mendings(self._conversation, numbers):
            mended.setdefault(number, []).append(one)
        return [
            StatementView(
                number,
                *self._words[number],
                tuple(answers[number]),
                thread_url=threads.get(number, ""),
                mended=tuple(mended.get(number, ())),
            )
            for number in numbers
        ]

    def _threads(self, numbers: Sequence[int], *, all_of_them: bool) -> dict[int, str]:
        ids = {number: self._ids[number] for number in numbers}
        tied = set(ids.values()) if all_of_them else tied_among("statement", ids.values())
        return {
            number: thread_url("statement", public_id)
            for number, public_id in ids.items()
            if public_id in tied
        }

    def _of_parts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Answers]]:
        """The answers of each named part, where the conversation has parts."""
        if self._by_part is None:
            return
        chosen = self._by_part.filter(
            pl.col("statement").is_in(numbers), pl.col("part") <= len(self._part_names)
        )
        rows = chosen.select("statement", "part", *COUNTS).rows()
        said = answers_of_parts([(part, tuple(counts)) for _n, part, *counts in rows], self._part_names)
        yield from zip((row[0] for row in rows), said, strict=True)
