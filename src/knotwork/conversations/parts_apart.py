"""Who took part in which way, and what each named part of the people said: worked out once, published with care.

A conversation may ask 'which are you?', with two to four named parts such as leaders and residents. Their answers are
then shown apart. Which part somebody named stands in no export of single votes, and nothing finer than the published
counts is kept: every count is rounded to 5, one from 1 to 4 is left out, and where leaving out one would let it be
worked back from the number of all who took part, the next smallest is left out too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from knotwork.conversations.exports import COUNTS, as_text, published
from knotwork.conversations.vote_arrays import VoteArrays
from knotwork.methods.disclosure import publishable_counts

MOST_APART = 6
TABLES = ("parts", "part_statements")


def published_sizes(sizes: Mapping[Any, int], *, exact: bool = False) -> dict[Any, int | None]:
    """Sizes of parts of a whole that everybody knows, so that no hidden one can be worked back; zeros are left out.

    >>> published_sizes({"online": 298, "paper": 96, "helped": 18})
    {'online': 300, 'paper': 95, 'helped': 20}
    >>> published_sizes({"online": 298, "paper": 96, "helped": 3})
    {'online': 300, 'paper': None, 'helped': None}
    """
    there = {name: size for name, size in sizes.items() if size}
    if exact or not there:
        return dict(there)
    rounded = publishable_counts(list(there.values())).value.tolist()
    shown = {name: None if size != size else int(size) for name, size in zip(there, rounded, strict=True)}
    visible = sorted((there[name], name) for name, size in shown.items() if size is not None)
    if len(visible) == len(shown) - 1 and visible:
        shown[visible[0][1]] = None
    return shown


def part_tables(arrays: VoteArrays, statements: pl.DataFrame, names: int) -> dict[str, pl.DataFrame]:
    """The answers of each of the ``names`` parts to each shown statement, as everybody may have them.

    ``parts`` has ``part, people``; ``part_statements`` has ``statement, part`` and the published counts with their
    shares and limits. Parts are counted from 1.
    """
    voted = arrays.votes.join(arrays.parts, on="participant", how="inner")
    people = dict(voted.group_by("part").agg(pl.col("participant").n_unique()).iter_rows())
    all_people = arrays.votes["participant"].n_unique()
    # Who did not say is the rest of a whole that everybody knows, so it counts when sizes are hidden.
    sizes = published_sizes(people | {0: all_people - sum(people.values())})
    parts = pl.DataFrame(
        {"part": range(1, names + 1), "people": [sizes.get(part, 0) for part in range(1, names + 1)]},
        {"part": pl.Int64, "people": pl.Int64},
    )
    shown = statements.filter(~pl.col("moderated_out")).select("statement")
    counted = voted.group_by("statement", "part").agg(
        agree=(pl.col("vote") == 1).sum(),
        disagree=(pl.col("vote") == -1).sum(),
        **{"pass": (pl.col("vote") == 0).sum(), "seen": pl.len()},
    )
    grid = shown.join(parts.select("part"), how="cross")
    every = grid.join(counted, on=["statement", "part"], how="left", maintain_order="left")
    every = every.with_columns(pl.col(name).fill_null(0).cast(pl.Int64) for name in COUNTS)
    return {"parts": parts, "part_statements": published(every, exact=False)}


def part_result(tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """What the results page shows: sizes, and the statements on which the parts stand furthest apart."""
    rows = tables["part_statements"]
    spread = (
        rows.group_by("statement")
        .agg(
            apart=pl.col("agree_share").max() - pl.col("agree_share").min(),
            known=pl.col("agree_share").count(),
        )
        .filter(pl.col("known") > 1)
        .sort("apart", "statement", descending=[True, False])
        .head(MOST_APART)
    )
    numbers = spread["statement"].to_list()
    counts: dict[str, dict[str, list[int | None]]] = {}
    chosen = rows.filter(pl.col("statement").is_in(numbers)).select("statement", "part", *COUNTS)
    for statement, part, *cells in chosen.iter_rows():
        counts.setdefault(str(statement), {})[str(part)] = cells
    return {"parts": tables["parts"].rows(), "apart": numbers, "part_rows": counts}


def with_names(table: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The table with the name of each part beside its number, where it tells of parts."""
    if "part" not in table.columns:
        return table
    known = {"part": range(1, len(names) + 1), "name": [as_text(name) for name in names]}
    named = table.join(
        pl.DataFrame(known, {"part": pl.Int64, "name": pl.String}), on="part", maintain_order="left"
    )
    at = table.columns.index("part") + 1
    return named.select(*table.columns[:at], "name", *table.columns[at:])
