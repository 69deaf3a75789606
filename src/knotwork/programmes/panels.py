"""What a room puts on the page of a place: what every room's ``place_panel(place, viewer)`` gives back.

It stands on this floor because all rooms above make one, and only ``thread`` puts them together.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Link:
    """Where one may go from here: its words and its address."""

    words: Words
    url: str


@dataclass(frozen=True)
class Panel:
    """One room's part of a place page.

    ``room`` is the room's code (``conversations``), ``title`` its name for people (*Listen*), ``sentences``
    what there is to know at a glance, ``links`` where it goes on.
    """

    room: str
    title: Words
    sentences: tuple[Words, ...]
    links: tuple[Link, ...] = ()
