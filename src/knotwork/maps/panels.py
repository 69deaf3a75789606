"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.maps.queries import ListedMap, maps_for, references_of_place
from knotwork.maps.rules import can_refer
from knotwork.programmes.panels import Link, Panel
from knotwork.programmes.querysets import places
from knotwork.programmes.standing import holds_a_role

SHOWN = 3


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel:
    """The maps of this place that the viewer may see, and maps made elsewhere that it looks at."""
    own = maps_for(viewer, place=place_public_id)
    looked_at = references_of_place(place_public_id, viewer)
    acts = _acts(place_public_id, viewer)
    if not own and not looked_at:
        nothing = _(
            "No map has been drawn here yet. A map shows how things hang together, and where it goes round in circles."
        )
        links = acts or [Link(_("See maps"), reverse("maps:list"))]
        return Panel("maps", _("Map"), (nothing,), tuple(links))
    sentences = [_said(one) for one in own[:SHOWN]]
    sentences += [
        _("“%(title)s”: %(words)s.")
        % {"title": one.map.title, "words": one.words or one.map.origin or one.map.size}
        for one in looked_at[:SHOWN]
    ]
    links = [Link(_("Open: %(title)s") % {"title": one.title}, one.url) for one in own[:SHOWN]]
    links += [Link(_("Open: %(title)s") % {"title": one.map.title}, one.map.url) for one in looked_at[:SHOWN]]
    return Panel("maps", _("Map"), tuple(sentences), (*links, *acts))


def _acts(place_public_id: UUID, viewer: Viewer) -> list[Link]:
    """Where those go who may write for this place."""
    if not holds_a_role(viewer):
        return []
    rows = places().visible_to(viewer).select_related("programme")
    place = rows.filter(public_id=place_public_id).first()
    if place is None or not can_refer(viewer, place):
        return []
    programme = place.programme.slug
    return [
        Link(_("Begin a map"), f"{reverse('maps:new', args=[programme])}?place={place.slug}"),
        Link(_("Look at a map made elsewhere"), reverse("maps:refer", args=[programme, place.slug])),
    ]


def _said(one: ListedMap) -> str:
    return _("“%(title)s”: %(size)s.") % {"title": one.title, "size": one.size}
