import polars as pl
import pytest

from knotwork.formats.conversation_input import fingerprint, read_conversation
from knotwork.formats.problems import InputProblem

VOTES = "participant,statement,vote,time\n10,1,1,1\n9,1,-1,1\n10,1,0,2\n"


def test_a_table_is_read(tmp_path):
    (tmp_path / "votes.csv").write_text(VOTES, encoding="utf-8")
    read = read_conversation(tmp_path / "votes.csv")
    assert (read.table.participants.to_list(), read.table.vote.tolist(), read.rows) == (
        ["9", "10"],
        [-1, 0],
        3,
    )


def test_a_folder_of_parts_is_read(tmp_path):
    votes = pl.DataFrame({"participant": [1, 2], "statement": [1, 1], "vote": [1, 0]})
    for i in range(2):
        votes[i : i + 1].write_parquet(tmp_path / f"part-{i}.parquet")
    assert read_conversation(tmp_path).table.vote.tolist() == [1, 0]


def export(folder, moderated: list[int]):
    rows = "".join(f"0,x,{j},1,0,0,{state},text\n" for j, state in enumerate(moderated))
    header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    (folder / "comments.csv").write_text(header + rows, encoding="utf-8")
    (folder / "participants-votes.csv").write_text("participant,0,1,2\n1,1,1,1\n", encoding="utf-8")
    return folder


def test_rejected_statements_are_out_and_those_not_yet_moderated_are_in(tmp_path):
    assert read_conversation(export(tmp_path, [-1, 0, 1])).table.moderated_out.tolist() == [
        True,
        False,
        False,
    ]


def test_a_strict_reading_leaves_out_those_not_yet_moderated(tmp_path):
    read = read_conversation(export(tmp_path, [-1, 0, 1]), strict=True)
    assert read.table.moderated_out.tolist() == [True, True, False]
    assert [remark.code for remark in read.warnings] == ["votes_without_times"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "votes.csv",
            "participant,statement,vote\n1,1,1\n1,1,1\n",
            "row 3: found participant 1 twice on statement 1",
        ),
        (
            "votes.csv",
            VOTES + "10,1,1,2\n",
            "row 5: found participant 10 twice on statement 1, expected one vote, or differ",
        ),
        ("votes.csv", "participant,statement,vote\n", "found no votes, expected at least one vote"),
        ("votes.xlsx", "", "found another kind of file, expected a folder, or"),
        ("nothing/here.csv", None, "no such file or directory"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputProblem, match=message):
        read_conversation(tmp_path / name)


def test_the_same_vote_in_two_parts_is_refused_without_a_row(tmp_path):
    votes = pl.DataFrame({"participant": [1], "statement": [1], "vote": [1]})
    for i in range(2):
        votes.write_parquet(tmp_path / f"{i}.parquet")
    with pytest.raises(InputProblem, match=r"^0\.parquet and others: found participant 1 twice"):
        read_conversation(tmp_path)


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(InputProblem, match="found none of these files, expected a Polis folder"):
        read_conversation(tmp_path)


def test_the_fingerprint_is_of_the_votes_and_not_of_the_file(tmp_path):
    (tmp_path / "one.csv").write_text(VOTES, encoding="utf-8")
    header, *rows = VOTES.splitlines()
    (tmp_path / "two.csv").write_text("\n".join([header, *rows[::-1]]), encoding="utf-8")
    (tmp_path / "three.csv").write_text(VOTES.replace("9,1,-1", "9,1,1"), encoding="utf-8")
    one, two, three = (
        fingerprint(read_conversation(tmp_path / f"{name}.csv").table) for name in ("one", "two", "three")
    )
    assert one == two != three
