"""``knotwork measures spc``: the charts of many series in one table."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from tests.methods.indicators.published import table
from tests.methods.indicators.test_spc import DIRECTIONS, FLAGS

from knotwork.cli import main


@pytest.fixture(autouse=True)
def _environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
        monkeypatch.setenv(variable, "1")


def charts(folder: Path, text: str, *options: str) -> list[dict[str, str]]:
    source, out = folder / "in.csv", folder / "out.csv"
    source.write_text(text, encoding="utf-8")
    words = ["measures", "spc", str(source), "--out", str(out)]
    done = CliRunner().invoke(main, [*words, *(options or ("--improvement", "increase"))])
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def warnings(folder: Path) -> list[str]:
    found: list[str] = json.loads((folder / "out.csv.summary.json").read_text(encoding="utf-8"))["warnings"]
    return found


def monthly(series: str, values: list[float], year: int = 2018) -> str:
    return "".join(
        f"{series},{year + at // 12}-{at % 12 + 1:02}-01,{value}\n" for at, value in enumerate(values)
    )


HEAD = "series,date,value\n"
STEADY = [4.0, 6.0] * 8


@pytest.mark.parametrize("improvement", ["increase", "decrease"])
@pytest.mark.parametrize(("screening", "baseline"), [("true", None), ("true", 12), ("false", None)])
def test_all_published_charts_are_reproduced_through_files(tmp_path, improvement, screening, baseline):
    published = table("xmr-charts.csv.gz").filter(
        improvement_direction=improvement,
        screen_outliers=screening == "true",
    )
    published = published.filter(
        pl.col("fix_after_n_points").is_null()
        if baseline is None
        else pl.col("fix_after_n_points") == baseline
    )
    given = published.select(series="case", date="x", value="y").sample(fraction=1, shuffle=True, seed=3)
    options = ["--improvement", improvement, *(["--no-screening"] if screening == "false" else [])]
    if baseline:
        options += ["--baseline", str(baseline), "--rebase", "2017-12-01"]
    found = charts(tmp_path, given.write_csv(), *options)
    assert len(found) == len(published)
    expected = {(row["case"], row["x"]): row for row in published.rows(named=True)}
    for row in found:
        point = expected[row["series"], row["date"]]
        assert float(row["mean"]) == pytest.approx(point["mean"], rel=1e-12)
        assert float(row["lower_limit"]) == pytest.approx(point["lpl"], rel=1e-12)
        assert float(row["upper_limit"]) == pytest.approx(point["upl"], rel=1e-12)
        assert row["flag"] == FLAGS[point["special_cause_type"]]
        assert row["direction"] == DIRECTIONS[point["point_type"]]
        assert row["segment"] == str(point["rebase_group"] + 1)
        assert row["reason"] == ""


def test_rows_come_back_in_their_order_with_their_dates_as_given(tmp_path):
    text = HEAD + "b,Mar 2020,3\na,2020-01-05 08:00,1\nb,2020-01,1\na,2020-01-05 07:00,2\nb,Feb 2020,2\n"
    found = charts(tmp_path, text)
    assert [row["date"] for row in found] == [
        "Mar 2020",
        "2020-01-05 08:00",
        "2020-01",
        "2020-01-05 07:00",
        "Feb 2020",
    ]
    assert {row["mean"] for row in found if row["series"] == "b"} == {"2.0"}


def test_a_bad_row_has_no_result_and_a_reason_and_fails_no_other(tmp_path):
    bad = "S,2017-01-01,\nS,2017-02-01,high\nS,soon,5\n,2017-03-01,5\nS,,5\n"
    found = charts(tmp_path, HEAD + bad + monthly("S", STEADY))
    assert [row["reason"] for row in found[:6]] == [
        "a number is missing",
        "the value is not a number",
        "the date is not understood",
        "the series is missing",
        "the date is not understood",
        "",
    ]
    assert not any(row["mean"] or row["flag"] or row["direction"] or row["segment"] for row in found[:5])
    alone = charts(tmp_path, HEAD + monthly("S", STEADY))
    assert found[5:] == alone


def test_two_values_for_one_date_are_a_reason_and_an_empty_one_beside_a_value_is_none(tmp_path):
    twice = charts(tmp_path, HEAD + monthly("S", STEADY) + "S,2018-01-01,9\n")
    assert twice[0]["reason"] == twice[-1]["reason"] == "the series has this date more than once"
    assert twice[1]["reason"] == ""
    empty = charts(tmp_path, HEAD + monthly("S", STEADY) + "S,2018-01-01,\n")
    assert empty[0]["reason"] == ""


def test_overlapping_periods_get_no_rules(tmp_path):
    ranges = "".join(f"R,{year} - {(year + 2) % 100:02},{year % 3}\n" for year in range(2001, 2016))
    found = charts(tmp_path, HEAD + ranges + monthly("S", STEADY))
    assert {row["reason"] for row in found[:15]} == {"the periods of the series overlap: no rules"}
    assert {row["mean"] for row in found[:15]} == {""}
    assert {row["reason"] for row in found[15:]} == {""}


def test_a_rebase_begins_with_the_first_point_on_or_after_its_date_in_every_series(tmp_path):
    text = HEAD + monthly("a", STEADY) + monthly("b", STEADY, 2019)
    found = charts(
        tmp_path, text, "--improvement", "neutral", "--rebase", "15 Mar 2019", "--rebase", "Jan 2030"
    )
    first = {
        name: next(row["date"] for row in found if (row["series"], row["segment"]) == (name, "2"))
        for name in "ab"
    }
    assert first == {"a": "2019-04-01", "b": "2019-04-01"}
    before = charts(tmp_path, text, "--improvement", "neutral", "--rebase", "2001-01-01")
    assert {row["segment"] for row in before} == {"1"}


def test_short_segments_are_named(tmp_path):
    charts(tmp_path, HEAD + monthly("long", STEADY) + monthly("short", STEADY[:12]))
    assert warnings(tmp_path) == ["Fewer than 13 points in a segment, so that limits will still move: short."]
    charts(tmp_path, HEAD + "".join(monthly(f"s{at:02}", STEADY[:5]) for at in range(12)))
    assert warnings(tmp_path)[0].endswith("s08, s09 and others.")
    charts(tmp_path, HEAD + monthly("long", STEADY))
    assert warnings(tmp_path) == []


def test_the_only_point_of_a_segment_has_no_limits_and_a_reason(tmp_path):
    (found,) = charts(tmp_path, HEAD + "S,2018-01-01,3\n", "--improvement", "increase", "--target", "2")
    assert (found["lower_limit"], found["direction"], found["assurance"]) == ("", "", "")
    assert found["reason"] == "the only point of its segment: no limits"


@pytest.mark.parametrize(("target", "assurance"), [("-9", "passes"), ("20", "fails"), ("5", "inconsistent")])
def test_assurance_stands_in_every_row_of_its_series(tmp_path, target, assurance):
    found = charts(tmp_path, HEAD + monthly("S", STEADY), "--improvement", "increase", "--target", target)
    assert {row["assurance"] for row in found} == {assurance}


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--improvement", "up"],
        ["--improvement", "increase", "--preset", "mine"],
        ["--improvement", "increase", "--baseline", "11"],
        ["--improvement", "increase", "--rebase", "some day"],
    ],
)
def test_senseless_options_are_refused(tmp_path, options):
    source = tmp_path / "in.csv"
    source.write_text(HEAD + "S,2018-01-01,3\n", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["measures", "spc", str(source), "--out", str(tmp_path / "out.csv"), *options]
    )
    assert done.exit_code == 2
    assert not (tmp_path / "out.csv").exists()


def test_dates_with_an_offset_are_taken_to_one_clock(tmp_path):
    text = HEAD + "S,2020-01-01T02:00:00+02:00,1\nS,2020-01-01T00:00:00Z,2\nS,2020-13-45,2\n"
    found = charts(tmp_path, text)
    assert [row["reason"] for row in found] == [
        "the series has this date more than once",
        "the series has this date more than once",
        "the date is not understood",
    ]


def test_quarters_that_add_up_overlap_and_are_not_the_same_date(tmp_path):
    quarters = ["2021/22 Q1", *(f"2021/22 Q1-2021/22 Q{at}" for at in (2, 3, 4))]
    found = charts(tmp_path, HEAD + "".join(f"S,{label},{at}\n" for at, label in enumerate(quarters)))
    assert {row["reason"] for row in found} == {"the periods of the series overlap: no rules"}
