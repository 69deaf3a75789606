"""What every write of this room begins and ends with: the row held, and one event."""

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.programmes.services.made import refuse
from knotwork.publications.models import Publication


def held(publication_id: int) -> Publication:
    """The publication, held until the end of the transaction so that two writers take turns."""
    rows = Publication.objects.select_for_update(of=("self",)).select_related("programme", "place")
    row = rows.filter(pk=publication_id).first()
    if row is None:
        raise refuse(_("This publication is not known here."))
    return row


def recorded(verb: str, row: Publication, by: Viewer, **details: str) -> None:
    """One event about a publication."""
    record(
        verb,
        subject_kind="publication",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
        details=details,
    )
