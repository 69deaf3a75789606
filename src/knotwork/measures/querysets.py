"""Indicators, measures and what is said of them, asked for in sentences."""

from typing import Self

from django.db.models import Q, QuerySet

from knotwork.core.accounts.viewer import Viewer
from knotwork.measures.models import Indicator, Measure, NothingFits, RivalCause
from knotwork.programmes.models import Programme
from knotwork.programmes.querysets import programmes
from knotwork.programmes.written import WrittenQuerySet


class MeasureQuerySet(WrittenQuerySet[Measure]):
    """Measures, as sentences."""

    def with_all(self) -> Self:
        return self.select_related("programme", "place", "indicator")


class IndicatorQuerySet(QuerySet[Indicator]):
    """Indicators, as sentences."""

    def held_for(self, programme: Programme) -> Self:
        return self.filter(Q(programme__isnull=True) | Q(programme=programme))

    def by_key(self, programme: Programme) -> dict[str, Indicator]:
        """Those a programme may look at, by their keys: its own before those that are held for everybody."""
        held = list(self.held_for(programme))
        everybodys = {row.key: row for row in held if row.programme_id is None}
        return everybodys | {row.key: row for row in held if row.programme_id is not None}

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that are held for everybody, and those of programmes that the viewer may see."""
        return self.filter(Q(programme__isnull=True) | Q(programme__in=programmes().visible_to(viewer)))


def measures() -> MeasureQuerySet:
    """All measures of all places."""
    return MeasureQuerySet(Measure)


def places_without() -> WrittenQuerySet[NothingFits]:
    """All that was said about places for which nothing fits."""
    return WrittenQuerySet(NothingFits)


def indicators() -> IndicatorQuerySet:
    """All indicators."""
    return IndicatorQuerySet(Indicator)


def causes_of(measure: Measure) -> QuerySet[RivalCause]:
    """The rival causes that stand beside a measure."""
    return RivalCause.objects.filter(measure=measure, withdrawn_at__isnull=True)
