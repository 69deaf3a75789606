"""A map's pictures as a reader meets them: with how sure they are, where they come from, and how they were made."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.picture import Picture
from knotwork.maps.addresses import map_url
from knotwork.maps.merged import MergedMap
from knotwork.maps.models import SystemMap
from knotwork.maps.words import people_in_words, size_in_words
from knotwork.programmes.models import Provenance

KINDS = ("svg", "png", "csv")


def figure_of(
    system_map: SystemMap,
    merged: MergedMap,
    picture: Picture,
    sentence: str,
    page: tuple[object, ...],
    *,
    as_of: datetime | None = None,
) -> FigureView:
    """A picture of the map with all about it; ``page`` names the address of its files without their kind.

    ``as_of`` is when a stored picture was worked out; one that is drawn for the reader is as new as the map.
    """
    name, *further = page
    return FigureView(
        picture=picture,
        sentence=sentence,
        uncertainty=how_sure(merged),
        source=source_of(system_map, merged),
        source_url=system_map.source_url,
        method=_(
            "Factors that few links part stand near each other. Loops are looked for up to 8 factors long."
        ),
        as_of=as_of or system_map.changed_at,
        downloads=tuple(
            Download(kind.upper(), map_url(system_map, str(name), *further, kind)) for kind in KINDS
        ),
        mark_example=system_map.programme.provenance == Provenance.MADE_UP,
        is_wide=True,
    )


def how_sure(merged: MergedMap) -> str:
    """What a map can say and what it cannot."""
    opinion = _("A map shows what people think, not what was measured.")
    if len(merged.perspectives) < 2:
        return opinion + " " + _("This one is a single drawing, so it does not tell where people differ.")
    if merged.contested:
        words = ngettext(
            "On one link they differ; it is dotted.",
            "On %(count)d links they differ; these are dotted.",
            len(merged.contested),
        )
        return opinion + " " + words % {"count": len(merged.contested)}
    return opinion + " " + _("No link is drawn in two ways; some are drawn in one perspective only.")


def source_of(system_map: SystemMap, merged: MergedMap) -> str:
    """Who drew it."""
    if system_map.source:
        return system_map.source
    drawn = ngettext("%(count)d perspective", "%(count)d perspectives", len(merged.perspectives))
    return _("%(people)s, in %(perspectives)s") % {
        "people": people_in_words(merged.people),
        "perspectives": drawn % {"count": len(merged.perspectives)},
    }


def whole_sentence(merged: MergedMap) -> str:
    """What the whole map is."""
    return _("%(size)s. Choose a factor to see what is near it.") % {
        "size": size_in_words(len(merged.factors), len(merged.links))
    }
