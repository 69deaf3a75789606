import io
from datetime import UTC, date, datetime

import polars as pl
import pytest

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile, open_folder
from knotwork.formats.votes import moments, read_given_groups, read_vote_parts, read_votes


def table(text: str, name: str = "votes.csv") -> SourceFile:
    return SourceFile(name, text.encode(), len(text), "")


def parquet(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


def refusal(text: str) -> str:
    with pytest.raises(InputProblem) as problem:
        read_votes(table(text))
    return str(problem.value)


def test_a_table_of_votes_is_read_in_any_order_of_its_columns():
    frame = read_votes(table("vote,x,statement,participant\n1,?,s1,p1\n-1.0,?,s2,p1\n+0,?,s1,p2\n"))
    assert frame.rows() == [("p1", "s1", 1), ("p1", "s2", -1), ("p2", "s1", 0)]
    assert frame["vote"].dtype == pl.Int8


@pytest.mark.parametrize("vote", ["2", "", "yes", "0.5", "nan"])
def test_a_vote_that_is_none_is_refused_with_its_row(vote):
    found = vote or "nothing"
    message = f"votes.csv, row 3, column vote: found {found}, expected 1, 0 or -1."
    assert refusal(f"participant,statement,vote\na,1,1\nb,1,{vote}\n") == message


def test_a_missing_id_is_refused_with_its_row():
    message = "votes.csv, row 2, column statement: found nothing, expected an id."
    assert refusal("participant,statement,vote\na,,1\n") == message


@pytest.mark.parametrize(
    ("times", "read"),
    [
        (["3", "", "12"], [3, None, 12]),
        (["3.5", "", "12"], [3.5, None, 12.0]),
        (["", "", ""], [None, None, None]),
        (
            ["2024-05-01", "2024-05-01T00:00:01+01:00", ""],
            [1_714_521_600_000_000, 1_714_518_001_000_000, None],
        ),
    ],
)
def test_times_are_numbers_or_moments(times, read):
    rows = "".join(f"p{i},1,1,{time}\n" for i, time in enumerate(times))
    assert read_votes(table("participant,statement,vote,time\n" + rows))["time"].to_list() == read


def test_times_of_two_kinds_are_refused_at_the_first_of_the_rarer_kind():
    message = refusal("participant,statement,vote,time\na,1,1,2024-05-01\na,2,1,7\na,3,1,2024-05-02\n")
    assert message.startswith("votes.csv, row 3, column time: found 7, expected all times as numbers")


def test_moments_without_an_offset_are_utc():
    assert (
        moments(pl.Series(["1970-01-01T00:00:01", "1970-01-01T01:00:01+01:00"])).to_list() == [1_000_000] * 2
    )


@pytest.mark.parametrize(
    ("times", "read"),
    [
        (pl.Series([1.5, float("nan")]), [1.5, None]),
        (pl.Series([4, 5]), [4, 5]),
        (pl.Series([date(1970, 1, 2), None]), [86_400_000_000, None]),
        (pl.Series([datetime(1970, 1, 1, 1, tzinfo=UTC)] * 2), [3_600_000_000] * 2),
    ],
)
def test_parquet_times_keep_their_order(times, read):
    frame = pl.DataFrame({"participant": [1, 2], "statement": ["a", "b"], "vote": [1, -1], "time": times})
    content = parquet(frame)
    found = read_votes(SourceFile("v.parquet", content, len(content), ""))
    assert found["time"].to_list() == read
    assert found["participant"].dtype == pl.Int64


def test_parquet_parts_are_one_table():
    part = pl.DataFrame({"participant": [1], "statement": [2], "vote": [1]})
    votes, files = read_vote_parts(open_folder({"b.parquet": parquet(part), "a.parquet": parquet(part)}))
    assert votes.height == 2
    assert [file.name for file in files] == ["a.parquet", "b.parquet"]


def test_parquet_parts_that_differ_are_refused():
    part = pl.DataFrame({"participant": [1], "statement": [2], "vote": [1]})
    parts = {
        "a.parquet": parquet(part),
        "b.parquet": parquet(part.with_columns(pl.col("statement").cast(pl.String))),
    }
    with pytest.raises(InputProblem, match=r"b\.parquet: found .* expected the columns of a\.parquet"):
        read_vote_parts(open_folder(parts))


def test_given_groups_leave_out_who_has_none():
    groups = read_given_groups(table("group,participant\nnurses,1\n,2\n3,3\n"))
    assert groups == {"1": "nurses", "3": "3"}


def test_a_participant_in_two_given_groups_is_refused():
    with pytest.raises(
        InputProblem, match="row 4, column participant: found 1, expected each participant once"
    ):
        read_given_groups(table("participant,group\n1,a\n2,b\n1,b\n", "groups.csv"))
