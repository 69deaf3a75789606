import re
from itertools import combinations
from pathlib import Path

import pytest

from knotwork.drawing.palette import SERIES, TOKENS, Scheme, resolve, series
from knotwork.drawing.svg import element

from .colour_vision import VISIONS, contrast, distance

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
STYLE_SHEET = Path(__file__).parents[2] / "src/knotwork/core/pages/static/pages/knotwork.css"


def colour(token: str, scheme: Scheme) -> str:
    value: str = getattr(TOKENS[token], scheme)
    return value


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["--surface", "--paper"])
@pytest.mark.parametrize("token", [*(one.token for one in SERIES), "--map-place", "--map-muted", "--control"])
def test_what_is_drawn_stands_out_from_its_ground(token: str, ground: str, scheme: Scheme) -> None:
    assert contrast(colour(token, scheme), colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", ["--map-place", "--map-muted"])
def test_a_place_stands_out_from_the_land(token: str, scheme: Scheme) -> None:
    assert contrast(colour(token, scheme), colour("--map-land", scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["--surface", "--paper", "--map-land"])
@pytest.mark.parametrize("token", ["--ink", "--soft"])
def test_words_can_be_read_on_every_ground(token: str, ground: str, scheme: Scheme) -> None:
    assert contrast(colour(token, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_series_differ_for_every_kind_of_colour_vision(vision: str, scheme: Scheme) -> None:
    for one, two in combinations(SERIES, 2):
        assert distance(colour(one.token, scheme), colour(two.token, scheme), vision) >= 0.10


def test_every_series_has_its_own_shape() -> None:
    assert len({one.shape for one in SERIES}) == len(SERIES) == 6


def test_a_seventh_group_looks_like_the_first() -> None:
    assert series(6) == series(0)
    assert series(0).colour == "var(--series-1)"


def test_a_drawing_outside_a_page_carries_the_values_of_its_scheme() -> None:
    drawn = '<path fill="var(--paper)" stroke="currentColor"/>'
    assert resolve(drawn, "dark") == '<path fill="#121a1b" stroke="#eef3f2"/>'


def test_a_colour_that_the_palette_lacks_is_refused() -> None:
    with pytest.raises(KeyError, match="--mauve"):
        resolve('<path fill="var(--mauve)"/>')


def test_words_that_look_like_colours_stay_words() -> None:
    drawn = element("text", 'currentColor fill="var(--mauve)"', aria_label='var(--mauve)"')
    assert resolve(drawn) == drawn


def test_every_value_is_a_full_hex_colour() -> None:
    assert all(
        re.fullmatch("#[0-9a-f]{6}", value)
        for shade in TOKENS.values()
        for value in (shade.light, shade.dark)
    )


@pytest.mark.parametrize("token", [token for token in TOKENS if token.startswith(("--series", "--map"))])
def test_the_pages_have_the_same_series_and_map_colours(token: str) -> None:
    found = re.findall(rf"{token}:\s*(#[0-9a-f]{{6}})\s*;", STYLE_SHEET.read_text(encoding="utf-8"))
    assert found[:2] == [TOKENS[token].light, TOKENS[token].dark]
