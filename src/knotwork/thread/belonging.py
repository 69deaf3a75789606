"""Where a thing of the golden thread belongs: its programme and its place, as the viewer may see them."""

from dataclasses import dataclass
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.queries import where_of
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.queries import PlaceView, ProgrammeView, place_at, programme_at
from knotwork.programmes.querysets import places, programmes


@dataclass(frozen=True)
class Belonging:
    """The programme and the place around a thing; nothing where there is none or it may not be seen."""

    programme: ProgrammeView | None = None
    place: PlaceView | None = None


def belonging_of(bead: Bead, viewer: Viewer) -> Belonging:
    """What the thing itself says, or else the newest event about it."""
    programme, place = bead.programme, bead.place
    if programme is None:
        programme, place = where_of(bead.kind, bead.public_id)
    found_place = _place(place, viewer)
    if found_place is not None:
        return Belonging(found_place.programme, found_place)
    return Belonging(_programme(programme, viewer))


def _place(public_id: UUID | None, viewer: Viewer) -> PlaceView | None:
    if public_id is None:
        return None
    seen = places().visible_to(viewer).filter(public_id=public_id)
    at = seen.values_list("programme__slug", "slug").first()
    found = place_at(*at, viewer) if at else None
    return found if isinstance(found, PlaceView) else None


def _programme(public_id: UUID | None, viewer: Viewer) -> ProgrammeView | None:
    if public_id is None:
        return None
    seen = programmes().visible_to(viewer).filter(public_id=public_id)
    slug = seen.values_list("slug", flat=True).first()
    found = programme_at(slug, viewer) if slug else None
    return found if isinstance(found, ProgrammeView) else None
