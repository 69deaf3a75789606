import pickle
from pathlib import Path

import polars as pl
import pytest

from knotwork.formats.conversation_input import fingerprint, read_conversation
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import open_folder
from knotwork.formats.vote_parts import part_loaders, read_parts
from knotwork.methods.partitions import InlineEngine, open_engine
from tests.methods.opinion.material import made_votes


def in_parts(folder: Path, votes: pl.DataFrame, parts: int) -> Path:
    """Parts split by person, as their ids come."""
    folder.mkdir()
    for part in range(parts):
        piece = votes.filter(pl.col("participant") % parts == part)
        piece.write_parquet(folder / f"part-{part}.parquet")
    return folder


def test_any_number_of_parts_gives_the_same_table(tmp_path):
    votes = made_votes(50, 9, seen=0.5)
    read = [read_conversation(in_parts(tmp_path / str(parts), votes, parts)) for parts in (1, 2, 7)]
    assert len({fingerprint(one.table) for one in read}) == 1
    assert [one.rows for one in read] == [votes.height] * 3
    assert [len(one.files) for one in read] == [1, 2, 7]
    assert all(file.content == b"" and file.size > 0 for file in read[2].files)
    assert all(one.parts is None and one.warnings == () for one in read)


def test_worker_processes_read_the_parts_themselves(tmp_path):
    folder = in_parts(tmp_path / "parts", made_votes(50, 9, seen=0.5), 3)
    with open_engine("processes") as engine:
        read = read_conversation(folder, engine=engine)
    assert fingerprint(read.table) == fingerprint(read_conversation(folder).table)
    assert [len(people) for people in read.parts.people] == [17, 17, 16]


def test_somebody_in_two_parts_is_sorted_with_all_rows_and_remarked_upon(tmp_path):
    votes = made_votes(20, 9, seen=0.8)
    half = votes.height // 2
    votes[:half].write_parquet(tmp_path / "a.parquet")
    votes[half:].write_parquet(tmp_path / "b.parquet")
    read = read_conversation(tmp_path)
    assert [remark.code for remark in read.warnings] == ["parts_share_people"]
    assert "in several parts" in read.warnings[0].in_words()
    whole = tmp_path / "whole.parquet"
    votes.write_parquet(whole)
    assert fingerprint(read.table) == fingerprint(read_conversation(whole).table)


def test_a_part_with_other_columns_is_refused(tmp_path):
    votes = made_votes(6, 3)
    folder = in_parts(tmp_path / "parts", votes, 2)
    votes[:1].with_columns(time=pl.lit(1)).write_parquet(folder / "part-9.parquet")
    with pytest.raises(
        InputProblem, match=r"part-9.parquet: found .*time \(Int32\).* the columns of part-0.parquet"
    ):
        read_conversation(folder)


def test_a_contradiction_names_its_part_and_its_row(tmp_path):
    folder = in_parts(tmp_path / "parts", made_votes(6, 3), 2)
    pl.DataFrame({"participant": [99, 99], "statement": [1, 1], "vote": [1, -1]}).write_parquet(
        folder / "part-9.parquet"
    )
    twice = "part-9.parquet, row 3: found participant 99 twice on statement 1"
    with pytest.raises(InputProblem, match=twice):
        read_parts(part_loaders(open_folder(folder)), InlineEngine())


def test_a_problem_that_a_worker_found_reads_the_same():
    problem = InputProblem("a.parquet", row=3, column="vote", found=7, expected="1, 0 or -1")
    again = pickle.loads(pickle.dumps(problem))
    assert (str(again), again.row, again.column) == (str(problem), 3, "vote")
