"""What holds for every verb of ``knotwork measures``."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.methods.indicators.published import DATA, table

from knotwork.cli import main

RATES = 'area,count,denominator,note\nA,1,100,"a,\nb"\nB,20,100,\nC,,100,z\nD,many,100,z\nE,3,0,z\n'
CHARTS = "series,date,value\n" + "".join(f"S,2020-{month:02},{month % 3}\n" for month in range(1, 13))
TRENDS = "area,period,value,lower,upper,count,denominator\n" + "".join(
    f"A,{2015 + at},{20 - at},{19 - at},{21 - at},10,100\n" for at in range(5)
)
TENTHS = "area,quantile,population,value,standard_error\n" + "".join(
    f"A,{at},100,{30 - 2 * at},1\n" for at in range(1, 6)
)
EVERY_VERB = [
    ("rates", RATES, []),
    ("proportions", RATES, []),
    ("spc", CHARTS, ["--improvement", "increase"]),
    ("trend", TRENDS, ["--polarity", "low"]),
    ("inequality", TENTHS, []),
]


@pytest.fixture(autouse=True)
def _environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
        monkeypatch.setenv(variable, "1")


def file(folder: Path, text: str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def measure(verb: str, source: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["measures", verb, str(source), "--out", str(out), *options])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def asked(folder: Path, verb: str, text: str, *options: str) -> list[dict[str, str]]:
    done = measure(verb, file(folder, text), folder / "out.csv", *options)
    assert done.exit_code == 0, done.output
    return rows(folder / "out.csv")


def summary(folder: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((folder / "out.csv.summary.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize(("verb", "text", "options"), EVERY_VERB)
def test_a_verb_writes_its_table_and_what_it_did(tmp_path, verb, text, options):
    assert asked(tmp_path, verb, text, *options)
    said = summary(tmp_path)
    assert said["command"] == f"measures {verb}"
    assert set(said) == {
        "command", "method", "method_version", "knotwork", "input", "options", "seed", "warnings", "summary", "run",
    }  # fmt: skip
    assert said["input"]["rows"] == text.count("\n") - 1 - text.count("a,\n")
    assert said["run"]["files"][0]["name"] == "in.csv"
    assert (said["seed"] is None) == (verb != "inequality")


@pytest.mark.parametrize(("verb", "text", "options"), EVERY_VERB)
def test_two_runs_give_the_same_table_and_the_same_summary_but_for_the_run(tmp_path, verb, text, options):
    both = []
    for _ in range(2):
        asked(tmp_path, verb, text, *options)
        said = summary(tmp_path)
        del said["run"]
        both.append(((tmp_path / "out.csv").read_bytes(), said))
    assert both[0] == both[1]


@pytest.mark.parametrize(("verb", "text", "options"), EVERY_VERB[2:])
def test_rows_in_any_order_give_the_same_results(tmp_path, verb, text, options):
    head, *lines = text.splitlines(keepends=True)
    there = asked(tmp_path, verb, text, *options)
    first = summary(tmp_path)["input"]
    back = asked(tmp_path, verb, head + "".join(lines[::-1]), *options)
    assert sorted(there, key=str) == sorted(back, key=str)
    assert summary(tmp_path)["input"] == first


@pytest.mark.parametrize(("verb", "text", "options"), EVERY_VERB)
def test_parquet_goes_in_and_out(tmp_path, verb, text, options):
    plain = asked(tmp_path, verb, text, *options)
    pl.read_csv(tmp_path / "in.csv", infer_schema_length=None).write_parquet(tmp_path / "in.parquet")
    assert measure(verb, tmp_path / "in.parquet", tmp_path / "out.parquet", *options).exit_code == 0
    found = pl.read_parquet(tmp_path / "out.parquet")
    assert (found.columns, len(found)) == (list(plain[0]), len(plain))
    last = found.columns[-1]
    assert [cell or "" for cell in found[last]] == [row[last] for row in plain]
    assert json.loads((tmp_path / "out.parquet.summary.json").read_text())["run"]["format"] == "parquet"


def test_the_format_can_be_said_whatever_the_name(tmp_path):
    done = measure("rates", file(tmp_path, RATES), tmp_path / "out.txt", "--format", "parquet")
    assert done.exit_code == 0
    assert len(pl.read_parquet(tmp_path / "out.txt")) == 5


def test_a_gzipped_table_is_read(tmp_path):
    (tmp_path / "in.csv.gz").write_bytes(gzip.compress(RATES.encode()))
    assert measure("rates", tmp_path / "in.csv.gz", tmp_path / "out.csv").exit_code == 0
    assert len(rows(tmp_path / "out.csv")) == 5


@pytest.mark.parametrize(("verb", "text", "options"), EVERY_VERB)
def test_an_input_that_lacks_a_column_ends_with_one_message_and_writes_nothing(tmp_path, verb, text, options):
    source = file(tmp_path, text.replace("value", "figure").replace("denominator", "below"))
    done = measure(verb, source, tmp_path / "out.csv", *options)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: in.csv, row 1, column ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("verb", "text", "options", "column"),
    [
        ("rates", RATES.replace("note", "reason"), [], "reason"),
        ("proportions", RATES.replace("note", "lower"), [], "lower"),
        ("spc", CHARTS.replace("value", "value,mean"), ["--improvement", "increase"], "mean"),
        ("trend", TRENDS.replace("denominator", "denominator,trend"), ["--polarity", "low"], "trend"),
        ("inequality", TENTHS.replace("standard_error", "standard_error,sii"), [], "sii"),
    ],
)
def test_a_column_that_bears_an_outputs_name_is_refused(tmp_path, verb, text, options, column):
    head, *lines = text.splitlines()
    wide = (
        "\n".join([head, *(f"{line},1" for line in lines)])
        if verb in ("spc", "trend", "inequality")
        else text
    )
    done = measure(verb, file(tmp_path, wide + "\n"), tmp_path / "out.csv", *options)
    assert done.exit_code == 2
    assert f"row 1, column {column}: found a column that this command adds" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_old_results_stay_when_the_input_cannot_be_used(tmp_path):
    out = file(tmp_path, "old", "out.csv")
    assert measure("rates", file(tmp_path, "a\n1\n"), out).exit_code == 2
    assert out.read_text(encoding="utf-8") == "old"


def test_a_table_without_rows_gives_a_table_without_rows(tmp_path):
    for verb, text, options in EVERY_VERB:
        assert asked(tmp_path, verb, text.splitlines()[0] + "\n", *options) == []


def test_columns_pass_through_as_they_are_and_missing_is_empty(tmp_path):
    found = asked(tmp_path, "rates", RATES, "--multiplier", "100")
    assert [row["note"] for row in found] == ["a,\nb", "", "z", "z", "z"]
    assert found[0] | {"lower": "", "upper": ""} == {
        "area": "A", "count": "1", "denominator": "100", "note": "a,\nb",
        "value": "1.0", "lower": "", "upper": "", "method": "exact", "reason": "",
    }  # fmt: skip
    assert [(row["value"], row["method"], row["reason"]) for row in found[1:]] == [
        ("20.0", "Byar", ""),
        ("", "", "a number is missing"),
        ("", "", "the count is not a number"),
        ("", "", "the denominator is not above 0"),
    ]


def test_the_analyst_never_waits_for_django(tmp_path):
    source = file(tmp_path, RATES.replace("A,1,", "A,11,").replace("E,3,", "E,33,"))
    code = (
        "import sys\nfrom knotwork.cli import main\n"
        f"words = ['measures', 'rates', {str(source)!r}, '--out', {str(tmp_path / 'out.csv')!r}]\n"
        "try:\n    main(words)\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print([name for name in ('django', 'scipy', 'pandas', 'rich') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("[]\n"), shown.stderr


# -- rates and proportions


@pytest.mark.parametrize(("verb", "name"), [("rates", "rates"), ("proportions", "proportions")])
def test_rows_added_up_by_area_are_those_that_are_published(tmp_path, verb, name):
    single = table(f"{name}.csv").select(
        area="Area", count="Numerator", denominator="Denominator", times="multiplier"
    )
    single.write_csv(tmp_path / "in.csv")
    assert measure(verb, tmp_path / "in.csv", tmp_path / "out.csv", "--group", "area").exit_code == 0
    found = {row["area"]: row for row in rows(tmp_path / "out.csv")}
    published = table(f"{name}-grouped.csv")
    assert list(found) == sorted(published["Area"])
    for row in published.rows(named=True):
        if row["value"] is None:
            assert found[row["Area"]]["reason"] == "a number is missing"
        else:
            for ours, theirs in (("value", "value"), ("lower", "lowercl"), ("upper", "uppercl")):
                assert float(found[row["Area"]][ours]) == pytest.approx(row[theirs], rel=1e-9)


def test_several_columns_can_make_a_group_and_numbers_sort_as_numbers(tmp_path):
    text = "area,sex,count,denominator\n10,F,1,10\n9,M,2,10\n9,F,3,10\n10,F,4,10\n9,F,bad,10\n"
    found = asked(tmp_path, "proportions", text, "--group", "area", "--group", "sex", "--multiplier", "100")
    assert [(row["area"], row["sex"], row["count"], row["value"]) for row in found] == [
        ("9", "F", "", ""),
        ("9", "M", "2.0", "20.0"),
        ("10", "F", "5.0", "25.0"),
    ]
    assert found[0]["reason"] == "a number is missing"


def test_a_group_that_is_no_column_is_refused(tmp_path):
    done = measure("rates", file(tmp_path, RATES), tmp_path / "out.csv", "--group", "region")
    assert done.exit_code == 2
    assert "column region" in done.stderr


def test_wider_limits_are_asked_for_by_their_level(tmp_path):
    plain = asked(tmp_path, "proportions", RATES)
    wide = asked(tmp_path, "proportions", RATES, "--level", "0.998")
    assert float(wide[0]["lower"]) < float(plain[0]["lower"]) < float(plain[0]["value"])
    assert plain[0]["method"] == "Wilson"


# -- inequality


def test_the_published_slope_indices_are_reproduced(tmp_path):
    given = table("inequality-input.csv").select(
        pl.format("{}-{}", "Period", "SchoolYear").alias("area"),
        quantile="Decile", population="Measured", value="v", lower="l", upper="u",
    )  # fmt: skip
    given.write_csv(tmp_path / "in.csv")
    done = measure(
        "inequality",
        tmp_path / "in.csv",
        tmp_path / "out.csv",
        "--kind",
        "proportion",
        "--multiplier",
        "-100",
    )
    assert done.exit_code == 0
    found = {row["area"]: row for row in rows(tmp_path / "out.csv")}
    for row in table("inequality-result.csv").rows(named=True):
        ours = found[f"{row['Period']}-{row['SchoolYear']}"]
        assert float(ours["sii"]) == pytest.approx(row["sii"], rel=1e-9)
        assert float(ours["rii"]) == pytest.approx(row["rii"], rel=1e-9)
        assert float(ours["intercept"]) == pytest.approx(row["intercept"], rel=1e-9)


def test_areas_sort_as_numbers_and_rows_without_an_area_are_counted(tmp_path):
    lines = TENTHS.splitlines(keepends=True)
    other = [line.replace("A,", "10,", 1) for line in lines[1:]]
    nobody = ",1,100,3,1\n"
    text = lines[0] + "".join(other) + "".join(line.replace("A,", "9,", 1) for line in lines[1:4]) + nobody
    found = asked(tmp_path, "inequality", text)
    assert [(row["area"], row["reason"]) for row in found] == [
        ("9", "there are not 5 to 100 quantiles"),
        ("10", ""),
    ]
    assert summary(tmp_path)["warnings"] == ["1 rows name no area and are left out."]


def test_draws_and_seed_are_options(tmp_path):
    none = asked(tmp_path, "inequality", TENTHS, "--resamples", "0")[0]
    assert (none["rii_lower"], none["rii_upper"]) == ("", "")
    one, other = (asked(tmp_path, "inequality", TENTHS, "--seed", seed)[0] for seed in "12")
    assert one["rii_lower"] != other["rii_lower"]
    assert summary(tmp_path)["seed"] == 2


def test_neither_standard_errors_nor_limits_is_a_bad_file(tmp_path):
    done = measure("inequality", file(tmp_path, TENTHS.replace("standard_error", "se")), tmp_path / "out.csv")
    assert done.exit_code == 2
    assert "column standard_error" in done.stderr
    assert "expected this column, or lower and upper." in done.stderr


def test_plain_values_cannot_be_transformed(tmp_path):
    assert measure("inequality", file(tmp_path, TENTHS), tmp_path / "out.csv", "--transform").exit_code == 2
    assert asked(tmp_path, "inequality", TENTHS, "--transform", "--kind", "rate")[0]["method"] == "simulation"


# -- trend


def test_the_published_trends_are_reproduced(tmp_path):
    given = pl.read_csv(DATA / "recent-trends.csv", infer_schema=False)
    names = {"case": "area", "year": "period", "lower_ci": "lower", "upper_ci": "upper"}
    given.rename(names).write_csv(tmp_path / "in.csv")
    assert measure("trend", tmp_path / "in.csv", tmp_path / "out.csv", "--polarity", "low").exit_code == 0
    assert [
        (row["area"], row["trend"], row["better_or_worse"], row["reason"])
        for row in rows(tmp_path / "out.csv")
    ] == [
        ("DiabetesPrevalence", "increasing", "worse", ""),
        ("EmergencyReadmissions", "", "", "the values are indirectly standardised"),
        ("Under75CancerMortality", "decreasing", "better", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("A,2019", "A,2015", "the area has this period more than once"),
        ("A,2019", "A,soon", "the period is not understood"),
        ("A,2019", "A,2018/19", "the periods are longer than a year or overlap"),
        ("A,2019", "A,2020-22", "the periods are longer than a year or overlap"),
        ("A,2019,16,15,17", "A,2019,16,,17", "no limits supplied"),
        ("A,2019,16", "A,2019,none", "fewer than 5 periods"),
        ("10,100\nA,2019", "100,100\nA,2019", "a count is equal to its denominator"),
    ],
)
def test_an_area_of_which_nothing_can_be_said_has_a_reason(tmp_path, old, new, reason):
    assert old in TRENDS
    (found,) = asked(tmp_path, "trend", TRENDS.replace(old, new), "--polarity", "low")
    assert (found["trend"], found["chi_squared"], found["reason"]) == ("", "", reason)


def test_rows_without_an_area_are_left_out_and_counted(tmp_path):
    (found,) = asked(tmp_path, "trend", TRENDS + ",2014,1,1,1,1,2\n", "--polarity", "none")
    assert (found["trend"], found["better_or_worse"]) == ("decreasing", "")
    assert summary(tmp_path)["warnings"] == ["1 rows name no area and are left out."]
