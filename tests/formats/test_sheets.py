import io
import random
import re
import string
import warnings
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knotwork.formats import sheet_reading, sheets
from knotwork.formats.problems import InputProblem
from knotwork.formats.sheets import Sheet, SheetTable, read_sheet, sheet_of, uploaded_file, write_sheets
from knotwork.formats.zips import zipped

LEDGER = Sheet("Ledger", ("what", "amount"), [("rooms", Decimal("12.50")), ("money", Decimal(60000))])


def read(content: bytes, **how) -> SheetTable:
    return read_sheet(uploaded_file("ledger.xlsx", content), **how)


def refusal(content: bytes, **how) -> str:
    with pytest.raises(InputProblem) as problem:
        read(content, **how)
    return str(problem.value)


def only_cell(value: object) -> object:
    return read(write_sheets([Sheet("x", ("a", "b"), [(value, 1)])])).rows[0].cells["a"]


def by_hand(*rows: list[object]) -> bytes:
    """A workbook as another tool writes it, formulas and all."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(content: bytes, name: str, change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    parts[name] = change(parts[name])
    return zipped(parts)


# Writing


def test_a_table_comes_back_as_it_went():
    table = read(write_sheets([LEDGER], title="What partners give"), required=["what"])
    assert (table.file, table.sheet, table.columns) == ("ledger.xlsx", "Ledger", ("what", "amount"))
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (2, {"what": "rooms", "amount": Decimal("12.5")}),
        (3, {"what": "money", "amount": 60000}),
    ]


def test_the_same_tables_are_the_same_bytes():
    assert write_sheets([LEDGER], title="x") == write_sheets([LEDGER], title="x")
    assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(io.BytesIO(write_sheets([LEDGER]))).read(
        "docProps/core.xml"
    )


def test_a_frame_is_a_table():
    frame = pl.DataFrame({"what": ["a"], "amount": [Decimal("1.25")], "on": [date(2026, 1, 2)]})
    rows = read(write_sheets([sheet_of("x", frame)])).rows
    assert dict(rows[0].cells) == {"what": "a", "amount": Decimal("1.25"), "on": date(2026, 1, 2)}


@pytest.mark.parametrize(
    "words", ["=1+1", "+44 1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "#N/A", "{=1}"]
)
def test_words_that_look_like_a_formula_stay_words(words):
    content = write_sheets([Sheet("x", ("a", "=b"), [(words, 1)])])
    assert read(content).rows[0].cells["a"] == words
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert all(cell.data_type in "sn" for cell in cells)
    assert cells[2].quotePrefix is (words[0] in "=+-@\t")


def test_what_a_spreadsheet_cannot_hold_is_written_as_text():
    assert only_cell(12345678901234567890) == "12345678901234567890"
    assert only_cell(Decimal("1234567890123456.78")) == "1234567890123456.78"
    assert only_cell(date(1848, 8, 31)) == "1848-08-31"
    assert only_cell(datetime(1848, 8, 31, 1)) == "1848-08-31T01:00:00"
    assert only_cell(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"
    assert only_cell(float("nan")) is only_cell(Decimal("Infinity")) is None
    assert only_cell("a\x00b\ud800\r\nc") == "ab\nc"
    assert only_cell("x" * 40_000).endswith("x…")
    assert only_cell(["a"]) == "['a']"
    assert only_cell("_x0041_ _x005F_ _") == "_x0041_ _x005F_ _"


def test_moments_days_and_truths_keep_their_kind():
    assert only_cell(datetime(2026, 3, 29, 1, 30, 15, 400)) == datetime(2026, 3, 29, 1, 30, 15)
    assert only_cell(datetime(2026, 3, 29)) == datetime(2026, 3, 29)
    assert only_cell(date(2026, 3, 29)) == date(2026, 3, 29)
    assert only_cell(True) is True
    assert only_cell(0.5) == Decimal("0.5")
    assert only_cell(Decimal("1E+3")) == 1000


def test_tabs_have_names_that_a_spreadsheet_takes():
    names = ["Ledger", "ledger", "a/b:c", "'", "x" * 40, "x" * 40]
    book = load_workbook(io.BytesIO(write_sheets([Sheet(name, ("a",), []) for name in names])))
    assert book.sheetnames == ["Ledger", "ledger 2", "a b c", "Table", "x" * 31, "x" * 27 + " 2"]


def test_a_workbook_without_a_sheet_or_with_a_crooked_row_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        write_sheets([])
    with pytest.raises(ValueError, match="for each column"):
        write_sheets([Sheet("x", ("a", "b"), [(1,)])])


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text("_x045F=", max_size=12)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**12), 10**12, places=2),
    st.dates(date(1900, 3, 1), date(9999, 12, 30)),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    texts,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(values, values), max_size=5))
def test_any_table_comes_back_as_it_went(rows):
    content = write_sheets([Sheet("x", ("a", "b", "c"), [(one, other, 0) for one, other in rows])])
    came_back = [(row.cells["a"], row.cells["b"]) for row in read(content).rows]
    assert came_back == [(as_kept(one), as_kept(other)) for one, other in rows]
    assert content == write_sheets([Sheet("x", ("a", "b", "c"), [(one, other, 0) for one, other in rows])])


def as_kept(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = sheets._NOT_FOR_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return plain or None


# Reading


def test_a_sheet_is_found_by_its_name_or_is_the_first():
    content = write_sheets([Sheet("One", ("a",), [(1,)]), Sheet("Two", ("b",), [(2,)])])
    assert read(content).columns == ("a",)
    assert read(content, sheet=" two ").columns == ("b",)
    assert (
        refusal(content, sheet="Three") == "ledger.xlsx: found the sheets One, Two, expected a sheet Three."
    )


def test_columns_are_known_whatever_their_case():
    table = read(write_sheets([Sheet("x", (" WHAT ", "Amount"), [("a", 1)])]), required=["what", "amount"])
    assert table.columns == ("what", "amount")


def test_empty_rows_are_left_out_and_the_others_keep_their_number():
    content = by_hand(["a", "b", None], [1], [], [None, 2, None])
    assert [(row.number, dict(row.cells)) for row in read(content).rows] == [
        (2, {"a": 1}),
        (4, {"a": None, "b": 2}),
    ]


def test_a_cell_outside_of_the_named_columns_is_refused():
    expected = (
        "ledger.xlsx, sheet Sheet, row 2, column C: found aside, expected a name for this column in row 1."
    )
    assert refusal(by_hand(["a", "b"], [1, 2, "aside"])) == expected
    assert "column B" in refusal(by_hand(["a", None, "c"], [1, "aside", 3]))
    assert read(by_hand(["a", None, "c"], [1, None, 3])).columns == ("a", "c")


def test_columns_that_are_missing_or_twice_are_refused():
    content = by_hand(["a", "A"], [1, 2])
    assert "row 1, column b: found only the columns a, A, expected this column" in refusal(
        content, required=["b"]
    )
    assert "column a: found the column a second time" in refusal(content, required=["a"])
    assert "row 1: found an empty row" in refusal(by_hand([None], [1]))
    assert "found an empty sheet" in refusal(by_hand([None], [None]))


def test_tables_beyond_the_bounds_are_refused(monkeypatch):
    content = by_hand(["a", "b"], [1, 2], [3, 4])
    assert "row 3: found more rows, expected at most 1 rows" in refusal(content, most_rows=1)
    assert "row 1: found 2 columns, expected at most 1 columns" in refusal(content, most_columns=1)
    monkeypatch.setattr(sheet_reading, "MOST_CELLS", 3)
    assert "a sheet of endless cells" in refusal(content)
    monkeypatch.setattr(sheet_reading, "LARGEST_UNPACKED", 3000)
    assert "more when unpacked" in refusal(content)
    monkeypatch.setattr(sheet_reading, "LARGEST_FILE", 10)
    assert "expected at most 10 bytes" in refusal(content)


def test_a_row_far_below_the_last_row_of_all_is_refused(monkeypatch):
    monkeypatch.setattr(sheet_reading, "LAST_ROW_OF_ALL", 2)
    assert "endless" in refusal(by_hand(["a"], [], [], [1]))


def test_a_formula_is_read_as_the_figure_that_was_kept_and_never_worked_out():
    bare = by_hand(["a", "b"], ["=1+1", 1])
    assert "row 2, column A: found a formula without a figure" in refusal(bare)
    worked_out = with_part(
        bare, "xl/worksheets/sheet1.xml", lambda part: re.sub(b"<v ?/>|<v></v>", b"<v>2</v>", part)
    )
    assert read(worked_out).rows[0].cells["a"] == 2
    assert "row 2, column B: found a formula" in refusal(by_hand(["a"], [None, "=1+1"]))


def test_a_file_that_defines_its_own_words_is_refused():
    def with_entities(part: bytes) -> bytes:
        return part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)

    assert "defines its own words" in refusal(
        with_part(by_hand(["a"]), "xl/worksheets/sheet1.xml", with_entities)
    )


def test_what_is_no_workbook_is_refused():
    assert "found a damaged file, expected a zip file" in refusal(b"what, amount\n")
    assert "found a damaged file, expected an .xlsx file" in refusal(zipped({"a.txt": b"1"}))
    endless = with_part(
        by_hand(["a"], [7]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b">7<", b">1e999<")
    )
    assert "row 2, column A: found a number without end" in refusal(endless)


def test_a_workbook_with_a_part_twice_is_refused():
    written = io.BytesIO(write_sheets([LEDGER]))
    with warnings.catch_warnings(), zipfile.ZipFile(written, "a") as packed:
        warnings.simplefilter("ignore")
        packed.writestr("xl/workbook.xml", b"")
    assert "found xl/workbook.xml twice, expected each part once" in refusal(written.getvalue())


def test_hours_and_spans_are_read_as_words():
    assert read(by_hand(["a"], [time(9, 30)])).rows[0].cells["a"] == "09:30:00"


def test_a_workbook_with_any_bytes_changed_is_read_or_refused():
    whole, refused = write_sheets([LEDGER]), 0
    for seed in range(150):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read(bytes(content))
        except InputProblem:
            refused += 1
    assert refused > 0


def test_a_workbook_whose_words_inside_are_changed_is_read_or_refused():
    whole, refused = write_sheets([LEDGER]), 0
    for seed in range(150):
        chance = random.Random(seed)

        def change(part: bytes, chance=chance) -> bytes:
            at = chance.randrange(len(part))
            return part[:at] + chance.choice(string.printable).encode() + part[at + 1 :]

        name = chance.choice(
            ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
        )
        try:
            read(with_part(whole, name, change))
        except InputProblem:
            refused += 1
    assert refused > 0
