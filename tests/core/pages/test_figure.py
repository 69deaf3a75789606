"""A figure: never without its uncertainty, source, method and age, and never unsafe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.template import Context, Template

from knotwork.core import clock
from knotwork.core.pages.figure import NO_LIMITS_SUPPLIED, Download, FigureView
from knotwork.drawing.picture import Picture

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

BARS = Picture(
    name="bars",
    svg='<svg role="img" aria-labelledby="bars-title"><title id="bars-title">Bars</title></svg>',
    columns=("Statement", "Agree", "Lower limit", "Answers"),
    rows=(("Buses <late>", 0.84, 0.8, 12398), ("Benches", 0.715, None, 412)),
    title="What <most> agree on",
    description="Two bars",
)

VIEW = FigureView(
    picture=BARS,
    sentence="84% of the 412 agree.",
    uncertainty=NO_LIMITS_SUPPLIED,
    source="Votes & statements",
    method="Share of agreement",
    as_of=NOON - timedelta(minutes=3),
    downloads=(Download("CSV", "/figures/bars.csv"),),
)


def shown(view: Any, level: int = 2) -> BeautifulSoup:
    page = Template("{% load pages %}{% figure view level=level %}")
    with clock.moved_to(NOON):
        return BeautifulSoup(page.render(Context({"view": view, "level": level})), "html.parser")


def part(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


@pytest.mark.parametrize("missing", ["sentence", "uncertainty", "source", "method"])
def test_figure_without_one_of_its_four_companions_cannot_be_made(missing: str) -> None:
    with pytest.raises(ValueError, match=f"has no {missing}"):
        replace(VIEW, **{missing: " "})


def test_figure_without_a_time_zone_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(VIEW, as_of=datetime(2026, 3, 4))


def test_figure_takes_no_svg_from_anywhere_but_the_drawing_floor() -> None:
    with pytest.raises(TypeError, match="Picture"):
        replace(VIEW, picture="<svg onload='x'>")
    with pytest.raises(TypeError, match="FigureView"):
        shown({"picture": BARS})


def test_picture_stands_inline_and_words_are_escaped() -> None:
    page = shown(VIEW)
    assert part(page, "svg title").string == "Bars"
    assert part(page, "h2").string == "What <most> agree on"
    assert part(page, "tbody th").string == "Buses <late>"


def test_heading_has_the_level_that_the_page_asks_for() -> None:
    assert part(shown(VIEW, level=3), "figure > h3")


def test_figure_is_named_by_its_heading() -> None:
    page = shown(VIEW)
    assert part(page, "figure")["aria-labelledby"] == part(page, "h2")["id"]


def test_uncertainty_source_method_and_age_are_said() -> None:
    words = part(shown(VIEW), "dl").get_text(" ", strip=True)
    assert "gives no limits" in words
    assert "Votes & statements" in words
    assert "Share of agreement" in words
    assert "3 minutes ago" in words


def test_the_same_figures_stand_as_a_table_with_scopes_and_a_caption() -> None:
    page = shown(VIEW)
    assert part(page, "details caption").string == BARS.title
    assert [cell["scope"] for cell in page.select("thead th")] == ["col"] * 4
    assert [cell["scope"] for cell in page.select("tbody th")] == ["row"] * 2
    assert [cell.get_text(strip=True) for cell in page.select("tbody tr:nth-of-type(1) > *")] == [
        "Buses <late>", "0.840", "0.8", "12\u202f398",
    ]  # fmt: skip


def test_a_missing_figure_is_said_and_not_left_blank() -> None:
    cell = part(shown(VIEW), "tbody tr:nth-of-type(2) td:nth-of-type(2)")
    assert "no figure" in cell.get_text()
    assert cell["class"] == ["number"]


def test_table_lies_in_a_named_region_that_the_keyboard_can_scroll() -> None:
    page = shown(VIEW)
    region = part(page, "[role=region]")
    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == part(page, "caption")["id"]


def test_download_says_of_which_figure_it_is() -> None:
    assert part(shown(VIEW), "a[download]").get_text() == "CSV – What <most> agree on"


def test_made_up_figure_is_stamped() -> None:
    assert "Made up" in shown(replace(VIEW, mark_example=True)).get_text()
    assert "Made up" not in shown(VIEW).get_text()


def test_wide_picture_scrolls_in_a_named_region() -> None:
    region = part(shown(replace(VIEW, is_wide=True)), ".figure__picture")
    assert region["role"] == "region"
    assert region["tabindex"] == "0"
