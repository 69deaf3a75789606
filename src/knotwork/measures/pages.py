"""What the pages of measures are made of: a figure with its finding, and all that stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import Failure, SnapshotView
from knotwork.core.pages.components import Fact
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.picture import Picture
from knotwork.measures.analyses import KIND
from knotwork.measures.findings import Finding, finding_of, method_before, method_of
from knotwork.measures.models import Measure, Rebase, RivalCause
from knotwork.measures.pictures import picture_name
from knotwork.measures.queries import (
    IndicatorView,
    ListedMeasure,
    indicator_view,
    measure_address,
    place_address,
)
from knotwork.measures.querysets import causes_of
from knotwork.programmes.models import Area, Provenance


@dataclass(frozen=True)
class MeasurePage:
    """One measure as it is shown."""

    measure: Measure
    url: str
    finding: Finding
    figure: FigureView | None
    indicator: IndicatorView
    causes: tuple[RivalCause, ...]
    rebases: tuple[Rebase, ...]
    said_before: tuple[Fact, ...]
    is_from_before: bool
    area_note: str
    worked_out: datetime | None
    failure: Failure | None


@dataclass(frozen=True)
class PlaceSummary:
    """A place in the room's list with what it looks at."""

    place: str
    programme: str
    url: str
    is_made_up: bool
    measures: tuple[ListedMeasure, ...]


def measure_page(measure: Measure) -> MeasurePage:
    """The measure with its newest good result."""
    snapshot = snapshots.newest_good(KIND, measure.public_id)
    finding = finding_of(measure, None if snapshot is None else snapshot.result)
    picture = None if snapshot is None else snapshots.pictures(snapshot.id).get(picture_name(measure))
    return MeasurePage(
        measure=measure,
        url=measure_address(measure.programme.slug, measure.slug),
        finding=finding,
        figure=_figure(measure, finding, picture, snapshot) if snapshot and picture else None,
        indicator=indicator_view(measure.indicator),
        causes=tuple(causes_of(measure)),
        rebases=tuple(measure.rebases.all()),
        said_before=tuple(_said_before(measure)),
        is_from_before=_is_from_before(measure),
        area_note=_area_note(measure),
        worked_out=None if snapshot is None else snapshot.finished_at,
        failure=snapshots.latest_failure(KIND, measure.public_id),
    )


def picture_of(measure: Measure) -> Picture | None:
    """The newest good picture of a measure."""
    snapshot = snapshots.newest_good(KIND, measure.public_id)
    return None if snapshot is None else snapshots.pictures(snapshot.id).get(picture_name(measure))


def credit_of(measure: Measure) -> str:
    """What a file says beneath the picture, once no page stands around it."""
    held = measure.indicator
    words = (held.attribution, _source(measure)) if held.attribution else (_source(measure), held.licence)
    made_up = _("Made up.") if measure.programme.provenance == Provenance.MADE_UP else ""
    return " ".join(" ".join((made_up, *words)).split())


def summaries(listed: Iterable[ListedMeasure]) -> list[PlaceSummary]:
    """Measures by place, in the order in which they come."""
    found = []
    for (programme, place), rows in groupby(listed, key=lambda row: (row.programme_slug, row.place_slug)):
        of_place = tuple(rows)
        first = of_place[0]
        url = place_address(programme, place) if place else ""
        found.append(PlaceSummary(first.place, first.programme, url, first.is_made_up, of_place))
    return found


def _figure(measure: Measure, finding: Finding, picture: Picture, snapshot: SnapshotView) -> FigureView:
    address = measure_address(measure.programme.slug, measure.slug)
    return FigureView(
        picture=picture,
        sentence=" ".join(finding.sentences[:2]),
        uncertainty=finding.uncertainty,
        source=_source(measure),
        method=method_of(measure, snapshot.result),
        as_of=snapshot.finished_at,
        downloads=tuple(Download(kind.upper(), f"{address}figure.{kind}") for kind in ("svg", "png", "csv")),
        mark_example=measure.programme.provenance == Provenance.MADE_UP,
        source_url=measure.indicator.source_url,
        is_wide=True,
    )


def _source(measure: Measure) -> str:
    held = measure.indicator
    parts = [held.source, held.vintage, held.licence]
    return "; ".join(part for part in parts if part)


def _said_before(measure: Measure) -> list[Fact]:
    """What was chosen before anybody looked."""
    facts = [
        Fact(_("What we look at"), measure.indicator.name),
        Fact(_("Why"), measure.why),
        Fact(_("What we call better"), measure.get_improvement_display()),
    ]
    if measure.sentence_before:
        facts.append(Fact(_("What we expected"), measure.sentence_before))
    if measure.expected_from:
        facts.append(Fact(_("From when"), _day(measure.expected_from)))
    if measure.stop_rule:
        facts.append(Fact(_("When we would stop"), measure.stop_rule))
    facts.append(Fact(_("How we judge"), method_before(measure)))
    if measure.baseline:
        words = _("from the first %(count)d points") % {"count": measure.baseline}
        facts.append(Fact(_("Where the usual range comes from"), words))
    if measure.signed:
        facts.append(Fact(_("Chosen by"), measure.signed))
    if measure.chosen_on:
        facts.append(Fact(_("Chosen on"), _day(measure.chosen_on)))
    return facts


def _is_from_before(measure: Measure) -> bool:
    """Whether it was chosen before the change that was expected, and the day of the choice is known."""
    if measure.chosen_on is None:
        return False
    return measure.expected_from is None or measure.chosen_on <= measure.expected_from


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _area_note(measure: Measure) -> str:
    """That the official area began or ended on a day, so that nobody wonders where its line breaks off."""
    area = Area.objects.filter(code=measure.area_code).only("name", "valid_from", "valid_until").first()
    if area is None:
        return ""
    if area.valid_until:
        return _("%(area)s ended as an official area on %(day)s.") % {
            "area": area.name,
            "day": _day(area.valid_until),
        }
    if area.valid_from:
        return _("%(area)s has been an official area since %(day)s.") % {
            "area": area.name,
            "day": _day(area.valid_from),
        }
    return ""
