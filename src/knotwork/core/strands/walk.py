"""Follow the golden thread from one thing: what led to it, step by step, and what came of it.

Bounded and safe: each thing is met once, so circles end; at most ``steps`` steps each way and ``most`` things in all;
one query for each step, then one for each kind of thing. Nothing is reached through a thing that the viewer may not
see, so a hidden thing hides whatever is only tied to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads
from knotwork.core.strands.models import Strand
from knotwork.core.strands.relations import READINGS, words_back, words_onwards

STEPS = 4
MOST = 60

End = tuple[str, UUID]


@dataclass(frozen=True)
class Tie:
    """One strand in the direction of the thread."""

    strand: UUID
    relation: str
    earlier: End
    later: End


@dataclass(frozen=True)
class Way:
    """How a thing was reached: its tie to a nearer thing, in words that lead from itself to that one."""

    near: Bead
    words: str
    strand: UUID


@dataclass(frozen=True)
class Reached:
    """One thing on the thread; ``distance`` is its steps from where one stands, negative for what came before."""

    bead: Bead
    distance: int
    ways: tuple[Way, ...]

    @property
    def end(self) -> End:
        return self.bead.kind, self.bead.public_id


@dataclass(frozen=True)
class Walk:
    """The thread around ``here``. ``before`` and ``after`` begin with what is nearest."""

    here: Bead
    before: tuple[Reached, ...]
    after: tuple[Reached, ...]
    ties: tuple[Tie, ...]
    goes_on: bool

    @property
    def things(self) -> int:
        return len(self.before) + len(self.after)


def walk_from(
    kind: str, public_id: UUID, viewer: Viewer, *, steps: int = STEPS, most: int = MOST
) -> Walk | None:
    """Walk both ways; ``None`` when the viewer may not see where she wants to begin."""
    start: End = (kind, public_id)
    ties, is_cut = _ties_around(start, steps, most)
    seen = beads({start} | {end for tie in ties for end in (tie.earlier, tie.later)}, viewer)
    if start not in seen:
        return None
    met = {start}
    before = _reached(start, ties, seen, met, steps, onwards=False)
    after = _reached(start, ties, seen, met, steps, onwards=True)
    shown = {start} | {one.end for one in (*before, *after)}
    kept = tuple(tie for tie in ties if tie.earlier in shown and tie.later in shown)
    goes_on = is_cut or any(abs(one.distance) == steps for one in (*before, *after))
    return Walk(seen[start], before, after, kept, goes_on)


def _ties_around(start: End, steps: int, most: int) -> tuple[list[Tie], bool]:
    """All strands on the way, one query for each step, whoever may see them; and whether ``most`` cut it short."""
    found: dict[UUID, Tie] = {}
    met = {True: {start}, False: {start}}
    edges = {True: {start}, False: {start}}
    for _step in range(steps):
        touching = _touching(edges[True] | edges[False])
        found.update((tie.strand, tie) for tie in touching)
        for onwards in (True, False):
            ahead = {
                tie.later if onwards else tie.earlier
                for tie in touching
                if (tie.earlier if onwards else tie.later) in edges[onwards]
            }
            edges[onwards] = ahead - met[onwards]
            met[onwards] |= ahead
        if len(met[True] | met[False]) > most:
            return list(found.values()), True
        if not edges[True] and not edges[False]:
            break
    return list(found.values()), False


def _touching(ends: Iterable[End]) -> list[Tie]:
    """The standing strands that touch any of these things, oldest first."""
    wanted = set(ends)
    ids = [public_id for _kind, public_id in wanted]
    rows = Strand.objects.standing().filter(Q(from_id__in=ids) | Q(to_id__in=ids)).order_by("made_at", "id")
    ties = []
    for row in rows:
        first, second = (row.from_kind, row.from_id), (row.to_kind, row.to_id)
        if first in wanted or second in wanted:
            leads_on = READINGS[row.relation].leads_on
            earlier, later = (first, second) if leads_on else (second, first)
            ties.append(Tie(row.public_id, row.relation, earlier, later))
    return ties


def _reached(
    start: End, ties: list[Tie], seen: Mapping[End, Bead], met: set[End], steps: int, *, onwards: bool
) -> tuple[Reached, ...]:
    """Breadth first through what the viewer may see; adds to ``met``."""
    leaving: dict[End, list[tuple[End, Tie]]] = defaultdict(list)
    for tie in ties:
        near, far = (tie.earlier, tie.later) if onwards else (tie.later, tie.earlier)
        leaving[near].append((far, tie))
    worded = words_back if onwards else words_onwards
    edge, reached = [start], []
    for distance in range(1, steps + 1):
        ways: dict[End, list[Way]] = {}
        for near in edge:
            for far, tie in leaving[near]:
                if far in seen and far not in met:
                    ways.setdefault(far, []).append(Way(seen[near], worded(tie.relation), tie.strand))
        met.update(ways)
        edge = list(ways)
        sign = 1 if onwards else -1
        reached += [Reached(seen[far], sign * distance, tuple(those)) for far, those in ways.items()]
    return tuple(reached)
