"""What may leave a conversation: aggregates for everybody, rows of votes for few.

The public tables are made once, when a result is worked out, and are all that pages and downloads read. Unless the
conversation publishes its votes, counts of people are rounded to 5, those from 1 to 4 are left out, and every share,
limit and score is worked out anew from the published counts, so that nothing finer can be worked back.

Words of statements are not in them: they come from the database when a table is served, so that a statement that was
taken down since never appears.
"""

import numpy as np
import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import ALLOWED, Decision
from knotwork.methods.arrays import Floats
from knotwork.methods.disclosure import publishable_counts, publishable_parts
from knotwork.methods.indicators.proportions import wilson_limits
from knotwork.methods.opinion.common_ground import common_ground
from knotwork.methods.opinion.counts import VoteCounts
from knotwork.programmes.models import Role
from knotwork.programmes.standing import standing_of

COUNTS = ("agree", "disagree", "pass", "seen")
MAY_TAKE_VOTES = (Role.PROGRAMME_TEAM, Role.EVALUATOR)
PUBLIC_TABLES = ("statements", "groups", "group_statements", "representative", "consensus", "solutions")
_GROUND = (
    "consensus_agree",
    "consensus_agree_low",
    "consensus_agree_high",
    "consensus_disagree",
    "divisiveness",
)
BRIDGING = ("bridging", "bridging_low", "bridging_high")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def public_tables(frames: dict[str, pl.DataFrame], *, exact: bool) -> dict[str, pl.DataFrame]:
    """The tables of a result as everybody may have them, by name; statements that are not shown are not in them."""
    shown = frames["statements"].filter(~pl.col("moderated_out"))
    in_groups = frames["group_statements"].join(
        shown.select("statement"), on="statement", maintain_order="left"
    )
    statements, by_group = published(shown, exact=exact), published(in_groups, exact=exact)
    groups = frames["groups"]
    if not exact:
        groups = groups.with_columns(_counts(groups["size"]), pl.col("stability").round(2))
        statements = statements.with_columns(
            *_ground_from(by_group, groups, statements.height),
            pl.lit(None, pl.Float64).alias("extremity"),
            pl.lit(None, pl.Float64).alias("priority"),
            *_bridging_from(statements),
        )
    return {
        "statements": statements.drop("moderated_out"),
        "groups": groups,
        "group_statements": by_group,
        "representative": _representative(frames["representative"], by_group, exact=exact),
        "consensus": _consensus(frames["consensus"], statements, exact=exact),
        "solutions": frames["solutions"]
        if exact
        else frames["solutions"].with_columns(pl.col("silhouette", "stability").round(2)),
    }


def _counts(counts: pl.Series) -> pl.Series:
    return pl.Series(counts.name, publishable_counts(counts.to_numpy()).value).fill_nan(None).cast(pl.Int64)


def published(frame: pl.DataFrame, *, exact: bool) -> pl.DataFrame:
    """The frame with publishable counts, and the shares that agreed and disagreed with Wilson's limits."""
    counted = frame.with_columns(_parts_and_whole(frame, exact=exact))
    seen = _floats(counted["seen"])
    seen[seen == 0] = np.nan
    for name in ("agree", "disagree"):
        count = np.where(np.isnan(seen), np.nan, _floats(counted[name]))
        lower, upper = wilson_limits(count, seen, 0.95)
        limits = {f"{name}_share": count / seen, f"{name}_low": lower, f"{name}_high": upper}
        counted = counted.with_columns(
            pl.Series(key, values).fill_nan(None) for key, values in limits.items()
        )
    return counted


def _parts_and_whole(frame: pl.DataFrame, *, exact: bool) -> list[pl.Series]:
    """Who agreed, disagreed, passed, and how many answered in all: exact, or so that nothing can be worked back."""
    if exact:
        return [frame[name].cast(pl.Int64) for name in COUNTS]
    parts, whole = publishable_parts(frame.select(COUNTS[:3]).to_numpy())
    columns = zip(COUNTS, (*parts.T, whole), strict=True)
    return [pl.Series(name, values).fill_nan(None).cast(pl.Int64) for name, values in columns]


def _floats(counts: pl.Series) -> Floats:
    return counts.cast(pl.Float64).fill_null(np.nan).to_numpy().copy()


def _ground_from(by_group: pl.DataFrame, groups: pl.DataFrame, statements: int) -> list[pl.Series]:
    """Common ground as the published counts give it; missing where one of them is."""
    shape = (groups.height, statements)
    counts = {name: _floats(by_group[name]).reshape(shape) for name in COUNTS}
    is_hidden = np.isnan([counts["agree"], counts["disagree"], counts["seen"]]).any(axis=(0, 1))
    agree, disagree, seen = (
        np.nan_to_num(counts[name]).astype(np.int64) for name in ("agree", "disagree", "seen")
    )
    # Rounded parts need not add up to a rounded whole; the formulas read agree, disagree and seen alone.
    ground = common_ground(VoteCounts(agree, disagree, seen - agree - disagree), groups["size"].to_numpy())
    return [
        pl.Series(name, np.where(is_hidden, np.nan, getattr(ground, name))).fill_nan(None) for name in _GROUND
    ]


def _bridging_from(statements: pl.DataFrame) -> list[pl.Expr]:
    """The score and its interval in steps of what five more agreements would move, and missing where a count is.

    A score can move by no more than one over the answers with each vote, so that a finer one could be turned
    back into votes.
    """
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    step = pl.max_horizontal(pl.lit(0.01), smallest / pl.col("seen"))
    is_hidden = pl.any_horizontal(pl.col(*COUNTS).is_null())
    # Cut to six decimals: a multiple of a step is not to carry the rounding of the computer.
    return [
        pl.when(~is_hidden).then(((pl.col(name) / step).round() * step).round(6)).alias(name)
        for name in BRIDGING
    ]


def _representative(chosen: pl.DataFrame, by_group: pl.DataFrame, *, exact: bool) -> pl.DataFrame:
    """What sets each group apart, with the share of the group that stands behind it."""
    found = _behind(chosen.join(by_group, on=["group", "statement"], how="left", maintain_order="left"))
    if not exact:
        found = found.with_columns(
            _shrunken().alias("probability"),
            *(
                pl.lit(None, pl.Float64).alias(name)
                for name in ("probability_test", "representativeness", "representativeness_test")
            ),
        )
    return found.select(*chosen.columns, "share", "share_low", "share_high", "seen")


def _consensus(chosen: pl.DataFrame, statements: pl.DataFrame, *, exact: bool) -> pl.DataFrame:
    """What everybody agrees with and disagrees with, whatever the groups."""
    found = _behind(chosen.join(statements, on="statement", how="left", maintain_order="left"))
    if not exact:
        found = found.with_columns(
            _shrunken().alias("probability"), pl.lit(None, pl.Float64).alias("probability_test")
        )
    return found.select(*chosen.columns, "share", "share_low", "share_high", "seen")


def _behind(rows: pl.DataFrame) -> pl.DataFrame:
    """For each row the share of those who answered that went its ``direction``, with its limits."""
    agrees = pl.col("direction") == "agree"
    return rows.with_columns(
        pl.when(agrees).then(f"agree_{end}").otherwise(f"disagree_{end}").alias(name)
        for end, name in (("share", "share"), ("low", "share_low"), ("high", "share_high"))
    )


def _shrunken() -> pl.Expr:
    count = pl.when(pl.col("direction") == "agree").then("agree").otherwise("disagree")
    return (count + 1) / (pl.col("seen") + 2)


def with_words(table: pl.DataFrame, conversation: Conversation) -> pl.DataFrame:
    """The rows whose statement is shown at this moment, with its words beside its number."""
    if "statement" not in table.columns:
        return table
    live = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE)
    words = {number: as_text(text) for number, text in live.values_list("number", "text")}
    known = pl.DataFrame(
        {"statement": list(words), "text": list(words.values())}, {"statement": pl.Int64, "text": pl.String}
    )
    place = table.columns.index("statement") + 1
    columns = [*table.columns[:place], "text", *table.columns[place:]]
    return table.join(known, on="statement", maintain_order="left").select(columns)


def as_text(words: str) -> str:
    """Words that a spreadsheet reads as words: what begins like a formula gets an apostrophe in front."""
    return f"'{words}" if words.startswith(_FORMULA_SIGNS) else words


def can_take_votes(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person take the rows of votes of a conversation that does not publish them?"""
    if standing_of(viewer, conversation.programme_id).has(*MAY_TAKE_VOTES):
        return ALLOWED
    return Decision(
        False,
        _("Only the programme team and evaluators can take single votes. Everybody can take the totals."),
    )


def record_export_of_votes(conversation: Conversation, *, by: Viewer) -> None:
    """Write down that somebody of the team took the rows of votes."""
    with transaction.atomic():
        record(
            "votes.exported",
            subject_kind="conversation",
            subject_id=conversation.public_id,
            by=by,
            programme=conversation.programme.public_id,
            place=conversation.place.public_id if conversation.place else None,
        )
