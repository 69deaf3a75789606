"""``knotwork opinion``: a conversation's votes in, plain tables and one ``summary.json`` out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.analyst import about_the_run, input_problems_refused, use_few_threads

if TYPE_CHECKING:
    from knotwork.formats.conversation_input import ConversationInput
    from knotwork.methods.opinion import OpinionOptions, OpinionResult

__all__ = ["opinion"]


@click.group()
def opinion() -> None:
    """Analyse conversations of statements and votes."""


@opinion.command()
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option("--groups", type=click.IntRange(2, 20), metavar="K", help="Ask for this number of groups.")
@click.option(
    "--given-groups",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Use these groups (participant, group) instead of finding them.",
)
@click.option("--strict", is_flag=True, help="Leave out statements that nobody has moderated yet, too.")
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Level of the intervals.",
)
@click.option(
    "--resamples",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="How often people are drawn anew, for intervals and stability; 0: not at all.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="For all that is random.")
@click.option(
    "--engine",
    type=click.Choice(["inline", "processes", "dask"]),
    default="inline",
    show_default=True,
    help="Where the work is done; the results are the same.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Address of the Dask scheduler.")
@click.option(
    "--format",
    "table_format",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Format of the tables.",
)
def analyse(source: Path, out: Path, table_format: str, strict: bool, **chosen: Any) -> None:
    """Find groups, common ground and what sets each group apart.

    INPUT is the folder of a Polis export, a folder with what the Polis API gives, a table (CSV, CSV.gz,
    Parquet) with the columns participant, statement, vote (1, 0, -1) and perhaps time, or a folder of Parquet
    parts of it.
    """
    _refuse_contradictions(chosen)
    began = time.perf_counter()
    use_few_threads()
    with input_problems_refused(), _progress() as tell:
        said = _analyse(source, out, table_format, strict, chosen, began, tell)
    click.echo(said)


def _refuse_contradictions(chosen: dict[str, Any]) -> None:
    if chosen["groups"] is not None and chosen["given_groups"] is not None:
        raise click.UsageError(
            "Either ask for a number of groups (--groups) or give them (--given-groups), not both."
        )
    if chosen["scheduler"] is not None and chosen["engine"] != "dask":
        raise click.UsageError("A --scheduler goes with --engine dask.")


def _analyse(
    source: Path,
    out: Path,
    table_format: str,
    strict: bool,
    chosen: dict[str, Any],
    began: float,
    tell: Callable[[str], None],
) -> str:
    """Read, analyse, write; what was found, in words."""
    from knotwork.formats.conversation_input import read_conversation
    from knotwork.formats.sources import open_file
    from knotwork.formats.votes import read_given_groups
    from knotwork.formats.writing import write_result
    from knotwork.methods.opinion import OpinionOptions
    from knotwork.methods.opinion import analyse as analyse_votes
    from knotwork.methods.partitions import open_engine

    tell("reading")
    given_file = chosen["given_groups"]
    options = OpinionOptions(
        groups=chosen["groups"],
        given=read_given_groups(open_file(given_file)) if given_file else None,
        level=chosen["level"],
        resamples=chosen["resamples"],
        engine=chosen["engine"],
        scheduler=chosen["scheduler"],
    )
    with open_engine(options.engine, options.scheduler) as engine:
        read = read_conversation(source, strict=strict, engine=engine)
        result = analyse_votes(
            read.table, options, seed=chosen["seed"], progress=tell, engine=engine, parts=read.parts
        )
    tell("writing")
    summary = summarise(read, result, strict=strict)
    summary["run"] = about_the_run(
        source,
        out,
        began,
        given_groups=str(given_file) if given_file else None,
        files=[{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in read.files],
        engine=options.engine,
        format=table_format,
    )
    write_result(out, result.to_frames(), summary, table_format=table_format)
    return result.summary()


def summarise(read: ConversationInput, result: OpinionResult, *, strict: bool) -> dict[str, Any]:
    """``summary.json`` without its key ``run``: the same for the same votes in any order."""
    from knotwork import __version__
    from knotwork.formats.conversation_input import fingerprint
    from knotwork.methods.opinion import METHOD_VERSION, in_words

    return {
        "command": "opinion analyse",
        "method": "opinion",
        "method_version": METHOD_VERSION,
        "knotwork": __version__,
        "input": {"rows": read.rows, "votes_sha256": fingerprint(read.table)},
        "options": _options(result.options, strict),
        "seed": result.seed,
        "found": {
            "participants": len(result.table.participants),
            "statements": len(result.table.statements),
            "votes": len(result.table.vote),
            "in_conversation": int(result.grouping.in_conversation.sum()),
            "groups": result.grouping.chosen,
            "shares_of_variation": [float(share) for share in result.landscape.shares],
            "bridging": _bridging(result),
        },
        "warnings": [remark.in_words() for remark in read.warnings]
        + [in_words(one) for one in result.notices],
        "summary": result.summary(),
    }


def _bridging(result: OpinionResult) -> dict[str, Any]:
    """How the scores without groups came about, and how they compare with those of the groups."""
    bridges, two = result.bridging, result.two_scores
    return {
        "people": bridges.people,
        "votes": bridges.votes,
        "loss": _number(bridges.loss),
        "resamples": bridges.resamples,
        "spearman_with_consensus": _number(two.correlation),
        "far_apart": result.table.statements.gather(two.far_apart).to_list(),
    }


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _options(options: OpinionOptions, strict: bool) -> dict[str, Any]:
    return {
        "groups": options.groups,
        "given_groups": None if options.given is None else len(options.given),
        "level": options.level,
        "resamples": options.resamples,
        "strict": strict,
    }


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, silence anywhere else."""
    if not _on_a_terminal():
        yield lambda step: None
        return
    from knotwork.methods.opinion import STEPS

    with click.progressbar(length=len(STEPS) + 2, file=sys.stderr, item_show_func=lambda step: step) as bar:
        yield lambda step: bar.update(1, step)


def _on_a_terminal() -> bool:
    return sys.stderr.isatty()
