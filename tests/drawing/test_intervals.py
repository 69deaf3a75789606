import pytest

from knotwork.drawing.intervals import ShareWithInterval, interval_dots
from knotwork.drawing.picture import Picture

from .checks import assert_fit_for_a_page, texts_of

BUS = ShareWithInterval("Bus routes matter", 0.62, 0.5, 0.73, 60)
LONG = ShareWithInterval("Neighbours who know each other’s names cut lonely days, " * 3, 0.84, 0.8, 0.88, 212)
SURER = ShareWithInterval("Shared places stay open", 0.62, 0.58, 0.66, 536)


def drawn(*shares: ShareWithInterval) -> Picture:
    return interval_dots(shares, name="agreed", title="Agreed across groups", description="Three statements.")


def test_the_dots_are_fit_for_a_page() -> None:
    picture = drawn(BUS, LONG, SURER)
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 3_500


def test_the_most_agreed_stands_first_and_of_two_equals_the_surer() -> None:
    assert [row[0] for row in drawn(BUS, LONG, SURER).rows] == [LONG.label, SURER.label, BUS.label]


def test_a_share_is_written_with_its_limits_and_its_people() -> None:
    texts = texts_of(drawn(BUS))
    assert "62% (50–73%)" in texts
    assert "60 people" in texts
    assert drawn(BUS).rows == (("Bus routes matter", 62.0, 50.0, 73.0, 60),)


def test_a_long_statement_is_shown_in_full() -> None:
    assert " ".join(LONG.label.split()) in texts_of(drawn(LONG))


def test_no_statement_is_a_picture_still() -> None:
    assert_fit_for_a_page(drawn())


@pytest.mark.parametrize(
    ("share", "low", "high"), [(0.5, 0.6, 0.7), (0.8, 0.6, 0.7), (1.2, 0.6, 1.3), (0.1, -0.1, 0.3)]
)
def test_a_share_outside_its_limits_is_refused(share: float, low: float, high: float) -> None:
    with pytest.raises(ValueError, match="between"):
        ShareWithInterval("x", share, low, high, 10)
