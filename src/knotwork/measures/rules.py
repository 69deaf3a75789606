"""Who may do what with measures. Buttons, pages and services all read the one table below."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.measures.models import Measure
from knotwork.programmes.models import Place, Programme, Role
from knotwork.programmes.standing import memberships_of, standing_of


class MeasureStage(StrEnum):
    """Where a measure is: looked at, set aside but still listed, or taken out of sight."""

    LOOKED_AT = "looked_at"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """Something that can be done with a measure."""

    CHANGE = "change"
    REBASE = "rebase"
    SAY_CAUSE = "say_cause"
    SET_ASIDE = "set_aside"
    TAKE_UP_AGAIN = "take_up_again"
    WITHDRAW = "withdraw"


KEEPERS = (Role.PROGRAMME_TEAM, Role.ANALYST, Role.PLACE_LEAD)
_THINKERS = (Role.PLACE_MEMBER, Role.ENABLER, Role.EVALUATOR)
_LOOKED_AT = frozenset(Act)
_SET_ASIDE = frozenset({Act.SAY_CAUSE, Act.TAKE_UP_AGAIN, Act.WITHDRAW})

ACTS: dict[tuple[MeasureStage, Role], frozenset[Act]] = (
    {(MeasureStage.LOOKED_AT, role): _LOOKED_AT for role in KEEPERS}
    | {(MeasureStage.SET_ASIDE, role): _SET_ASIDE for role in KEEPERS}
    | {(MeasureStage.LOOKED_AT, role): frozenset({Act.SAY_CAUSE}) for role in _THINKERS}
)
"""What each role may do; that of a lead, a member or an enabler holds for their own place. Administrators: all."""

_REASONS: dict[Act, Promise] = {
    Act.CHANGE: gettext_lazy(
        "Only the leads of this place, analysts and the team of the programme can change it."
    ),
    Act.REBASE: gettext_lazy(
        "Only the leads of this place, analysts and the team of the programme can let a chart begin anew."
    ),
    Act.SAY_CAUSE: gettext_lazy(
        "Only people of this place, evaluators, analysts and the team of the programme can add another cause."
    ),
    Act.SET_ASIDE: gettext_lazy(
        "Only the leads of this place, analysts and the team of the programme can set it aside."
    ),
    Act.TAKE_UP_AGAIN: gettext_lazy(
        "Only the leads of this place, analysts and the team of the programme can take it up again."
    ),
    Act.WITHDRAW: gettext_lazy(
        "Only the leads of this place, analysts and the team of the programme can take it out of sight."
    ),
}


def stage_of(measure: Measure) -> MeasureStage:
    """Where the measure is."""
    if measure.withdrawn_at is not None:
        return MeasureStage.WITHDRAWN
    return MeasureStage.LOOKED_AT if measure.set_aside_at is None else MeasureStage.SET_ASIDE


def can(viewer: Viewer, act: Act, measure: Measure) -> Decision:
    """May the viewer do this with the measure?"""
    stage = stage_of(measure)
    if stage is MeasureStage.WITHDRAWN:
        return Decision(False, _("This measure was taken out of sight, so nothing about it can be changed."))
    if act in acts_of(viewer, measure):
        return ALLOWED
    if any(act in ACTS.get((stage, role), ()) for role in Role):
        return Decision(False, str(_REASONS[act]))
    return Decision(False, _("This measure was set aside. Take it up again first."))


def acts_of(viewer: Viewer, measure: Measure) -> frozenset[Act]:
    """All that the viewer may do with the measure now."""
    stage = stage_of(measure)
    if viewer.is_stranger and not viewer.is_administrator:
        return frozenset()
    if viewer.is_administrator:
        return ACTS.get((stage, Role.PROGRAMME_TEAM), frozenset())
    held = standing_of(viewer, measure.programme_id, measure.place_id).roles
    return frozenset().union(*(ACTS.get((stage, role), frozenset()) for role in held))


def can_choose(viewer: Viewer, programme: Programme, place: Place) -> Decision:
    """May the viewer choose what this place looks at, or say that nothing fits?"""
    if standing_of(viewer, programme.pk, place.pk).has(*KEEPERS):
        return ALLOWED
    return Decision(
        False, _("Only the leads of this place, analysts and the team of the programme can choose measures.")
    )


def can_import(viewer: Viewer, programme_id: int) -> Decision:
    """May the viewer bring figures into this programme? Its team and analysts, and the leads of its places."""
    if viewer.is_administrator or _holds(viewer, programme_id, *KEEPERS):
        return ALLOWED
    return Decision(
        False, _("Only analysts, the leads of places and the team of the programme can bring figures in.")
    )


def can_change_figures(viewer: Viewer, programme_id: int) -> Decision:
    """May the viewer put other figures in the place of those that are held? Leads only add; others may look at them."""
    if viewer.is_administrator or _holds(viewer, programme_id, Role.PROGRAMME_TEAM, Role.ANALYST):
        return ALLOWED
    return Decision(
        False,
        _(
            "This file would change figures that are held already. Leads can add figures; only analysts and the team "
            "of the programme can change them, because other places may look at them too."
        ),
    )


def can_hold(viewer: Viewer, programme_id: int | None) -> Decision:
    """May the viewer say what an indicator is? One that is held for everybody: an administrator alone."""
    if viewer.is_administrator:
        return ALLOWED
    if programme_id is None:
        return Decision(False, _("Only an administrator can hold an indicator for everybody."))
    return can_import(viewer, programme_id)


def _holds(viewer: Viewer, programme_id: int, *roles: Role) -> bool:
    return memberships_of(viewer).filter(programme_id=programme_id, role__in=roles).exists()
