"""What the verbs of ``knotwork maps`` have in common: maps in, what ``summary.json`` says of them, files out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from knotwork import __version__
from knotwork.formats.maps import LARGEST_MAP, WrittenMap, read_map
from knotwork.formats.maps_json import merged_links
from knotwork.formats.maps_together import NamedMap, Together, together
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import open_file
from knotwork.formats.writing import json_bytes, write_files
from knotwork.formats.zips import zipped
from knotwork.methods.causal import METHOD_VERSION
from knotwork.methods.causal.merge import Merged

__all__ = ["contested", "files_of", "places_of", "read_maps", "summary_of", "written_with_summary"]

TABLES = (".csv", ".csv.gz", ".parquet")


def read_maps(sources: Sequence[Path], kind: str | None) -> tuple[Together, Merged]:
    """All maps as one with every perspective whole, and their links laid on one another."""
    joined = together([NamedMap(source.stem, read_map(source, kind)) for source in sources])
    return joined, merged_links(joined.map_file)


def contested(merged: Merged) -> list[str]:
    """What to say of links that some see one way and some the other."""
    many = int((merged.links["conflict"] > 0).sum())
    if not many:
        return []
    return [f"{many} {'link is' if many == 1 else 'links are'} contested: some drew +, some drew -."]


def summary_of(
    verb: str, joined: Together, options: dict[str, Any], warnings: list[str], sentence: str
) -> dict[str, Any]:
    """``summary.json`` without what was found and without its key ``run``."""
    map_file = joined.map_file
    links = sum(len(one.links) for one in map_file.perspectives)
    return {
        "command": f"maps {verb}",
        "method": "causal",
        "method_version": METHOD_VERSION,
        "knotwork": __version__,
        "input": {
            "rows": len(map_file.factors) + links,
            "factors": len(map_file.factors),
            "links": links,
            "perspectives": len(map_file.perspectives),
            "map_sha256": _fingerprint(joined),
        },
        "options": options,
        "seed": None,
        "warnings": [f"Not used: {words}." for words in map_file.lost] + warnings,
        "summary": sentence,
    }


def files_of(sources: Sequence[Path]) -> list[dict[str, Any]]:
    """Name, size and hash of every file that was read."""
    paths = [
        path
        for source in sources
        for path in (sorted(source.iterdir()) if source.is_dir() else [source])
        if not source.is_dir()
        or path.name in {f"{name}{end}" for name in ("factors", "links") for end in TABLES}
    ]
    files = [open_file(path, largest=LARGEST_MAP) for path in paths]
    return [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files]


def places_of(written: WrittenMap, kind: str, target: Path) -> dict[Path, bytes]:
    """Where each file of a written map goes."""
    if kind == "csv" and target.suffix.lower() == ".zip":
        return {target: zipped(written.files)}
    if kind == "csv":
        if target.is_file():
            raise InputProblem(str(target), found="a file", expected="a folder, or a name that ends in .zip")
        return {target / name: content for name, content in written.files.items()}
    if target.is_dir():
        raise InputProblem(str(target), found="a folder", expected="a file that can be written")
    if len(written.files) == 1:
        return {target: next(iter(written.files.values()))}
    return {
        target.with_name(f"{target.stem}-{number}{target.suffix}"): content
        for number, content in enumerate(written.files.values(), start=1)
    }


def written_with_summary(
    contents: Mapping[Path, bytes], target: Path, summary: Mapping[str, Any]
) -> list[Path]:
    """Write the files and their summary: in the folder if there is one, else beside the file that was asked for."""
    in_a_folder = target not in contents and all(place.parent == target for place in contents)
    about = target / "summary.json" if in_a_folder else target.with_name(f"{target.name}.summary.json")
    return write_files({**contents, about: json_bytes(summary)})


def _fingerprint(joined: Together) -> str:
    """A hash of the map itself, the same for its rows in any order and in any folder."""
    factors, perspectives = joined.map_file.factors, joined.map_file.perspectives
    content = json.dumps([[astuple(factor) for factor in factors], [astuple(one) for one in perspectives]])
    return hashlib.sha256(content.encode()).hexdigest()
