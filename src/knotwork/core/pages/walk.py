"""A walk: a few sentences that go with real pages, one after the other.

The strip stands on the page itself: ``?walk=<step>`` in its address says which step the reader is at, so a walk needs
no script, no cookie and no pages of its own, and whoever leaves it is simply on a page of this website.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

PARAMETER = "walk"


@dataclass(frozen=True)
class WalkStep:
    """One page of a walk: what to see on it, in a title and a few sentences, and how to find its address.

    ``find`` gives the page's path, or an empty string when there is no such page any more.
    """

    title: str
    text: str
    find: Callable[[], str]


@dataclass(frozen=True)
class Walk:
    """A walk as its example describes it. ``start`` is the name of the url where it begins."""

    title: str
    start: str
    steps: tuple[WalkStep, ...]
    is_there: Callable[[], bool]


@dataclass(frozen=True)
class Strip:
    """What the reader sees of a walk on one page."""

    title: str
    text: str
    number: int
    of: int
    start_url: str
    back_url: str
    next_url: str
    next_title: str


_walks: list[Walk] = []


def register(walk: Walk) -> None:
    """Called once by the example whose pages are walked; there is one walk."""
    _walks[:] = [walk]


def the_walk() -> Walk | None:
    """The walk, if its example stands."""
    return next((walk for walk in _walks if walk.is_there()), None)


def start_url() -> str:
    """Where the walk begins; empty when there is none."""
    walk = the_walk()
    return "" if walk is None else _start(walk)


def address_of_step(walk: Walk, number: int) -> str:
    """The page of a step (from 1) with the step in its address; empty past either end or when its page is gone."""
    if not 1 <= number <= len(walk.steps):
        return ""
    path = walk.steps[number - 1].find()
    return at_step(path, number) if path else ""


def at_step(address: str, number: int) -> str:
    """The address with the step of the walk in it."""
    parts = urlsplit(address)
    query = f"{parts.query}&{PARAMETER}={number}" if parts.query else f"{PARAMETER}={number}"
    return urlunsplit(parts._replace(query=query))


def strip_of(request: HttpRequest) -> Strip | None:
    """The strip for this page, if the reader is on the walk."""
    typed = request.GET.get(PARAMETER, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2):
        return None
    walk, number = the_walk(), int(typed)
    if walk is None or not 1 <= number <= len(walk.steps):
        return None
    step = walk.steps[number - 1]
    return Strip(
        title=step.title,
        text=step.text,
        number=number,
        of=len(walk.steps),
        start_url=_start(walk),
        back_url=address_of_step(walk, number - 1),
        next_url=address_of_step(walk, number + 1),
        next_title=walk.steps[number].title if number < len(walk.steps) else "",
    )


def still_on_the_walk(request: HttpRequest, address: str) -> str:
    """An address that a form leads to, with the step of the walk that the reader is at."""
    typed = request.GET.get(PARAMETER, "")
    return (
        at_step(address, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else address
    )


def _start(walk: Walk) -> str:
    try:
        return reverse(walk.start)
    except NoReverseMatch:
        return ""
