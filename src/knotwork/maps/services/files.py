"""A map as a file: put one in, and take the whole map away with every perspective."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective
from knotwork.maps.models import Factor, Link, Perspective, SystemMap
from knotwork.maps.querysets import factors_on, links_on
from knotwork.maps.rules import Act, can_hold
from knotwork.maps.services.drawing import next_key
from knotwork.maps.services.edits import held_map, new_edition, record_of_map
from knotwork.maps.words import normal

_LONGEST_LABEL = 120


@dataclass(frozen=True)
class PutIn:
    """How much came in with a file: new factors, perspectives, and links; and what could not be kept, in words."""

    factors: int
    perspectives: int
    links: int
    not_kept: tuple[str, ...] = ()


def put_in_file(map_id: int, file: MapFile, *, by: Viewer) -> PutIn:
    """Put what others drew on this map: each perspective of the file becomes one of its own, kept whole.

    A factor that stands on the map with the same words is taken for the same one; the others are added, with the key
    that they have in the file where it is free. A link from a factor to itself says nothing here and stays out. Refused
    where the map would hold more factors than can be drawn.
    """
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        factors, how_many_new = _factors(row, file, by)
        links = [
            link
            for perspective in file.perspectives
            for link in _links(row, _perspective(row, perspective), perspective, factors)
        ]
        Link.objects.bulk_create(links)
        new_edition(row)
        record_of_map("map.file_put_in", row, by)
    return PutIn(how_many_new, len(file.perspectives), len(links), (*file.lost, *_not_kept(file, len(links))))


def _not_kept(file: MapFile, kept: int) -> list[str]:
    """What stayed out here, beside what the format could not say."""
    told = []
    if cut := sum(len(one.label) > _LONGEST_LABEL for one in file.factors):
        words = ngettext(
            "the end of the name of %(count)d factor: names have at most %(most)d letters",
            "the ends of the names of %(count)d factors: names have at most %(most)d letters",
            cut,
        )
        told.append(words % {"count": cut, "most": _LONGEST_LABEL})
    if left_out := sum(len(one.links) for one in file.perspectives) - kept:
        words = ngettext(
            "%(count)d link from a factor to itself, or drawn twice by the same hand",
            "%(count)d links from a factor to itself, or drawn twice by the same hand",
            left_out,
        )
        told.append(words % {"count": left_out})
    return told


def map_file_of(system_map: SystemMap) -> MapFile:
    """The whole map as it stands, with every perspective, for our own files and those of other tools."""
    factors = list(factors_on(system_map))
    drawn = list(links_on(system_map).select_related("source", "target"))
    return MapFile(
        title=system_map.title,
        factors=tuple(
            MapFactor(id=row.key, label=row.label, note=row.note, x=row.x, y=row.y) for row in factors
        ),
        perspectives=tuple(
            MapPerspective(
                name=perspective.name,
                people=perspective.people,
                links=tuple(_as_file(link) for link in drawn if link.perspective_id == perspective.pk),
            )
            for perspective in Perspective.objects.filter(map=system_map).order_by("pk")
        ),
        lost=(),
    )


def _as_file(link: Link) -> MapLink:
    return MapLink(
        source=link.source.key,
        target=link.target.key,
        sign=link.sign,
        weight=None if link.weight is None else link.signed_weight,
        confidence=link.confidence,
        delay=link.delay,
        evidence=link.evidence,
    )


def _factors(system_map: SystemMap, file: MapFile, by: Viewer) -> tuple[Mapping[str, Factor], int]:
    """The factor of each id in the file, and how many of them are new."""
    known = {normal(row.label): row for row in factors_on(system_map)}
    keys = set(Factor.objects.filter(map=system_map).values_list("key", flat=True))
    spare = int(next_key(system_map))
    found: dict[str, Factor] = {}
    new: list[Factor] = []
    for one in file.factors:
        words = normal(one.label) or one.id
        if words not in known:
            key = one.id
            while key in keys or len(key) > 120 or ">" in key:
                key, spare = str(spare), spare + 1
            keys.add(key)
            known[words] = Factor(
                map=system_map, key=key, label=one.label[:_LONGEST_LABEL] or one.id, note=one.note
            )
            new.append(known[words])
        found[one.id] = known[words]
    require(can_hold(len(known)))
    Factor.objects.bulk_create(new)
    for factor in new:
        record(
            "factor.added",
            subject_kind="factor",
            subject_id=factor.public_id,
            by=by,
            programme=system_map.programme.public_id,
            place=system_map.place.public_id if system_map.place else None,
        )
    return found, len(new)


def _perspective(system_map: SystemMap, one: MapPerspective) -> Perspective:
    wanted = " ".join(one.name.split())[:110] or _("As it was drawn")
    taken = {normal(name) for name in system_map.perspectives.values_list("name", flat=True)}
    name, number = wanted, 1
    while normal(name) in taken:
        number += 1
        name = f"{wanted} ({number})"
    return Perspective.objects.create(map=system_map, name=name, people=max(1, one.people or 1))


def _links(
    system_map: SystemMap, drawn_by: Perspective, one: MapPerspective, factors: Mapping[str, Factor]
) -> list[Link]:
    """One link for each pair; where a perspective draws a pair twice, the later one stands."""
    by_pair: dict[tuple[int, int], Link] = {}
    for link in one.links:
        source, target = factors[link.source], factors[link.target]
        if source.pk == target.pk:
            continue
        by_pair[source.pk, target.pk] = Link(
            map=system_map,
            perspective=drawn_by,
            source=source,
            target=target,
            sign=link.sign,
            weight=None if link.weight is None else abs(link.weight),
            confidence=link.confidence,
            delay=(link.delay or "")[:40],
            evidence=link.evidence or "",
        )
    return list(by_pair.values())
