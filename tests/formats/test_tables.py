import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.formats import tables
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile
from knotwork.formats.tables import csv_rows, read_table

CELL = some.text(alphabet='ab ,"\n\ré1', max_size=5)


def source(content: bytes | str, name: str = "t.csv") -> SourceFile:
    raw = content.encode() if isinstance(content, str) else content
    return SourceFile(name, raw, len(raw), "")


def refusal(content: bytes | str, *required: str, name: str = "t.csv") -> str:
    with pytest.raises(InputProblem) as problem:
        read_table(source(content, name), required)
    return str(problem.value)


def test_cells_are_texts_and_empty_cells_are_missing():
    frame = read_table(source('a,b,c\n1,,""\n" 2",x,"y,z"\n'), ("b",))
    assert frame.rows() == [("1", None, None), (" 2", "x", "y,z")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble():
    assert read_table(source(b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n")).rows() == [("1", "2")]


def test_quoted_cells_may_hold_line_breaks_and_the_header_too():
    frame = read_table(source('"a\nb",c\n"1\n2","say ""x"""\n'))
    assert (frame.columns, frame.rows()) == (["a\nb", "c"], [("1\n2", 'say "x"')])


def test_a_table_without_rows_is_a_table():
    assert read_table(source("a,b")).shape == (0, 2)


@given(some.lists(some.lists(CELL, min_size=3, max_size=3), max_size=8))
def test_whatever_is_written_is_read_back(rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    expected = [tuple(cell or None for cell in row) for row in rows]
    assert read_table(source(written.getvalue())).rows() == expected


def test_a_chunk_may_end_anywhere(monkeypatch):
    content = 'a,b\n"1\n,",2\n3,4\n'
    for size in range(1, 20):
        monkeypatch.setattr(tables, "CHUNK", size)
        assert read_table(source(content)).rows() == [("1\n,", "2"), ("3", "4")]
        assert refusal(content + "5\n6,7\n") == "t.csv, row 4: found 1 field, expected 2, as in the header."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2\n3\n", "t.csv, row 3: found 1 field, expected 2, as in the header."),
        (b"a,b\n1,2,3\n", "t.csv, row 2: found 3 fields, expected 2, as in the header."),
        (b"a,b\n1,2\n\n3,4\n", "t.csv, row 3: found 1 field, expected 2, as in the header."),
        (b"a,a\n1,2\n", "t.csv, row 1, column a: found the column a second time, expected each column once."),
        (b"", "t.csv: found an empty file, expected a header row and data."),
        (b"PK\x03\x04\0\0", "t.csv: found a binary file, expected a CSV file in UTF-8."),
        (b"\xff\xfea\0", "t.csv: found text in UTF-16, expected a CSV file in UTF-8."),
        (
            b"a\nx\ncaf\xe9\n",
            "t.csv, row 3: found the byte 0xe9, which is not UTF-8, expected a CSV file in UTF-8.",
        ),
        (b'a,b\n1,"2\n', "t.csv, row 2: found a quotation mark that is not closed, expected marks in pairs."),
        (b'"a,b\n1,2\n', "t.csv, row 1: found a quotation mark that is not closed, expected marks in pairs."),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content, message):
    assert refusal(content) == message


def test_a_missing_column_is_named_with_those_that_are_there():
    expected = "t.csv, row 1, column vote: found only the columns a;b, expected this column."
    assert refusal("a;b\n1;2\n", "vote") == expected


def test_what_polars_cannot_read_is_refused_with_its_words():
    assert refusal('a,b\nx"y"z,1\n"p"q,1\n').startswith("t.csv: found")


def test_parquet_keeps_its_types():
    written = io.BytesIO()
    pl.DataFrame({"a": [1], "b": [2.5]}).write_parquet(written)
    frame = read_table(source(written.getvalue(), "t.parquet"), ("a",))
    assert frame.schema == {"a": pl.Int64, "b": pl.Float64}
    assert "only the columns a, b" in refusal(written.getvalue(), "c", name="t.parquet")


def test_a_damaged_parquet_file_is_refused():
    assert (
        refusal(b"PAR1 no", name="t.parquet") == "t.parquet: found a damaged file, expected a Parquet file."
    )


def test_small_files_without_a_header_come_as_rows():
    assert csv_rows(source('topic,"A, b"\nurl,x\n')) == [["topic", "A, b"], ["url", "x"]]


def test_a_small_file_that_is_not_small_is_refused_before_it_is_taken_apart():
    with pytest.raises(InputProblem, match="at most 1,000,000 bytes"):
        csv_rows(source("a\n" * 600_000))


def test_a_cell_without_end_is_refused_with_its_words():
    with pytest.raises(InputProblem, match="field larger"):
        csv_rows(source("topic," + "x" * 200_000 + "\n"))
