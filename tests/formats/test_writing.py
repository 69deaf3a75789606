import json
import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.formats.problems import InputProblem
from knotwork.formats.writing import csv_bytes, write_files, write_result, write_table

TABLES = {"one": pl.DataFrame({"a": [1, 2]}), "two": pl.DataFrame({"b": [True, None]})}


@given(some.lists(some.floats()))
def test_floats_read_back_the_same_and_nan_is_missing(values):
    lines = (
        csv_bytes(pl.DataFrame({"x": pl.Series(values, dtype=pl.Float64), "y": 1})).decode().splitlines()[1:]
    )
    cells = [line.removesuffix(",1") for line in lines]
    assert all(
        cell == "" if math.isnan(value) else float(cell) == value
        for cell, value in zip(cells, values, strict=True)
    )


@given(some.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_as_short_as_they_can_be(value):
    cell = csv_bytes(pl.DataFrame({"x": [value]})).decode().splitlines()[1]
    assert len(cell) <= len(repr(value)) + 2


def test_truth_is_lower_case_and_missing_is_empty():
    assert (
        csv_bytes(pl.DataFrame({"a": [True, False, None], "b": ["x,y", None, "z"]}))
        == b'a,b\ntrue,"x,y"\nfalse,\n,z\n'
    )


def test_all_tables_and_the_summary_are_written(tmp_path):
    paths = write_result(tmp_path / "new" / "out", TABLES, {"é": [1]})
    assert sorted(path.name for path in paths) == ["one.csv", "summary.json", "two.csv"]
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == [
        "one.csv",
        "summary.json",
        "two.csv",
    ]
    assert json.loads((tmp_path / "new/out/summary.json").read_text(encoding="utf-8")) == {"é": [1]}


def test_parquet_keeps_every_type(tmp_path):
    write_result(tmp_path, TABLES, {}, table_format="parquet")
    assert pl.read_parquet(tmp_path / "two.parquet").equals(TABLES["two"])


def test_old_results_are_replaced(tmp_path):
    (tmp_path / "one.csv").write_text("old", encoding="utf-8")
    write_result(tmp_path, TABLES, {})
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "a\n1\n2\n"


def test_an_error_leaves_the_old_results_and_nothing_beside_them(tmp_path):
    (tmp_path / "one.csv").write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        write_result(tmp_path, TABLES, {"x": math.nan})
    assert [path.name for path in tmp_path.iterdir()] == ["one.csv"]
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "old"


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputProblem, match="expected a folder that can be written to"):
        write_result(tmp_path / "out", TABLES, {})


@pytest.mark.parametrize("table_format", ["csv", "parquet"])
def test_a_table_and_its_summary_are_written_side_by_side(tmp_path, table_format):
    target = tmp_path / "new" / f"limits.{table_format}"
    paths = write_table(target, TABLES["one"], {"rows": 2}, table_format=table_format)
    assert [path.name for path in paths] == [target.name, f"{target.name}.summary.json"]
    read = pl.read_csv(target) if table_format == "csv" else pl.read_parquet(target)
    assert read.equals(TABLES["one"])
    assert json.loads(paths[1].read_text(encoding="utf-8")) == {"rows": 2}


def test_an_error_leaves_the_old_table(tmp_path):
    (tmp_path / "one.csv").write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        write_table(tmp_path / "one.csv", TABLES["one"], {"x": math.nan})
    assert [path.name for path in tmp_path.iterdir()] == ["one.csv"]
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "old"


def test_a_table_is_not_written_over_a_folder(tmp_path):
    with pytest.raises(InputProblem, match="found a folder, expected a file that can be written"):
        write_table(tmp_path, TABLES["one"], {})


def test_a_table_under_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputProblem, match="expected a file that can be written"):
        write_table(tmp_path / "out" / "one.csv", TABLES["one"], {})


def test_files_are_written_where_they_are_asked_for(tmp_path):
    paths = write_files({tmp_path / "new" / "a.json": b"1", tmp_path / "b.mmp": b"2"})
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]


def test_files_under_a_file_are_refused(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputProblem, match="expected a file that can be written"):
        write_files({tmp_path / "out" / "a.json": b"1"})
