import re

from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.bars import WIDTH, BarWords, VoteCount, vote_bars
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

COUNTS = (VoteCount("Everyone", 310, 60, 166), VoteCount("A", 150, 20, 40), VoteCount("B", 40, 10, 110))


def drawn(*counts: VoteCount) -> Picture:
    return vote_bars(counts, name="statement-7", title="Bus routes matter", description="By group.")


def bars(picture: Picture, colour: str) -> list[tuple[float, float]]:
    """Start and length of each bar of one answer."""
    paths = [
        path.attrib
        for path in parsed(picture.svg).iter(f"{SVG}path")
        if path.attrib["fill"] == colour and "v14" in path.attrib["d"]
    ]
    found = re.findall(r"M(-?[\d.]+) [\d.]+h([\d.]+)v14", paths[0]["d"])
    return [(float(x), float(wide)) for x, wide in found]


def test_the_bars_are_fit_for_a_page_and_small() -> None:
    picture = drawn(*COUNTS)
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 1_500


def test_every_bar_is_as_long_as_every_other() -> None:
    picture = drawn(*COUNTS)
    parts = zip(
        *(bars(picture, f"var({token})") for token in ("--series-2", "--map-muted", "--series-1")),
        strict=True,
    )
    lengths = [sum(wide for _, wide in part) for part in parts]
    assert max(lengths) - min(lengths) < 0.3


def test_disagreement_goes_left_and_agreement_right_of_one_middle_line() -> None:
    passes = bars(drawn(*COUNTS), "var(--map-muted)")
    middles = [x + wide / 2 for x, wide in passes]
    assert max(middles) - min(middles) < 0.2


def test_an_answer_that_nobody_gave_has_no_bar() -> None:
    svg = drawn(VoteCount("A", 10, 0, 0)).svg
    assert svg.count("h7v7") == 3
    assert svg.count("v14") == 1


def test_the_table_has_the_people_and_all_three_shares() -> None:
    picture = drawn(*COUNTS)
    assert picture.rows[0] == ("Everyone", 536, 58, 11, 31)
    assert picture.columns[1] == "People"
    assert {"Everyone (536)", "58%", "31%"} <= set(texts_of(picture))


def test_a_group_of_fewer_than_five_has_no_bar_and_no_row() -> None:
    picture = drawn(VoteCount("A", 40, 2, 3), VoteCount("B", 2, 1, 1))
    assert [row[0] for row in picture.rows] == ["A"]
    assert "B" not in " ".join(texts_of(picture))


def test_no_group_at_all_is_a_picture_still() -> None:
    assert_fit_for_a_page(drawn())


def test_words_come_from_the_room() -> None:
    words = BarWords("Cytuno", "Pasio", "Anghytuno", ("Grŵp", "Pobl", "Cytuno %", "Pasio %", "Anghytuno %"))
    picture = vote_bars(COUNTS, name="x", title="t", description="d", words=words)
    assert {"Cytuno", "Pasio", "Anghytuno"} <= set(texts_of(picture))
    assert picture.columns == words.columns


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_no_bar_leaves_the_paper(agree: int, passed: int, disagree: int) -> None:
    picture = drawn(VoteCount("Everyone", agree, passed, disagree), VoteCount("A", 3, 3, 3))
    for token in ("--series-1", "--map-muted", "--series-2"):
        assert all(x >= -0.1 and x + wide <= WIDTH for x, wide in bars(picture, f"var({token})"))
