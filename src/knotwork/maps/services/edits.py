"""What every edit of a map has in common: find it and hold it, say that it changed, write down what happened."""

from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import Decision, Refused, require
from knotwork.maps import rules
from knotwork.maps.models import Factor, SystemMap
from knotwork.maps.querysets import maps


def refuse(reason: str) -> Refused:
    """The refusal to raise, with its reason."""
    return Refused(Decision(False, reason))


def held_map(map_id: int, act: rules.Act, by: Viewer) -> SystemMap:
    """The map, held until the end of the transaction so that two writers take turns, if the writer may do this."""
    row = (
        SystemMap.objects.select_for_update(of=("self",))
        .select_related("programme", "place")
        .filter(pk=map_id)
        .first()
    )
    if row is None or not (row.withdrawn_at or maps().visible_to(by).filter(pk=map_id).exists()):
        raise refuse(_("This map is not known here."))
    require(rules.can(by, act, row))
    return row


def factor_on(system_map: SystemMap, public_id: UUID) -> Factor:
    """The factor, as it stands on this map."""
    row = Factor.objects.filter(map=system_map, public_id=public_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise refuse(_("This factor does not stand on this map."))
    return row


def new_edition(system_map: SystemMap) -> None:
    """What is drawn is different now, so all that was worked out from it is due again."""
    SystemMap.objects.filter(pk=system_map.pk).update(edition=F("edition") + 1, changed_at=clock.now())


def record_of_map(verb: str, system_map: SystemMap, by: Viewer, **details: UUID) -> None:
    """Write down what happened to the map."""
    record_of("map", system_map.public_id, verb, system_map, by, **details)


def record_of(
    kind: str, public_id: UUID, verb: str, system_map: SystemMap, by: Viewer, **details: UUID
) -> None:
    """Write down what happened to something on the map."""
    record(
        verb,
        subject_kind=kind,
        subject_id=public_id,
        by=by,
        programme=system_map.programme.public_id,
        place=system_map.place.public_id if system_map.place else None,
        details={name: str(value) for name, value in details.items()},
    )
