import json

import pytest
from hypothesis import given

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, read_uploaded_map, write_map
from knotwork.formats.problems import InputProblem
from tests.formats.map_files import any_map

WHOLE = {
    "schema": "knotwork-map",
    "version": 1,
    "title": "T",
    "factors": [{"id": "1", "label": "One", "x": 2}],
    "perspectives": [{"name": "Ann", "people": 2, "links": [{"source": "1", "target": "1", "sign": -1}]}],
}


def read(content: object) -> MapFile:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_uploaded_map("map.json", raw)


def with_link(**further: object) -> dict[str, object]:
    link = {"source": "1", "target": "1", "sign": 1, **further}
    return {**WHOLE, "perspectives": [{"name": "Ann", "links": [link]}]}


@given(any_map())
def test_everything_that_is_written_is_read_back(one):
    written = write_map(one, "json")
    assert read(written.files["map.json"]) == one
    assert written.lost == ()


def test_a_file_is_read_whole():
    assert read(WHOLE) == MapFile(
        "T",
        (MapFactor("1", "One", x=2.0),),
        (MapPerspective("Ann", 2, (MapLink("1", "1", -1),)),),
    )


def test_null_is_nothing_and_a_mark_of_byte_order_does_no_harm():
    content = json.dumps({**WHOLE, "title": None, "factors": [{"id": "1", "label": None}]})
    one = read(content.encode("utf-8-sig"))
    assert (one.title, one.factors) == ("", (MapFactor("1"),))


def test_links_of_all_people_stand_there_for_readers():
    one = MapFile(
        "",
        (MapFactor("1"), MapFactor("2")),
        (
            MapPerspective("Ann", 1, (MapLink("1", "2", 1, 0.5),)),
            MapPerspective("Ben", 1, (MapLink("1", "2", -1),)),
            MapPerspective("Cem", 1, ()),
        ),
    )
    (link,) = json.loads(write_map(one, "json").files["map.json"])["links"]
    assert link == {
        "source": "1",
        "target": "2",
        "n_all": 3,
        "n_link": 2,
        "n_plus": 1,
        "n_minus": 1,
        "mean_all": pytest.approx(-1 / 6),
        "mean_drawers": -0.25,
        "support": pytest.approx(2 / 3),
        "conflict": 1.0,
    }


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"{", "a file that is not JSON"),
        (b"\xff", "a file that is not JSON"),
        (json.dumps(WHOLE).encode("utf-16"), "a file that is not JSON in UTF-8"),
        ({**WHOLE, "title": "\ud800"}, "a file that is not JSON in UTF-8"),
        ({**WHOLE, "title": ["T"]}, "map.json, column title: found ['T'], expected a text"),
        (b"[" * 100_000, "a file that is not JSON"),
        (b'{"x": ' + b"9" * 5000 + b"}", "a file that is not JSON"),
        ([], "another schema"),
        ({**WHOLE, "schema": "other"}, "another schema"),
        ({**WHOLE, "version": 2}, "column version: found 2"),
        ({**WHOLE, "factors": 1}, "column factors: found int, expected a list of objects"),
        ({**WHOLE, "perspectives": [1]}, "column perspectives: found list"),
        ({**WHOLE, "factors": [{"id": 1}]}, "row 1, column id: found 1, expected a text"),
        ({**WHOLE, "factors": [{"label": "x"}]}, "row 1, column id: found nothing, expected a text"),
        (
            {**WHOLE, "factors": [{"id": "1"}, {"id": "1"}]},
            "row 2, column id: found 1, expected each id once",
        ),
        ({**WHOLE, "factors": [{"id": "1", "x": "a"}]}, "column x: found a, expected a number"),
        ({**WHOLE, "factors": [{"id": "1", "x": True}]}, "column x: found True, expected a number"),
        ({**WHOLE, "factors": [{"id": "1", "x": 10**400}]}, "expected a number"),
        ({**WHOLE, "perspectives": [{"name": "A", "people": 0, "links": []}]}, "column people: found 0"),
        (
            {**WHOLE, "perspectives": [{"name": "A", "people": 1_000_001, "links": []}]},
            "found 1000001, expected a number from 1 to 1,000,000",
        ),
        (with_link(source="2"), "row 1, column source: found 2, expected an id of a factor"),
        (with_link(sign=0), "row 1, column sign: found 0, expected 1 or -1"),
        (with_link(sign=True), "row 1, column sign: found True"),
        (with_link(weight=-0.5), "column weight: found -0.5, expected a weight of the sign"),
        (with_link(weight=0), "column weight: found 0.0"),
        (
            {**WHOLE, "perspectives": [{"name": "A", "links": WHOLE["perspectives"][0]["links"] * 2}]},  # type: ignore[index]
            "row 2, column links: found 1 to 1 a second time",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(content, found):
    with pytest.raises(InputProblem) as problem:
        read(content)
    assert found in str(problem.value)
