import gzip
import re
from dataclasses import replace
from itertools import combinations

import pytest

from knotwork.drawing.england import TARGET, WIDTH, MapPlace, england_map
from knotwork.drawing.geography import Outline
from knotwork.drawing.labels import Box
from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

Outlines = dict[str, Outline]


def drawn(places: list[MapPlace], outlines: Outlines, **words: tuple[str, ...]) -> Picture:
    return england_map(
        places, outlines, name="england", title="Places", description="Places in England.", **words
    )  # type: ignore[arg-type]


def links(picture: Picture) -> list[dict[str, str]]:
    return [link.attrib for link in parsed(picture.svg).iter(f"{SVG}a")]


def label_boxes(picture: Picture) -> list[Box]:
    """The room that each name claims: from its text elements, as wide as the font sets them."""
    boxes = []
    for text in parsed(picture.svg).iter(f"{SVG}text"):
        if text.attrib.get("font-weight") != "600":
            continue
        spans = list(text) or [text]
        size, y = float(text.attrib["font-size"]), float(text.attrib["y"])
        for number, span in enumerate(spans):
            x, wide = float(span.attrib["x"]), width_of(span.text or "", size, semibold=True)
            base = y + number * size * 1.15
            boxes.append(Box(x - wide / 2, base - size * 0.75, x + wide / 2, base + size * 0.1))
    return boxes


def test_the_map_is_fit_for_a_page(england: Picture) -> None:
    assert_fit_for_a_page(england)


def test_the_map_of_24_places_stays_small(england: Picture) -> None:
    assert len(england.svg.encode()) < 110_000
    assert len(gzip.compress(england.svg.encode())) < 25_000


def test_the_map_is_drawn_the_same_twice(
    places: list[MapPlace], outlines: Outlines, england: Picture
) -> None:
    assert (
        england_map(places, outlines, name="england", title=england.title, description=england.description)
        == england
    )


def test_tab_walks_the_places_in_the_given_order(places: list[MapPlace], england: Picture) -> None:
    assert [link["aria-label"] for link in links(england)] == [place.title for place in places]
    assert [link["href"] for link in links(england)] == [place.url for place in places]
    assert parsed(england.svg).attrib["role"] == "group"


def test_every_place_is_named(places: list[MapPlace], england: Picture) -> None:
    assert {place.title for place in places} <= set(texts_of(england))


def test_no_two_names_overlap(england: Picture) -> None:
    boxes = label_boxes(england)
    assert len(boxes) >= 24
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))


def test_every_place_can_be_hit_on_a_phone(england: Picture) -> None:
    targets = [
        (float(rect.attrib["width"]), float(rect.attrib["height"]))
        for link in parsed(england.svg).iter(f"{SVG}a")
        for rect in link.iter(f"{SVG}rect")
        if rect.attrib.get("pointer-events") == "all"
    ]
    assert len(targets) == 24
    assert all(min(target) * 350 / WIDTH >= 24 for target in targets)
    assert TARGET * 350 / WIDTH >= 24


def test_small_places_have_a_pin_and_large_ones_have_none(england: Picture) -> None:
    pinned = {
        link.attrib["aria-label"]
        for link in parsed(england.svg).iter(f"{SVG}a")
        if link.find(f"{SVG}circle") is not None
    }
    assert {"Dudley", "Luton", "Coventry"} <= pinned
    assert not {"Cornwall", "Kent", "Suffolk"} & pinned


def test_london_has_its_inset_when_two_places_lie_there(outlines: Outlines) -> None:
    boroughs = [
        MapPlace("Hackney", "/hackney", ("E09000012",)),
        MapPlace("Merton", "/merton", ("E09000024",)),
    ]
    assert texts_of(drawn(boroughs, outlines)) == ["London", "Hackney", "Merton"]


def test_one_place_in_london_is_named_where_it_lies(outlines: Outlines) -> None:
    picture = drawn([MapPlace("Hackney", "/hackney", ("E09000012",))], outlines)
    assert texts_of(picture) == ["Hackney"]


def test_a_muted_place_is_hollow_and_still_a_link(places: list[MapPlace], outlines: Outlines) -> None:
    york = replace(next(place for place in places if place.title == "York"), muted=True)
    (link,) = links(drawn([york], outlines))
    assert link["class"] == "map-place map-place--muted"
    assert (link["fill"], link["stroke"]) == ("var(--surface)", "var(--map-muted)")
    assert link["href"] == york.url


def test_abolished_areas_are_in_the_table_and_not_on_the_map(
    places: list[MapPlace], outlines: Outlines
) -> None:
    dorset = next(place for place in places if place.title.startswith("Dorset"))
    picture = drawn([dorset], outlines)
    (link,) = parsed(picture.svg).iter(f"{SVG}a")
    paths = [path.attrib["d"] for path in link.iter(f"{SVG}path")]
    assert len(paths) == 1
    assert "Dorset (county, to 2019)" in str(picture.rows[0][1])


def test_a_place_without_any_boundary_is_only_in_the_table(outlines: Outlines) -> None:
    picture = drawn([MapPlace("Avon", "/avon", ("E10000001",), areas=("Avon",))], outlines)
    assert links(picture) == []
    assert picture.rows == (("Avon", "Avon"),)


def test_a_place_without_room_for_its_name_is_still_a_link(outlines: Outlines) -> None:
    crowd = [MapPlace(f"Luton and its neighbours {i}", f"/{i}", ("E06000032",)) for i in range(25)]
    picture = drawn(crowd, outlines)
    assert len(links(picture)) == 25
    assert len(texts_of(picture)) < 25


def test_a_map_without_places_is_a_map_still(outlines: Outlines) -> None:
    assert_fit_for_a_page(drawn([], outlines))


def test_the_table_carries_the_facts_of_a_place(outlines: Outlines) -> None:
    york = MapPlace("York", "/york", ("E06000014",), areas=("York",), facts=("Loneliness", "Later life"))
    picture = drawn([york], outlines, columns=("Place", "Areas", "Issue", "Theme"))
    assert picture.columns == ("Place", "Areas", "Issue", "Theme")
    assert picture.rows == (("York", "York", "Loneliness", "Later life"),)


def test_a_place_named_by_somebody_unkind_stays_a_name(outlines: Outlines) -> None:
    picture = drawn([MapPlace("<script>alert(1)</script>", '/x"onload=', ("E06000014",))], outlines)
    assert_fit_for_a_page(picture)
    assert not re.search("<script", picture.svg)


@pytest.mark.parametrize("code", ["E06000053", "E09000001"])
def test_the_smallest_areas_are_drawn_with_a_pin(code: str, outlines: Outlines) -> None:
    picture = drawn([MapPlace("Small", "/small", (code,))], outlines)
    assert texts_of(picture) == ["Small"]
    assert "<circle" in picture.svg
