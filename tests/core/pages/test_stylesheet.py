"""The one stylesheet: small, the palette's own colours, and legible in both schemes."""

import re
from pathlib import Path

import pytest

from knotwork.core import pages
from knotwork.drawing.palette import TOKENS

STATIC = Path(pages.__file__).parent / "static" / "pages"
SHEET = (STATIC / "knotwork.css").read_text(encoding="utf-8")
SCHEMES = ("light", "dark")

ON_ANY_GROUND = ("--paper", "--surface", "--tint", "--gold-tint", "--rust-tint")
TEXT = [(text, ground) for text in ("--ink", "--soft", "--accent", "--rust") for ground in ON_ANY_GROUND]
TEXT += [("--on-accent", "--accent"), ("--on-accent", "--accent-strong"), ("--accent-strong", "--paper")]
CONTROLS = [
    (control, ground)
    for control in ("--control", "--accent", "--rust", "--gold", *(f"--series-{n}" for n in range(1, 7)))
    for ground in ("--paper", "--surface")
]


def tokens_of(scheme: str) -> dict[str, str]:
    """The colours of one scheme as a browser has them: dark ones lie over the light ones."""
    blocks = re.findall(r":root \{(.*?)\n\s*\}", SHEET, re.DOTALL)
    found = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", blocks[0]))
    if scheme == "dark":
        found |= dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", blocks[1]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_wcag_gives_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_sheet_stays_below_25_kilobytes() -> None:
    assert len(SHEET.encode()) < 25_000


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_a_picture_is_the_same_in_the_page_and_in_a_download(scheme: str) -> None:
    found = tokens_of(scheme)
    assert {name: found[name] for name in TOKENS} == {
        name: getattr(shade, scheme) for name, shade in TOKENS.items()
    }


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_on_every_ground(scheme: str, text: str, ground: str) -> None:
    found = tokens_of(scheme)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("control", "ground"), CONTROLS)
def test_controls_and_series_stand_out_from_their_ground(scheme: str, control: str, ground: str) -> None:
    found = tokens_of(scheme)
    assert contrast(found[control], found[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_ring_can_be_seen_on_every_ground(scheme: str) -> None:
    found = tokens_of(scheme)
    for ground in ON_ANY_GROUND:
        ring = max(contrast(found[part], found[ground]) for part in ("--focus", "--focus-ring"))
        assert ring >= 3, ground
    assert contrast(found["--focus"], found["--focus-ring"]) >= 4.5


def test_the_line_colour_is_never_the_border_of_a_control() -> None:
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", SHEET):
        if any(word in selector for word in ("input", "select", "textarea", ".button", ".answer", ".copy")):
            assert "var(--line)" not in body, selector


def test_every_file_that_the_sheet_asks_for_is_there_and_ours() -> None:
    asked_for = re.findall(r"url\(\"([^\"]+)\"\)", SHEET)
    assert asked_for
    assert SHEET.count("url(") == len(asked_for)
    for name in asked_for:
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize(
    "wish", ["prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors: active", "print"]
)
def test_the_sheet_follows_what_the_reader_has_set(wish: str) -> None:
    assert f"@media ({wish}" in SHEET or f"@media {wish}" in SHEET


def test_every_token_that_is_used_is_defined() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", SHEET))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", SHEET)) <= defined


def test_the_mark_of_the_tab_carries_no_style() -> None:
    for drawing in STATIC.glob("*.svg"):
        text = drawing.read_text(encoding="utf-8")
        assert "style" not in text
        assert "script" not in text
