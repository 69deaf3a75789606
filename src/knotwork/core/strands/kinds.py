"""What a strand can end in: each room tells how to find a title, an address, and whether one may see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class Bead:
    """One thing on the thread, as this viewer may see it. ``programme`` and ``place`` say where it belongs, if told."""

    kind: str
    public_id: UUID
    title: str
    url: str
    programme: UUID | None = None
    place: UUID | None = None


Resolver = Callable[[Iterable[UUID], Viewer], list[Bead]]
OfPlace = Callable[[UUID, Viewer], list[Bead]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its name for people, how to find some by their ids, and, if it can, all of one place."""

    code: str
    label: str | Promise
    resolver: Resolver
    of_place: OfPlace | None


_KINDS: dict[str, Kind] = {}


def register(
    kind: str, resolver: Resolver, *, label: str | Promise = "", of_place: OfPlace | None = None
) -> None:
    """Make a kind known.

    ``resolver(public_ids, viewer)`` gives a bead for each id that this viewer may see, in one query;
    ``of_place(place_public_id, viewer)`` gives the beads of a place, newest first, for choosing one in a form.
    """
    _KINDS[kind] = Kind(kind, label or kind, resolver, of_place)


def known_kinds() -> tuple[str, ...]:
    return tuple(sorted(_KINDS))


def label_of(kind: str) -> str:
    """The kind's name for people: *Statement*, *Try-out*."""
    return str(_KINDS[kind].label)


def beads(wanted: Iterable[tuple[str, UUID]], viewer: Viewer) -> dict[tuple[str, UUID], Bead]:
    """The beads that this viewer may see, one query per kind."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, public_id in wanted:
        by_kind.setdefault(kind, set()).add(public_id)
    return {
        (kind, bead.public_id): bead
        for kind, public_ids in sorted(by_kind.items())
        if kind in _KINDS
        for bead in _KINDS[kind].resolver(public_ids, viewer)
    }


def beads_of_place(
    place: UUID, viewer: Viewer, *, kinds: Iterable[str] | None = None
) -> dict[str, list[Bead]]:
    """What a place has to tie together, by kind (all, or only those named); kinds of which it has none are left out."""
    found = {code: _KINDS[code].of_place for code in (known_kinds() if kinds is None else kinds)}
    listed = {code: of_place(place, viewer) for code, of_place in found.items() if of_place is not None}
    return {code: some for code, some in listed.items() if some}
