"""What every table and column that can be taken from a conversation means, in which unit, and how it is rounded.

The page, its download and ``docs/analysts/data-dictionary.md`` are all made from this; a test holds it to the
columns that are really there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

PEOPLE, SHARE, NUMBER, WORD, ID, DAY = "people", "share of 1", "number", "word", "number of it", "day"
EXACT = "as it is"
COUNTED = "to 5; from 1 to 4 left out; exact where votes are published"
FROM_COUNTS = "worked out from the published counts"
EMPTY = "empty unless votes are published"
_IN_STEPS = "in steps of five answers, unless votes are published"
_TWO = "to 2 places, unless votes are published"
_WITH_ANOTHER = "to 5; from 1 to 4 left out, a single hidden one with another"


@dataclass(frozen=True)
class Column:
    """One column: its meaning, its unit, and its rounding rule."""

    name: str
    meaning: str
    unit: str = NUMBER
    rounding: str = EXACT


@dataclass(frozen=True)
class Table:
    """One table: what it holds, what one row is, and its columns in their order."""

    name: str
    meaning: str
    row: str
    columns: tuple[Column, ...]
    is_of_rows: bool = False


_STATEMENT = (
    Column("statement", "The number of the statement in its conversation.", unit=ID),
    Column("text", "Its words, as they are shown at this moment.", unit=WORD),
)
_GROUP = Column("group", "The letter of the group; it stays from one result to the next.", unit=WORD)
_ANSWERS = (
    Column("agree", "How many agreed.", PEOPLE, COUNTED),
    Column("disagree", "How many disagreed.", PEOPLE, COUNTED),
    Column("pass", "How many passed.", PEOPLE, COUNTED),
    Column("seen", "How many answered at all: agreed, disagreed or passed.", PEOPLE, COUNTED),
)


def _shares(said: str) -> tuple[Column, ...]:
    return (
        Column(f"{said}_share", f"Of those who answered, the share that {said}s.", SHARE, FROM_COUNTS),
        Column(f"{said}_low", "The lower end of Wilson's range of 95% of that share.", SHARE, FROM_COUNTS),
        Column(f"{said}_high", "The upper end of that range.", SHARE, FROM_COUNTS),
    )


_BEHIND = (
    Column("share", "Of those who answered, the share that went this direction.", SHARE, FROM_COUNTS),
    Column("share_low", "The lower end of Wilson's range of 95% of that share.", SHARE, FROM_COUNTS),
    Column("share_high", "The upper end of that range.", SHARE, FROM_COUNTS),
    Column("seen", "How many answered at all.", PEOPLE, COUNTED),
)
_DIRECTION = Column("direction", "`agree` or `disagree`: which way it goes.", WORD)
_RANK = Column("rank", "Its place in the list, from 1.")
_SHRUNKEN = Column("probability", "(count + 1) / (seen + 2), for the direction.", SHARE, FROM_COUNTS)
_TEST = Column("probability_test", "How far the share is from one half, as a z-test.", NUMBER, EMPTY)

PUBLIC: tuple[Table, ...] = (
    Table(
        "statements",
        "How everybody answered each statement that is shown.",
        "a statement",
        (
            *_STATEMENT,
            Column(
                "meta",
                "Whether it is about the people who answer, and so takes no part in groups.",
                "yes or no",
            ),
            *_ANSWERS,
            Column("extremity", "How far from the middle of the map its voters stand.", NUMBER, EMPTY),
            Column("priority", "How likely it is to be asked next, against the others.", NUMBER, EMPTY),
            Column(
                "consensus_agree",
                "Agreement across groups: the product of their agreement.",
                SHARE,
                FROM_COUNTS,
            ),
            Column("consensus_agree_low", "The lower end of its range.", SHARE, FROM_COUNTS),
            Column("consensus_agree_high", "The upper end of its range.", SHARE, FROM_COUNTS),
            Column("consensus_disagree", "The same for disagreement.", SHARE, FROM_COUNTS),
            Column("bridging", "How far people agree with it who otherwise disagree.", NUMBER, _IN_STEPS),
            Column("bridging_low", "The lower end of its range over people drawn anew.", NUMBER, _IN_STEPS),
            Column("bridging_high", "The upper end of that range.", NUMBER, _IN_STEPS),
            Column("divisiveness", "How far apart the groups stand, beyond chance.", NUMBER, FROM_COUNTS),
            *_shares("agree"),
            *_shares("disagree"),
        ),
    ),
    Table(
        "groups",
        "The groups of those who voted alike.",
        "a group",
        (
            _GROUP,
            Column("size", "How many people stand in it.", PEOPLE, COUNTED),
            Column(
                "stability",
                "How alike it stays when people are drawn anew; empty where not measured.",
                SHARE,
                _TWO,
            ),
        ),
    ),
    Table(
        "group_statements",
        "How each group answered each statement that is shown.",
        "a group and a statement",
        (_GROUP, *_STATEMENT, *_ANSWERS, *_shares("agree"), *_shares("disagree")),
    ),
    Table(
        "representative",
        "What sets each group apart from the others.",
        "a group and one of its statements",
        (
            _GROUP,
            _RANK,
            *_STATEMENT,
            _DIRECTION,
            _SHRUNKEN,
            _TEST,
            Column("representativeness", "Its share in the group over that outside.", NUMBER, EMPTY),
            Column("representativeness_test", "How sure that is, as a z-test.", NUMBER, EMPTY),
            *_BEHIND,
        ),
    ),
    Table(
        "consensus",
        "What everybody together agrees or disagrees with, whatever the groups.",
        "a statement",
        (_DIRECTION, _RANK, *_STATEMENT, _SHRUNKEN, _TEST, *_BEHIND),
    ),
    Table(
        "solutions",
        "The numbers of groups that were tried.",
        "a number of groups",
        (
            Column("groups", "How many groups."),
            Column(
                "silhouette",
                "How well they are set apart, from -1 to 1.",
                NUMBER,
                _TWO,
            ),
            Column(
                "stability",
                "How alike they stay when people are drawn anew; empty where not measured.",
                SHARE,
                _TWO,
            ),
            Column("chosen", "Whether this number is shown.", "yes or no"),
        ),
    ),
    Table(
        "parts",
        "Who said which part of the people they are; only where a conversation asks.",
        "a part",
        (
            Column("part", "The number of the part, from 1.", unit=ID),
            Column("name", "Its name.", WORD),
            Column(
                "people",
                "How many named it.",
                PEOPLE,
                _WITH_ANOTHER,
            ),
        ),
    ),
    Table(
        "part_statements",
        "How each part answered each statement that is shown.",
        "a statement and a part",
        (
            *_STATEMENT,
            Column("part", "The number of the part, from 1.", unit=ID),
            Column("name", "Its name.", WORD),
            *_ANSWERS,
            *_shares("agree"),
            *_shares("disagree"),
        ),
    ),
    Table(
        "without_flagged",
        "How agreement changes when flagged participants are left out; only where enough are flagged.",
        "a statement",
        (
            *_STATEMENT,
            Column("seen", "How many answered it.", PEOPLE, COUNTED),
            Column("agree_share", "The share of them that agrees.", SHARE, FROM_COUNTS),
            Column("seen_without", "How many answered it, flagged participants left out.", PEOPLE, COUNTED),
            Column("agree_share_without", "The share of those that agrees.", SHARE, FROM_COUNTS),
            Column("change", "The second share less the first.", NUMBER, FROM_COUNTS),
        ),
    ),
    Table(
        "reach",
        "Who took part, by what people said of themselves, beside the population; only where a conversation asks.",
        "a choice of a question",
        (
            Column("question", "`age`, `area` or `role`.", WORD),
            Column("choice", "The number of the choice, from 1.", unit=ID),
            Column("name", "Its name.", WORD),
            Column(
                "people",
                "How many gave it.",
                PEOPLE,
                _WITH_ANOTHER,
            ),
            Column(
                "share",
                "Of those who gave a choice that is compared, the share of this.",
                SHARE,
                FROM_COUNTS,
            ),
            Column("lower", "The lower end of Wilson's range of 95% of that share.", SHARE, FROM_COUNTS),
            Column("upper", "The upper end of that range.", SHARE, FROM_COUNTS),
            Column("population", "Of the people who live there and are compared, the share of these.", SHARE),
            Column("ratio", "The share over that of the population.", NUMBER, FROM_COUNTS),
            Column(
                "ratio_lower",
                "The lower end of its range; the population counts as known.",
                NUMBER,
                FROM_COUNTS,
            ),
            Column("ratio_upper", "The upper end of that range.", NUMBER, FROM_COUNTS),
            Column(
                "verdict",
                "`fewer` took part than live there, `more`, `alike` where chance explains it, or empty.",
                WORD,
                FROM_COUNTS,
            ),
            Column("population_source", "Where the population figures come from.", WORD),
            Column("population_year", "Of which year they are.", "year"),
        ),
    ),
)
_TIME = (
    Column("timestamp", "Midnight of the day, in milliseconds since 1970.", "milliseconds", "cut to the day"),
    Column("datetime", "The day.", DAY, "cut to the day"),
)
_DRAWN = "drawn anew for each export"
ROWS: tuple[Table, ...] = (
    Table(
        "votes",
        "Every vote that stands; in the columns of a Polis export.",
        "a vote",
        (
            *_TIME,
            Column("comment-id", "The number of the statement.", ID),
            Column("voter-id", "The number of the person, from 1.", ID, _DRAWN),
            Column("vote", "1 agree, 0 pass, -1 disagree."),
        ),
        is_of_rows=True,
    ),
    Table(
        "participants-votes",
        "The same votes, a row for each person; then a column for each statement, under its number.",
        "a person",
        (
            Column("participant", "The number of the person, from 1.", ID, _DRAWN),
            Column("group-id", "The group in the newest result, from 0; empty in none.", ID),
            Column("n-comments", "Always 0: nothing says who wrote a statement."),
            Column("n-votes", "How many statements she answered."),
            Column("n-agree", "How many of them she agreed with."),
            Column("n-disagree", "How many she disagreed with."),
        ),
        is_of_rows=True,
    ),
    Table(
        "comments",
        "The statements, in the columns of a Polis export.",
        "a statement",
        (
            *_TIME,
            Column("comment-id", "The number of the statement.", ID),
            Column("author-id", "Always 0: nothing says who wrote a statement.", ID),
            Column("agrees", "How many agree with it now.", PEOPLE),
            Column("disagrees", "How many disagree with it now.", PEOPLE),
            Column("moderated", "1 shown, -1 not shown."),
            Column("comment-body", "Its words; empty where it is not shown.", WORD),
            Column("is-meta", "Whether it is about the people who answer.", "yes or no"),
        ),
        is_of_rows=True,
    ),
)
SUMMARY: tuple[Column, ...] = (
    Column("topic", "The question.", WORD),
    Column("url", "The address of the page about the conversation.", WORD),
    Column("views", "Empty: nobody counts who looks."),
    Column("voters", "How many people voted.", PEOPLE, COUNTED),
    Column("voters-in-conv", "How many of them stand in a group.", PEOPLE, COUNTED),
    Column("commenters", "How many people added a statement.", PEOPLE, "to 5; from 1 to 4 left out"),
    Column("comments", "How many statements there are."),
    Column("groups", "How many groups there are in the newest result."),
    Column("conversation-description", "Why the question was asked.", WORD),
)
TABLES: tuple[Table, ...] = (
    *PUBLIC,
    *ROWS,
    Table(
        "summary",
        "What the conversation is: names and values without a header, as in a Polis export.",
        "a name and its value",
        SUMMARY,
        is_of_rows=True,
    ),
)
HEADER = ("table", "column", "meaning", "unit", "rounding")


def lines() -> Iterator[tuple[str, str, str, str, str]]:
    """Every column of every table, for the download."""
    for table in TABLES:
        for column in table.columns:
            yield (table.name, column.name, column.meaning, column.unit, column.rounding)


def as_markdown() -> str:
    """The page of the documentation."""
    parts = [_TOP]
    for table in TABLES:
        parts += [f"## `{table.name}`", "", f"{table.meaning} One row is {table.row}.", ""]
        parts += ["| column | meaning | unit | rounding |", "|---|---|---|---|"]
        parts += [
            f"| `{column.name}` | {column.meaning} | {column.unit} | {column.rounding} |"
            for column in table.columns
        ]
        parts.append("")
    return "\n".join(parts)


_TOP = """# Data dictionary

What every table and column that can be taken from a conversation means. The same stands at `/listen/data-dictionary/`,
and as a table at `/listen/data-dictionary.csv`. This page is made from `conversations/data_dictionary.py`, which a test
holds to the real columns.

The public tables come as CSV and as Parquet: `statements.csv`, `statements.parquet`. The tables of rows (`votes`,
`participants-votes`, `comments`, `summary`) are for everybody where a conversation publishes its votes; else for the
programme team and evaluators, and each time is logged. All four come together as `polis.zip`.
"""
