"""What is worked out: the finding, the trend, England beside, the gap; and what is not said because it cannot be."""

from datetime import date
from typing import Any

import pytest

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due
from knotwork.measures import services
from knotwork.measures.analyses import KIND, MeasureAnalysis
from knotwork.measures.findings import Finding, amount, finding_of
from knotwork.measures.models import Measure
from knotwork.measures.pages import credit_of, measure_page, picture_of
from knotwork.measures.points import DECILE
from knotwork.measures.words import CauseWords, IndicatorWords, NewBeginning, ObservationRow
from knotwork.programmes.models import Area, Provenance
from tests.builders import a_place, a_programme
from tests.measures.build import (
    AFTER,
    BEFORE,
    CHANGED_FROM,
    TRIPS,
    a_choice,
    a_measure,
    an_indicator,
    monthly,
    worked_out,
    yearly,
)
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db


def found(measure: Measure) -> Finding:
    return measure_page(worked_out(measure)).finding


def said(measure: Measure) -> str:
    return " ".join(found(measure).sentences)


def a_measure_of(rows: list[ObservationRow], polarity: str = "low", **words: Any) -> Measure:
    """A measure of these figures; ``words`` of the choice."""
    place = a_place()
    is_indirect = words.pop("is_indirect", False)
    about = IndicatorWords("x", "X", "A survey", unit="%", polarity=polarity, is_indirect=is_indirect)
    made = services.hold_indicator(about, by=ADMINISTRATOR, programme_id=place.programme.pk)
    services.hold_observations(made.public_id, rows, by=ADMINISTRATOR)
    choice = a_choice(indicator_key="x", **words)
    return Measure.objects.get(public_id=services.choose_measure(place.pk, choice, by=ADMINISTRATOR))


def test_a_jump_is_more_than_the_usual_ups_and_downs_and_for_the_better() -> None:
    finding = found(a_measure(baseline=12, expected_from=CHANGED_FROM))
    assert finding.code == "improvement"
    assert "more than the usual ups and downs, and on the better side" in finding.sentences[1]
    assert (
        "Before 1 January 2026 it was around 41.1 (12 points), since then around 51.2" in finding.sentences[2]
    )


def test_the_same_jump_is_for_the_worse_where_less_is_better() -> None:
    assert found(a_measure(baseline=12, improvement="decrease")).code == "concern"


def test_where_it_depends_only_the_change_is_told() -> None:
    finding = found(a_measure(baseline=12, improvement="neutral"))
    assert finding.code == "neutral"
    assert "it does not say" in finding.sentences[1]


def test_the_months_before_are_no_more_than_the_usual_ups_and_downs() -> None:
    assert found(a_measure(values=BEFORE + BEFORE[:3])).code == "no_more"


def test_fewer_than_thirteen_points_are_too_few_to_say() -> None:
    measure = a_measure(values=BEFORE)
    assert "there are 12, and 13 are needed" in said(measure)
    assert picture_of(measure) is not None
    assert "Usual range" not in picture_of(measure).svg  # type: ignore[union-attr]


def test_a_point_that_stood_out_earlier_is_not_forgotten() -> None:
    assert "Earlier, 1 of its 25 points stood out." in said(a_measure(values=(*BEFORE, 70, *BEFORE)))


def test_a_new_beginning_moves_the_drawing_and_not_the_finding() -> None:
    begun = NewBeginning(CHANGED_FROM, "The 3.50 moved to 4.40.")
    measure = worked_out(a_measure(baseline=12, rebase=(begun,)))
    page = measure_page(measure)
    assert page.finding.code == "improvement"
    assert "The last part of the chart has fewer than 13 points" in " ".join(page.finding.sentences)
    assert "A new beginning of the chart. The 3.50 moved to 4.40." in picture_of(measure).svg  # type: ignore[union-attr]


def test_a_new_beginning_beyond_the_chart_changes_nothing() -> None:
    assert found(a_measure(rebase=(NewBeginning(date(2030, 1, 1), "To come."),))).code == "improvement"


def test_overlapping_periods_get_no_run_rules() -> None:
    rows = [
        ObservationRow("northvale", f"{year}-{(year + 2) % 100:02d}", 60.0 + year % 3)
        for year in range(2001, 2020)
    ]
    finding = found(a_measure_of(rows))
    assert finding.code == "overlapping"
    assert "Overlapping periods" in finding.stamps
    assert "cannot be worked out. The periods last several years or overlap." in " ".join(finding.sentences)


def test_a_trend_needs_limits_and_five_years() -> None:
    falling = [(24 - at, 23.4 - at, 24.6 - at) for at in range(6)]
    assert "falling over the last five periods, which is better" in said(a_measure_of(yearly(falling)))
    assert "which is worse" in said(a_measure_of(yearly(falling), polarity="high"))
    assert "falling over the last five periods." in said(a_measure_of(yearly(falling), polarity="depends"))
    rising = yearly(falling[::-1])
    assert "rising over the last five periods, which is worse" in said(a_measure_of(rising))
    assert "rising over the last five periods, which is better" in said(a_measure_of(rising, "high"))
    assert "rising over the last five periods." in said(a_measure_of(rising, "depends"))
    assert "fewer than five periods" in said(a_measure_of(yearly(falling[:3])))
    assert "no clear change" in said(a_measure_of(yearly([(20, 15, 25)] * 6)))
    assert "The source gives no limits" in said(a_measure_of(yearly([(20, None, None)] * 6)))
    assert "no line of their own" in said(a_measure_of(yearly(falling), is_indirect=True))


def test_a_trend_of_months_is_not_told() -> None:
    assert "Recent trend" not in said(a_measure())


def test_two_surveys_whose_limits_overlap_cannot_tell_yet() -> None:
    lonely = yearly([(8.4, 6.6, 10.6), (7.9, 6.2, 10.0), (7.1, 5.5, 9.1)])
    assert "nobody can tell yet" in said(a_measure_of(lonely))
    apart = yearly([(8.4, 7.6, 9.1), (3.1, 2.5, 3.9)])
    assert "seems to have moved" in said(a_measure_of(apart))


@pytest.mark.parametrize(
    ("england", "words"),
    [
        ((20, 19, 21), "do not overlap: lower than there"),
        ((5, 4, 6), "do not overlap: higher than there"),
        ((10, 8, 12), "overlap, so we do not say that they differ"),
        ((10, None, None), "Without limits we do not say"),
    ],
)
def test_england_stands_beside_and_only_limits_say_whether_it_differs(england: Any, words: str) -> None:
    rows = yearly([(10, 9, 11)]) + yearly([england], area="england")
    assert words in said(a_measure_of(rows, compare_area_code="england"))


def test_an_area_without_the_same_period_is_not_compared() -> None:
    rows = yearly([(10, 9, 11)]) + yearly([(10, 9, 11)], first=2010, area="england")
    assert "England has no figure for the same period." in said(
        a_measure_of(rows, compare_area_code="england")
    )


@pytest.mark.parametrize(
    ("target", "words"), [(30, "wholly on the good side"), (60, "wrong side"), (41, "both sides")]
)
def test_a_target_is_held_against_the_usual_range(target: float, words: str) -> None:
    assert words in said(a_measure(values=BEFORE + BEFORE, target=target))


def test_without_limits_it_says_so_and_with_limits_how_to_read_them() -> None:
    finding = found(a_measure())
    assert "No limits supplied" in finding.stamps
    assert finding.uncertainty.startswith("No limits supplied")
    with_limits = found(a_measure_of(yearly([(10, 9, 11)])))
    assert with_limits.stamps == ()
    assert "95% limits" in with_limits.uncertainty


def test_figures_of_after_the_work_are_stamped_later() -> None:
    late = {"work_began": date(2012, 1, 1), "work_ended": date(2016, 12, 31)}
    assert "Later than the programme" in found(a_measure(**late)).stamps
    within = a_measure_of(yearly([(10, 9, 11)] * 3, first=2015), **late)
    assert "Later than the programme" not in found(within).stamps
    assert "Time of the work" in picture_of(within).svg  # type: ignore[union-attr]


def tenths(area: str, start: float, step: float, limits: bool = True) -> list[ObservationRow]:
    return [
        ObservationRow(
            area,
            "2014-16",
            start + step * at,
            start + step * at - 1 if limits else None,
            start + step * at + 1 if limits else None,
            denominator=1000,
            area_name=area.title(),
            category_type=DECILE,
            category=str(at + 1),
        )
        for at in range(10)
    ]


def test_a_gap_is_told_with_its_limits_and_that_of_england() -> None:
    rows = tenths("northvale", 76, 0.8) + tenths("england", 74, 1.0)
    measure = a_measure_of(rows, "high", reading="by_decile", compare_area_code="england")
    finding = found(measure)
    assert finding.code == "gap"
    assert finding.sentences[0].startswith("In Northvale, 2014-16")
    assert "8.0% apart" in finding.sentences[0] or "8% apart" in finding.sentences[0]
    assert "likely between" in finding.sentences[1]
    assert "In England as a whole the gap is 10" in finding.sentences[2]


def test_a_gap_without_limits_and_one_that_falls_are_told_too() -> None:
    falling = found(a_measure_of(tenths("northvale", 30, -1, limits=False), reading="by_decile"))
    assert "10% apart" in falling.sentences[0]
    assert "No limits supplied" in falling.stamps


def test_a_gap_of_too_few_tenths_cannot_be_worked_out() -> None:
    measure = worked_out(a_measure_of(tenths("northvale", 30, 1)[:3], reading="by_decile"))
    assert measure_page(measure).finding.code == "nothing"
    assert measure_page(measure).figure is None


def test_before_figures_are_held_and_before_the_first_result_it_says_so() -> None:
    measure = a_measure(area_code="elsewhere")
    assert finding_of(measure, None).short == "Being worked out."
    assert found(measure).short == "No figures are held for this yet."
    assert picture_of(measure) is None
    nothing = a_measure(measure.place, area_code="elsewhere", reading="by_decile", indicator_key="trips")
    assert found(nothing).code == "nothing"


def test_a_measure_is_worked_out_again_when_its_choice_or_a_figure_changed() -> None:
    measure = worked_out(a_measure())
    newest = snapshots.newest_good(KIND, measure.public_id)
    assert newest is not None
    assert dict(MeasureAnalysis().subjects())[measure.public_id] == newest.input_state
    services.hold_observations(measure.indicator.public_id, monthly((1,)), by=ADMINISTRATOR)
    assert dict(MeasureAnalysis().subjects())[measure.public_id] != newest.input_state
    after = worked_out(measure)
    state = dict(MeasureAnalysis().subjects())[after.public_id]
    services.say_rival_cause(measure.public_id, CauseWords("Fares", CHANGED_FROM), by=ADMINISTRATOR)
    assert dict(MeasureAnalysis().subjects())[measure.public_id] != state


def test_the_tick_asks_for_what_is_due_once() -> None:
    a_measure()
    assert ask_for_due() == 1
    assert ask_for_due() == 0


def test_a_cause_with_a_day_is_drawn_and_a_long_one_is_cut() -> None:
    measure = a_measure()
    services.say_rival_cause(
        measure.public_id, CauseWords("A fare cap. " * 40, CHANGED_FROM), by=ADMINISTRATOR
    )
    picture = picture_of(worked_out(measure))
    assert picture is not None
    assert "…" in picture.svg


def test_the_table_says_what_the_picture_shows() -> None:
    rows = yearly([(10 + at, 9 + at, 11 + at) for at in range(14)]) + yearly([(10, 9, 11)], area="england")
    picture = picture_of(worked_out(a_measure_of(rows, compare_area_code="england")))
    assert picture is not None
    assert picture.columns == ("Period", "Northvale", "Low", "High", "England", "Stands out")
    assert picture.rows[0][:5] == ("2020", 10.0, 9.0, 11.0, 10.0)
    assert len(picture.rows) == 14


def test_the_points_are_kept_with_what_the_chart_says_of_each() -> None:
    measure = worked_out(a_measure(values=TRIPS, baseline=12))
    newest = snapshots.newest_good(KIND, measure.public_id)
    assert newest is not None
    table = snapshots.table(newest.id, "points")
    assert table is not None
    assert table["direction"].to_list()[-len(AFTER) :] == ["improvement"] * len(AFTER)


def test_an_official_area_that_ended_is_named_with_its_day() -> None:
    measure = a_measure()
    assert measure_page(measure).area_note == ""
    area = Area.objects.create(code="northvale", name="Northvale")
    assert measure_page(measure).area_note == ""
    Area.objects.filter(pk=area.pk).update(valid_from=date(2009, 4, 1))
    assert "since 1 April 2009" in measure_page(measure).area_note
    Area.objects.filter(pk=area.pk).update(valid_until=date(2019, 4, 1))
    assert "ended as an official area on 1 April 2019" in measure_page(measure).area_note


def test_a_file_bears_the_credit_and_that_it_is_made_up() -> None:
    place = a_place(a_programme(provenance=Provenance.MADE_UP))
    an_indicator(place.programme, attribution="Contains public information.", licence="OGL")
    credit = credit_of(a_measure(place, indicator_key="trips"))
    assert credit == "Made up. Contains public information. Northvale Buses; OGL"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(35.62, "%", "35.6%"), (52.2, "trips", "52.2 trips"), (0.4256, "points", "0.43 points"), (None, "%", "no figure"),
     (2170.0, "", "2170"), (1234.5, "", "1235")],
)  # fmt: skip
def test_an_amount_is_written_as_people_read_it(value: float | None, unit: str, words: str) -> None:
    assert amount(value, unit) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(10.0, "10%"), (9.999999999999998, "10%"), (9.96, "10.0%"), (0.5, "0.50%"), (0.0, "0%")],
)
def test_a_whole_figure_reads_alike_however_a_processor_adds_it_up(value: float, words: str) -> None:
    assert amount(value, "%") == words
