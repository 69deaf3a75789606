"""The pictures of all try-outs: the keys to what must change around them, and where they are."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.actions.queries.portfolio import KEYS, Portfolio
from knotwork.core import clock
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.england import MapPlace
from knotwork.drawing.geography import BOUNDARY_ATTRIBUTION
from knotwork.drawing.key_grid import GridRow, GridWords, key_grid
from knotwork.drawing.picture import Cell, Picture
from knotwork.programmes.maps import england_drawn, outlines_drawn
from knotwork.programmes.queries import PlaceSummary, outlines_state

MOST_DRAWN = 60
"""A picture of more rows is no picture; the table has them all."""


def table_of(portfolio: Portfolio) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """The same in words: place, try-out, where it stands, and each key."""
    columns = (_("Try-out"), _("Place"), _("Where it stands"), *(str(key.label) for key in KEYS))
    rows = tuple(
        (
            row.try_out.title,
            row.try_out.place or row.try_out.programme,
            row.try_out.state_words,
            *(words or _("nobody said") for words in row.state_words),
        )
        for row in portfolio.rows
    )
    return columns, rows


def figure_of(portfolio: Portfolio, *, file_url: str = "") -> FigureView:
    """The grid with all that a reader needs to believe it."""
    words = ngettext(
        "Around these try-outs %(count)d thing must change; %(changed)d has.",
        "Around these try-outs %(count)d things must change; %(changed)d have.",
        portfolio.said,
    )
    return FigureView(
        picture=_picture(portfolio),
        sentence=words % {"count": portfolio.said, "changed": portfolio.changed},
        uncertainty=_("It is what those who work on it say. Nobody measures it."),
        source=_("The pages of these try-outs"),
        method=_("The newest word that was said on each key."),
        as_of=clock.now(),
        downloads=(Download("CSV", file_url),) if file_url else (),
        mark_example=any(row.try_out.is_made_up for row in portfolio.rows),
    )


def map_of(portfolio: Portfolio, places: Sequence[PlaceSummary]) -> FigureView | None:
    """Where something is tried out; nothing where no place with a try-out has an outline."""
    counts = {each.url: sum(each.counts) for each in portfolio.places}
    state = outlines_state()
    today = clock.now().date()
    drawn = tuple(_on_the_map(place, counts, today) for place in places)
    shown = outlines_drawn(state)
    if not any(code in shown for place in drawn if not place.muted for code in place.codes):
        return None
    busy = sum(not place.muted for place in drawn)
    texts = (
        _("Where something is tried out"),
        _("A map of England. Each place is a link to its try-outs. The same places stand in the list."),
        (_("Place"), _("Made of"), _("Try-outs")),
    )
    words = ngettext(
        "%(count)d place tries something out. The others are drawn hollow.",
        "%(count)d places try something out. The others are drawn hollow.",
        busy,
    )
    return FigureView(
        picture=england_drawn(state, drawn, "portfolio-map", texts),
        sentence=words % {"count": busy},
        uncertainty=_("The borders are simplified to suit a small map. Do not measure on it."),
        source=BOUNDARY_ATTRIBUTION.removeprefix("Source: "),
        method=_("Every try-out that you may see is counted, whatever became of it."),
        as_of=clock.now(),
        mark_example=any(row.try_out.is_made_up for row in portfolio.rows),
    )


def _on_the_map(place: PlaceSummary, counts: Mapping[str, int], today: date) -> MapPlace:
    url = reverse("actions:place", args=[place.programme_slug, place.slug])
    areas = [area for area in place.areas if area.is_in_force(today)]
    return MapPlace(
        title=place.name,
        url=url,
        codes=tuple(area.code for area in areas),
        muted=url not in counts,
        areas=tuple(area.name for area in areas),
        facts=(str(counts.get(url, 0)),),
    )


def _picture(portfolio: Portfolio) -> Picture:
    rows = [GridRow(row.try_out.title, row.try_out.url, row.states) for row in portfolio.rows[:MOST_DRAWN]]
    words = GridWords(
        tuple(str(key.label) for key in KEYS),
        _("not yet"),
        _("moving"),
        _("changed"),
        _("nobody said"),
    )
    texts = (
        _("What must change around each try-out"),
        _(
            "A row for each try-out, a column for each key. Each try-out is a link. The same stands in the table."
        ),
    )
    return key_grid(rows, words, table_of(portfolio), name="portfolio-keys", texts=texts)
