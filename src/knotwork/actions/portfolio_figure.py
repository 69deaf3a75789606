"""The picture of all try-outs with the keys to what must change around them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.actions.queries.portfolio import KEYS, Portfolio
from knotwork.core import clock
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.key_grid import GridRow, GridWords, key_grid
from knotwork.drawing.picture import Cell, Picture

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
