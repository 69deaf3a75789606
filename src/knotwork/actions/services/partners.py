"""Who takes part in a try-out."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import TryOutPartner
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.organisations import organisation_named


def add_partner(try_out: UUID, organisation: str, *, by: Viewer, does: str = "") -> None:
    """Say that an organisation takes part, and what it does; saying it again changes what it does."""
    name = needed(organisation, _("Name the organisation."))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.ADD_PARTNER, row))
        partner, is_new = TryOutPartner.objects.get_or_create(
            try_out=row, organisation=organisation_named(name, by=by), defaults={"does": does.strip()}
        )
        if not is_new and (not does.strip() or partner.does == does.strip()):
            return
        TryOutPartner.objects.filter(pk=partner.pk).update(does=does.strip())
        record_of("try_out.partner_added", row, by)


def end_partner(try_out: UUID, partner: UUID, *, by: Viewer) -> None:
    """Take back that an organisation takes part; what it pledged stays."""
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.ADD_PARTNER, row))
        gone, _by_model = TryOutPartner.objects.filter(try_out=row, public_id=partner).delete()
        if gone:
            record_of("try_out.partner_ended", row, by)
