import re

from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.picture import Picture
from knotwork.drawing.spread import WIDTH, Adoption, SpreadWords, spread_network

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

ENGLISH = SpreadWords()
BUS = "Move one bus, and say before the start when you would stop."
ADOPTIONS = (
    Adoption("Northvale", BUS, "Eastmere", "Home from college", "adapted", "May", "", "/n/", "/l/", "/e/"),
    Adoption("Northvale", BUS, "Southfold", "Late surgery", "dropped", "June", "Loops.", "/n/", "/l/", "/s/"),
    Adoption("Northvale", "Ask the scheduler", "Northvale", "School travel", "copied"),
    Adoption("Eastmere", "Minibus", "Northvale", "Later life", "open", sent_back="Ask the drivers' club."),
)


def drawn(*adoptions: Adoption, words: SpreadWords = ENGLISH) -> Picture:
    return spread_network(adoptions, name="spread", title="Spread", description="Who from whom.", words=words)


def boxes(picture: Picture) -> list[tuple[float, float, float, float]]:
    return [
        (float(r.attrib["x"]), float(r.attrib["y"]), float(r.attrib["width"]), float(r.attrib["height"]))
        for r in parsed(picture.svg).iter(f"{SVG}rect")
    ]


def test_the_network_is_fit_for_a_page_and_its_boxes_are_links() -> None:
    picture = drawn(*ADOPTIONS)
    assert_fit_for_a_page(picture)
    links = [a.attrib["href"] for a in parsed(picture.svg).iter(f"{SVG}a")]
    assert links == ["/n/", "/l/", "/e/", "/s/"]
    assert parsed(picture.svg).attrib["role"] == "group"


def test_a_network_without_addresses_is_one_image() -> None:
    assert parsed(drawn(ADOPTIONS[2]).svg).attrib["role"] == "img"


def test_places_and_lessons_stand_once_and_every_uptake_has_its_box() -> None:
    texts = texts_of(drawn(*ADOPTIONS[:2]))
    assert texts.count("Northvale") == 1
    assert sum("Move one bus" in text for text in texts) == 1
    assert {"Eastmere", "Southfold"} <= set(texts)


def test_how_it_went_is_said_in_words_and_by_the_manner_of_the_line() -> None:
    picture = drawn(*ADOPTIONS)
    assert {"adapted", "dropped", "copied", "under way", "sent back"} <= set(texts_of(picture))
    assert {"9 4", "2 5"} <= set(re.findall(r'stroke-dasharray="([^"]+)"', picture.svg))


def test_the_key_names_only_what_is_drawn() -> None:
    texts = texts_of(drawn(ADOPTIONS[2]))
    assert texts.count("copied") == 2
    assert "dropped" not in texts
    assert "sent back" not in texts


def test_an_idea_that_was_sent_back_runs_to_where_the_lesson_came_from() -> None:
    picture = drawn(*ADOPTIONS[:2])
    [line] = re.findall(r'd="(M529 [^"]+)"[^>]*stroke="var\(--series-2\)"', picture.svg)
    assert line.endswith("H166")
    assert "Loops." in texts_of(picture)


def test_the_table_says_the_same_as_the_picture() -> None:
    picture = drawn(*ADOPTIONS)
    assert picture.rows[1] == ("Northvale", BUS, "Southfold", "Late surgery", "June", "dropped", "Loops.")
    assert len(picture.rows) == 4


def test_words_come_from_the_room() -> None:
    words = SpreadWords("copïwyd", "addaswyd", "gollyngwyd", "ar y gweill", "yn ôl", ("O",) * 7)
    assert {"addaswyd", "gollyngwyd", "yn ôl"} <= set(texts_of(drawn(*ADOPTIONS[:2], words=words)))


def test_nothing_taken_up_is_a_picture_still() -> None:
    assert_fit_for_a_page(drawn())


WORDS = st.text("abcdefg hij", min_size=1, max_size=90).filter(str.strip)


@given(
    st.lists(
        st.builds(
            Adoption,
            origin=st.sampled_from(["North", "East", "A place with a rather long name in two lines"]),
            lesson=WORDS,
            taker=st.sampled_from(["North", "South"]),
            issue=WORDS,
            outcome=st.sampled_from(["copied", "adapted", "dropped", "open"]),
            sent_back=st.one_of(st.just(""), WORDS),
        ),
        max_size=9,
    )
)
def test_no_box_lies_on_another_or_leaves_the_paper(adoptions: list[Adoption]) -> None:
    picture = drawn(*adoptions)
    found = boxes(picture)
    size = parsed(picture.svg).attrib["viewBox"].split()
    for number, (x, y, wide, high) in enumerate(found):
        assert x >= 0
        assert x + wide <= WIDTH
        assert y >= 0
        assert y + high <= float(size[3])
        for left, top, width, height in found[number + 1 :]:
            assert x + wide <= left or left + width <= x or y + high <= top + 0.2 or top + height <= y + 0.2
