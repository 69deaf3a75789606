"""Pictures of a map: all of it, its story, what is near one factor, and what one perspective drew."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from knotwork.drawing.factor_map import DrawnLink, FactorBox, FactorMapWords, box_size, factor_map
from knotwork.drawing.picture import Picture
from knotwork.maps.addresses import factor_url
from knotwork.maps.merged import MergedLink, MergedMap
from knotwork.maps.models import SystemMap
from knotwork.maps.words import size_in_words
from knotwork.methods.arrays import Floats
from knotwork.methods.causal.graph import signed_graph
from knotwork.methods.causal.layout import layout
from knotwork.methods.causal.neighbourhood import neighbourhood

MOST_NEAR = 9
SMALL = 12
ROOM_FOR_ARROWS = (36.0, 46.0)
ROOM_ON_A_LARGE_MAP = (48.0, 30.0)
Spots = Mapping[str, tuple[float, float]]
Pair = tuple[str, str]


def positions(merged: MergedMap, keys: Collection[str] | None = None) -> Spots:
    """The middle of each factor's box, for these factors or for all: boxes never overlap, and it is always the same."""
    wanted = [factor.key for factor in merged.factors if keys is None or factor.key in keys]
    if not wanted:
        return {}
    among = set(wanted)
    graph = signed_graph(
        wanted,
        [
            (link.source, link.target, link.sign, link.sign * 1.0, link.support)
            for link in merged.links
            if {link.source, link.target} <= among
        ],
    )
    room = ROOM_FOR_ARROWS if len(wanted) <= SMALL else ROOM_ON_A_LARGE_MAP
    boxes = [box_size(merged.by_key[key].label) for key in graph.factors]
    sizes: Floats = np.array(boxes, dtype=np.float64) + np.array(room)
    centres = layout(graph, sizes)
    return {key: (float(x), float(y)) for key, (x, y) in zip(graph.factors, centres.tolist(), strict=True)}


def near(merged: MergedMap, key: str) -> tuple[str, ...]:
    """The factor and those nearest to it, nine at most."""
    at = merged.graph.factors.index(key)
    found = neighbourhood(merged.graph, at, most=MOST_NEAR)
    return tuple(merged.graph.factors[int(position)] for position in found)


def whole_picture(
    system_map: SystemMap, merged: MergedMap, spots: Spots, strong: Collection[Pair]
) -> Picture:
    """Every factor and every link."""
    return _picture(
        system_map,
        merged,
        spots,
        name="whole-map",
        strong=strong,
        title=_("How it hangs together"),
        description=_("A map of %(size)s. Each factor is a link. The same links stand in the table.")
        % {"size": size_in_words(len(merged.factors), len(merged.links))},
    )


def story_picture(system_map: SystemMap, merged: MergedMap, loops: Sequence[Sequence[str]]) -> Picture:
    """The loops that tell the story, with all links between their factors; those of the loops are thick."""
    keys = {key for loop in loops for key in loop}
    return _picture(
        system_map,
        merged,
        positions(merged, keys),
        name="story",
        strong=pairs_of(loops),
        title=_("Where it goes round"),
        description=_("The factors %(names)s, and the links between them. The links of loops are thick.")
        % {"names": _names(merged, keys)},
    )


def near_picture(system_map: SystemMap, merged: MergedMap, key: str) -> Picture:
    """One factor in the middle of what it hangs together with."""
    keys = near(merged, key)
    label = merged.by_key[key].label
    return _picture(
        system_map,
        merged,
        positions(merged, keys),
        name="near",
        centre=key,
        title=_("What hangs together with “%(factor)s”") % {"factor": label},
        description=_("The factor “%(factor)s” and those nearest to it: %(names)s.")
        % {"factor": label, "names": _names(merged, set(keys) - {key}) or "–"},
    )


def perspective_picture(system_map: SystemMap, drawn: MergedMap) -> Picture:
    """What one perspective drew, and nothing else: factors that it left out do not stand in it."""
    keys = {key for link in drawn.links for key in (link.source, link.target)}
    return _picture(
        system_map,
        drawn,
        positions(drawn, keys),
        name="perspective",
        title=_("What “%(name)s” drew") % {"name": drawn.perspectives[0].name},
        description=_("A map of %(size)s.") % {"size": size_in_words(len(keys), len(drawn.links))},
    )


def pairs_of(loops: Sequence[Sequence[str]]) -> set[Pair]:
    """The links of these loops, by the keys of their factors."""
    return {pair for loop in loops for pair in zip(loop, [*loop[1:], loop[0]], strict=True)}


def _picture(  # noqa: PLR0913 - what differs from one picture to the next
    system_map: SystemMap,
    merged: MergedMap,
    spots: Spots,
    *,
    name: str,
    title: str,
    description: str,
    strong: Collection[Pair] = (),
    centre: str = "",
) -> Picture:
    boxes = [
        FactorBox(
            key,
            merged.by_key[key].label,
            x,
            y,
            url=factor_url(system_map, merged.by_key[key].public_id) if key != centre else "",
            is_centre=key == centre,
        )
        for key, (x, y) in spots.items()
    ]
    links = [_drawn(link, strong) for link in merged.links]
    return factor_map(boxes, links, name=name, title=title, description=description, words=_words())


def _drawn(link: MergedLink, strong: Collection[Pair]) -> DrawnLink:
    return DrawnLink(
        link.source,
        link.target,
        link.sign,
        is_contested=link.is_contested,
        is_strong=(link.source, link.target) in strong,
    )


def _words() -> FactorMapWords:
    return FactorMapWords(
        more=_("more leads to more"),
        less=_("more leads to less"),
        contested=_("people see it in two ways"),
        columns=(_("More of this"), _("How it leads on"), _("To this")),
    )


def _names(merged: MergedMap, keys: Collection[str]) -> str:
    return ", ".join(factor.label for factor in merged.factors if factor.key in keys)
