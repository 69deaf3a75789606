"""What a place page shows of this room."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.panels import Link, Panel
from knotwork.publications.queries import publications_for

SHOWN = 3


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel | None:
    """What the library has of this place; nothing where it has nothing, since a programme's team fills it."""
    listed = publications_for(viewer, place=place_public_id)
    if not listed:
        return None
    many = ngettext("%(count)d text about this place.", "%(count)d texts about this place.", len(listed)) % {
        "count": len(listed)
    }
    links = tuple(Link(_("Read: %(title)s") % {"title": row.title}, row.url) for row in listed[:SHOWN])
    return Panel(
        "publications", _("Library"), (many, *(row.teaser for row in listed[:1] if row.teaser)), links
    )
