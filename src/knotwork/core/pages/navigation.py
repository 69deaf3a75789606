"""Where the header and the footer lead. Rooms say so themselves, when they start.

A room that is not installed does not stand in the navigation at all: a word that leads nowhere is noise,
most of all to somebody who listens to the page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class _Door:
    order: int
    key: str
    label: str | Promise
    url_name: str


@dataclass(frozen=True)
class Entry:
    """One word of the navigation: ``url`` is ``None`` while its room has no page yet."""

    label: str
    url: str | None
    is_current: bool


_header: dict[str, _Door] = {}
_footer: dict[str, _Door] = {}


def register(order: int, key: str, label: str | Promise, url_name: str) -> None:
    """Put a room into the header. ``key`` is its url namespace, which tells where the reader is."""
    _header[key] = _Door(order, key, label, url_name)


def register_in_footer(order: int, key: str, label: str | Promise, url_name: str) -> None:
    """Put a page into the footer: privacy, accessibility, what Knotwork is."""
    _footer[key] = _Door(order, key, label, url_name)


def header_entries(request: HttpRequest) -> tuple[Entry, ...]:
    """The rooms, in the order of the loop."""
    return _entries(_header, lambda door, url: _is_current(request, door, url))


def footer_entries(request: HttpRequest) -> tuple[Entry, ...]:
    """The pages about this service."""
    return _entries(_footer, lambda _door, url: url == request.path)


def _entries(doors: dict[str, _Door], is_current: Callable[[_Door, str | None], bool]) -> tuple[Entry, ...]:
    answer = []
    for door in sorted(doors.values(), key=lambda door: (door.order, door.key)):
        url = _address(door.url_name)
        answer.append(Entry(str(door.label), url, is_current(door, url)))
    return tuple(answer)


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _is_current(request: HttpRequest, door: _Door, url: str | None) -> bool:
    match = request.resolver_match
    return request.path == url or (match is not None and door.key in match.namespaces)
