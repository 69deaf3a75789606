"""A measure through time: every point, what stands out, and what else happened, in one small picture."""

from dataclasses import replace
from datetime import date

import pytest

from knotwork.drawing.picture import Picture
from knotwork.drawing.run_chart import (
    ChartPoint,
    ChartWords,
    Happening,
    RunChartFigures,
    UsualRange,
    run_chart,
)

from .checks import assert_fit_for_a_page, parsed, texts_of

POINTS = tuple(
    ChartPoint(date(2025 + at // 12, at % 12 + 1, 15), 41.0 + at % 3 + (10 if at > 11 else 0))
    for at in range(21)
)
WORDS = ChartWords("Northvale", "England", "trips for every 1,000 passes", shade="Time of the work")
TABLE = (("Period", "Northvale"), tuple((point.day.isoformat(), point.value) for point in POINTS))


def drawn(figures: RunChartFigures, words: ChartWords = WORDS) -> Picture:
    return run_chart(figures, words, TABLE, name="trips", title="Trips after four", description="21 points.")


def test_a_chart_with_everything_is_fit_for_a_page_and_small() -> None:
    standing = ("improvement", "concern", "neutral")
    points = tuple(
        replace(point, low=39.0, high=54.0, standing=standing[at % 3] if at > 11 else "")  # type: ignore[arg-type]
        for at, point in enumerate(POINTS)
    )
    picture = drawn(
        RunChartFigures(
            points,
            other=tuple(ChartPoint(point.day, 44.0) for point in POINTS),
            ranges=(UsualRange(date(2025, 1, 1), date(2026, 10, 1), 41, 38, 44),),
            happenings=(Happening(date(2026, 1, 1), "The 3.50 moved to 4.40."),),
            shade=(date(2025, 3, 1), date(2025, 9, 1)),
            target=48,
        )
    )
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 30_000
    said = texts_of(picture)
    for words in ("Northvale", "England", "Usual level", "Usual range", "Target", "Time of the work"):
        assert words in said
    for words in ("Better than usual", "Worse than usual", "Not as usual", "trips for every 1,000 passes"):
        assert words in said
    assert "Jan 2026: The 3.50 moved to 4.40." in said


def test_a_plain_chart_has_no_words_for_what_is_not_in_it() -> None:
    said = texts_of(drawn(RunChartFigures(POINTS), ChartWords("Northvale")))
    assert "Northvale" in said
    assert not {"England", "", "Target", "Usual range", "Better than usual"} & set(said)


def test_a_gap_breaks_the_line() -> None:
    with_gap = (*POINTS[:5], replace(POINTS[5], value=None), *POINTS[6:])
    lines = [
        path.attrib["d"]
        for path in parsed(drawn(RunChartFigures(with_gap)).svg).iter()
        if path.attrib.get("stroke-width") == "2.2"
    ]
    assert len(lines) == 1
    assert lines[0].count("M") == 2


def test_what_happened_outside_the_chart_is_not_drawn() -> None:
    outside = (Happening(date(2020, 1, 1), "Long ago"), Happening(date(2030, 1, 1), "To come"))
    assert not [
        words for words in texts_of(drawn(RunChartFigures(POINTS, happenings=outside))) if "ago" in words
    ]


def test_what_happened_at_one_time_is_numbered_side_by_side() -> None:
    both = (Happening(date(2026, 1, 1), "One"), Happening(date(2026, 1, 2), "Two " * 40))
    picture = drawn(RunChartFigures(POINTS, happenings=both))
    above = [
        float(one.attrib["cx"])
        for one in parsed(picture.svg).iter()
        if one.tag.endswith("circle") and one.attrib["fill"] == "var(--surface)"
    ]
    assert above[1] - above[0] >= 20


def test_work_outside_the_chart_is_not_shaded() -> None:
    picture = drawn(RunChartFigures(POINTS, shade=(date(2012, 1, 1), date(2016, 12, 31))))
    assert "<rect" not in picture.svg


def test_one_point_is_a_chart_still() -> None:
    assert_fit_for_a_page(drawn(RunChartFigures(POINTS[:1])))


def test_one_point_at_an_hour_without_a_new_year_bears_its_year() -> None:
    few = tuple(replace(point, day=date(2025, 6, 10 + at)) for at, point in enumerate(POINTS[:3]))
    assert "2025" in texts_of(drawn(RunChartFigures(few)))


def test_an_area_beside_without_figures_is_left_out() -> None:
    assert_fit_for_a_page(drawn(RunChartFigures(POINTS, other=(ChartPoint(date(2025, 1, 1), None),))))


def test_many_points_are_drawn_smaller() -> None:
    many = tuple(ChartPoint(date(2000 + at // 12, at % 12 + 1, 15), float(at % 5)) for at in range(120))
    assert len(drawn(RunChartFigures(many)).svg) < 30_000


def test_a_chart_without_a_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        drawn(RunChartFigures((ChartPoint(date(2025, 1, 1), None),)))
