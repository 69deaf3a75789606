"""The official areas whose outlines we hold: the ground of every map."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from knotwork.programmes.models import Area

_UPPER_TIER = r"^E(06|08|09|10)"


@dataclass(frozen=True)
class AreaOutline:
    """An area with its border as a GeoJSON geometry."""

    code: str
    name: str
    outline: dict[str, Any]


@dataclass(frozen=True)
class OutlinesState:
    """How many outlines we hold and when the newest changed: the key of what is kept of drawn maps."""

    count: int
    newest: datetime | None


def outlines_state() -> OutlinesState:
    """The state of the outlines now; one small query."""
    held = Area.objects.filter(outline__isnull=False).aggregate(count=Count("pk"), newest=Max("changed_at"))
    return OutlinesState(held["count"], held["newest"])


def upper_tier_outlines() -> tuple[AreaOutline, ...]:
    """England's upper-tier areas that we hold, by code: together they are the country."""
    rows = Area.objects.filter(outline__isnull=False, code__regex=_UPPER_TIER).order_by("code")
    return tuple(AreaOutline(row.code, row.name, row.outline or {}) for row in rows)
