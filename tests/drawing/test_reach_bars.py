"""Who took part beside who lives here."""

from dataclasses import replace

from knotwork.drawing.picture import Picture
from knotwork.drawing.reach_bars import WIDTH, ReachBar, ReachWords, reach_bars

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

YOUNG = ReachBar("15 to 24", 0.3, 0.25, 0.36, 0.2, "30%", "20%")
OLD = ReachBar("80 or over", None, None, None, 0.08, "", "8%", "fewer than 5")
WORDS = ReachWords("Those who took part", "People who live here")
TABLE = (("Age", "Share"), (("15 to 24", 0.3), ("80 or over", None)))


def drawn(*bars: ReachBar, words: ReachWords = WORDS) -> Picture:
    return reach_bars(bars, words, TABLE, name="reach-age", texts=("Age", "Two ages."))


def rectangles(picture: Picture) -> list[dict[str, str]]:
    return [found.attrib for found in parsed(picture.svg).iter(f"{SVG}rect")]


def test_both_shares_stand_in_words_beside_their_bars() -> None:
    picture = drawn(YOUNG, OLD)
    assert_fit_for_a_page(picture)
    assert {"15 to 24", "30%", "20%", "Those who took part", "People who live here"} <= set(texts_of(picture))


def test_a_bar_is_as_long_as_its_share() -> None:
    own, other = rectangles(drawn(YOUNG))[2:]
    assert abs(float(own["width"]) / float(other["width"]) - 1.5) < 0.01
    assert float(own["width"]) < WIDTH


def test_a_share_that_may_not_be_shown_has_words_and_no_bar() -> None:
    picture = drawn(OLD)
    assert "fewer than 5" in texts_of(picture)
    assert len(rectangles(picture)) == 3  # two of the key, one of the population
    assert "<path" not in picture.svg


def test_without_population_figures_there_is_one_bar_and_one_key() -> None:
    alone = replace(YOUNG, population=None, population_words="")
    picture = drawn(alone, words=ReachWords("Those who took part"))
    assert_fit_for_a_page(picture)
    assert len(rectangles(picture)) == 2


def test_a_share_of_nobody_is_a_hair_and_a_long_label_is_broken() -> None:
    picture = drawn(
        replace(
            YOUNG,
            share=0.0,
            low=0.0,
            high=0.02,
            population=None,
            label="The people of " + "Kettle Lane and " * 5,
        )
    )
    assert_fit_for_a_page(picture)
    assert rectangles(picture)[2]["width"] == "1"
    assert "<tspan" in picture.svg
