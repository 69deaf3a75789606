"""The map that many people drew, laid on one another: every link with how many drew it, and what divides them.

Each perspective is kept whole in its table; what stands here is worked out from them whenever it is read, and kept in
memory for as long as nobody edits the map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from knotwork.maps.models import Link, Perspective, SystemMap
from knotwork.maps.querysets import factors_on, links_on
from knotwork.maps.services.drawing import key_order
from knotwork.methods.causal.graph import SignedGraph
from knotwork.methods.causal.merge import Merged, PerspectiveLinks, merge


@dataclass(frozen=True)
class DrawnFactor:
    """A factor as it stands on a map."""

    public_id: UUID
    key: str
    label: str
    note: str


@dataclass(frozen=True)
class DrawnBy:
    """One perspective: its name, and how many people drew it."""

    public_id: UUID
    name: str
    people: int
    links: int


@dataclass(frozen=True)
class Said:
    """What one perspective says of a link."""

    perspective: DrawnBy
    link: UUID
    sign: int
    weight: float | None
    evidence: str


@dataclass(frozen=True)
class MergedLink:
    """A link as all perspectives together have it.

    ``sign`` is that of the mean of those who drew it, and that of most of them where they cancel out. ``support`` is
    the share of perspectives that drew it; it is contested where some say more and some less, even if the mean is 0.
    """

    source: str
    target: str
    sign: int
    n_all: int
    n_link: int
    n_plus: int
    n_minus: int
    mean_all: float
    mean_drawers: float
    support: float
    conflict: float
    said: tuple[Said, ...]

    @property
    def is_contested(self) -> bool:
        return self.n_plus > 0 and self.n_minus > 0

    @property
    def people_for_more(self) -> int:
        """How many people sat where 'more' was drawn."""
        return sum(said.perspective.people for said in self.said if said.sign > 0)

    @property
    def people_for_less(self) -> int:
        """How many people sat where 'less' was drawn."""
        return sum(said.perspective.people for said in self.said if said.sign < 0)


@dataclass(frozen=True)
class MergedMap:
    """All perspectives of a map together. Factors stand in the order of their keys: numbers as numbers, then words."""

    factors: tuple[DrawnFactor, ...]
    perspectives: tuple[DrawnBy, ...]
    links: tuple[MergedLink, ...]
    graph: SignedGraph

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {factor.key: factor for factor in self.factors})

    @property
    def by_key(self) -> Mapping[str, DrawnFactor]:
        """The factors by their keys."""
        found: Mapping[str, DrawnFactor] = self.__dict__["_by_key"]
        return found

    @property
    def people(self) -> int:
        """How many people drew, at all tables together."""
        return sum(one.people for one in self.perspectives)

    @property
    def contested(self) -> tuple[MergedLink, ...]:
        """The links that some see one way and some the other, the most contested first."""
        return tuple(
            sorted(
                (link for link in self.links if link.is_contested),
                key=lambda link: (
                    -link.conflict,
                    -link.support,
                    key_order(link.source),
                    key_order(link.target),
                ),
            )
        )

    def factor(self, public_id: UUID) -> DrawnFactor | None:
        """The factor with this public id."""
        return next((factor for factor in self.factors if factor.public_id == public_id), None)

    def links_into(self, key: str) -> tuple[MergedLink, ...]:
        """What changes this factor."""
        return tuple(link for link in self.links if link.target == key)

    def links_out_of(self, key: str) -> tuple[MergedLink, ...]:
        """What this factor changes."""
        return tuple(link for link in self.links if link.source == key)


def merged_map(system_map: SystemMap, *, only: UUID | None = None) -> MergedMap:
    """The map as it stands; with ``only``, as one perspective has it."""
    return _merged(system_map.public_id, system_map.edition, only)


@lru_cache(maxsize=64)
def _merged(map_id: UUID, _edition: int, only: UUID | None) -> MergedMap:
    row = SystemMap.objects.get(public_id=map_id)
    factors = tuple(
        sorted(
            (DrawnFactor(one.public_id, one.key, one.label, one.note) for one in factors_on(row)),
            key=lambda factor: key_order(factor.key),
        )
    )
    drawn: dict[int, list[Link]] = {}
    for link in links_on(row).select_related("source", "target"):
        drawn.setdefault(link.perspective_id, []).append(link)
    perspectives = {
        one.pk: DrawnBy(one.public_id, one.name, one.people, len(drawn.get(one.pk, ())))
        for one in Perspective.objects.filter(map=row).order_by("pk")
        if only is None or one.public_id == only
    }
    laid_on_one_another = merge(
        [
            PerspectiveLinks(
                one.name,
                tuple((link.source.key, link.target.key, link.signed_weight) for link in drawn.get(pk, ())),
            )
            for pk, one in perspectives.items()
        ]
    )
    graph = laid_on_one_another.graph([factor.key for factor in factors])
    links = _links(laid_on_one_another, perspectives, drawn)
    return MergedMap(factors, tuple(perspectives.values()), links, graph)


def _links(
    merged: Merged, perspectives: Mapping[int, DrawnBy], drawn: Mapping[int, list[Link]]
) -> tuple[MergedLink, ...]:
    said: dict[tuple[str, str], list[Said]] = {}
    for pk, one in perspectives.items():
        for link in drawn.get(pk, ()):
            said.setdefault((link.source.key, link.target.key), []).append(
                Said(one, link.public_id, link.sign, link.weight, link.evidence)
            )
    return tuple(
        MergedLink(
            source=row["source"],
            target=row["target"],
            sign=_sign(row["mean_drawers"], row["n_plus"], row["n_minus"]),
            n_all=row["n_all"],
            n_link=row["n_link"],
            n_plus=row["n_plus"],
            n_minus=row["n_minus"],
            mean_all=row["mean_all"],
            mean_drawers=row["mean_drawers"],
            support=row["support"],
            conflict=row["conflict"],
            said=tuple(said[row["source"], row["target"]]),
        )
        for row in merged.links.iter_rows(named=True)
    )


def _sign(mean: float, n_plus: int, n_minus: int) -> int:
    """A link whose mean is 0 is still a link: it leads where most of its drawers say, and to more where they tie."""
    if mean != 0:
        return 1 if mean > 0 else -1
    return 1 if n_plus >= n_minus else -1
