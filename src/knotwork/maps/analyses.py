"""What is worked out of a map: everybody's links together -> loops, story, roles, a place for every factor, pictures.

When. Every edit raises the map's edition; a run bears the edition that it has read, so an edit that comes in while it
works makes the next one due.

What is kept. The links with support and conflict, all loops up to eight factors with their sign, the set of loops that
covers every link in a loop, the role of each factor; and two pictures, the whole map and the story. The middle of each
box is written to its factor.
"""

from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import translation

from knotwork.core.analyses import registry
from knotwork.core.analyses.registry import Outcome
from knotwork.drawing.picture import Picture
from knotwork.maps.merged import MergedMap, merged_map
from knotwork.maps.models import Factor, SystemMap
from knotwork.maps.pictures import SMALL, Spots, pairs_of, positions, story_picture, whole_picture
from knotwork.maps.querysets import factors_on, maps, named_loops_on
from knotwork.maps.services.drawing import LONGEST_LOOP, as_cycle
from knotwork.maps.story import Cycle, opening_loops
from knotwork.methods.causal.loops import Loops, feedback_loops, story_set
from knotwork.methods.causal.roles import roles

KIND = "system_map"
METHOD_VERSION = "1"
WHOLE, STORY = "whole-map", "story"
LAYOUT = 1
"""Raised when the shape of what is kept changes, so that every map is worked out anew."""


class MapAnalysis:
    """Everybody's links together, the loops they make, and where each factor stands on the paper."""

    kind = KIND
    method = "causal"
    version = METHOD_VERSION

    def subjects(self) -> list[tuple[UUID, str]]:
        """Every map on which a factor stands, and its edition."""
        drawn = maps().standing().filter(factors__withdrawn_at__isnull=True, factors__isnull=False)
        rows = drawn.order_by("pk").values_list("public_id", "edition").distinct()
        return [(public_id, state_of(edition)) for public_id, edition in rows]

    def run(self, subject: UUID, *, seed: int) -> Outcome:
        """Work one map out, write where its factors stand, and give what is to be kept."""
        system_map = SystemMap.objects.select_related("programme", "place").get(public_id=subject)
        merged = merged_map(system_map)
        loops = feedback_loops(merged.graph, up_to=LONGEST_LOOP)
        story = [int(index) for index in story_set(merged.graph, loops)]
        cycles = [_keys(merged, cycle) for cycle in loops.cycles]
        named = [tuple(row.cycle.split(">")) for row in named_loops_on(system_map)]
        opening = opening_loops(
            merged, [cycle for cycle in named if cycle in set(cycles)], [cycles[at] for at in story]
        )
        spots = positions(merged)
        _write_positions(system_map, spots)
        return Outcome(
            state=state_of(system_map.edition),
            result=_result(merged, loops) | {"opening": [list(cycle) for cycle in opening]},
            tables={
                "links": links_table(merged),
                "loops": _loops_table(loops, cycles, set(story)),
                "factors": _factors_table(merged),
            },
            pictures=_pictures(system_map, merged, spots, opening),
            options={"up_to": LONGEST_LOOP},
        )


def register() -> None:
    """Called when the room starts."""
    registry.register(MapAnalysis())


def state_of(edition: int) -> str:
    """The state of a map's input."""
    return f"edition:{edition} layout:{LAYOUT}"


def links_table(merged: MergedMap) -> pl.DataFrame:
    """Every link with how many drew it: the columns of the command line's ``merge``, and the labels."""
    schema = {
        "source": pl.String,
        "target": pl.String,
        "source_label": pl.String,
        "target_label": pl.String,
        "sign": pl.Int64,
        "contested": pl.Boolean,
        "n_all": pl.Int64,
        "n_link": pl.Int64,
        "n_plus": pl.Int64,
        "n_minus": pl.Int64,
        "mean_all": pl.Float64,
        "mean_drawers": pl.Float64,
        "support": pl.Float64,
        "conflict": pl.Float64,
    }
    rows = [
        (
            link.source,
            link.target,
            merged.by_key[link.source].label,
            merged.by_key[link.target].label,
            link.sign,
            link.is_contested,
            link.n_all,
            link.n_link,
            link.n_plus,
            link.n_minus,
            link.mean_all,
            link.mean_drawers,
            link.support,
            link.conflict,
        )
        for link in merged.links
    ]
    return pl.DataFrame(rows, schema, orient="row")


def _keys(merged: MergedMap, cycle: tuple[int, ...]) -> Cycle:
    """The keys of a loop, turned as a loop is written: two ways to write one would be two loops to a reader."""
    return tuple(as_cycle([merged.graph.factors[int(at)] for at in cycle]).split(">"))


def _write_positions(system_map: SystemMap, spots: Spots) -> None:
    moved = []
    for factor in factors_on(system_map):
        if factor.key in spots and (factor.x, factor.y) != spots[factor.key]:
            factor.x, factor.y = spots[factor.key]
            moved.append(factor)
    if moved:
        with transaction.atomic():
            Factor.objects.bulk_update(moved, ["x", "y"])


def _result(merged: MergedMap, loops: Loops) -> dict[str, Any]:
    signs = np.asarray(loops.sign)
    return {
        "factors": len(merged.factors),
        "links": len(merged.links),
        "perspectives": len(merged.perspectives),
        "people": merged.people,
        "contested": len(merged.contested),
        "loops": len(loops.cycles),
        "reinforcing": int((signs > 0).sum()),
        "balancing": int((signs < 0).sum()),
        "up_to": int(loops.up_to),
        "hit_cap": bool(loops.hit_cap),
    }


def _loops_table(loops: Loops, cycles: list[Cycle], story: set[int]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "loop": pl.Series(range(1, len(cycles) + 1), dtype=pl.Int64),
            "length": pl.Series([len(cycle) for cycle in cycles], dtype=pl.Int64),
            "sign": pl.Series([int(sign) for sign in loops.sign], dtype=pl.Int64),
            "factors": pl.Series([">".join(cycle) for cycle in cycles], dtype=pl.String),
            "strength": pl.Series([float(value) for value in loops.strength], dtype=pl.Float64),
            "support": pl.Series([float(value) for value in loops.support], dtype=pl.Float64),
            "story": pl.Series([at in story for at in range(len(cycles))], dtype=pl.Boolean),
        }
    )


def _factors_table(merged: MergedMap) -> pl.DataFrame:
    found = roles(merged.graph)
    labels = [merged.by_key[key].label for key in merged.graph.factors]
    return pl.DataFrame(
        {
            "factor": pl.Series(merged.graph.factors, dtype=pl.String),
            "label": pl.Series(labels, dtype=pl.String),
            "role": pl.Series(found.role, dtype=pl.String),
            "in_strength": pl.Series([float(value) for value in found.in_strength], dtype=pl.Float64),
            "out_strength": pl.Series([float(value) for value in found.out_strength], dtype=pl.Float64),
        }
    )


def _pictures(
    system_map: SystemMap, merged: MergedMap, spots: Spots, opening: tuple[Cycle, ...]
) -> dict[str, tuple[Picture, ...]]:
    """The whole map, and the story if there is a loop, in each language."""
    pictures: dict[str, tuple[Picture, ...]] = {}
    for language in settings.LANGUAGES_OF_PICTURES:
        with translation.override(language):
            # On a large map thick lines would only add to the tangle; its story has a picture of its own.
            thick = pairs_of(opening) if len(merged.factors) <= SMALL else set()
            drawn = [whole_picture(system_map, merged, spots, thick)] if spots else []
            if opening:
                drawn.append(story_picture(system_map, merged, opening))
            pictures[language] = tuple(drawn)
    return pictures
