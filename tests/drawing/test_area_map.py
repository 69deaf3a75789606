import gzip

import pytest

from knotwork.drawing.area_map import place_map
from knotwork.drawing.geography import Outline
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

Outlines = dict[str, Outline]
Areas = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def all_outlines(outlines: Outlines, fine_outlines: Outlines) -> Outlines:
    return outlines | fine_outlines


def drawn(areas: dict[str, str], outlines: Outlines) -> Picture:
    return place_map(areas, outlines, name="place", title="Where it lies", description="Its areas.")


def test_every_place_has_a_map_that_is_small_and_fit_for_a_page(
    areas_of: Areas, all_outlines: Outlines
) -> None:
    for areas in areas_of.values():
        picture = drawn(areas, all_outlines)
        assert_fit_for_a_page(picture)
        assert len(gzip.compress(picture.svg.encode())) < 10_000


def test_every_drawn_area_is_named(areas_of: Areas, all_outlines: Outlines) -> None:
    picture = drawn(areas_of["Nottingham City and Shire"], all_outlines)
    assert sorted(texts_of(picture)) == ["Nottingham", "Nottinghamshire"]


def test_areas_have_distinct_tints(areas_of: Areas, all_outlines: Outlines) -> None:
    root = parsed(drawn(areas_of["Lambeth and Southwark"], all_outlines).svg)
    tints = [path.attrib["fill"] for path in root.iter(f"{SVG}path") if path.attrib.get("fill-opacity")]
    assert tints == ["var(--series-1)", "var(--series-2)"]


def test_abolished_areas_stay_in_the_table_only(areas_of: Areas, all_outlines: Outlines) -> None:
    picture = drawn(areas_of["Dorset, Bournemouth and Poole"], all_outlines)
    assert len(picture.rows) == 5
    assert "Dorset (county, to 2019)" not in texts_of(picture)


def test_ids_begin_with_the_name_so_that_two_maps_fit_in_one_page(
    areas_of: Areas, all_outlines: Outlines
) -> None:
    svg = drawn(areas_of["York"], all_outlines).svg
    assert 'id="place-view"' in svg
    assert "url(#place-view)" in svg


def test_a_place_whose_areas_are_all_gone_has_no_map(all_outlines: Outlines) -> None:
    with pytest.raises(ValueError, match="without a map"):
        drawn({"E10000001": "Avon"}, all_outlines)


def test_the_same_map_twice(areas_of: Areas, all_outlines: Outlines) -> None:
    assert drawn(areas_of["Kent"], all_outlines) == drawn(areas_of["Kent"], all_outlines)
