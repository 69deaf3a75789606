import gzip
import json
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given

from knotwork.formats.polis import read_polis
from knotwork.formats.problems import InputProblem, Remark
from tests.methods.opinion.material import CONVERSATIONS, POLIS_MATH, matrices

COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1500282615559,Mon,0,7,1,0,1,"Trees, please"\n'
    "1500282615560,Mon,1,8,0,0,-1,\n"
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n1,Mon,0,5,-1\n2,Mon,0,5,1\n2,Mon,1,6,0\n"
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n5,0,0,1,1,0,1,\n6,,0,1,0,0,,0\n"


def uploaded(**files: str | bytes) -> dict[str, bytes]:
    """``votes_csv="..."`` for ``votes.csv``; two underscores stand for a hyphen."""
    return {
        name.replace("__", "-").replace("_", "."): text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }


def refusal(**files: str | bytes) -> str:
    with pytest.raises(InputProblem) as problem:
        read_polis(uploaded(**files))
    return str(problem.value)


def test_an_export_is_read_with_every_vote():
    summary = "topic,Trees\nurl,https://pol.is/1\nviews,3\n\n"
    export = read_polis(uploaded(votes_csv=VOTES, comments_csv=COMMENTS, summary_csv=summary))
    assert (export.topic, export.url, export.warnings) == ("Trees", "https://pol.is/1", ())
    assert export.votes.rows() == [("5", "0", -1, 1), ("5", "0", 1, 2), ("6", "1", 0, 2)]
    assert export.statements.rows()[0] == (
        "0",
        "Trees, please",
        "7",
        datetime(2017, 7, 17, 9, 10, 15, 559000, tzinfo=UTC),
        1,
        False,
    )
    assert export.statements["moderated"].to_list() == [1, -1]
    assert [file.name for file in export.files] == ["votes.csv", "comments.csv", "summary.csv"]


def test_the_matrix_of_last_votes_is_read_where_there_is_no_log():
    export = read_polis(uploaded(participants__votes_csv=MATRIX, comments_csv=COMMENTS))
    assert export.votes.rows() == [("5", "0", 1, None), ("6", "1", 0, None)]
    assert export.warnings == (Remark("votes_without_times"),)
    assert (export.topic, export.url) == ("", "")


def test_the_log_is_preferred_to_the_matrix():
    export = read_polis(uploaded(votes_csv=VOTES, participants__votes_csv=MATRIX, comments_csv=COMMENTS))
    assert export.votes.height == 3


@given(matrices())
def test_every_filled_cell_of_the_matrix_is_a_vote(matrix):
    rows = [
        ",".join([str(i), "0", *("" if cell is None else str(cell) for cell in row)])
        for i, row in enumerate(matrix)
    ]
    header = ",".join(["participant", "group-id", *(str(j) for j in range(len(matrix[0])))])
    expected = [
        (str(i), str(j), cell)
        for i, row in enumerate(matrix)
        for j, cell in enumerate(row)
        if cell is not None
    ]
    files = uploaded(participants__votes_csv="\n".join([header, *rows]))
    if expected:
        assert read_polis(files).votes.drop("time").rows() == expected
    else:
        with pytest.raises(InputProblem, match="found no votes"):
            read_polis(files)


def test_a_matrix_that_has_been_through_a_spreadsheet_is_read():
    export = read_polis(uploaded(participants__votes_csv="participant,0,1\n5,1.0,\n6,,-1.0\n"))
    assert export.votes.drop("time").rows() == [("5", "0", 1), ("6", "1", -1)]


def test_a_cell_of_the_matrix_that_is_no_vote_is_refused_with_its_place():
    message = "participants-votes.csv, row 3, column 1: found 2, expected 1, 0 or -1."
    assert refusal(participants__votes_csv="participant,0,1\n5,1,\n6,,2\n") == message


def test_without_comments_the_statements_are_those_voted_on():
    export = read_polis(uploaded(votes_csv=VOTES))
    assert export.statements.select("statement", "text", "moderated", "meta").rows() == [
        ("0", "", 0, False),
        ("1", "", 0, False),
    ]
    assert export.warnings == (Remark("no_comments_file"),)


def test_statements_that_are_voted_on_and_not_listed_are_remarked_on():
    export = read_polis(uploaded(votes_csv=VOTES + "3,Mon,9,6,1\n", comments_csv=COMMENTS))
    assert export.warnings == (Remark("statements_without_text", 1),)


def test_old_and_new_comments_files_may_lack_columns_or_have_more():
    export = read_polis(
        uploaded(votes_csv=VOTES, comments_csv="comment-id,comment-body,is-meta\n0,a,TRUE\n1,b,false\n")
    )
    assert export.statements.drop("created").rows() == [("0", "a", None, 0, True), ("1", "b", None, 0, False)]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"comments_csv": COMMENTS}, "upload: found none of these files, expected a Polis folder"),
        ({"votes_csv": VOTES.splitlines()[0]}, "votes.csv: found no votes, expected at least one vote."),
        (
            {"votes_csv": VOTES + "x,Mon,1,7,1\n"},
            "votes.csv, row 5, column timestamp: found x, expected a whole number.",
        ),
        (
            {"votes_csv": VOTES, "comments_csv": COMMENTS + "1,Mon,1,8,0,0,1,b\n"},
            "comments.csv, row 4: found statement 1 again",
        ),
        ({"votes_json": "{}"}, "votes.json: found no list, expected a list of objects."),
        ({"votes_json": "[1"}, "votes.json: found Expecting"),
        ({"votes_json": b"\xff"}, "votes.json: found 'utf-8' codec"),
        ({"votes_json": "[" * 100_000}, "votes.json: found"),
        (
            {"votes_json": "[3]"},
            "votes.json, row 1: found 3, expected an object with participant_id, statement_id, vote.",
        ),
        ({"votes_json": '[{"participant_id": 1, "statement_id": 2}]'}, "votes.json, row 1: found"),
        (
            {"votes_json": '[{"participant_id": true, "statement_id": 2, "vote": 1}]'},
            "votes.json, row 1, column participant_id",
        ),
        (
            {"votes_json": '[{"participant_id": "", "statement_id": 2, "vote": 1}]'},
            "votes.json, row 1, column participant_id",
        ),
        (
            {"votes_json": '[{"participant_id": 1, "statement_id": 2, "vote": 2}]'},
            "votes.json, row 1, column vote: found 2",
        ),
        (
            {"votes_json": '[{"participant_id": 1, "statement_id": 2, "vote": null}]'},
            "votes.json, row 1, column vote: found null",
        ),
        (
            {"votes_json": '[{"participant_id": 1, "statement_id": 2, "vote": true}]'},
            "votes.json, row 1, column vote: found true",
        ),
        (
            {"votes_json": '[{"participant_id": 1, "statement_id": 2, "vote": 1, "modified": "x"}]'},
            'votes.json, row 1, column modified: found "x", expected a whole number.',
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(files, message):
    assert refusal(**files).startswith(message)


def test_the_api_gives_a_conversation():
    votes = [{"participant_id": 1, "statement_id": 2, "vote": 1, "modified": 1594984322740.0}]
    comments = [
        {
            "statement_id": 2,
            "txt": "a",
            "participant_id": 7,
            "created": "2020-06-29T20:11:22.421Z",
            "moderated": 1,
            "is_meta": True,
        },
        {"statement_id": 3},
    ]
    files = uploaded(
        votes_json=json.dumps(votes),
        comments_json=json.dumps(comments),
        conversation_json='{"topic": "Trees"}',
    )
    export = read_polis(files)
    assert export.topic == "Trees"
    assert export.votes.rows() == [("1", "2", 1, 1594984322740)]
    assert export.statements.rows() == [
        ("2", "a", "7", datetime(2020, 6, 29, 20, 11, 22, 421000, tzinfo=UTC), 1, True),
        ("3", "", None, None, 0, False),
    ]


def test_the_api_may_lack_all_but_the_votes():
    votes = '[{"participant_id": "a", "statement_id": "b", "vote": -1}]'
    export = read_polis(uploaded(votes_json=votes, conversation_json="[]"))
    assert export.votes.rows() == [("a", "b", -1, None)]
    assert (export.topic, export.warnings) == ("", (Remark("no_comments_file"),))
    assert read_polis(uploaded(votes_json=votes, conversation_json="{}")).topic == ""


def test_the_last_votes_of_the_log_are_the_matrix_of_polis():
    for name in ("brexit-consensus", "15-per-hour-seattle"):
        folder = CONVERSATIONS / name
        log = read_polis(folder).votes.sort("time").unique(["participant", "statement"], keep="last")
        matrix = read_polis(
            {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "votes.csv.gz"}
        )
        columns = ("participant", "statement", "vote")
        assert log.select(columns).sort(columns).equals(matrix.votes.select(columns).sort(columns))


def test_the_api_folder_on_disk_is_read():
    export = read_polis(POLIS_MATH)
    assert export.topic == "#TransportNewNormal"
    assert (export.votes.height, export.statements.height) == (4785, 118)
    assert export.votes.schema["time"] == pl.Int64


def test_a_large_upload_is_refused():
    with pytest.raises(InputProblem, match="at most 10 bytes"):
        read_polis(uploaded(votes_csv=VOTES), largest=10)
    with pytest.raises(InputProblem, match="more when unpacked"):
        read_polis(
            {"votes.csv.gz": gzip.compress(VOTES.encode())}, largest=len(gzip.compress(VOTES.encode()))
        )
