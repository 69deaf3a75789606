"""Our export is read like a Polis export: by our own reader, and by others."""

import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.formats.polis import read_polis
from knotwork.formats.polis_writing import (
    PolisSummary,
    comments_file,
    polis_files,
    vote_log_file,
    vote_matrix_file,
)

pytestmark = pytest.mark.pure
DAY = date(2026, 3, 1)
SUMMARY = PolisSummary("Why?", "https://example.org/why", 'Because, "well",\nlook', 3, 2, None, 4, 2)
STATEMENTS = pl.DataFrame(
    {
        "statement": [1, 2, 3, 4],
        "day": [DAY] * 4,
        "moderated": [1, 1, -1, 1],
        "meta": [False, True, False, False],
        "text": ["Buses, please", 'Say "yes"', "", "Nobody voted on this"],
    }
)
VOTES = pl.DataFrame(
    {
        "participant": [1, 1, 2, 3, 3],
        "statement": [1, 2, 1, 1, 3],
        "vote": [1, -1, 0, 1, -1],
        "day": [DAY] * 5,
    }
)
CELLS = some.dictionaries(
    some.tuples(some.integers(1, 9), some.integers(1, 6)), some.sampled_from((1, 0, -1)), min_size=1
)


def files() -> dict[str, bytes]:
    return polis_files(VOTES, STATEMENTS, SUMMARY, {1: 0, 3: 1})


def test_the_columns_are_those_of_a_polis_export():
    assert vote_log_file(VOTES).columns == ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    polis = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
    # The last one, which newer exports have, tells which statements take no part in groups.
    assert comments_file(STATEMENTS, VOTES).columns == [*polis.split(","), "is-meta"]
    six = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    assert vote_matrix_file(VOTES, STATEMENTS["statement"]).columns == [*six, "1", "2", "3", "4"]
    names = [row[0] for row in csv.reader(io.StringIO(SUMMARY.to_bytes().decode()))]
    assert names == [
        *("topic", "url", "views", "voters", "voters-in-conv", "commenters", "comments", "groups"),
        "conversation-description",
    ]


def test_our_reader_gives_back_the_votes_the_statements_and_the_summary():
    export = read_polis(files())
    assert (export.topic, export.url) == (SUMMARY.topic, SUMMARY.url)
    assert export.warnings == ()
    read = export.votes.select("participant", "statement", "vote").sort("participant", "statement")
    assert read.select(pl.all().cast(pl.Int64)).equals(VOTES.select("participant", "statement", "vote"))
    assert export.statements["text"].to_list() == STATEMENTS["text"].to_list()
    assert export.statements["moderated"].to_list() == [1, 1, -1, 1]
    assert export.statements["meta"].to_list() == [False, True, False, False]


def test_the_matrix_alone_gives_the_same_votes_as_the_rows():
    made = files()
    del made["votes.csv"]
    export = read_polis(made)
    read = export.votes.select(pl.all().exclude("time").cast(pl.Int64)).sort("participant", "statement")
    assert read.equals(VOTES.select("participant", "statement", "vote"))


@given(CELLS)
def test_whatever_was_voted_comes_back_from_rows_and_from_the_matrix(cells):
    votes = pl.DataFrame(
        [(person, statement, vote, DAY) for (person, statement), vote in cells.items()],
        {"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int64, "day": pl.Date},
        orient="row",
    )
    statements = pl.DataFrame(
        {
            "statement": range(1, 7),
            "day": [DAY] * 6,
            "moderated": [1] * 6,
            "meta": [False] * 6,
            "text": ["Something to say"] * 6,
        }
    )
    made = polis_files(votes, statements, SUMMARY)
    for left_out in ("participants-votes.csv", "votes.csv"):
        export = read_polis({name: content for name, content in made.items() if name != left_out})
        read = {(int(who), int(what)): vote for who, what, vote, _time in export.votes.iter_rows()}
        assert read == cells


def test_people_without_a_group_and_statements_without_votes_have_empty_cells():
    matrix = vote_matrix_file(VOTES, STATEMENTS["statement"], {1: 0, 3: 1})
    assert matrix["group-id"].to_list() == [0, None, 1]
    assert matrix["4"].to_list() == [None, None, None]
    assert matrix["n-votes"].to_list() == [2, 1, 2]
    assert matrix["n-agree"].to_list() == [1, 0, 1]
    assert matrix["n-disagree"].to_list() == [1, 0, 1]


def test_nothing_says_who_wrote_a_statement():
    assert set(comments_file(STATEMENTS, VOTES)["author-id"]) == {0}
    assert set(vote_matrix_file(VOTES, STATEMENTS["statement"])["n-comments"]) == {0}


def test_without_votes_every_file_is_there_and_empty():
    made = polis_files(VOTES.clear(), STATEMENTS, SUMMARY)
    assert set(made) == {"votes.csv", "participants-votes.csv", "comments.csv", "summary.csv"}
    assert made["votes.csv"].count(b"\n") == 1
    assert b",2,1,-1," not in made["comments.csv"]
