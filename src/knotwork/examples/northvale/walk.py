"""The walk through the example: real pages, each with a few sentences of what to see there."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urljoin

from django.urls import NoReverseMatch, reverse

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.pages.walk import Walk, WalkStep
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead, beads_of_place
from knotwork.examples.northvale.material import told
from knotwork.programmes.addresses import place_url
from knotwork.programmes.models import Place
from knotwork.programmes.querysets import places, programmes

SLUG = "northvale"


def the_walk() -> Walk:
    """The walk, as it is told in ``walk.toml``."""
    steps = tuple(WalkStep(row["title"], row["text"], _finder(row["page"])) for row in told("walk")["steps"])
    return Walk("See the loop in five minutes", "examples:walk", steps, is_there)


def is_there() -> bool:
    """Whether a stranger can see the example."""
    return programmes().visible_to(STRANGER).filter(slug=SLUG).exists()


def _finder(page: Mapping[str, str]) -> Callable[[], str]:
    if "name" in page:
        return partial(_named, page["name"])
    if "place" in page:
        return partial(_place, page["place"])
    if "thread" in page:
        return partial(_thread, page["thread"], page["title"])
    return partial(_thing, page["kind"], page["title"], page.get("then", ""))


def _named(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _place(name: str) -> str:
    place = _row(name)
    return "" if place is None else place_url(SLUG, place.slug)


def _thing(kind: str, title: str, then: str) -> str:
    bead = _bead(kind, title)
    return "" if bead is None else urljoin(bead.url, then)


def _thread(kind: str, title: str) -> str:
    bead = _bead(kind, title)
    return "" if bead is None else thread_url(kind, bead.public_id)


def _bead(kind: str, title: str) -> Bead | None:
    place = _row("Northvale")
    known = beads_of_place(place.public_id, STRANGER, kinds=[kind]).get(kind, []) if place else []
    return next((bead for bead in known if bead.title.startswith(title)), None)


def _row(name: str) -> Place | None:
    return places().visible_to(STRANGER).filter(programme__slug=SLUG, name=name).first()
