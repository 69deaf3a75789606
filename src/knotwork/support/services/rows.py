"""What the services of this room have in common: words that are needed, and the event of a row."""

from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.programmes.models import Place, Programme
from knotwork.programmes.services.made import refuse


def needed(words: str, what_is_missing: str) -> str:
    """The words without space around them; refused when there are none."""
    if not words.strip():
        raise refuse(what_is_missing)
    return words.strip()


def record_of(
    verb: str,
    kind: str,
    public_id: UUID,
    by: Viewer,
    *,
    programme: Programme,
    place: Place | None = None,
    **details: str,
) -> None:
    """The event of an act: ids and fixed words, nothing that people wrote."""
    record(
        verb,
        subject_kind=kind,
        subject_id=public_id,
        by=by,
        programme=programme.public_id,
        place=None if place is None else place.public_id,
        details=details,
    )
