import random

import pytest

from knotwork.formats.maps import (
    MapFactor,
    MapFile,
    MapLink,
    MapPerspective,
    arranged,
    kind_of,
    read_map,
    read_uploaded_map,
    write_map,
)
from knotwork.formats.problems import InputProblem
from tests.formats.map_files import FORESIGHT, MAPS


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.mmp", "mmp"), ("A.MMP", "mmp"), ("a.json", "json"), ("a.zip", "csv"), ("folder", "csv")],
)
def test_the_name_says_the_kind(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize("name", ["map.xlsx", "links.csv"])
def test_another_ending_is_refused(name):
    with pytest.raises(InputProblem, match="a folder or zip with"):
        kind_of(name)


def test_a_map_is_read_from_a_folder_a_file_or_an_upload(tmp_path):
    read = read_map(FORESIGHT)
    assert (len(read.factors), [len(one.links) for one in read.perspectives]) == (108, [296])
    written = write_map(read, "json").files["map.json"]
    (tmp_path / "of-any-ending.txt").write_bytes(written)
    assert read_map(tmp_path / "of-any-ending.txt", "json").factors == read.factors
    assert read_uploaded_map("map.json", written).perspectives == read.perspectives
    assert read_map(MAPS / "fish_wetland.mmp").title == "FCM"


def test_a_kind_that_is_not_there_cannot_be_written():
    with pytest.raises(ValueError, match="csv, mmp, json"):
        write_map(MapFile("", (), ()), "xlsx")


def test_everything_stands_in_canonical_order_whatever_the_order_of_rows():
    ids = ["2", "10", "1", "33"]
    links = [MapLink(one, other, 1) for one in ids for other in ids]
    parts = [ids, links, ["b", "a", "c"]]
    chance = random.Random(0)
    found = set()
    for _ in range(5):
        for part in parts:
            chance.shuffle(part)
        found.add(
            arranged(
                MapFile(
                    "",
                    tuple(map(MapFactor, ids)),
                    tuple(MapPerspective(name, 1, tuple(links)) for name in parts[2]),
                )
            )
        )
    (only,) = found
    assert [factor.id for factor in only.factors] == ["1", "2", "10", "33"]
    assert [one.name for one in only.perspectives] == ["a", "b", "c"]
    assert [link.target for link in only.perspectives[0].links[:4]] == ["1", "2", "10", "33"]
