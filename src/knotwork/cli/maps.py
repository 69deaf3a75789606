"""``knotwork maps``: causal maps in, loops, merged maps and other formats out."""

from __future__ import annotations

import time
from pathlib import Path

import click

from knotwork.cli.analyst import about_the_run, input_problems_refused, use_few_threads

__all__ = ["maps"]

_PATH = click.Path(path_type=Path)
_KINDS = click.Choice(["csv", "mmp", "json"])


@click.group()
def maps() -> None:
    """Work with causal maps: loops, merging, other formats.

    A MAP is a folder (or a zip of it) with factors.csv and links.csv, a .mmp file of Mental Modeler, or our own JSON.
    """


@maps.command()
@click.argument("source", metavar="MAP", type=_PATH)
@click.option("--out", required=True, metavar="DIR", type=_PATH, help="Folder for the results.")
@click.option(
    "--up-to", type=click.IntRange(1), default=8, show_default=True, help="The most factors in a loop."
)
@click.option("--from", "kind", type=_KINDS, help="The format of MAP, if its name does not say it.")
@click.option(
    "--format",
    "table_format",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="Format of the tables.",
)
def loops(source: Path, out: Path, up_to: int, kind: str | None, table_format: str) -> None:
    """Find the feedback loops and the few that tell the story.

    What several people drew is merged first; the support of a loop is then the smallest share of people who drew one
    of its links.
    """
    began = time.perf_counter()
    use_few_threads()
    with input_problems_refused():
        from knotwork.cli.map_input import contested, files_of, read_maps, summary_of
        from knotwork.cli.map_tables import loop_tables
        from knotwork.formats.writing import write_result
        from knotwork.methods.causal.loops import feedback_loops

        joined, merged = read_maps([source], kind)
        graph = merged.graph([factor.id for factor in joined.map_file.factors])
        found = feedback_loops(graph, up_to=up_to)
        tables = loop_tables(graph, found)
        warnings = contested(merged)
        if found.hit_cap:
            warnings.append(
                f"Loops of up to {up_to} factors are too many to search for: these are all of up to {found.up_to}."
            )
        reinforcing = int((found.sign > 0).sum())
        sentence = f"{len(found.cycles)} loops of up to {found.up_to} factors: "
        sentence += f"{reinforcing} reinforcing, {len(found.cycles) - reinforcing} balancing."
        summary = summary_of("loops", joined, {"up_to": up_to}, warnings, sentence)
        summary["found"] = {
            "loops": len(found.cycles),
            "reinforcing": reinforcing,
            "story": len(tables["story"]),
            "up_to": found.up_to,
            "hit_cap": found.hit_cap,
        }
        summary["run"] = about_the_run(source, out, began, files=files_of([source]), format=table_format)
        write_result(out, tables, summary, table_format=table_format)
    click.echo(sentence)


@maps.command()
@click.argument("sources", metavar="MAP...", nargs=-1, required=True, type=_PATH)
@click.option("--out", required=True, metavar="FILE", type=_PATH, help="The merged map, in our own JSON.")
@click.option("--from", "kind", type=_KINDS, help="The format of each MAP, if its name does not say it.")
def merge(sources: tuple[Path, ...], out: Path, kind: str | None) -> None:
    """Lay the maps of several people on one another; each of them is kept whole in the result.

    Factors that bear the same words are taken for the same factor. Labels that may mean the same are listed in the
    summary, for a person to decide.
    """
    began = time.perf_counter()
    use_few_threads()
    with input_problems_refused():
        from knotwork.cli.map_input import contested, files_of, read_maps, summary_of, written_with_summary
        from knotwork.formats.maps_json import map_as_json
        from knotwork.formats.writing import json_bytes

        listed = sorted(sources)
        joined, merged = read_maps(listed, kind)
        disputed = int((merged.links["conflict"] > 0).sum())
        sentence = (
            f"{len(joined.map_file.perspectives)} people's maps, {len(joined.map_file.factors)} factors, "
        )
        sentence += f"{len(merged.links)} links, {disputed} contested."
        summary = summary_of("merge", joined, {}, contested(merged), sentence)
        summary["found"] = {
            "merged_links": len(merged.links),
            "contested_links": disputed,
            "matched_factors": joined.matched,
            "perhaps_the_same": [list(pair) for pair in joined.alike],
        }
        summary["run"] = about_the_run(listed[0], out, began, files=files_of(listed))
        written_with_summary({out: json_bytes(map_as_json(joined.map_file))}, out, summary)
    click.echo(sentence)


@maps.command()
@click.argument("source", metavar="IN", type=_PATH)
@click.argument("target", metavar="OUT", type=_PATH)
@click.option("--from", "from_kind", type=_KINDS, help="The format of IN, if its name does not say it.")
@click.option("--to", "to_kind", type=_KINDS, help="The format of OUT, if its name does not say it.")
def convert(source: Path, target: Path, from_kind: str | None, to_kind: str | None) -> None:
    """Write a map in another format. What that format cannot carry is listed on standard error.

    OUT ends in .mmp, .json or .zip, or is a folder for two CSV tables. A .mmp holds one person's map: where there are
    several, each gets a numbered file.
    """
    began = time.perf_counter()
    use_few_threads()
    with input_problems_refused():
        from knotwork.cli.map_input import files_of, places_of, read_maps, summary_of, written_with_summary
        from knotwork.formats.maps import kind_of, write_map

        kind = to_kind or kind_of(target.name)
        joined, _ = read_maps([source], from_kind)
        written = write_map(joined.map_file, kind)
        places = places_of(written, kind, target)
        lost = [*joined.map_file.lost, *written.lost]
        sentence = f"Written: {', '.join(place.name for place in places)}."
        summary = summary_of("convert", joined, {"to": kind}, [], sentence)
        summary["found"] = {"not_carried_over": lost}
        summary["run"] = about_the_run(source, target, began, files=files_of([source]))
        written_with_summary(places, target, summary)
    for words in lost:
        click.echo(f"Not carried over: {words}", err=True)
    click.echo(sentence)
