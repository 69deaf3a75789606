"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.learning.queries import may_write, pieces_for, rounds_for, sessions_for, uptakes_for
from knotwork.programmes.panels import Link, Panel
from knotwork.programmes.querysets import places

SHOWN = 3


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel | None:
    """The newest that the viewer may read, who took something up, and for writers the doors to write."""
    place = places().visible_to(viewer).select_related("programme").filter(public_id=place_public_id).first()
    if place is None:
        return None
    where = [place.programme.slug, place.slug]
    newest = pieces_for(viewer, place=place_public_id, most=SHOWN)
    taken_up = [each for each in uptakes_for(viewer, origin=place_public_id) if each.place.id != place.pk]
    asked = [each for each in rounds_for(viewer, place=place_public_id) if not each.taken_at][:SHOWN]
    ahead = [each for each in sessions_for(viewer, place=place_public_id) if each.state == "planned"][:SHOWN]
    sentences = []
    if not newest:
        sentences.append(_("Nothing is written here yet. A story of what did not work is worth as much."))
    if taken_up:
        names = ", ".join(dict.fromkeys(each.place.name for each in taken_up))
        sentences.append(_("A lesson from here was taken up by %(places)s.") % {"places": names})
    links = [Link(f"{piece.label}: {piece.title}", piece.url) for piece in newest]
    links += [Link(f"{_('How others see it')}: {each.title}", each.url) for each in asked]
    links += [Link(f"{_('Session')}: {each.title}", each.url) for each in ahead]
    links.append(Link(_("All that this place learned"), reverse("learning:of-place", args=where)))
    links.append(Link(_("Leading differently"), reverse("learning:leading", args=where)))
    if may_write(place.pk, viewer):
        links += [
            Link(_("Tell a story"), reverse("learning:story-new", args=where)),
            Link(
                _("What did you do differently as a leader?"),
                reverse("learning:leadership-note-new", args=where),
            ),
        ]
    return Panel("learning", _("Learn"), tuple(sentences), tuple(links))
