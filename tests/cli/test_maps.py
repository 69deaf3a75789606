import csv
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import networkx
import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.formats.map_files import FORESIGHT, MAPS

from knotwork.cli import main
from knotwork.cli.maps import maps
from knotwork.methods.causal import loops


@pytest.fixture(autouse=True)
def _environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
        monkeypatch.setenv(variable, "1")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["maps", *map(str, words)])


def done(*words: object) -> Result:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_run(path: Path) -> dict[str, object]:
    summary = json.loads(path.read_bytes())
    del summary["run"]
    return summary


def shuffled(source: Path, target: Path, seed: int) -> Path:
    """The same tables with their rows in another order."""
    target.mkdir()
    for name in ("factors.csv", "links.csv"):
        head, *lines = (source / name).read_text(encoding="utf-8").splitlines()
        random.Random(seed).shuffle(lines)
        (target / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return target


def a_map(folder: Path, links: str, factors: str = "id,label\n1,Sleep\n2,Noise\n10,Rain\n") -> Path:
    folder.mkdir()
    (folder / "factors.csv").write_text(factors, encoding="utf-8")
    (folder / "links.csv").write_text(links, encoding="utf-8")
    return folder


def test_the_loops_of_the_obesity_map_are_those_that_networkx_finds(tmp_path):
    said = done("loops", FORESIGHT, "--up-to", 8, "--out", tmp_path).stdout
    assert said == "901 loops of up to 8 factors: 522 reinforcing, 379 balancing.\n"
    graph = networkx.DiGraph()
    for row in rows(FORESIGHT / "links.csv"):
        graph.add_edge(int(row["source"]), int(row["target"]), sign=int(row["sign"]))
    expected = set()
    for loop in networkx.simple_cycles(graph, length_bound=8):
        start = loop.index(min(loop))
        turned = loop[start:] + loop[:start]
        minus = sum(
            graph.edges[pair]["sign"] < 0 for pair in zip(turned, [*turned[1:], turned[0]], strict=True)
        )
        expected.add((">".join(map(str, turned)), "-" if minus % 2 else "+"))
    found = rows(tmp_path / "loops.csv")
    assert {(row["factors"], row["sign"]) for row in found} == expected
    assert list(found[0]) == ["loop", "length", "sign", "factors", "strength", "support"]
    assert found[0] == {
        "loop": "1",
        "length": "2",
        "sign": "+",
        "factors": "6>15",
        "strength": "1.0",
        "support": "1.0",
    }


def test_the_story_is_rows_of_the_loops_that_hold_all_their_links(tmp_path):
    done("loops", FORESIGHT, "--out", tmp_path)
    links = {}
    for name in ("loops.csv", "story.csv"):
        links[name] = {
            pair
            for row in rows(tmp_path / name)
            for ids in [row["factors"].split(">")]
            for pair in zip(ids, [*ids[1:], ids[0]], strict=True)
        }
    assert links["loops.csv"] == links["story.csv"]
    assert all(row in rows(tmp_path / "loops.csv") for row in rows(tmp_path / "story.csv"))
    assert without_run(tmp_path / "summary.json")["found"] == {
        "loops": 901,
        "reinforcing": 522,
        "story": 135,
        "up_to": 8,
        "hit_cap": False,
    }


def test_rows_in_any_order_give_the_same_files(tmp_path):
    people = a_map(
        tmp_path / "people",
        "source,target,sign,weight,person\n1,2,+,0.3,Ann\n2,1,-,-0.7,Ann\n2,1,+,0.1,Ben\n2,10,+,,Cem\n10,1,-,-0.2,Cem\n",
    )
    for source in (FORESIGHT, people):
        found = []
        for seed in range(3):
            place = tmp_path / f"{source.name}-{seed}"
            place.mkdir()
            mixed = shuffled(source, place / source.name, seed)
            done("loops", mixed, "--out", place / "loops")
            done("merge", mixed, "--out", place / "merged.json")
            done("convert", mixed, place / "tables")
            done("convert", mixed, place / "map.json")
            found.append(
                [
                    *((place / "loops" / name).read_bytes() for name in ("loops.csv", "story.csv")),
                    *((place / "tables" / name).read_bytes() for name in ("factors.csv", "links.csv")),
                    (place / "merged.json").read_bytes(),
                    (place / "map.json").read_bytes(),
                    without_run(place / "loops" / "summary.json"),
                    without_run(place / "tables" / "summary.json"),
                    without_run(place / "merged.json.summary.json"),
                ]
            )
        assert found[0] == found[1] == found[2]


def test_the_support_of_a_loop_is_the_smallest_of_its_links(tmp_path):
    source = a_map(
        tmp_path / "map",
        "source,target,sign,weight,person\n1,2,+,0.5,Ann\n1,2,+,0.5,Ben\n2,1,-,-0.5,Ann\n2,1,+,0.25,Ben\n1,10,+,,Cem\n",
    )
    done("loops", source, "--out", tmp_path / "out")
    (row,) = rows(tmp_path / "out" / "loops.csv")
    assert (row["sign"], row["factors"], row["support"]) == ("-", "1>2", "0.6666666666666666")
    assert without_run(tmp_path / "out" / "summary.json")["warnings"] == [
        "1 link is contested: some drew +, some drew -."
    ]


def test_a_search_that_ended_early_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(loops.feedback_loops, "__kwdefaults__", {"up_to": 8, "most_expanded": 777})
    done("loops", FORESIGHT, "--out", tmp_path)
    summary = without_run(tmp_path / "summary.json")
    assert summary["found"]["hit_cap"] is True
    assert summary["options"] == {"up_to": 8}
    reached = summary["found"]["up_to"]
    assert 2 <= reached < 8
    assert summary["warnings"][-1].endswith(f"too many to search for: these are all of up to {reached}.")


def test_tables_may_be_written_as_parquet(tmp_path):
    done("loops", MAPS / "fish_wetland.mmp", "--out", tmp_path, "--format", "parquet")
    table = pl.read_parquet(tmp_path / "loops.parquet")
    assert table.schema["length"] == pl.Int64
    assert not (tmp_path / "loops.csv").exists()


def test_a_map_without_loops_gives_empty_tables(tmp_path):
    done("loops", a_map(tmp_path / "map", "source,target,sign\n1,2,+\n"), "--out", tmp_path / "out")
    head = "loop,length,sign,factors,strength,support\n"
    assert (
        (tmp_path / "out" / "loops.csv").read_text() == (tmp_path / "out" / "story.csv").read_text() == head
    )


def test_merging_keeps_everybody_whole_and_counts_each_link(tmp_path):
    out = tmp_path / "merged.json"
    said = done("merge", MAPS / "project_4.mmp", MAPS / "project_5.mmp", "--out", out).stdout
    assert said == "2 people's maps, 16 factors, 29 links, 0 contested.\n"
    content = json.loads(out.read_bytes())
    assert (content["schema"], content["version"]) == ("knotwork-map", 1)
    assert [one["name"] for one in content["perspectives"]] == ["Peter Billingsly", "Sally Mae Johnson"]
    assert [len(one["links"]) for one in content["perspectives"]] == [29, 29]
    assert list(content["links"][0]) == [
        "source",
        "target",
        "n_all",
        "n_link",
        "n_plus",
        "n_minus",
        "mean_all",
        "mean_drawers",
        "support",
        "conflict",
    ]
    summary = without_run(tmp_path / "merged.json.summary.json")
    assert summary["found"]["matched_factors"] == 16
    assert summary["input"] | {"map_sha256": ""} == {
        "rows": 74,
        "factors": 16,
        "links": 58,
        "perspectives": 2,
        "map_sha256": "",
    }


def test_labels_that_may_mean_the_same_are_left_to_a_person(tmp_path):
    out = tmp_path / "merged.json"
    done("merge", *(MAPS / f"fish_wetland{end}.mmp" for end in ("", "_ozesmi")), "--out", out)
    found = without_run(tmp_path / "merged.json.summary.json")["found"]
    assert found["perhaps_the_same"] == [["Enforcement of laws", "Laws"]]
    assert found["contested_links"] == 0


def test_the_order_of_the_maps_does_not_matter(tmp_path):
    names = [MAPS / "project_4.mmp", MAPS / "fire_model.mmp", MAPS / "fish_wetland.mmp"]
    done("merge", *names, "--out", tmp_path / "one.json")
    done("merge", *reversed(names), "--out", tmp_path / "other.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


def test_what_a_format_cannot_carry_is_listed_on_standard_error(tmp_path):
    done("merge", MAPS / "project_4.mmp", MAPS / "project_5.mmp", "--out", tmp_path / "merged.json")
    result = done("convert", tmp_path / "merged.json", tmp_path / "each.mmp")
    assert result.stdout == "Written: each-1.mmp, each-2.mmp.\n"
    result = done("convert", MAPS / "fire_model.mmp", tmp_path / "tables")
    assert result.stderr.splitlines() == [
        "Not carried over: the scenario win game",
        "Not carried over: the scenario go team",
        "Not carried over: the title of the map",
    ]
    assert without_run(tmp_path / "tables" / "summary.json")["found"]["not_carried_over"] == [
        "the scenario win game",
        "the scenario go team",
        "the title of the map",
    ]


def test_a_map_goes_round_all_formats_and_comes_back(tmp_path):
    done("convert", MAPS / "fire_model.mmp", tmp_path / "one.json")
    done("convert", tmp_path / "one.json", tmp_path / "two.zip")
    done("convert", tmp_path / "two.zip", tmp_path / "three", "--to", "csv")
    done("convert", tmp_path / "three", tmp_path / "four.mmp")
    done("convert", tmp_path / "four.mmp", tmp_path / "five.json")
    first, last = (json.loads((tmp_path / name).read_bytes()) for name in ("one.json", "five.json"))
    assert last | {"title": "Fire"} == first
    assert (tmp_path / "one.json.summary.json").exists()


@pytest.mark.parametrize("kind", ["--from", "--to"])
def test_a_file_of_another_ending_is_read_and_written_as_told(tmp_path, kind):
    shutil.copy(MAPS / "fish_wetland.mmp", tmp_path / "map.xml")
    if kind == "--from":
        done("convert", tmp_path / "map.xml", tmp_path / "out.json", "--from", "mmp")
    else:
        done("convert", MAPS / "fish_wetland.mmp", tmp_path / "out.xml", "--to", "mmp")
        assert b"<mentalModeler>" in (tmp_path / "out.xml").read_bytes()


@pytest.mark.parametrize(
    ("links", "message"),
    [
        (
            "source,target,sign\n1,9,+\n",
            "links.csv, row 2, column target: found 9, expected an id of factors.csv.",
        ),
        ("source,target,sign\n1,2,?\n", "links.csv, row 2, column sign: found ?, expected 1, -1, + or -."),
    ],
)
def test_unusable_input_is_refused_with_one_message_and_nothing_written(tmp_path, links, message):
    source = a_map(tmp_path / "map", links)
    for words in (
        ("loops", source, "--out", tmp_path / "out"),
        ("merge", source, "--out", tmp_path / "out"),
        ("convert", source, tmp_path / "out.json"),
    ):
        result = run(*words)
        assert (result.exit_code, result.stderr) == (2, f"Error: {message}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    for words, expected in (
        (("convert", FORESIGHT, tmp_path / "file"), "a name that ends in .zip"),
        (("convert", FORESIGHT, tmp_path / "folder", "--to", "json"), "a file that can be written"),
        (("convert", FORESIGHT, tmp_path / "map.xlsx"), "a .mmp or a .json file"),
        (("merge", FORESIGHT, "--out", tmp_path / "folder"), "a file that can be written"),
        (("loops", FORESIGHT, "--out", tmp_path / "file"), "a folder that can be written to"),
    ):
        result = run(*words)
        assert result.exit_code == 2
        assert expected in result.stderr
    assert (tmp_path / "file").read_text() == "mine"
    assert not list((tmp_path / "folder").iterdir())


def test_help_of_each_verb_is_there():
    for verb in maps.commands:
        assert "Usage:" in done(verb, "--help").stdout


def test_the_analyst_never_waits_for_django_or_scipy(tmp_path):
    code = (
        "import sys\nfrom knotwork.cli import main\n"
        f"words = ['maps', 'loops', {str(FORESIGHT)!r}, '--out', {str(tmp_path)!r}]\n"
        "try:\n    main(words)\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "slow = ('django', 'scipy', 'pandas', 'rich', 'networkx')\n"
        "print([name for name in slow if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("[]\n"), shown.stderr
    assert shown.stderr == ""
