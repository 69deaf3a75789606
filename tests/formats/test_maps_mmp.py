import pytest
from hypothesis import given

from knotwork.formats.maps import (
    MapFactor,
    MapFile,
    MapLink,
    MapPerspective,
    read_map,
    read_uploaded_map,
    write_map,
)
from knotwork.formats.problems import InputProblem
from tests.formats.map_files import MAPS, any_map

CONCEPT = "<concept><id>1</id><name>One</name>{}</concept>"
RELATIONSHIP = (
    "<relationships><relationship><id>{}</id><influence>{}</influence>{}</relationship></relationships>"
)


def mmp(*concepts: str, more: str = "") -> bytes:
    return f"<mentalmodeler><concepts>{''.join(concepts)}</concepts>{more}</mentalmodeler>".encode()


def linked(influence: str, target: str = "1", more: str = "") -> bytes:
    return mmp(CONCEPT.format(RELATIONSHIP.format(target, influence, more)))


def read(content: bytes) -> MapFile:
    return read_uploaded_map("map.mmp", content)


def refusal(content: bytes) -> str:
    with pytest.raises(InputProblem) as problem:
        read(content)
    return str(problem.value)


@given(any_map(weights_given=True, delays=False, people=False, perspectives=1))
def test_what_one_person_drew_is_read_back(one):
    written = write_map(one, "mmp")
    assert read(written.files["map.mmp"]) == one
    assert written.lost == ()


@pytest.mark.parametrize(
    ("name", "factors", "links"),
    [
        ("fire_model", 24, 41),
        ("fish_wetland", 5, 11),
        ("fish_wetland_ozesmi", 5, 11),
        ("project_4", 16, 29),
        ("project_5", 16, 29),
    ],
)
def test_files_of_mental_modeler_are_read_and_written_back(name, factors, links):
    one = read_map(MAPS / f"{name}.mmp")
    assert (len(one.factors), len(one.perspectives[0].links)) == (factors, links)
    back = read(write_map(one, "mmp").files["map.mmp"])
    assert (back.title, back.factors, back.perspectives) == (one.title, one.factors, one.perspectives)


def test_letters_stand_for_what_the_program_takes_them_for():
    one = read_map(MAPS / "fish_wetland.mmp")
    weights = {(link.source, link.target): link.weight for link in one.perspectives[0].links}
    assert weights["1", "7"] == 1.0
    assert weights["2", "8"] == -0.25
    assert weights["2", "7"] == 0.62
    assert (one.title, one.perspectives[0].name, one.factors[0].x) == ("FCM", "arousset", 604.0)


def test_a_link_without_influence_is_listed_as_lost():
    one = read_map(MAPS / "fish_wetland_ozesmi.mmp")
    assert one.lost == ("from 2 to 6: no influence is given",)
    assert read(linked("")).lost == ("from 1 to 1: no influence is given",)


def test_a_note_at_a_relationship_is_its_evidence():
    (link,) = (
        read(linked("-0.5", more="<notes> Seen. </notes><confidence>2</confidence>")).perspectives[0].links
    )
    assert (link.sign, link.weight, link.confidence, link.evidence) == (-1, -0.5, 2.0, "Seen.")


def test_what_has_no_place_in_a_map_of_ours_is_listed_as_lost():
    concept = CONCEPT.format("<units>litres</units><group>2</group><preferredState>0</preferredState>")
    scenarios = (
        "<scenarios><scenario><name>Dry</name><concepts><concept/></concepts></scenario>"
        "<scenario><name>Empty</name><concepts/></scenario></scenarios>"
    )
    one = read(mmp(concept, more=f"<info><description>About.</description></info>{scenarios}"))
    assert one.lost == (
        "the description: About.",
        "the units of 1 concept",
        "the group of 1 concept",
        "the scenario Dry",
    )
    assert one.perspectives[0].name == "As it was drawn"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal(text.encode(encoding)) == (
        "map.mmp: found a document type, expected a .mmp file without one."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "map.mmp, row 1: found what is not XML, expected a .mmp file."),
        (b"<a>\n</b>", "map.mmp, row 2: found what is not XML, expected a .mmp file."),
        (
            b'<?xml version="1.0" encoding="nobody-knows"?><a/>',
            "map.mmp: found what is not XML, expected a .mmp file.",
        ),
        (b"<a/>", "map.mmp: found no concepts, expected a .mmp file of Mental Modeler."),
        (
            mmp("<concept/>"),
            "map.mmp, row 1, column id: found nothing, expected an id for each concept.",
        ),
        (
            mmp(CONCEPT.format(""), CONCEPT.format("")),
            "map.mmp, row 2, column id: found 1, expected each id once.",
        ),
        (
            mmp(CONCEPT.format("<x>left</x>")),
            "map.mmp, row 1, column x: found left, expected a number.",
        ),
        (
            mmp(CONCEPT.format("<y>inf</y>")),
            "map.mmp, row 1, column y: found inf, expected a number.",
        ),
        (
            linked("1", "2"),
            "map.mmp, row 1, column relationship: found 2, expected the id of a concept.",
        ),
        (
            linked("1", ""),
            "map.mmp, row 1, column relationship: found nothing, expected the id of a concept.",
        ),
        (
            linked("1.5"),
            "map.mmp, row 1, column influence: found 1.5, expected a number from -1 to 1, or L, M or H with a sign.",
        ),
        (
            linked("strong"),
            "map.mmp, row 1, column influence: found strong, expected a number from -1 to 1, or L, M or H with a sign.",
        ),
        (
            mmp(CONCEPT.format(RELATIONSHIP.format("1", "1", "") * 2)),
            "map.mmp, row 1, column relationship: found 1 to 1 a second time, expected each pair once.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(content, message):
    assert refusal(content) == message


def test_each_perspective_has_a_file_of_its_own():
    factors = (MapFactor("1", "One"),)
    links = (MapLink("1", "1", -1, None, delay="years"),)
    written = write_map(
        MapFile("", factors, (MapPerspective("Ann", 1, links), MapPerspective("Table", 5, ()))), "mmp"
    )
    assert list(written.files) == ["map-1.mmp", "map-2.mmp"]
    assert written.lost == (
        "Ann, 1 to 1: delay",
        "Ann, 1 to 1: that no weight was given; it is written as 1",
        "Table: that 5 people drew it",
    )


def test_a_map_that_nobody_has_drawn_is_still_a_file():
    written = write_map(MapFile("Title", (MapFactor("1", "One"),), ()), "mmp")
    assert read(written.files["map.mmp"]).perspectives == (MapPerspective("As it was drawn", 1, ()),)


def test_control_characters_are_left_out_and_listed():
    written = write_map(
        MapFile("A\x00B", (MapFactor("1"),), (MapPerspective("Ann", 1, (MapLink("1", "1", 1, 1.0),)),)), "mmp"
    )
    assert read(written.files["map.mmp"]).title == "AB"
    assert written.lost == ("control characters, which XML cannot hold",)
