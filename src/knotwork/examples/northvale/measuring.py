"""What was measured: one series that changed, one that cannot tell yet, one without a change; all chosen before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from knotwork.actions.services import measured_by
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.measures import services
from knotwork.measures.analyses import KIND
from knotwork.measures.models import Indicator
from knotwork.methods.indicators.proportions import proportions
from knotwork.methods.indicators.rates import rate_limits
from knotwork.programmes.models import Stage

__all__ = ["KIND", "measure"]

CHOSEN = date(2025, 12, 9)
MEASURED = date(2026, 10, 20)
AREA = "northvale"
SOURCE = "Made up for this example"
WORK_BEGAN = date(2026, 1, 5)
PER = 1000
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def measure(cast: Cast, tries: Mapping[str, UUID]) -> dict[str, UUID]:
    """The three measures, by their keys in the story."""
    about = told("measures")
    with on(CHOSEN):
        chosen = {key: _chosen(cast, key, about[key]) for key in ("trips", "lonely", "calls")}
        measured_by(tries["bus"], chosen["trips"], by=BY_THE_HOUSE)
    with on(MEASURED):
        _hold(
            cast,
            "trips",
            _monthly_rates(about["trips"], [*about["trips"]["before"], *about["trips"]["after"]]),
        )
        _hold(cast, "calls", _monthly_rates(about["calls"], about["calls"]["values"]))
        _hold(cast, "lonely", _yearly_shares(about["lonely"]))
        cause = services.CauseWords(about["trips"]["rival"], from_date=about["trips"]["changed_from"])
        services.say_rival_cause(chosen["trips"], cause, by=BY_THE_HOUSE)
    return chosen


def _chosen(cast: Cast, key: str, about: Mapping[str, Any]) -> UUID:
    """Held as an indicator of this programme, and chosen by Northvale before anything is tried."""
    words = services.IndicatorWords(
        key=f"{AREA}-{key}",
        name=about["title"],
        definition=about["definition"],
        unit=about["unit"],
        polarity=about["polarity"],
        source=SOURCE,
    )
    services.hold_indicator(words, by=BY_THE_HOUSE, programme_id=cast.programme.pk)
    choice = services.Choice(
        indicator_key=words.key,
        area_code=AREA,
        why=about["why"],
        sentence_before=about.get("before_we_looked", ""),
        baseline=about.get("baseline"),
        expected_from=about.get("expected_from"),
        chosen_on=CHOSEN,
        work_began=WORK_BEGAN,
        visibility=Stage.PUBLIC.value,
    )
    return services.choose_measure(cast.northvale.pk, choice, by=BY_THE_HOUSE)


def _hold(cast: Cast, key: str, rows: Sequence[services.ObservationRow]) -> None:
    indicator = Indicator.objects.get(programme=cast.programme, key=f"{AREA}-{key}")
    services.hold_observations(indicator.public_id, rows, by=BY_THE_HOUSE)


def _monthly_rates(about: Mapping[str, Any], told_values: Sequence[float]) -> list[services.ObservationRow]:
    """Whole counts nearest to the told rates, and the rates and limits that follow from them."""
    denominator = float(about["denominator"])
    counts = [round(value * denominator / PER) for value in told_values]
    found = rate_limits(counts, [denominator] * len(counts), multiplier=PER)
    months = [f"{MONTHS[number % 12]} {about['first_year'] + number // 12}" for number in range(len(counts))]
    return [
        services.ObservationRow(AREA, month, value, lower, upper, count, denominator, area_name="Northvale")
        for month, count, value, lower, upper in zip(
            months, counts, found.value.tolist(), found.lower.tolist(), found.upper.tolist(), strict=True
        )
    ]


def _yearly_shares(about: Mapping[str, Any]) -> list[services.ObservationRow]:
    """How many of those who answered the yearly letter, in per cent."""
    found = proportions(about["counts"], about["asked"], multiplier=100)
    return [
        services.ObservationRow(AREA, str(year), value, lower, upper, count, asked, area_name="Northvale")
        for year, count, asked, value, lower, upper in zip(
            about["years"],
            about["counts"],
            about["asked"],
            found.value.tolist(),
            found.lower.tolist(),
            found.upper.tolist(),
            strict=True,
        )
    ]
