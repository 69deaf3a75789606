"""Say on the page of a place that a map made elsewhere is looked at here, and take that back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.maps import rules
from knotwork.maps.models import MapReference
from knotwork.maps.querysets import maps
from knotwork.maps.services.edits import refuse
from knotwork.programmes.services.made import standing_place


def refer_to_map(place_id: int, map_id: int, words: str, *, by: Viewer) -> UUID:
    """The place looks at this map; said again, its words change. Returns the reference's public id."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(rules.can_refer(by, place))
        system_map = maps().visible_to(by).filter(pk=map_id).first()
        if system_map is None:
            raise refuse(_("This map is not known here."))
        if system_map.place_id == place.pk:
            raise refuse(_("This is a map of this very place, so its page leads to it already."))
        row, is_new = MapReference.objects.get_or_create(
            place=place, map=system_map, withdrawn_at__isnull=True, defaults={"words": words}
        )
        if is_new or row.words != words:
            MapReference.objects.filter(pk=row.pk).update(words=words)
            _record("map.referred_to", row, by)
    return row.public_id


def end_reference(public_id: UUID, *, by: Viewer) -> None:
    """The page of the place no longer leads to this map."""
    with transaction.atomic():
        row = (
            MapReference.objects.select_related("place__programme", "map")
            .filter(public_id=public_id, withdrawn_at__isnull=True)
            .first()
        )
        if row is None:
            raise refuse(_("This reference does not stand."))
        require(rules.can_refer(by, row.place))
        MapReference.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
        _record("map.no_longer_referred_to", row, by)


def _record(verb: str, row: MapReference, by: Viewer) -> None:
    record(
        verb,
        subject_kind="map",
        subject_id=row.map.public_id,
        by=by,
        programme=row.place.programme.public_id,
        place=row.place.public_id,
    )
