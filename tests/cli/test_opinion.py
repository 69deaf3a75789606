import csv
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.methods.opinion.material import CONVERSATIONS, POLIS_MATH, made_votes

from knotwork import __version__
from knotwork.cli import COMMANDS, main
from knotwork.methods.opinion import STEPS

CONVERSATION = CONVERSATIONS / "15-per-hour-seattle"
TABLES = (
    "participants",
    "statements",
    "groups",
    "solutions",
    "group_statements",
    "representative",
    "consensus",
    "components",
)


@pytest.fixture(autouse=True)
def _environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
        monkeypatch.setenv(variable, "1")


def analyse(source: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["opinion", "analyse", str(source), "--out", str(out), *options])


def results(out: Path) -> dict[str, bytes]:
    """All files by name; of the summary all but what belongs to one run."""
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    summary = json.loads(files["summary.json"])
    del summary["run"]
    return files | {"summary.json": json.dumps(summary).encode()}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def votes_csv(folder: Path, text: str) -> Path:
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_polis_export_becomes_all_tables_and_a_summary(tmp_path):
    done = analyse(CONVERSATION, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "summary.json",
        *(f"{name}.csv" for name in TABLES),
    }
    assert "339 people cast 2,872 votes on 54 statements" in done.stdout
    assert done.stderr == ""


def test_the_summary_tells_what_was_read_and_how(tmp_path):
    analyse(CONVERSATION, tmp_path, "--seed", "3", "--level", "0.9", "--resamples", "0", "--strict")
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (summary["method"], summary["knotwork"], summary["seed"]) == ("opinion", __version__, 3)
    assert summary["options"] == {
        "groups": None,
        "given_groups": None,
        "level": 0.9,
        "resamples": 0,
        "strict": True,
    }
    assert summary["input"]["rows"] == 2995
    assert [file["name"] for file in summary["run"]["files"]] == [
        "votes.csv.gz",
        "comments.csv.gz",
        "summary.csv.gz",
    ]
    assert [words.split(" rank")[0] for words in summary["warnings"]] == [
        "Bridging and group-aware consensus"
    ]
    assert summary["found"]["groups"] == 2
    bridges = summary["found"]["bridging"]
    assert (bridges["people"], bridges["votes"], bridges["resamples"]) == (138, 2354, 0)
    assert bridges["loss"] == pytest.approx(0.133475, abs=1e-6)
    assert bridges["spearman_with_consensus"] == pytest.approx(0.87, abs=0.02)
    assert bridges["far_apart"] == ["9", "8", "24", "36"]


def test_missing_cells_are_empty_and_truth_is_lower_case(tmp_path):
    analyse(CONVERSATION, tmp_path)
    text = (tmp_path / "participants.csv").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert {row["in_conversation"] for row in rows(tmp_path / "participants.csv")} == {"true", "false"}
    assert any(row["group"] == "" for row in rows(tmp_path / "participants.csv"))


def test_rows_in_any_order_give_the_same_files(tmp_path):
    turned = tmp_path / "turned"
    shutil.copytree(CONVERSATION, turned)
    for name in ("votes", "comments"):
        packed = turned / f"{name}.csv.gz"
        table = list(csv.reader(gzip.decompress(packed.read_bytes()).decode().splitlines()))
        with (turned / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([table[0], *table[:0:-1]])
        packed.unlink()
    analyse(CONVERSATION, tmp_path / "one")
    analyse(turned, tmp_path / "other")
    assert results(tmp_path / "one") == results(tmp_path / "other")


def test_worker_processes_give_the_same_files(tmp_path):
    analyse(CONVERSATION, tmp_path / "one")
    done = analyse(CONVERSATION, tmp_path / "other", "--engine", "processes")
    assert done.exit_code == 0
    assert results(tmp_path / "one") == results(tmp_path / "other")


def test_parts_split_by_person_give_the_same_files_on_any_engine(tmp_path):
    votes = made_votes(60, 10, seen=0.8)
    for parts in (1, 3):
        folder = tmp_path / f"parts-{parts}"
        folder.mkdir()
        for part in range(parts):
            votes.filter(pl.col("participant") % parts == part).write_parquet(folder / f"{part}.parquet")
    few = ("--resamples", "5")
    analyse(tmp_path / "parts-1", tmp_path / "one", *few)
    analyse(tmp_path / "parts-3", tmp_path / "three", *few)
    done = analyse(tmp_path / "parts-3", tmp_path / "processes", *few, "--engine", "processes")
    assert done.exit_code == 0, done.output
    assert results(tmp_path / "one") == results(tmp_path / "three") == results(tmp_path / "processes")


def test_dask_gives_the_same_files(tmp_path):
    distributed = pytest.importorskip("distributed")
    analyse(CONVERSATION, tmp_path / "one")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        options = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
        assert analyse(CONVERSATION, tmp_path / "other", *options).exit_code == 0
    assert results(tmp_path / "one") == results(tmp_path / "other")


def test_a_polis_api_folder_is_read(tmp_path):
    assert analyse(POLIS_MATH, tmp_path).exit_code == 0
    assert sum(1 for _ in rows(tmp_path / "statements.csv")) == 118


def test_a_plain_table_is_read_and_written_as_parquet(tmp_path):
    path = votes_csv(
        tmp_path, "participant,statement,vote\n" + "".join(f"p{i},{i % 3},{i % 2}\n" for i in range(9))
    )
    assert analyse(path, tmp_path / "out", "--format", "parquet").exit_code == 0
    assert pl.read_parquet(tmp_path / "out" / "participants.parquet")["participant"][0] == "p0"
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".parquet", ".json"}


def test_a_number_of_groups_can_be_asked_for(tmp_path):
    analyse(CONVERSATION, tmp_path, "--groups", "3")
    assert [row["group"] for row in rows(tmp_path / "groups.csv")] == ["A", "B", "C"]
    assert [row["groups"] for row in rows(tmp_path / "solutions.csv") if row["chosen"] == "true"] == ["3"]


def test_whoever_is_in_a_given_group_is_counted_with_a_single_vote_too(tmp_path):
    votes = ["participant,statement,vote"]
    votes += [f"p{person},{number},{1 if person < 10 else -1}" for person in range(20) for number in range(8)]
    (tmp_path / "votes.csv").write_text("\n".join([*votes, "late,3,1", "never,3,-1"]), encoding="utf-8")
    given = [f"p{person},{'north' if person < 10 else 'south'}" for person in range(20)]
    (tmp_path / "known.csv").write_text(
        "\n".join(["participant,group", *given, "late,south"]), encoding="utf-8"
    )
    known = ("--given-groups", str(tmp_path / "known.csv"), "--resamples", "0")
    assert analyse(tmp_path / "votes.csv", tmp_path / "out", *known).exit_code == 0
    people = {row["participant"]: row for row in rows(tmp_path / "out" / "participants.csv")}
    assert (people["late"]["group"], people["late"]["in_conversation"]) == ("south", "false")
    assert people["never"]["group"] == ""
    sizes = {row["group"]: row["size"] for row in rows(tmp_path / "out" / "groups.csv")}
    assert sizes == {"north": "10", "south": "11"}
    counted = {
        (row["group"], row["statement"]): (row["agree"], row["seen"])
        for row in rows(tmp_path / "out" / "group_statements.csv")
    }
    assert counted["south", "3"] == ("1", "11")
    assert counted["south", "4"] == ("0", "10")


def test_given_groups_are_used_as_they_are(tmp_path):
    known = tmp_path / "known.csv"
    known.write_text("participant,group\n1,west\nnobody,east\n3,west\n4,north\n", encoding="utf-8")
    done = analyse(CONVERSATION, tmp_path / "out", "--given-groups", str(known))
    assert done.exit_code == 0
    groups = [(row["group"], row["size"]) for row in rows(tmp_path / "out" / "groups.csv")]
    assert groups == [("north", "1"), ("west", "2")]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["options"]["given_groups"] == 4
    assert summary["run"]["given_groups"].endswith("known.csv")
    assert "1 of the people in the given groups have no votes and are left out." in summary["warnings"]


def test_an_input_that_cannot_be_used_ends_with_one_message_and_writes_nothing(tmp_path):
    path = votes_csv(tmp_path, "participant,statement,vote\n1,1,1\n1,2,5\n")
    done = analyse(path, tmp_path / "out")
    assert done.exit_code == 2
    assert done.stderr == "Error: votes.csv, row 3, column vote: found 5, expected 1, 0 or -1.\n"
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_an_unusable_input_leaves_old_results_alone(tmp_path):
    path = votes_csv(tmp_path, "participant,statement\n")
    out = tmp_path / "out"
    out.mkdir()
    (out / "groups.csv").write_text("old", encoding="utf-8")
    assert analyse(path, out).exit_code == 2
    assert [(file.name, file.read_text(encoding="utf-8")) for file in out.iterdir()] == [
        ("groups.csv", "old")
    ]


def test_a_place_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = analyse(CONVERSATION, tmp_path / "out")
    assert done.exit_code == 2
    assert "expected a folder that can be written to" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--groups", "2", "--given-groups", "x.csv"),
        ("--scheduler", "tcp://here:1"),
        ("--level", "1"),
        ("--groups", "1"),
        ("--resamples", "-1"),
        ("--format", "xlsx"),
    ],
)
def test_options_that_contradict_each_other_are_refused(tmp_path, options):
    assert analyse(CONVERSATION, tmp_path / "out", *options).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_progress_is_shown_on_a_terminal_only(tmp_path, monkeypatch):
    from knotwork.cli import opinion

    shown: list[str] = []

    class Bar:
        def __enter__(self) -> "Bar":
            return self

        def __exit__(self, *error: object) -> None: ...

        def update(self, steps: int, step: str) -> None:
            shown.append(step)

    monkeypatch.setattr(opinion.click, "progressbar", lambda **options: Bar())
    analyse(CONVERSATION, tmp_path)
    assert shown == []
    monkeypatch.setattr(opinion, "_on_a_terminal", lambda: True)
    analyse(CONVERSATION, tmp_path)
    assert shown == ["reading", *STEPS, "writing"]


def test_the_version_is_told():
    done = CliRunner().invoke(main, ["--version"])
    assert done.stdout == f"knotwork, version {__version__}\n"


def test_help_lists_every_command_without_loading_one():
    code = (
        "import sys\nfrom knotwork.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('numpy', 'polars', 'django') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in shown for name in COMMANDS)
    assert shown.endswith("[]\n")


def test_an_unknown_command_is_refused():
    done = CliRunner().invoke(main, ["guess"])
    assert done.exit_code == 2
    assert "No such command 'guess'" in done.stderr


def test_the_analyst_never_waits_for_django_or_scipy(tmp_path):
    code = (
        "import sys\nfrom knotwork.cli import main\n"
        f"words = ['opinion', 'analyse', {str(CONVERSATION)!r}, '--out', {str(tmp_path)!r}]\n"
        "try:\n    main(words)\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "slow = ('django', 'scipy', 'numba', 'pandas', 'rich', 'distributed')\n"
        "print([name for name in slow if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("[]\n"), shown.stderr
    assert shown.stderr == ""
