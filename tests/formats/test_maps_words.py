"""Words that a format cannot hold: the file can be read back all the same, and what is lost is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.formats.maps import (
    KINDS,
    MapFactor,
    MapFile,
    MapLink,
    MapPerspective,
    arranged,
    read_uploaded_map,
    write_map,
)
from knotwork.formats.zips import zipped

AWKWARD = st.text(st.sampled_from('ab1 \t\n\r\x00\x0b\x1f\x85\xa0\u2028\ufffe",;<&\U0001f343'), max_size=4)


def read_back(one: MapFile, kind: str) -> MapFile:
    files = write_map(one, kind).files
    if kind == "csv":
        return read_uploaded_map("map.zip", zipped(files))
    return read_uploaded_map(f"map.{kind}", files[f"map.{kind}"])


def two_factors(one: str, other: str, *, words: str = "", name: str = "Ann") -> MapFile:
    factors = (MapFactor(one, words, words), MapFactor(other))
    return arranged(
        MapFile("", factors, (MapPerspective(name, 1, (MapLink(one, other, -1, -0.5, evidence=words),)),))
    )


@pytest.mark.parametrize("kind", KINDS)
@given(ids=st.lists(AWKWARD.filter(bool), min_size=2, max_size=2, unique=True), words=AWKWARD)
def test_any_words_are_read_back_or_listed_as_lost(kind, ids, words):
    one = two_factors(*ids, words=words, name=words or "Ann")
    back = read_back(one, kind)
    assert [len(each.links) for each in back.perspectives] == [1]
    same = (back.factors, back.perspectives) == (one.factors, one.perspectives)
    assert same != bool(write_map(one, kind).lost)


def test_ids_that_would_be_the_same_are_numbered():
    one = two_factors("a", "a ")
    assert write_map(one, "mmp").lost == (
        "spaces at the ends of words, and carriage returns",
        "the ids of the factors: they are numbered",
    )
    back = read_back(one, "mmp")
    assert [factor.id for factor in back.factors] == ["1", "2"]
    assert back.perspectives[0].links == (MapLink("1", "2", -1, -0.5),)


def test_null_characters_are_left_out_of_a_table_and_listed():
    one = two_factors("a\0", "b")
    assert write_map(one, "csv").lost == ("null characters, which CSV cannot hold",)
    assert [factor.id for factor in read_back(one, "csv").factors] == ["a", "b"]


def test_two_people_of_one_name_stay_two_in_a_table():
    links = (MapLink("1", "1", 1),)
    people = tuple(MapPerspective(name, 1, links) for name in ("Ann", "Ann", "Ann (2)", ""))
    one = MapFile("", (MapFactor("1"),), people)
    assert write_map(one, "csv").lost == (
        "Ann: that another perspective has this name; it is called Ann (3)",
    )
    back = read_back(one, "csv")
    assert [each.name for each in back.perspectives] == ["Ann", "Ann (2)", "Ann (3)", "As it was drawn"]


def test_people_of_one_name_stand_in_the_same_order_whoever_comes_first():
    one, other = (MapPerspective("Ann", 1, (MapLink("1", "1", sign),)) for sign in (1, -1))
    assert arranged(MapFile("", (MapFactor("1"),), (one, other))) == arranged(
        MapFile("", (MapFactor("1"),), (other, one))
    )
