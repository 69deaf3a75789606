"""Organisations and their part in a programme or a place."""

from dataclasses import dataclass

from django.db import transaction

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.models import Organisation, Part, Partnership
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import place_of, standing_programme


@dataclass(frozen=True)
class Partner:
    """An organisation, by name, and its part. ``note`` belongs to the part, not to the organisation."""

    organisation: str
    part: str = Part.PARTNER.value
    note: str = ""
    order: int = 0


def add_partner(programme_id: int, partner: Partner, *, by: Viewer, place_id: int | None = None) -> bool:
    """Say that an organisation takes part; it is made if it is new here. ``False`` when said already."""
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.ADD_PARTNER, row))
        place = place_of(row, place_id)
        partnership, is_new = Partnership.objects.get_or_create(
            programme=row,
            place=place,
            organisation=organisation_named(partner.organisation, by=by),
            part=Part(partner.part).value,
            defaults={"order": partner.order, "note": partner.note},
        )
        if not is_new and (partnership.order, partnership.note) == (partner.order, partner.note):
            return False
        Partnership.objects.filter(pk=partnership.pk).update(order=partner.order, note=partner.note)
        record(
            "partnership.added",
            subject_kind="organisation",
            subject_id=partnership.organisation.public_id,
            by=by,
            programme=row.public_id,
            place=None if place is None else place.public_id,
            details={"part": partnership.part},
        )
    return True


def end_partnership(programme_id: int, partnership_id: int, *, by: Viewer) -> None:
    """Take back that an organisation takes part; the organisation itself stays known."""
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.ADD_PARTNER, row))
        partnership = Partnership.objects.filter(pk=partnership_id, programme=row).first()
        if partnership is None:
            return
        organisation_id = partnership.organisation.public_id
        partnership.delete()
        record(
            "partnership.ended",
            subject_kind="organisation",
            subject_id=organisation_id,
            by=by,
            programme=row.public_id,
        )


def organisation_named(name: str, *, by: Viewer) -> Organisation:
    """The organisation with this name, made if new here; only for services that asked the rules already."""
    organisation, is_new = Organisation.objects.get_or_create(name=" ".join(name.split()))
    if is_new:
        record("organisation.added", subject_kind="organisation", subject_id=organisation.public_id, by=by)
    return organisation
