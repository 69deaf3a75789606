"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.accounts.viewer import Viewer
from knotwork.measures.queries import ListedMeasure, measures_for, place_address, places_without_for
from knotwork.programmes.panels import Link, Panel

SHOWN = 4


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel:
    """What this place looks at and what was found; or that nothing fits, and why."""
    listed = measures_for(viewer, place=place_public_id)
    if listed:
        return _of_measures(listed)
    without = places_without_for(viewer, place=place_public_id)
    if without:
        link = Link(_("Why nothing fits"), place_address(without[0].programme_slug, without[0].place_slug))
        return Panel("measures", _("Measure"), (_("No figures fit this issue."), without[0].words), (link,))
    nothing = _("Nothing is measured here yet.")
    return Panel(
        "measures",
        _("Measure"),
        (nothing,),
        (Link(_("What measuring is for"), reverse("measures:list")),),
    )


def _of_measures(listed: list[ListedMeasure]) -> Panel:
    words = ngettext("%(count)d measure is looked at.", "%(count)d measures are looked at.", len(listed))
    sentences = [words % {"count": len(listed)}]
    sentences += [
        _("%(title)s: %(found)s.") % {"title": row.title, "found": _lower(row.short)}
        for row in listed[:SHOWN]
    ]
    everything = Link(
        _("See all that is measured here"), place_address(listed[0].programme_slug, listed[0].place_slug)
    )
    return Panel("measures", _("Measure"), tuple(sentences), (everything,))


def _lower(words: str) -> str:
    """The words as they stand within a sentence."""
    words = words.rstrip(".")
    return words[:1].lower() + words[1:]
