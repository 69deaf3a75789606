"""What happened when, in lanes."""

from datetime import date

import pytest

from knotwork.drawing.picture import Picture
from knotwork.drawing.time_line import Happening, time_line

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LANES = ("Sessions", "Rounds", "Support", "Notes")
TABLE = (("Day", "What"), (("1 May", "A session"),))
SESSION = Happening("s", "Sessions", date(2026, 2, 10), "A session", "/s/")
ROUND = Happening("r", "Rounds", date(2026, 3, 1), "Who speaks for men over 80?")
NOTE = Happening("n", "Notes", date(2026, 6, 1), "I stopped <chairing>", "/n/", ("s", "gone"))


def drawn(*happenings: Happening) -> Picture:
    return time_line(
        happenings, LANES, MONTHS, TABLE, name="time-line", texts=("In time", "What stood beside what.")
    )


def test_every_happening_is_on_its_lane_and_those_with_an_address_are_links() -> None:
    picture = drawn(SESSION, ROUND, NOTE)
    assert_fit_for_a_page(picture)
    assert [a.attrib["href"] for a in parsed(picture.svg).iter(f"{SVG}a")] == ["/s/", "/n/"]
    assert {"Sessions", "Rounds", "Notes"} <= set(texts_of(picture))
    assert "Support" not in texts_of(picture)
    assert parsed(picture.svg).attrib["role"] == "group"


def test_what_is_said_to_have_helped_is_joined_by_a_line_and_what_is_not_there_is_not() -> None:
    assert drawn(SESSION, ROUND, NOTE).svg.count('stroke-dasharray="4 3"') == 1
    assert drawn(ROUND, NOTE).svg.count('stroke-dasharray="4 3"') == 0


def test_two_on_one_day_stand_above_each_other() -> None:
    other = Happening("t", "Sessions", date(2026, 2, 10), "Another")
    (one, two) = parsed(drawn(SESSION, other).svg).iter(f"{SVG}circle")
    assert one.attrib["cx"] == two.attrib["cx"]
    assert one.attrib["cy"] != two.attrib["cy"]


def test_one_day_alone_is_a_picture_and_without_addresses_an_image() -> None:
    picture = drawn(ROUND)
    assert_fit_for_a_page(picture)
    assert parsed(picture.svg).attrib["role"] == "img"


def test_nothing_and_a_lane_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="happenings"):
        drawn()
    with pytest.raises(ValueError, match="Elsewhere"):
        drawn(Happening("x", "Elsewhere", date(2026, 1, 1), "?"))
