"""The rows of votes of a conversation, in the files of a Polis export: for few, or for everybody who may see results.

People come under numbers that are drawn anew for each export, times are cut to the day, and nothing says who wrote a
statement, so that nobody's rows here can be matched with her rows in another export. What people said of themselves is
in none of these files.
"""

from dataclasses import dataclass
from secrets import SystemRandom

import polars as pl
from django.conf import settings

from knotwork.conversations import rules
from knotwork.conversations.analyses import KIND
from knotwork.conversations.exports import as_text
from knotwork.conversations.models import Conversation, Participant, Statement, StatementState, Vote
from knotwork.core.analyses import queries as snapshots
from knotwork.formats.polis_writing import (
    PolisSummary,
    comments_file,
    polis_files,
    vote_log_file,
    vote_matrix_file,
)
from knotwork.methods.disclosure import publishable_counts
from knotwork.methods.opinion.group_labels import LETTERS

MOST_CELLS = 20_000_000
"""A matrix of people and statements with more cells is not made: the rows of votes say the same."""


@dataclass(frozen=True, eq=False)
class VoteRows:
    """``votes``: participant, statement, vote, day; ``groups``: from a person's number to her group's, from 0."""

    votes: pl.DataFrame
    statements: pl.DataFrame
    groups: dict[int, int]

    @property
    def is_too_big_for_a_matrix(self) -> bool:
        return self.votes["participant"].n_unique() * self.statements.height > MOST_CELLS

    def vote_log(self) -> pl.DataFrame:
        """Every standing vote by itself."""
        return vote_log_file(self.votes)

    def matrix(self) -> pl.DataFrame:
        """A row for each person, a column for each statement."""
        return vote_matrix_file(self.votes, self.statements["statement"], self.groups)

    def comments(self) -> pl.DataFrame:
        """The statements; only what is shown has words."""
        return comments_file(self.statements, self.votes)

    def files(self, conversation: Conversation, url: str) -> dict[str, bytes]:
        """All four files, in which a person bears one number."""
        return polis_files(self.votes, self.statements, summary_of(conversation, self, url), self.groups)


def vote_rows(conversation: Conversation) -> VoteRows:
    """Read them now, and draw the people's numbers."""
    rows = Vote.objects.filter(conversation=conversation).values_list(
        "participant__number", "statement__number", "value", "at"
    )
    people: dict[int, int] = {}
    found = [
        (people.setdefault(who, len(people)), what, value, at.date())
        for who, what, value, at in rows.iterator()
    ]
    schema = {"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int64, "day": pl.Date}
    drawn = list(range(1, len(people) + 1))
    SystemRandom().shuffle(drawn)
    votes = pl.DataFrame(found, schema, orient="row")
    votes = votes.with_columns(pl.Series("participant", drawn, pl.Int64).gather(votes["participant"]))
    groups = _groups(conversation)
    return VoteRows(
        votes,
        _statements(conversation),
        {drawn[place]: groups[number] for number, place in people.items() if number in groups},
    )


def _statements(conversation: Conversation) -> pl.DataFrame:
    rows = Statement.objects.filter(conversation=conversation).order_by("number")
    return pl.DataFrame(
        [
            (number, at.date(), 1, meta, as_text(text))
            if state == StatementState.LIVE
            else (number, at.date(), -1, meta, "")
            for number, at, meta, state, text in rows.values_list(
                "number", "created_at", "is_about_the_person", "state", "text"
            )
        ],
        {
            "statement": pl.Int64,
            "day": pl.Date,
            "moderated": pl.Int64,
            "meta": pl.Boolean,
            "text": pl.String,
        },
        orient="row",
    )


def _groups(conversation: Conversation) -> dict[int, int]:
    """The group of each participant in the newest result, by her own number; empty where nobody may be grouped."""
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    frame = snapshots.table(snapshot.id, "participants") if snapshot else None
    if frame is None or not rules.can_be_grouped(conversation):
        return {}
    grouped = frame.select("participant", "group").drop_nulls()
    return {who: LETTERS.index(letter) for who, letter in grouped.iter_rows() if letter}


def summary_of(conversation: Conversation, rows: VoteRows, url: str) -> PolisSummary:
    """What the conversation is; numbers of people rounded, and none below five, unless its votes are published."""
    authors = (
        Participant.objects.filter(conversation=conversation, statements__isnull=False).distinct().count()
    )
    exact = conversation.publishes_votes
    return PolisSummary(
        topic=as_text(conversation.question),
        url=url,
        description=as_text(conversation.introduction),
        voters=_people(rows.votes["participant"].n_unique(), exact=exact),
        voters_in_conversation=_people(len(rows.groups), exact=exact),
        commenters=_people(authors, exact=False),
        comments=rows.statements.height,
        groups=len(set(rows.groups.values())),
    )


def _people(count: int, *, exact: bool) -> int | None:
    if exact:
        return count
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    value = float(publishable_counts([count], smallest, smallest).value[0])
    return None if value != value else int(value)
