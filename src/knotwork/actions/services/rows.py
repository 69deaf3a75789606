"""The row of a try-out for writing, and the event that every act of this room leaves."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.actions.models import TryOut
from knotwork.actions.querysets import try_outs
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.programmes.services.made import refuse


def held_try_out(try_out: UUID, by: Viewer) -> TryOut:
    """The try-out, held until the end of the transaction; refused for whoever may not see it."""
    rows = try_outs().visible_to(by).filter(public_id=try_out)
    row = rows.select_for_update(of=("self",)).select_related("programme", "place").first()
    if row is None:
        raise refuse(_("This try-out is not known here."))
    return row


def address_path(row: TryOut) -> str:
    """The path of its page, for letters."""
    return reverse("actions:try-out", args=[row.programme.slug, row.slug])


def needed(words: str, what_is_missing: str) -> str:
    """The words without space around them; refused when there are none."""
    if not words.strip():
        raise refuse(what_is_missing)
    return words.strip()


def record_of(verb: str, row: TryOut, by: Viewer, **details: str) -> None:
    """Every act on what belongs to a try-out is an event of the try-out: whoever may see it may see that."""
    record(
        verb,
        subject_kind="try_out",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
        details=details,
    )
