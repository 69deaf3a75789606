"""An indicator and its figures may be said as often as one likes; only what differs is written."""

from datetime import date

import pytest

from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.rules import Refused
from knotwork.measures import services
from knotwork.measures.models import Indicator, Observation, Series
from knotwork.measures.words import Changes, IndicatorWords, ObservationRow
from knotwork.programmes.models import Role
from tests.builders import a_person, a_place, a_programme
from tests.measures.build import an_indicator, monthly
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db

WORDS = IndicatorWords("smoking", "Smoking", "Fingertips", polarity="low")


def test_an_indicator_held_twice_is_one() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    assert services.hold_indicator(WORDS, by=ADMINISTRATOR) == made
    assert verbs() == ["indicator.held"]


def test_an_indicator_is_said_better_under_its_key() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    better = IndicatorWords("smoking", "Adults who smoke", "Fingertips", polarity="low")
    assert services.change_indicator(made.public_id, better, by=ADMINISTRATOR)
    assert not services.change_indicator(made.public_id, better, by=ADMINISTRATOR)
    assert Indicator.objects.get().name == "Adults who smoke"


def test_each_programme_has_its_own_indicator_of_a_key_beside_everybodys() -> None:
    programme = a_programme()
    services.hold_indicator(WORDS, by=ADMINISTRATOR)
    services.hold_indicator(WORDS, by=somebody(Role.ANALYST, programme), programme_id=programme.pk)
    assert Indicator.objects.count() == 2


def test_figures_are_added_changed_or_left() -> None:
    public_id = an_indicator(a_programme(), (1, 2, 3))
    assert services.hold_observations(public_id, monthly((1, 2, 4, 5)), by=ADMINISTRATOR) == Changes(1, 1, 2)
    assert list(Observation.objects.values_list("value", flat=True)) == [1, 2, 4, 5]


def test_figures_that_are_held_already_are_no_event_and_make_nothing_due() -> None:
    public_id = an_indicator(a_programme())
    before = Indicator.objects.get(public_id=public_id).changed_at
    happened = len(verbs())
    services.hold_observations(public_id, monthly((41.2, 40.1)), by=ADMINISTRATOR)
    assert Indicator.objects.get(public_id=public_id).changed_at == before
    assert len(verbs()) == happened


def test_a_period_is_kept_from_its_first_day_to_the_day_after_its_last() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    rows = [ObservationRow("E1", "2015 - 17", 20.0), ObservationRow("E1", "2018/19", 19.0)]
    services.hold_observations(made.public_id, rows, by=ADMINISTRATOR)
    held = Observation.objects.values_list("period_from", "period_until")
    assert list(held) == [(date(2015, 1, 1), date(2018, 1, 1)), (date(2018, 4, 1), date(2019, 4, 1))]


def test_of_two_figures_for_one_moment_the_later_one_counts() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    rows = [ObservationRow("E1", "2015-17", 20.0), ObservationRow("E1", "2015 - 17", 21.0)]
    assert services.hold_observations(made.public_id, rows, by=ADMINISTRATOR) == Changes(1, 0, 0)
    assert Observation.objects.get().value == 21.0


def test_a_period_that_nobody_understands_is_refused_and_nothing_is_kept() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="not understood"):
        services.hold_observations(
            made.public_id, [ObservationRow("E1", "last spring", 1.0)], by=ADMINISTRATOR
        )
    assert not Series.objects.exists()


def test_days_may_be_given_instead_of_read() -> None:
    made = services.hold_indicator(WORDS, by=ADMINISTRATOR)
    row = ObservationRow(
        "E1", "spring", 1.0, period_from=date(2026, 3, 1), period_until=date(2026, 6, 1), note="n" * 400
    )
    services.hold_observations(made.public_id, [row], by=ADMINISTRATOR)
    assert len(Observation.objects.get().note) == 300


def test_only_an_administrator_holds_an_indicator_for_everybody() -> None:
    with pytest.raises(Refused, match="administrator"):
        services.hold_indicator(WORDS, by=somebody(Role.ANALYST, a_programme()))


def test_a_lead_adds_figures_and_does_not_change_those_of_others() -> None:
    place = a_place()
    public_id = an_indicator(place.programme, (1, 2))
    lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
    assert services.hold_observations(public_id, monthly((1, 2, 3)), by=lead).added == 1
    with pytest.raises(Refused, match="Leads can add"):
        services.hold_observations(public_id, monthly((1, 9)), by=lead)


def test_an_indicator_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="not known"):
        services.hold_observations(a_programme().public_id, [], by=ADMINISTRATOR)
