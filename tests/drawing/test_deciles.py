"""From the most to the least deprived tenth: points, line and gap."""

from dataclasses import replace

from knotwork.drawing.deciles import DecileWords, SlopeLine, Tenth, decile_slope
from knotwork.drawing.picture import Picture

from .checks import assert_fit_for_a_page, texts_of

TENTHS = tuple(Tenth((at + 0.5) / 10, 76 + 0.8 * at, 75 + 0.8 * at, 77 + 0.8 * at) for at in range(10))
WORDS = DecileWords("York", "7.9 (6.3 to 9.5)", "England", "years")
TABLE = (("Tenth", "York"), tuple((at + 1, tenth.value) for at, tenth in enumerate(TENTHS)))


def drawn(words: DecileWords = WORDS, tenths: tuple[Tenth, ...] = TENTHS, beside: bool = True) -> Picture:
    return decile_slope(
        tenths,
        SlopeLine(75.6, 83.5),
        words,
        TABLE,
        name="gap",
        texts=("Gap in life expectancy", "Ten points."),
        beside=SlopeLine(74, 83.3) if beside else None,
    )


def test_the_tenths_are_fit_for_a_page_with_their_gap_in_words() -> None:
    picture = drawn()
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 5_000
    assert {"York", "England", "years", "7.9 (6.3 to 9.5)", "Most deprived", "Least deprived"} <= set(
        texts_of(picture)
    )


def test_without_another_area_a_unit_and_limits_it_is_a_picture_still() -> None:
    bare = tuple(replace(tenth, low=None, high=None) for tenth in TENTHS)
    picture = drawn(DecileWords("York", "7.9"), bare, beside=False)
    assert_fit_for_a_page(picture)
    assert "England" not in texts_of(picture)
    assert "stroke-opacity" not in picture.svg
