"""Put a conversation that was held elsewhere into a programme: staged in batches, then shown by one switch.

While its rows come in, the conversation is withdrawn, so that no list, page, feed or analysis meets half of it; each
batch is a short transaction, so that people go on voting elsewhere meanwhile. The last transaction writes the vote
log, shows the conversation and records the event. A failure anywhere removes what was staged; the log, from which
nothing can be removed, is written only in that last transaction, which holds whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl
from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    Participant,
    Statement,
    StatementState,
    Vote,
    VoteLogEntry,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.formats.polis import ConversationExport
from knotwork.programmes.models import Programme, Stage

Progress = Callable[[int, int], None]

ROWS_AT_ONCE = 10_000
LONGEST_STATEMENT = 1000
LARGEST_NUMBER = 2**31 - 1
STAGED = "being imported"
REJECTED_THERE = "rejected where it was held"
MOMENT = pl.Datetime("ms", "UTC")
LEFT_BEHIND_AFTER = timedelta(hours=6)


class ImportRefused(Exception):  # noqa: N818 - shown to the person as it is
    """An export that cannot become a conversation here; the message says what was found and what was expected."""


@dataclass(frozen=True)
class HeldElsewhere:
    """What the importer says about a conversation.

    ``publishes_votes`` is for open data alone: it lets everybody download the votes row by row.
    """

    programme: Programme
    question: str
    attribution: str
    introduction: str = ""
    source: str = ""
    language: str = "en"
    slug: str = ""
    publishes_votes: bool = False


def nobody_watches(_done: int, _total: int) -> None:
    """The progress that nobody watches."""


def put_in(
    export: ConversationExport, about: HeldElsewhere, *, by: Viewer, progress: Progress = nobody_watches
) -> Conversation:
    """Bring an export in as a closed conversation of the programme; all of it, or nothing."""
    statements, votes = _checked(export)
    remove_left_behind()
    conversation = _stage(about, _window(export, votes))
    try:
        _fill(conversation, statements, votes, progress)
        _switch(conversation, votes, by=by)
    except BaseException:
        remove_staged(conversation.pk)
        raise
    progress(1, 1)
    conversation.refresh_from_db()
    return conversation


def remove_staged(conversation_id: int) -> None:
    """Remove a conversation that was never shown, with all its rows; one that was shown is left alone."""
    if not Conversation.objects.filter(pk=conversation_id, withdrawn_reason=STAGED).exists():
        return
    for model in (Vote, Statement, Participant):
        with transaction.atomic():
            model._default_manager.filter(conversation_id=conversation_id).delete()
    Conversation.objects.filter(pk=conversation_id, withdrawn_reason=STAGED).delete()


def remove_left_behind() -> int:
    """Remove what imports left behind whose process was killed; how many conversations went."""
    long_ago = clock.now() - LEFT_BEHIND_AFTER
    left = Conversation.objects.filter(withdrawn_reason=STAGED, withdrawn_at__lt=long_ago)
    ids = list(left.values_list("pk", flat=True))
    for pk in ids:
        remove_staged(pk)
    return len(ids)


def _window(export: ConversationExport, votes: pl.DataFrame) -> tuple[datetime | None, datetime | None]:
    """From the first vote until just after the last; unknown where the export has no times."""
    if export.votes["time"].null_count():
        return None, None
    first, last = votes["time"][0], votes["time"][-1]
    return first, last + timedelta(seconds=1)


def _stage(about: HeldElsewhere, window: tuple[datetime | None, datetime | None]) -> Conversation:
    """The conversation's row, withdrawn from the eyes of everybody until the switch."""
    with transaction.atomic():
        Programme.objects.select_for_update(no_key=True).only("pk").get(pk=about.programme.pk)
        return Conversation.objects.create(
            programme=about.programme,
            slug=_free_slug(about.programme, about.slug or about.question),
            question=about.question,
            introduction=about.introduction,
            language=about.language,
            stage=ConversationStage.CLOSED,
            opens_at=window[0],
            closes_at=window[1],
            visibility=Stage.ME,
            takes_statements=False,
            publishes_votes=about.publishes_votes,
            held_elsewhere=True,
            source=about.source,
            attribution=about.attribution,
            withdrawn_at=clock.now(),
            withdrawn_reason=STAGED,
        )


def _free_slug(programme: Programme, words: str) -> str:
    stem = slugify(words)[:60].strip("-") or "conversation"
    taken = set(
        Conversation.objects.filter(programme=programme, slug__startswith=stem).values_list("slug", flat=True)
    )
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _fill(
    conversation: Conversation, statements: pl.DataFrame, votes: pl.DataFrame, progress: Progress
) -> None:
    """People, statements and standing votes, batch by batch."""
    standing = votes.unique(["participant", "statement"], keep="last", maintain_order=True)
    total = standing.height + votes.height
    _fill_people(conversation, statements, votes)
    people = dict(Participant.objects.filter(conversation=conversation).values_list("number", "pk"))
    _fill_statements(conversation, statements, people)
    numbers = dict(Statement.objects.filter(conversation=conversation).values_list("number", "pk"))
    for start in range(0, standing.height, ROWS_AT_ONCE):
        with transaction.atomic():
            _insert(Vote, _vote_rows(conversation.pk, standing.slice(start, ROWS_AT_ONCE), people, numbers))
        progress(min(start + ROWS_AT_ONCE, standing.height), total)


def _fill_people(conversation: Conversation, statements: pl.DataFrame, votes: pl.DataFrame) -> None:
    """Everybody who voted, from her first vote on, and everybody who wrote a statement, from that on."""
    came = pl.concat(
        [
            votes.select("participant", at="time"),
            statements.filter(pl.col("author").is_not_null()).select(participant="author", at="created"),
        ]
    )
    first = came.group_by("participant").agg(pl.col("at").min()).sort("participant")
    for start in range(0, first.height, ROWS_AT_ONCE):
        Participant.objects.bulk_create(
            Participant(conversation=conversation, number=number, created_at=at)
            for number, at in first.slice(start, ROWS_AT_ONCE).iter_rows()
        )


def _fill_statements(conversation: Conversation, statements: pl.DataFrame, people: dict[int, int]) -> None:
    moment = clock.now()
    rows = statements.select(
        "statement", "text", "author", "created", "moderated", "meta", "seed"
    ).iter_rows()
    Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            number=number,
            text=text,
            language=conversation.language,
            author_id=people.get(author),
            state=StatementState.NOT_SHOWN if moderated < 0 else StatementState.LIVE,
            reason=REJECTED_THERE if moderated < 0 else "",
            is_seed=seed,
            is_about_the_person=meta,
            created_at=created,
            checked_at=moment,
        )
        for number, text, author, created, moderated, meta, seed in rows
    )


def _switch(conversation: Conversation, votes: pl.DataFrame, *, by: Viewer) -> None:
    """Write the log and show the conversation: the one transaction after which it is there."""
    people = dict(Participant.objects.filter(conversation=conversation).values_list("number", "pk"))
    numbers = dict(Statement.objects.filter(conversation=conversation).values_list("number", "pk"))
    with transaction.atomic():
        for start in range(0, votes.height, ROWS_AT_ONCE):
            _insert(
                VoteLogEntry, _vote_rows(conversation.pk, votes.slice(start, ROWS_AT_ONCE), people, numbers)
            )
        Conversation.objects.filter(pk=conversation.pk).update(
            visibility=Stage.PUBLIC, withdrawn_at=None, withdrawn_reason=""
        )
        record(
            "conversation.imported",
            subject_kind="conversation",
            subject_id=conversation.public_id,
            by=by,
            programme=conversation.programme.public_id,
        )


def _vote_rows(
    conversation_id: int, votes: pl.DataFrame, people: dict[int, int], numbers: dict[int, int]
) -> pl.DataFrame:
    """Votes as their table holds them."""
    return votes.select(
        pl.lit(conversation_id).alias("conversation_id"),
        pl.col("participant").replace_strict(people, return_dtype=pl.Int64).alias("participant_id"),
        pl.col("statement").replace_strict(numbers, return_dtype=pl.Int64).alias("statement_id"),
        pl.col("vote").alias("value"),
        pl.col("time").dt.strftime("%Y-%m-%d %H:%M:%S%.6f").str.strip_suffix(".000000").alias("at"),
    )


def _insert(model: type[Vote] | type[VoteLogEntry], rows: pl.DataFrame) -> None:
    """Many votes without an object each: several times as fast, which a log of a million votes needs."""
    table, columns = model._meta.db_table, ", ".join(rows.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            in_utc = rows.with_columns(pl.col("at") + "+00")
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv)") as copy:
                copy.write(in_utc.write_csv(include_header=False))
        else:
            marks = ", ".join(["%s"] * rows.width)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows.rows())  # noqa: S608


def _checked(export: ConversationExport) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Statements and votes with whole numbers and moments, votes in the order in which they were given."""
    if any(warning.code == "no_comments_file" for warning in export.warnings):
        raise ImportRefused(_("The statements are missing. Add the file comments.csv of the same export."))
    _refuse_unknown_statements(export)
    votes = _votes_in_time(export)
    statements = _statements(export, votes)
    _refuse_unfit_texts(statements)
    return statements, votes


def _votes_in_time(export: ConversationExport) -> pl.DataFrame:
    """Every vote with its moment; where the export has no times, that of the import."""
    votes = export.votes.select(
        _whole(export.votes, "participant"),
        _whole(export.votes, "statement"),
        "vote",
        pl.col("time").cast(MOMENT).fill_null(clock.now()),
    )
    said = votes.group_by("participant", "statement", "time").agg(pl.col("vote").n_unique())
    if clash := said.filter(pl.col("vote") > 1).sort("participant", "statement").rows():
        raise ImportRefused(
            _(
                "Participant %(who)s gave two different votes on statement %(what)s at the same time; expected one."
            )
            % {"who": clash[0][0], "what": clash[0][1]}
        )
    return votes.sort("time", maintain_order=True)


def _statements(export: ConversationExport, votes: pl.DataFrame) -> pl.DataFrame:
    """The statements, rejected ones without their words. Those from before the first vote were put in by the hosts."""
    is_rejected = pl.col("moderated") < 0
    began = votes["time"].min()
    has_times = not export.votes["time"].null_count()
    return export.statements.select(
        _whole(export.statements, "statement"),
        pl.when(is_rejected).then(pl.lit("")).otherwise(pl.col("text").str.strip_chars()).alias("text"),
        _whole(export.statements, "author"),
        pl.col("created").cast(MOMENT).fill_null(began),
        "moderated",
        "meta",
        seed=(pl.col("created") < began).fill_null(False) & has_times,
    )


def _whole(frame: pl.DataFrame, column: str) -> pl.Series:
    """Ids as whole numbers from 0, which every export of Polis has."""
    numbers = frame[column].cast(pl.Int64, strict=False)
    bad = ~numbers.is_between(0, LARGEST_NUMBER).fill_null(False) & frame[column].is_not_null()
    if bad.any():
        row = int(bad.arg_max() or 0)
        raise ImportRefused(
            _("Row %(row)s, %(column)s: found %(found)s, expected a whole number from 0.")
            % {"row": row + 2, "column": column, "found": frame[column][row]}
        )
    return numbers


def _refuse_unknown_statements(export: ConversationExport) -> None:
    unknown = ~export.votes["statement"].is_in(export.statements["statement"].implode())
    if not unknown.any():
        return
    row = int(unknown.arg_max() or 0)
    found, file = export.votes["statement"][row], export.files[0].name
    is_grid = file.startswith("participants-votes")
    where = {"file": file, "row": row + 2, "found": found, "count": export.statements.height}
    if is_grid:
        words = _(
            "%(file)s, column %(found)s: found votes on statement %(found)s, "
            "expected one of the %(count)s statements of comments.csv."
        )
    else:
        words = _(
            "%(file)s, row %(row)s, column comment-id: found a vote on statement %(found)s, "
            "expected one of the %(count)s statements of comments.csv."
        )
    raise ImportRefused(words % where)


def _refuse_unfit_texts(statements: pl.DataFrame) -> None:
    length = statements["text"].str.len_chars()
    unfit = (length > LONGEST_STATEMENT) | ((length == 0) & (statements["moderated"] >= 0))
    if unfit.any():
        row = int(unfit.arg_max() or 0)
        raise ImportRefused(
            _(
                "comments.csv, row %(row)s, column comment-body: found %(found)s characters, "
                "expected 1 to %(most)s for a statement that is shown."
            )
            % {"row": row + 2, "found": length[row], "most": LONGEST_STATEMENT}
        )
