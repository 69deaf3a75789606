"""What a strand can end in: each room tells how to find a title, an address, and whether one may see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class Bead:
    """One thing on the thread, as this viewer may see it."""

    kind: str
    public_id: UUID
    title: str
    url: str


Resolver = Callable[[Iterable[UUID], Viewer], list[Bead]]

_RESOLVERS: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """``resolver(public_ids, viewer)`` gives a bead for each id that this viewer may see, in one query."""
    _RESOLVERS[kind] = resolver


def known_kinds() -> tuple[str, ...]:
    return tuple(sorted(_RESOLVERS))


def beads(wanted: Iterable[tuple[str, UUID]], viewer: Viewer) -> dict[tuple[str, UUID], Bead]:
    """The beads that this viewer may see, one query per kind."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, public_id in wanted:
        by_kind.setdefault(kind, set()).add(public_id)
    return {
        (kind, bead.public_id): bead
        for kind, public_ids in sorted(by_kind.items())
        if kind in _RESOLVERS
        for bead in _RESOLVERS[kind](public_ids, viewer)
    }
