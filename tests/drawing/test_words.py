from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Picture
from knotwork.drawing.words import WIDTH, WordsOfATime, words_over_time

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

SPRING = WordsOfATime("Spring", "About 10 people gave words.", (("stuck", 10), ("tired", 5)))
SUMMER = WordsOfATime("Summer", "Fewer than five people gave words.")


def drawn(*times: WordsOfATime) -> Picture:
    return words_over_time(times, name="words", title="Words", description="How it feels.")


def sizes(picture: Picture) -> dict[str, float]:
    return {
        text.text: float(text.attrib["font-size"])
        for text in parsed(picture.svg).iter(f"{SVG}text")
        if text.attrib.get("fill") == "var(--series-1)"
    }


def test_words_over_time_are_fit_for_a_page_with_the_same_as_a_table() -> None:
    picture = drawn(SPRING, SUMMER)
    assert_fit_for_a_page(picture)
    assert picture.rows == (("Spring", "stuck", 10), ("Spring", "tired", 5))


def test_a_word_of_more_people_is_larger_in_the_measure_of_its_area() -> None:
    found = sizes(drawn(SPRING))
    assert round((found["stuck"] / found["tired"]) ** 2, 1) == 2.0


def test_a_time_without_words_keeps_its_row_and_says_why() -> None:
    assert {"Summer", "Fewer than five people gave words."} <= set(texts_of(drawn(SUMMER)))


def test_no_time_at_all_is_a_picture_still() -> None:
    assert_fit_for_a_page(drawn())


@given(
    st.lists(
        st.tuples(st.text("abcdefm ", min_size=1, max_size=24).filter(str.strip), st.integers(5, 500)),
        max_size=12,
        unique_by=lambda pair: pair[0],
    )
)
def test_no_word_leaves_the_paper_and_lines_follow_each_other(words: list[tuple[str, int]]) -> None:
    root = parsed(drawn(WordsOfATime("Spring", "Note.", tuple(words))).svg)
    bottom = float(root.attrib["viewBox"].split()[3])
    for text in root.iter(f"{SVG}text"):
        if text.attrib.get("fill") == "var(--series-1)":
            size = float(text.attrib["font-size"])
            end = float(text.attrib["x"]) + width_of(text.text or "", size, semibold=True)
            assert end <= WIDTH + 3  # sizes are written with one digit
            assert float(text.attrib["y"]) <= bottom
