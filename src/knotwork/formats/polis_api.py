"""The JSON files that the Polis API gives: lists of objects, one per vote or statement.

``votes.json``: participant_id, statement_id, vote (agree is 1), modified (milliseconds since 1970).
``comments.json``: statement_id, txt, participant_id (its author), created, moderated, is_meta.
In messages an entry's row is its place in the list, counted from 1.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile
from knotwork.formats.votes import moments

__all__ = ["read_api_comments", "read_api_topic", "read_api_votes"]


def read_api_votes(source: SourceFile) -> pl.DataFrame:
    """``votes.json`` as participant, statement, vote, time."""
    entries = _entries(source, ("participant_id", "statement_id", "vote"))
    return pl.DataFrame(
        {
            "participant": _ids(entries, "participant_id", source.name),
            "statement": _ids(entries, "statement_id", source.name),
            "vote": pl.Series(_numbers(entries, "vote", source.name, (-1, 0, 1)), dtype=pl.Int8),
            "time": pl.Series(_numbers(entries, "modified", source.name), dtype=pl.Int64),
        }
    )


def read_api_comments(source: SourceFile) -> pl.DataFrame:
    """``comments.json`` as statement, text, author, created, moderated, meta."""
    entries = _entries(source, ("statement_id",))
    created = pl.Series([_text(entry.get("created")) for entry in entries], dtype=pl.String)
    authors = [entry.get("participant_id") for entry in entries]
    moderated = pl.Series(_numbers(entries, "moderated", source.name, (-1, 0, 1)), dtype=pl.Int8)
    return pl.DataFrame(
        {
            "statement": _ids(entries, "statement_id", source.name),
            "text": pl.Series([_text(entry.get("txt")) or "" for entry in entries], dtype=pl.String),
            "author": pl.Series([_text(author) for author in authors], dtype=pl.String),
            "created": (moments(created) // 1000).cast(pl.Datetime("ms", "UTC")),
            "moderated": moderated.fill_null(0),
            "meta": pl.Series([entry.get("is_meta") is True for entry in entries], dtype=pl.Boolean),
        }
    )


def read_api_topic(source: SourceFile) -> dict[str, str]:
    """``conversation.json``: its topic."""
    about = _json(source)
    return {"topic": _text(about.get("topic")) or ""} if isinstance(about, dict) else {}


def _json(source: SourceFile) -> Any:
    try:
        return json.loads(source.content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputProblem(source.name, found=str(error), expected="a JSON file in UTF-8") from error


def _entries(source: SourceFile, required: tuple[str, ...]) -> list[dict[str, Any]]:
    entries = _json(source)
    if not isinstance(entries, list):
        raise InputProblem(source.name, found="no list", expected="a list of objects")
    for row, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not all(name in entry for name in required):
            expected = f"an object with {', '.join(required)}"
            raise InputProblem(source.name, row=row, found=json.dumps(entry), expected=expected)
    return entries


def _ids(entries: list[dict[str, Any]], name: str, file: str) -> pl.Series:
    for row, entry in enumerate(entries, start=1):
        if isinstance(entry[name], bool) or not isinstance(entry[name], int | str) or entry[name] == "":
            raise InputProblem(file, row=row, column=name, found=json.dumps(entry[name]), expected="an id")
    return pl.Series([str(entry[name]) for entry in entries], dtype=pl.String)


def _numbers(
    entries: list[dict[str, Any]], name: str, file: str, allowed: tuple[int, ...] | None = None
) -> list[int | None]:
    """Whole numbers (a float without a fraction is one); null only where any number is allowed or it is left
    out."""
    numbers: list[int | None] = []
    for row, entry in enumerate(entries, start=1):
        value = entry.get(name)
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
        if (value is not None or (name in entry and allowed)) and (
            not whole or (allowed is not None and value not in allowed)
        ):
            expected = ", ".join(map(str, allowed)) if allowed else "a whole number"
            raise InputProblem(file, row=row, column=name, found=json.dumps(value), expected=expected)
        numbers.append(None if value is None else int(value))
    return numbers


def _text(value: object) -> str | None:
    return None if value is None else str(value)
