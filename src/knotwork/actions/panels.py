"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.actions.queries import ListedTryOut, try_outs_for
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.panels import Link, Panel

SHOWN = 3


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel:
    """The try-outs of this place that the viewer may see: how many, where each stands, and where to go."""
    listed = try_outs_for(viewer, place=place_public_id)
    if not listed:
        nothing = _(
            "Nothing is being tried out here yet. A try-out is small, has an end, and says first when it would stop."
        )
        return Panel("actions", _("Try"), (nothing,), (Link(_("See try-outs"), reverse("actions:list")),))
    going = sum(each.is_going for each in listed)
    sentences = [ngettext("%(count)d try-out.", "%(count)d try-outs.", len(listed)) % {"count": len(listed)}]
    if going:
        words = ngettext("%(count)d is going on now.", "%(count)d are going on now.", going)
        sentences.append(words % {"count": going})
    all_of_them = Link(
        _("All try-outs of this place"),
        reverse("actions:place", args=[listed[0].programme_slug, listed[0].place_slug]),
    )
    links = [_link(each) for each in listed[:SHOWN]]
    return Panel("actions", _("Try"), tuple(sentences), (*links, all_of_them))


def _link(each: ListedTryOut) -> Link:
    return Link(_("%(title)s: %(state)s") % {"title": each.title, "state": each.state_words}, each.url)
