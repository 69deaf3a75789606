import io
from datetime import date

import polars as pl
import pytest

from knotwork.formats.problems import InputProblem, Remark
from knotwork.formats.series import COLUMNS, read_series
from knotwork.formats.sources import uploaded_file

FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to percentiles,"
    "Time period Sortable,New data,Compared to goal,Time period range\n"
)
TIDY = "area_code,area_name,indicator,sex,age,period,value,lower_ci,upper_ci,count,denominator\n"


def read(text, name="series.csv"):
    return read_series(uploaded_file(name, text.encode()))


def tidy(*rows):
    return read(TIDY + "".join(f"{row}\n" for row in rows))


def codes(file):
    return [remark.code for remark in file.remarks]


def test_a_download_from_fingertips_is_read():
    file = read(
        FINGERTIPS
        + "90366,Life expectancy,E92000001,England,E06000015,Derby,UA,Male,All ages,Deprivation,Most,"
        "2001 - 03,75.4,75.0,75.8,74.8,76.0,12,34,Value estimated,,,,20010000,,,3y\n"
    )
    assert file.kind == "fingertips"
    assert file.frame.columns == list(COLUMNS)
    assert file.frame.row(0, named=True) == {
        "indicator": "Life expectancy",
        "indicator_id": "90366",
        "area_code": "E06000015",
        "area_name": "Derby",
        "area_type": "UA",
        "sex": "Male",
        "age": "All ages",
        "category_type": "Deprivation",
        "category": "Most",
        "period": "2001-03",
        "period_start": date(2001, 1, 1),
        "period_end": date(2003, 12, 31),
        "value": 75.4,
        "lower": 75.0,
        "upper": 75.8,
        "count": 12.0,
        "denominator": 34.0,
        "note": "Value estimated",
        "row": 2,
    }
    assert "Lower CI 99.8 limit" in file.unread
    assert file.remarks == ()


def test_spaces_dots_and_capitals_of_a_header_do_not_count():
    header = "indicator.name,AreaCode,Time_Period,VALUE,LowerCI95.0limit\n"
    file = read(header + "Smoking,E06000015,2019,17,16\n")
    assert (file.kind, file.frame["lower"][0]) == ("fingertips", 16)


def test_a_tidy_table_is_read():
    file = tidy("E06000015,Derby,Smoking,Persons,18+,2015/16,17.5,16,19,175,1000")
    assert file.kind == "tidy"
    assert file.frame["period_start"].to_list() == [date(2015, 4, 1)]
    assert file.frame.select("value", "lower", "upper", "count", "denominator").row(0) == (
        17.5,
        16,
        19,
        175,
        1000,
    )
    assert file.frame["indicator_id"].to_list() == [""]


def test_a_parquet_table_is_read_with_its_own_types():
    table = pl.DataFrame(
        {"area_code": ["E06000015"], "indicator": ["Smoking"], "period": [date(2020, 1, 5)], "value": [17]}
    )
    written = io.BytesIO()
    table.write_parquet(written)
    file = read_series(uploaded_file("series.parquet", written.getvalue()))
    assert file.frame.select("period", "value").row(0) == ("2020-01-05", 17.0)


def test_how_each_column_was_read_is_told():
    file = tidy(",,,,,,,,,,".replace(",,,,,,,,,,", "E06000015,,Smoking,,,2015 - 17,17.5,,,,"))
    reading = {one.ours: (one.theirs, one.first) for one in file.reading}
    assert reading["period"] == ("period", "2015 - 17")
    assert reading["lower"] == ("lower_ci", "")
    assert reading["note"] == ("", "")


def test_two_spellings_of_a_period_are_one():
    file = tidy("E1,,S,,,2015 - 17,1,,,,", "E1,,S,,,2015-17,1,,,,")
    assert file.frame["period"].to_list() == ["2015-17"]
    assert Remark("repeated_rows", 1) in file.remarks


def test_months_and_ranges_of_years_are_told_apart_for_each_indicator():
    file = tidy("E1,,S,,,2001-03,1,,,,", "E1,,Visits,,,2001-03,1,,,,", "E1,,Visits,,,2016-04,1,,,,")
    assert file.frame["period_end"].to_list()[:2] == [date(2003, 12, 31), date(2001, 3, 31)]


def test_two_editions_of_a_series_are_kept_and_told():
    rows = ("E1,,S,F,,2015,1,,,,", "E1,,S,M,,2015,2,,,,", "E1,,S,F,,2015,3,,,,")
    file = tidy(*rows)
    assert file.vintages["value"].to_list() == [1, 3]
    assert file.vintages["row"].to_list() == [2, 4]
    assert len(file.frame) == 3
    assert Remark("two_vintages", 1) in file.remarks


def test_overlapping_periods_of_a_series_are_told_and_those_of_two_series_are_not():
    assert "overlapping_periods" in codes(tidy("E1,,S,,,2015-17,1,,,,", "E1,,S,,,2016-18,1,,,,"))
    assert "overlapping_periods" not in codes(tidy("E1,,S,,,2015-17,1,,,,", "E2,,S,,,2016-18,1,,,,"))


def test_counties_beside_their_districts_are_told():
    assert "counties_and_districts" in codes(tidy("E10000003,,S,,,2015,1,,,,", "E07000008,,S,,,2015,1,,,,"))


def test_values_without_limits_are_counted():
    file = tidy("E1,,S,,,2015,1,,,,", "E1,,S,,,2016,1,0,2,,", "E1,,S,,,2017,,,,,")
    assert file.remarks == (Remark("values_without_limits", 1),)
    assert file.frame["value"].to_list() == [1, 1, None]


def test_marks_for_no_number_are_missing_numbers():
    file = tidy("E1,,S,,,2015,*,,,-,", "E1,,S,,,2016,[c],,,N/A,")
    assert file.frame["value"].null_count() == 2
    assert file.remarks == (Remark("marks_for_no_number", 4),)


@pytest.mark.parametrize(
    "code", ["repeated_rows", "two_vintages", "overlapping_periods", "counties_and_districts"]
)
def test_every_remark_has_words(code):
    assert Remark(code, 2).in_words().endswith(".")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TIDY, "row 2: found no row"),
        ("a,b\n1,2\n", "row 1, column indicator: found only the columns a, b"),
        (FINGERTIPS.replace("Area Code", "Code") + "," * 26 + "\n", "column Area Code"),
        (
            "area_code,AreaCode,indicator,period,value\nE1,E1,S,2019,1\n",
            "row 1, column AreaCode: found it beside area_code",
        ),
        (TIDY + "E1,,S,,,2015,1,,,,\nE1,,S,,,05/01/2020,1,,,,\n", "row 3, column period: found 05/01/2020"),
        (TIDY + 'E1,,S,,,2015,"1,234",,,,\n', "row 2, column value: found 1,234, expected a number"),
        (TIDY + "E1,,S,,,2015,inf,,,,\n", "row 2, column value: found inf"),
        (TIDY + "E1,,S,,,2015,1,,,many,\n", "row 2, column count: found many"),
        (TIDY + "E1,,S,,,2015,1,,,,\n ,,S,,,2016,1,,,,\n", "row 3, column area_code: found nothing"),
        (TIDY + "E1,,S,,,2015,1\n", "row 2: found 7 fields, expected 11"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_place(text, message):
    with pytest.raises(InputProblem) as problem:
        read(text)
    assert message in str(problem.value)


def test_an_infinite_number_in_a_parquet_table_is_refused():
    table = pl.DataFrame(
        {"area_code": ["E1"], "indicator": ["S"], "period": ["2019"], "value": [float("inf")]}
    )
    written = io.BytesIO()
    table.write_parquet(written)
    with pytest.raises(InputProblem, match="found inf"):
        read_series(uploaded_file("series.parquet", written.getvalue()))


def test_a_number_that_is_missing_in_a_parquet_table_is_missing():
    table = pl.DataFrame(
        {"area_code": ["E1"], "indicator": ["S"], "period": ["2019"], "value": [float("nan")]}
    )
    written = io.BytesIO()
    table.write_parquet(written)
    assert read_series(uploaded_file("s.parquet", written.getvalue())).frame["value"].to_list() == [None]


def test_rows_in_any_order_give_the_same_series():
    rows = [f"E{area},,S,,,{year},{area * year},,,," for area in (1, 2) for year in (2015, 2016, 2017)]
    there, back = tidy(*rows), tidy(*rows[::-1])
    key = ["area_code", "period"]
    assert there.frame.drop("row").sort(key).equals(back.frame.drop("row").sort(key))
