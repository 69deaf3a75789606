"""What the places of Local Vision can be measured by: real published figures, chosen by us, not by the places.

Every place shows two to four series that fit its issue, or says why none does. What is shipped lies in
``material/measures``; loading holds it, compares the choices, and works out what is not worked out yet.
"""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.db import transaction

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.measures import services
from knotwork.measures.analyses import KIND, MeasureAnalysis
from knotwork.measures.models import Measure, NothingFits
from knotwork.programmes.models import Stage

MATERIAL = Path(__file__).parent / "material" / "measures"
CHOSEN_BY = "the makers of Knotwork, after the figures were published; the place had no part in it"
OURS = "the makers of Knotwork"
BEGAN, ENDED = date(2012, 1, 1), date(2016, 12, 31)
"""When the programme ran: from 2012 until about 2016. Series that begin later are stamped so."""


def load(place_ids: Mapping[str, int]) -> None:
    """Hold the figures, choose the measures of every place, and work out what is new; as often as one likes."""
    with transaction.atomic():
        _hold()
        for order, row in enumerate(_rows("choices.csv")):
            _choose(place_ids[row["place"]], row, order)
        for row in _rows("nothing_fits.csv"):
            _nothing_fits(place_ids[row["place"]], row)
    for subject in _due(list(place_ids.values())):
        run_now(KIND, subject)


def _hold() -> None:
    figures = {key: list(rows) for key, rows in groupby(_figures(), key=lambda row: row["indicator"])}
    for row in _rows("indicators.csv"):
        words = services.IndicatorWords(
            **{name: value for name, value in row.items() if name != "is_indirect"},
            is_indirect=row["is_indirect"] == "yes",
        )
        made = services.hold_indicator(words, by=BY_THE_HOUSE)
        observed = [_observation(one) for one in figures[row["key"]]]
        services.hold_observations(made.public_id, observed, by=BY_THE_HOUSE)


def _observation(row: Mapping[str, str]) -> services.ObservationRow:
    value, lower, upper, count, denominator = (
        float(row[name]) if row[name] else None
        for name in ("value", "lower", "upper", "count", "denominator")
    )
    return services.ObservationRow(
        area_code=row["area_code"],
        area_name=row["area_name"],
        sex=row["sex"],
        age=row["age"],
        category_type=row["category_type"],
        category=row["category"],
        period=row["period"],
        value=value,
        lower=lower,
        upper=upper,
        count=count,
        denominator=denominator,
    )


def _choose(place_id: int, row: Mapping[str, str], order: int) -> None:
    choice = services.Choice(
        indicator_key=row["indicator"],
        area_code=row["area_code"],
        why=row["why"],
        title=row["title"],
        sex=row["sex"],
        age=row["age"],
        compare_area_code=row["compare"],
        reading=row["reading"],
        improvement=row["improvement"],
        work_began=BEGAN,
        work_ended=ENDED,
        order=order,
        slug=row["slug"],
        signed=CHOSEN_BY,
        visibility=Stage.PUBLIC.value,
    )
    stands = Measure.objects.filter(place_id=place_id, slug=row["slug"]).first()
    if stands is None:
        public_id = services.choose_measure(place_id, choice, by=BY_THE_HOUSE)
        if row["cause"]:
            words = services.CauseWords(row["cause"], date.fromisoformat(row["cause_from"]), signed=OURS)
            services.say_rival_cause(public_id, words, by=BY_THE_HOUSE)
    else:
        services.change_measure(stands.public_id, choice, by=BY_THE_HOUSE)


def _nothing_fits(place_id: int, row: Mapping[str, str]) -> None:
    words = services.NothingFitsWords(row["words"], visibility=row["visibility"])
    if not NothingFits.objects.filter(
        place_id=place_id, withdrawn_at__isnull=True, words=row["words"]
    ).exists():
        services.nothing_fits(place_id, words, by=BY_THE_HOUSE)


def _due(place_ids: list[int]) -> Iterator[UUID]:
    """The measures of these places whose choice or figures are newer than their newest result."""
    states = dict(MeasureAnalysis().subjects())
    for public_id in Measure.objects.filter(place_id__in=place_ids, withdrawn_at__isnull=True).values_list(
        "public_id", flat=True
    ):
        newest = snapshots.newest_good(KIND, public_id)
        if newest is None or newest.input_state != states[public_id]:
            yield public_id


def _rows(name: str) -> list[dict[str, str]]:
    with (MATERIAL / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _figures() -> list[dict[str, str]]:
    text = gzip.decompress((MATERIAL / "series.csv.gz").read_bytes()).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))
