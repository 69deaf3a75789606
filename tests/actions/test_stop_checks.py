"""A stop rule that can be checked speaks once, to people, and stops nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from knotwork.actions import services
from knotwork.actions.models import StopCheck, TryOutStage
from knotwork.actions.queries import CheckView, check_of
from knotwork.actions.services import CheckWords, TryOutWords
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.measures.models import Measure
from knotwork.measures.services import hold_observations
from knotwork.measures.words import ObservationRow
from knotwork.programmes.models import Role
from tests.actions.build import a_lead, a_member, going, planned, row
from tests.builders import a_person, a_place
from tests.measures.build import BEFORE as A_YEAR
from tests.measures.build import TRIPS, a_measure, monthly
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db

WEEK_12 = date(2026, 3, 30)
RIDERS = CheckWords("below", Decimal(8), WEEK_12, number_name="riders a trip")
APRIL = datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_april():
    with clock.moved_to(APRIL):
        yield


def checked(try_out: UUID, words: CheckWords = RIDERS) -> UUID:
    services.make_checkable(try_out, words, by=ADMINISTRATOR)
    return try_out


def check(try_out: UUID, viewer: Viewer = ADMINISTRATOR) -> CheckView:
    found = check_of(row(try_out), viewer)
    assert found is not None
    return found


def enter(try_out: UUID, day: date, value: str, **words: object) -> bool:
    return services.enter_number(try_out, day, Decimal(value), by=ADMINISTRATOR, **words)  # type: ignore[arg-type]


def test_a_rule_in_words_only_cannot_be_checked_and_nothing_is_shown() -> None:
    assert check_of(row(going(a_place())), ADMINISTRATOR) is None
    assert services.check_stop_rules() == 0


def test_it_is_said_in_a_sentence() -> None:
    try_out = checked(going(a_place()))
    assert check(try_out).sentence == (
        "It says stop if “riders a trip” is below 8, on 30 March 2026 or later."
    )
    above = checked(going(a_place()), replace(RIDERS, comparison="above", threshold=Decimal("2.5")))
    assert "above 2.5" in check(above).sentence


def test_until_the_start_it_may_be_said_anew_and_after_it_once() -> None:
    place = a_place()
    early = checked(planned(place))
    assert services.make_checkable(early, replace(RIDERS, threshold=Decimal(9)), by=a_lead(place))
    assert not services.make_checkable(early, replace(RIDERS, threshold=Decimal(9)), by=ADMINISTRATOR)
    services.start(early, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="stays as it is"):
        services.make_checkable(early, RIDERS, by=ADMINISTRATOR)


def test_a_member_does_not_say_how_it_is_checked_and_a_rule_needs_words_first() -> None:
    place = a_place()
    with pytest.raises(Refused, match="Only whoever planned"):
        services.make_checkable(going(place), RIDERS, by=a_member(place))
    without = planned(place, TryOutWords("A later bus", visibility="public"))
    with pytest.raises(Refused, match="in words first"):
        services.make_checkable(without, RIDERS, by=ADMINISTRATOR)


@pytest.mark.parametrize(
    "words",
    [
        replace(RIDERS, number_name=" "),
        replace(RIDERS, threshold=Decimal("Infinity")),
        replace(RIDERS, threshold=Decimal(10) ** 12),
        replace(RIDERS, threshold=Decimal("1.23456")),
        replace(RIDERS, measure=uuid4()),
    ],
)
def test_what_cannot_be_watched_is_refused(words: CheckWords) -> None:
    with pytest.raises(Refused):
        checked(going(a_place()), words)


def test_a_number_below_the_line_after_the_day_speaks_once_and_stops_nothing() -> None:
    place = a_place()
    lead = a_person(Role.PLACE_LEAD, place=place)
    try_out = checked(going(place))
    assert enter(try_out, date(2026, 4, 6), "7.5")
    assert check(try_out).spoke_words == "7.5"
    assert row(try_out).stage == TryOutStage.GOING
    assert list(Letter.objects.values_list("kind", "to")) == [("stop_rule", lead.email)]
    enter(try_out, date(2026, 4, 13), "3")
    assert Letter.objects.count() == 1
    assert verbs().count("try_out.stop_rule_spoke") == 1


def test_numbers_from_before_the_day_and_on_the_line_say_nothing() -> None:
    try_out = checked(going(a_place()))
    enter(try_out, date(2026, 3, 29), "2")
    enter(try_out, date(2026, 4, 6), "8")
    assert not check(try_out).says_stop
    assert [each.words for each in check(try_out).numbers] == ["2", "8"]


def test_a_number_that_is_put_right_takes_the_word_back() -> None:
    try_out = checked(going(a_place()))
    enter(try_out, date(2026, 4, 6), "0.8")
    enter(try_out, date(2026, 4, 6), "8.8", note="A dot too early")
    assert not check(try_out).says_stop
    assert verbs()[-1] == "try_out.stop_rule_took_back"
    assert not enter(try_out, date(2026, 4, 6), "8.8", note="A dot too early")


def test_a_member_enters_numbers_a_stranger_does_not_and_the_future_is_not_counted() -> None:
    place = a_place()
    try_out = checked(going(place))
    assert services.enter_number(try_out, date(2026, 4, 6), Decimal(9), by=a_member(place))
    with pytest.raises(Refused):
        services.enter_number(try_out, date(2026, 4, 7), Decimal(9), by=STRANGER)
    with pytest.raises(Refused, match="still to come"):
        enter(try_out, date(2026, 4, 21), "9")


def test_without_a_number_to_count_none_is_entered() -> None:
    with pytest.raises(Refused, match="which number"):
        enter(going(a_place()), date(2026, 4, 6), "9")


def test_a_number_entered_before_the_rule_could_be_checked_is_asked_when_it_can() -> None:
    try_out = checked(planned(a_place()))
    services.start(try_out, by=ADMINISTRATOR, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    enter(try_out, date(2026, 4, 6), "7")
    StopCheck.objects.update(spoke_at=None, spoke_value=None)
    assert services.check_stop_rules() == 1
    assert services.check_stop_rules() == 0


def test_one_that_is_stopped_is_not_asked_any_more() -> None:
    try_out = checked(going(a_place()))
    services.stop(try_out, "Too few", by=ADMINISTRATOR)
    enter(try_out, date(2026, 4, 6), "2")
    assert not check(try_out).says_stop
    assert services.check_stop_rules() == 0


def watching(measure: Measure) -> UUID:
    """A try-out that stops when the measure is below 49 from 2026 on."""
    words = CheckWords("below", Decimal(49), date(2026, 1, 1), measure=measure.public_id)
    return checked(going(measure.place), words)  # type: ignore[arg-type]


def test_a_measure_of_the_place_is_watched_by_the_schedule() -> None:
    measure = a_measure(values=A_YEAR)
    try_out = watching(measure)
    assert services.check_stop_rules() == 0
    hold_observations(measure.indicator.public_id, monthly(TRIPS), by=ADMINISTRATOR)
    assert services.check_stop_rules() == 1
    assert check(try_out).measure is not None
    assert check(try_out).spoke_words == "2026-01: 48.8"
    assert not check(try_out).is_by_hand


def test_where_a_figure_has_limits_they_stand_beside_it() -> None:
    measure = a_measure(values=A_YEAR)
    try_out = watching(measure)
    rows = [ObservationRow("northvale", "2026-01", 48.8, 45.1, 52.2, area_name="Northvale")]
    hold_observations(measure.indicator.public_id, rows, by=ADMINISTRATOR)
    services.check_stop_rules()
    assert check(try_out).spoke_words == "2026-01: 48.8 (likely between 45.1 and 52.2)"


def test_whoever_may_not_see_the_measure_reads_no_figure_of_it() -> None:
    measure = a_measure(visibility="place")
    try_out = watching(measure)
    services.check_stop_rules()
    shown = check(try_out, STRANGER)
    assert (shown.measure, shown.spoke_words, shown.says_stop) == (None, "", True)
    assert measure.title not in shown.sentence
