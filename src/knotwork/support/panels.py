"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.panels import Link, Panel
from knotwork.programmes.querysets import places
from knotwork.support import queries


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel | None:
    """What is agreed, who helps and whether the place asks for help, as far as the viewer may see it."""
    place = places().visible_to(viewer).select_related("programme").filter(public_id=place_public_id).first()
    if place is None:
        return None
    agreement = queries.agreement_of(place_public_id, viewer)
    asked = queries.help_for(viewer, place=place_public_id, is_open=True)
    helpers = [match.enabler for match in queries.matches_of_place(place_public_id, viewer) if match.is_going]
    sentences = []
    if agreement and agreement.milestones:
        done = sum(each.is_done for each in agreement.milestones)
        words = ngettext(
            "%(done)d of %(count)d milestone is done, in the place's own word.",
            "%(done)d of %(count)d milestones are done, in the place's own word.",
            len(agreement.milestones),
        )
        sentences.append(words % {"done": done, "count": len(agreement.milestones)})
    elif agreement:
        sentences.append(_("What it agreed with the programme is written down."))
    if helpers:
        sentences.append(_("With %(names)s beside it.") % {"names": ", ".join(helpers)})
    if not sentences and not asked:
        sentences.append(_("The place chooses who helps it, and says in its own word how it goes."))
    links = [Link(_("We are stuck: %(words)s") % {"words": each.words[:80]}, each.url) for each in asked]
    links.append(
        Link(_("Support for this place"), reverse("support:place", args=[place.programme.slug, place.slug]))
    )
    return Panel("support", _("Support"), tuple(sentences), tuple(links))
