"""The opinion analysis of a conversation: votes -> arrays -> ``methods.opinion`` -> a snapshot that pages can read.

When. The tick asks :meth:`OpinionAnalysis.subjects` for the state of every conversation's input, which
``vote_arrays`` makes from its indexes alone and in which no vote can go missing (see there). A run bears the state
that it has read itself, so a vote that comes in while it works makes the next one due.

What is kept. The method's tables as they are, for evaluators and for the next run; the same as everybody may have
them; a small result with every number that the results page shows; and the pictures, in each language.

Who is grouped. Nobody in a sensitive place, nobody where fewer than 15 people answered often enough, and never a
group of fewer than five: such a result says that it is too early, and has no landscape.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.exports import BRIDGING, public_tables
from knotwork.conversations.leaving_out import TABLE, changes, left_out_result
from knotwork.conversations.models import Conversation, StatementStanding
from knotwork.conversations.parts_apart import part_result, part_tables, published_sizes
from knotwork.conversations.vote_arrays import VoteArrays, states_of_voted, votes_of
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses import registry
from knotwork.core.analyses.registry import Outcome
from knotwork.core.pages.numbers import number_in_words
from knotwork.drawing.landscape import LandscapeOptions, opinion_landscape
from knotwork.drawing.picture import Picture
from knotwork.methods.opinion import (
    METHOD_VERSION,
    OpinionOptions,
    OpinionResult,
    VoteTable,
    analyse,
    vote_table,
)
from knotwork.methods.opinion.group_labels import LETTERS, carry_labels
from knotwork.methods.opinion.groups import ENOUGH_VOTES, FEWEST_PEOPLE

KIND = "opinion"
LANDSCAPE = "opinion-landscape"
FEWEST_VOTERS_PER_GROUP = 5
MOST_AGREED = 6
MOST_DIVIDING = 6
MOST_BRIDGING = 6
LAYOUT = 4
"""Raised when the shape of what is kept changes, so that every conversation is worked out anew."""

NEVER_GROUPED = OpinionOptions(given={})
RESAMPLES, FEWEST_RESAMPLES = 100, 20
RESAMPLED_IN_FULL = 200_000
"""Above so many people they are drawn anew less often, so that a live page has its next result within half a minute."""


class OpinionAnalysis:
    """Who voted alike in a conversation, what each group holds, what all agree on and what divides them."""

    kind = KIND
    method = "opinion"
    version = METHOD_VERSION

    def subjects(self) -> list[tuple[UUID, str]]:
        """Every conversation with votes, and the state of its votes and statements."""
        return [(subject, _with_layout(state)) for subject, state in states_of_voted()]

    def run(self, subject: UUID, *, seed: int) -> Outcome:
        """Work one conversation out, write its statements' standing, and give what is to be kept."""
        conversation = Conversation.objects.select_related("programme", "place").get(public_id=subject)
        arrays = votes_of(conversation.pk)
        result, why_not = worked_out(conversation, arrays, seed)
        frames = result.to_frames()
        if not result.grouping.given:
            frames = with_earlier_letters(frames, subject)
        if why_not == "sensitive":
            frames = without_sides(frames)
        write_standings(arrays, frames["statements"])
        exact = conversation.publishes_votes
        public = public_tables(frames, exact=exact)
        apart = tables_of_parts(conversation, arrays)
        without, left_out = without_flagged(conversation, arrays, public, seed, chosen_statements(frames)[0])
        return Outcome(
            state=_with_layout(arrays.state),
            result=shown_result(result, frames, public, exact=exact)
            | {"why_no_groups": why_not, "ways": list(published_sizes(arrays.ways, exact=exact).items())}
            | (part_result(apart) if apart else {})
            | ({"left_out": left_out} if left_out else {}),
            tables=frames | {f"public_{name}": table for name, table in (public | apart | without).items()},
            pictures=pictures_of(frames, exact=exact),
            options={
                "level": result.options.level,
                "groups": _which_groups(result, why_not),
                "resamples": result.options.resamples,
            },
        )


def _which_groups(result: OpinionResult, why_not: str) -> str:
    if why_not:
        return "none"
    return "named parts" if result.grouping.given else "of the votes"


def tables_of_parts(conversation: Conversation, arrays: VoteArrays) -> dict[str, pl.DataFrame]:
    """What each named part said; nothing where votes are published one by one, or where nobody may be grouped.

    Beside single votes, or exact counts of everybody, even rounded counts of a small part could be worked back.
    """
    if not conversation.named_parts or conversation.publishes_votes or not rules.can_be_grouped(conversation):
        return {}
    return part_tables(arrays, arrays.statements, len(conversation.named_parts))


def without_flagged(
    conversation: Conversation,
    arrays: VoteArrays,
    public: dict[str, pl.DataFrame],
    seed: int,
    agreed: list[tuple[int, str]],
) -> tuple[dict[str, pl.DataFrame], dict[str, Any]]:
    """The same votes worked out again without the flagged participants, and what that changes; nothing if none is."""
    votes = arrays.votes.filter(~pl.col("participant").is_in(arrays.flagged.tolist()))
    people = arrays.votes["participant"].n_unique() - votes["participant"].n_unique()
    exact = conversation.publishes_votes
    if not people or not votes.height:
        return {}, {}
    if not exact and people < settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT:
        return {}, {"people": None}
    result, _why = worked_out(conversation, replace(arrays, votes=votes), seed)
    frames = result.to_frames()
    compared = changes(public["statements"], public_tables(frames, exact=exact)["statements"])
    agreed_without = chosen_statements(frames)[0]
    return {TABLE: compared}, left_out_result(
        compared,
        people,
        (agreed, agreed_without),
        (public["groups"].height, len(result.grouping.names)),
        exact=exact,
    )


def register() -> None:
    """Called when the room starts."""
    registry.register(OpinionAnalysis())


def _with_layout(state: str) -> str:
    return f"{state} layout:{LAYOUT}"


def worked_out(conversation: Conversation, arrays: VoteArrays, seed: int) -> tuple[OpinionResult, str]:
    """The method's result, and why it has no groups: ``sensitive``, ``early``, ``none_fit``, or empty when it has."""
    table = vote_table(arrays.votes, arrays.statements)
    asked_of = min(ENOUGH_VOTES, max(1, int(table.voted.sum())))
    if not rules.can_be_grouped(conversation):
        return analyse(table, NEVER_GROUPED, seed=seed), "sensitive"
    if conversation.groups_are_named and conversation.named_parts:
        return _named_groups(table, arrays, seed)
    if int((table.votes_per_person >= asked_of).sum()) < FEWEST_PEOPLE:
        return analyse(table, NEVER_GROUPED, seed=seed), "early"
    options = OpinionOptions(resamples=resamples_for(len(table.participants)))
    result = analyse(table, options, seed=seed)
    return result, "" if result.grouping.names else "none_fit"


def _named_groups(table: VoteTable, arrays: VoteArrays, seed: int) -> tuple[OpinionResult, str]:
    """The named parts as the groups: A is the first of them. A part of fewer than five who answered is none."""
    voted = set(table.participants.to_list())
    of_part: dict[int, list[int]] = {}
    for who, part in arrays.parts.iter_rows():
        if who in voted:
            of_part.setdefault(part, []).append(who)
    large = {part: who for part, who in of_part.items() if len(who) >= FEWEST_VOTERS_PER_GROUP}
    if len(large) < 2:
        return analyse(table, NEVER_GROUPED, seed=seed), "early"
    given = {str(one): LETTERS[part - 1] for part, who in large.items() for one in who}
    return analyse(table, OpinionOptions(given=given, resamples=0), seed=seed), ""


def resamples_for(people: int) -> int:
    """How often people are drawn anew: the work is bounded by drawing very many of them fewer times."""
    return max(FEWEST_RESAMPLES, min(RESAMPLES, RESAMPLES * RESAMPLED_IN_FULL // max(people, 1)))


def with_earlier_letters(frames: dict[str, pl.DataFrame], subject: UUID) -> dict[str, pl.DataFrame]:
    """The tables with the letters of the last result, so that the people whom readers know as A stay A."""
    newest = snapshots.newest_good(KIND, subject)
    earlier = None if newest is None else snapshots.table(newest.id, "participants")
    if earlier is None or not frames["groups"].height:
        return frames
    both = frames["participants"].join(
        earlier.select("participant", earlier="group"), on="participant", how="left", maintain_order="left"
    )
    letters = carry_labels(both["group"].fill_null("").to_list(), both["earlier"].fill_null("").to_list())
    renamed = pl.col("group").replace(letters)
    return frames | {
        "participants": frames["participants"].with_columns(renamed),
        **{
            name: frames[name].with_columns(renamed).sort("group", maintain_order=True)
            for name in ("groups", "group_statements", "representative")
        },
    }


def without_sides(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables without the scores that come from the sides on which people stand."""
    nothing = (pl.lit(None, pl.Float64).alias(name) for name in BRIDGING)
    return frames | {"statements": frames["statements"].with_columns(nothing)}


def write_standings(arrays: VoteArrays, statements: pl.DataFrame) -> None:
    """How each statement stands, for the drawing of the next one."""
    rows = statements.select("statement", "agree", "disagree", "pass", "priority").iter_rows()
    standings = [
        StatementStanding(
            statement_id=arrays.statement_ids[number],
            agree=agree,
            disagree=disagree,
            passed=passed,
            priority=priority,
        )
        for number, agree, disagree, passed, priority in rows
    ]
    with transaction.atomic():
        StatementStanding.objects.bulk_create(
            standings,
            update_conflicts=True,
            unique_fields=["statement"],
            update_fields=["agree", "disagree", "passed", "priority"],
        )


def shown_result(
    result: OpinionResult, frames: dict[str, pl.DataFrame], public: dict[str, pl.DataFrame], *, exact: bool
) -> dict[str, Any]:
    """Every number that the results page shows; statements by their number, counts as they are published."""
    agreed, dividing = chosen_statements(frames)
    bridging = bridging_statements(frames, result.bridging.people)
    far_apart = set(result.table.statements.gather(result.two_scores.far_apart).to_list())
    sets_apart: dict[str, list[list[Any]]] = {}
    for group, number, direction in (
        public["representative"].select("group", "statement", "direction").iter_rows()
    ):
        sets_apart.setdefault(group, []).append([number, direction])
    shared = public["consensus"].select("statement", "direction").rows()
    named = set(bridging) | {
        row[0] for row in [*agreed, *shared, *(pair for pairs in sets_apart.values() for pair in pairs)]
    }
    return {
        "exact": exact,
        "named_groups": result.grouping.given and bool(result.grouping.names),
        "people": len(result.table.participants),
        "placed": int(result.grouping.in_conversation.sum()),
        "votes": len(result.table.vote),
        "shown": int((~result.table.moderated_out).sum()),
        "not_shown": int((result.table.voted & result.table.moderated_out).sum()),
        "groups": public["groups"].select("group", "size").rows(),
        "solutions": public["solutions"].select("groups", "silhouette", "chosen").rows(),
        "equally_good": list(result.grouping.equally_good),
        "stability": _stability(result.stability.resamples, frames),
        "agreed": agreed,
        "dividing": dividing,
        "bridging": bridging,
        "look_twice": [number for number, _direction in agreed if number in far_apart],
        "sets_apart": sets_apart,
        "shared": shared,
        "rows": _rows(public, named | set(dividing)),
    }


def _stability(resamples: int, frames: dict[str, pl.DataFrame]) -> dict[str, Any] | None:
    """How often people were drawn anew, and how far the groups, and each of them, came out again."""
    stays = frames["participants"]["group_stability"].drop_nulls()
    if not len(stays):
        return None
    index = frames["solutions"].filter("chosen")["stability"].item()
    return {
        "resamples": resamples,
        "index": round(index, 2),
        "stays": round(float(stays.to_numpy().mean()), 2),
        "groups": frames["groups"].select("group", pl.col("stability").round(2)).rows(),
    }


def chosen_statements(frames: dict[str, pl.DataFrame]) -> tuple[list[tuple[int, str]], list[int]]:
    """What all groups agree on (number and direction) and what divides them, the clearest first.

    Agreed: more than half of **every** group, by the shrunken rate. In both lists at least five people of every group
    have answered. Statements about the people themselves are in neither.
    """
    agree, disagree = ((pl.col(name) + 1) / (pl.col("seen") + 2) for name in ("agree", "disagree"))
    least = (
        frames["group_statements"]
        .group_by("statement")
        .agg(least_seen=pl.col("seen").min(), least_agree=agree.min(), least_disagree=disagree.min())
    )
    asked = frames["statements"].filter(~pl.col("moderated_out"), ~pl.col("meta")).join(least, on="statement")
    asked = asked.filter(pl.col("least_seen") >= FEWEST_VOTERS_PER_GROUP)
    for_it = pl.col("least_agree") > 0.5
    agreed = (
        asked.filter(for_it | (pl.col("least_disagree") > 0.5))
        .with_columns(
            direction=pl.when(for_it).then(pl.lit("agree")).otherwise(pl.lit("disagree")),
            score=pl.when(for_it).then("consensus_agree").otherwise("consensus_disagree"),
        )
        .sort("score", "statement", descending=[True, False])
        .head(MOST_AGREED)
    )
    dividing = (
        asked.filter(pl.col("divisiveness") > 0, ~pl.col("statement").is_in(agreed["statement"].implode()))
        .sort("divisiveness", "statement", descending=[True, False])
        .head(MOST_DIVIDING)
    )
    return agreed.select("statement", "direction").rows(), dividing["statement"].to_list()


def bridging_statements(frames: dict[str, pl.DataFrame], people: int) -> list[int]:
    """What people agree with who otherwise vote differently, the clearest first; it needs no groups.

    The whole interval of the score lies above the middle of all scores, more than half of those who answered agree by
    the shrunken rate, and it is no statement about the people. Nothing where fewer than 15 people answered often
    enough: with so few there are no sides to speak of.
    """
    statements = frames["statements"]
    if people < FEWEST_PEOPLE or not statements["bridging"].count():
        return []
    liked = (pl.col("agree") + 1) / (pl.col("seen") + 2) > 0.5
    clear = pl.col("bridging_low") > statements["bridging"].mean()
    asked = statements.filter(~pl.col("moderated_out"), ~pl.col("meta"), liked, clear)
    ranked = asked.sort("bridging", "statement", descending=[True, False])
    return ranked["statement"].head(MOST_BRIDGING).to_list()


def _rows(public: dict[str, pl.DataFrame], named: set[int]) -> dict[str, dict[str, list[int | None]]]:
    """Per statement the published counts: of everybody under an empty name, then of each group."""
    columns = ("agree", "disagree", "pass", "seen")
    rows: dict[str, dict[str, list[int | None]]] = {}
    for name, *counts in public["statements"].select("statement", *columns).iter_rows():
        if name in named:
            rows[str(name)] = {"": counts}
    for name, group, *counts in public["group_statements"].select("statement", "group", *columns).iter_rows():
        if name in named:
            rows[str(name)][group] = counts
    return rows


def pictures_of(frames: dict[str, pl.DataFrame], *, exact: bool) -> dict[str, tuple[Picture, ...]]:
    """The landscape in each language; none where nobody is grouped."""
    if not frames["groups"].height:
        return {}
    pictures: dict[str, tuple[Picture, ...]] = {}
    for language in settings.LANGUAGES_OF_PICTURES:
        with translation.override(language):
            pictures[language] = (landscape(frames, exact=exact),)
    return pictures


def landscape(frames: dict[str, pl.DataFrame], *, exact: bool) -> Picture:
    """Everybody who is grouped, near those who voted alike; letters keep their looks from one result to the next."""
    letters = frames["groups"]["group"].to_list()
    known = LETTERS[: LETTERS.index(max(letters)) + 1]
    options = LandscapeOptions(
        fewest=settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT,
        people_rounded_to=1 if exact else settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT,
        columns=(_("Group"), _("People"), _("Centre across"), _("Centre up"), _("Spread")),
    )
    sizes = [
        _("%(group)s with %(count)s") % {"group": letter, "count": number_in_words(options.people(size))}
        for letter, size in frames["groups"].select("group", "size").iter_rows()
    ]
    return opinion_landscape(
        frames["participants"].drop_nulls(["group", "x", "y"]).select("x", "y", "group"),
        name=LANDSCAPE,
        title=_("Who voted alike"),
        description=_(
            "A map of opinions. Each dot is a person; dots that are near each other voted alike. "
            "The people stand in these groups: %(groups)s."
        )
        % {"groups": ", ".join(sizes)},
        labels={letter: _("Group %(letter)s") % {"letter": letter} for letter in known},
        options=options,
    )
