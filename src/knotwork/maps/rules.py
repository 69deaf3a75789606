"""Who may do what with a map. Buttons, pages and services all read the one table below."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.maps.models import SystemMap
from knotwork.programmes.models import Place, Programme
from knotwork.programmes.written import can_change_written, can_write_for

MOST_FACTORS = 400
"""The Foresight obesity map has 108. Four hundred are laid out in five seconds, a thousand in most of a minute."""


class MapStage(StrEnum):
    """Where a map is: standing, or taken out of sight."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What somebody is to a map: who wrote it or leads where it stands, who may write there, or anybody."""

    KEEPER = "keeper"
    WRITER = "writer"
    ANYBODY = "anybody"


class Act(StrEnum):
    """Something that can be done with a map."""

    DRAW = "draw"
    CHANGE_WORDS = "change_words"
    WITHDRAW = "withdraw"


ACTS: dict[tuple[MapStage, Part], frozenset[Act]] = {
    (MapStage.STANDING, Part.KEEPER): frozenset(Act),
    (MapStage.STANDING, Part.WRITER): frozenset({Act.DRAW}),
}
"""What each may do; nothing is done to a map that was taken out of sight."""

_REASONS: dict[Act, Promise] = {
    Act.DRAW: gettext_lazy("Only people of this place and the team of the programme can draw on this map."),
    Act.CHANGE_WORDS: gettext_lazy(
        "Only whoever made this map, the leads of the place and the team of the programme can change its words."
    ),
    Act.WITHDRAW: gettext_lazy(
        "Only whoever made this map, the leads of the place and the team of the programme can take it out of sight."
    ),
}


def stage_of(system_map: SystemMap) -> MapStage:
    """Where the map is."""
    return MapStage.STANDING if system_map.withdrawn_at is None else MapStage.WITHDRAWN


def part_of(viewer: Viewer, system_map: SystemMap) -> Part:
    """What the viewer is to the map."""
    if can_change_written(viewer, system_map):
        return Part.KEEPER
    return Part.WRITER if can_write_for(viewer, system_map.programme, system_map.place) else Part.ANYBODY


def can(viewer: Viewer, act: Act, system_map: SystemMap) -> Decision:
    """May the viewer do this with the map?"""
    stage = stage_of(system_map)
    if stage is MapStage.WITHDRAWN:
        return Decision(False, _("This map was taken out of sight, so nothing on it can be changed."))
    if act in ACTS.get((stage, part_of(viewer, system_map)), ()):
        return ALLOWED
    return Decision(False, str(_REASONS[act]))


def can_hold(factors: int) -> Decision:
    """May a map have so many factors? The wait for its drawing is bounded, and so is what a reader can follow."""
    if factors <= MOST_FACTORS:
        return ALLOWED
    words = _(
        "A map holds at most %(most)d factors, and this would make %(factors)d. "
        "Split it into maps of one question each."
    )
    return Decision(False, words % {"most": MOST_FACTORS, "factors": factors})


def acts_of(viewer: Viewer, system_map: SystemMap) -> dict[str, bool]:
    """Which buttons the viewer sees, by the names of the acts."""
    held = (
        frozenset()
        if viewer.is_stranger
        else ACTS.get((stage_of(system_map), part_of(viewer, system_map)), frozenset())
    )
    return {act.value: act in held for act in Act}


def can_make(viewer: Viewer, programme: Programme, place: Place | None) -> Decision:
    """May the viewer make a map for this place, or for the programme as a whole?"""
    return can_write_for(viewer, programme, place)


def can_refer(viewer: Viewer, place: Place) -> Decision:
    """May the viewer say on the page of this place that a map made elsewhere is looked at here?"""
    if place.is_sensitive:
        return Decision(
            False, _("The issue of this place is a sensitive one, so its page does not lead to maps.")
        )
    return can_write_for(viewer, place.programme, place)
