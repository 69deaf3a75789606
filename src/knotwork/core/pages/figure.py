"""A figure as a reader meets it: a picture that never stands alone.

The house rule *no figure without its uncertainty, source, method and age* is kept here: a ``FigureView``
that lacks one of them cannot be made.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.drawing.picture import Picture

Words = str | Promise

NO_LIMITS_SUPPLIED = _("The source gives no limits, so we cannot say how sure this is.")


@dataclass(frozen=True)
class Download:
    """One way to take a figure away: what it is (``SVG``, ``PNG``, ``CSV``) and where it is served."""

    label: str
    url: str


@dataclass(frozen=True)
class FigureView:
    """A picture with all that a reader needs to believe it, or to doubt it.

    ``sentence`` says in one plain sentence what the picture shows, with its number of people.
    ``uncertainty`` says how sure we are (``NO_LIMITS_SUPPLIED`` where a source gives none). ``as_of`` is
    when it was worked out. ``mark_example`` stamps the figure as made up, for places called Northvale.
    ``is_wide`` lets a long picture scroll sideways on a phone rather than shrink until nobody can read it.
    """

    picture: Picture
    sentence: Words
    uncertainty: Words
    source: Words
    method: Words
    as_of: datetime
    downloads: tuple[Download, ...] = ()
    mark_example: bool = False
    source_url: str = ""
    method_url: str = ""
    is_wide: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.picture, Picture):
            raise TypeError("A figure shows a Picture of knotwork.drawing: only its SVG is safe in a page.")
        for part in ("sentence", "uncertainty", "source", "method"):
            if not str(getattr(self, part)).strip():
                raise ValueError(f"The figure {self.picture.name!r} has no {part}; every figure carries one.")
        if self.as_of.tzinfo is None:
            raise ValueError(f"The figure {self.picture.name!r} needs a time with a time zone in as_of.")
