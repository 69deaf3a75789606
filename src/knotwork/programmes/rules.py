"""Who may do what to a programme and its places. Buttons, pages and services all read the one table below."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Role
from knotwork.programmes.standing import memberships_of, standing_of


class Act(StrEnum):
    """Something that can be done to a programme."""

    LOOK_AFTER = "look_after"
    CHANGE_WORDS = "change_words"
    ADD_PARTNER = "add_partner"
    ADD_PLACE = "add_place"
    CHANGE_PLACE = "change_place"
    GRANT_ROLE = "grant_role"
    INVITE_TO_PLACE = "invite_to_place"
    KEEP_LEDGER = "keep_ledger"
    PLEDGE = "pledge"
    WRITE = "write"
    CHANGE_WRITTEN = "change_written"
    WITHDRAW = "withdraw"
    SAY_OWN_WORD = "say_own_word"
    SEE_OWN_TILE = "see_own_tile"
    READ_STEERING = "read_steering"
    KEEP_STEERING = "keep_steering"
    KEEP_DUTIES = "keep_duties"
    SHOW_IN_A_HOLD = "show_in_a_hold"


class ProgrammeStage(StrEnum):
    """Where a programme is: standing, or taken out of sight."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class Withdrawable(Protocol):
    """A programme, as stored or as read: enough to know its stage."""

    @property
    def id(self) -> int: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


_TEAM = frozenset(Act) - {Act.WITHDRAW, Act.SAY_OWN_WORD}
_OF_A_PLACE = frozenset({Act.WRITE, Act.PLEDGE, Act.SAY_OWN_WORD, Act.SEE_OWN_TILE})

ACTS: dict[tuple[ProgrammeStage, Role], frozenset[Act]] = {
    (ProgrammeStage.STANDING, Role.PROGRAMME_TEAM): _TEAM,
    (ProgrammeStage.STANDING, Role.PLACE_LEAD): _OF_A_PLACE
    | {Act.CHANGE_PLACE, Act.INVITE_TO_PLACE, Act.CHANGE_WRITTEN},
    (ProgrammeStage.STANDING, Role.PLACE_MEMBER): _OF_A_PLACE,
    (ProgrammeStage.STANDING, Role.ENABLER): frozenset({Act.WRITE, Act.SEE_OWN_TILE}),
    (ProgrammeStage.STANDING, Role.STEERING_GROUP_MEMBER): frozenset({Act.READ_STEERING, Act.SEE_OWN_TILE}),
}
"""What each role may do; the acts of a lead, a member and an enabler hold for their own place.

An administrator may do all, at any stage, but for one thing: where a place is, only the place itself says.
"""

_REASONS: dict[Act, Promise] = {
    Act.LOOK_AFTER: _("Only the team of this programme can open these pages."),
    Act.CHANGE_WORDS: _("Only the team of this programme can change its words."),
    Act.ADD_PARTNER: _("Only the team of this programme can say which organisations take part."),
    Act.ADD_PLACE: _("Only the team of this programme can add a place to it."),
    Act.CHANGE_PLACE: _("Only the leads of this place and the team of the programme can change it."),
    Act.GRANT_ROLE: _("Only the team of this programme can give somebody a role in it."),
    Act.INVITE_TO_PLACE: _(
        "Only the leads of this place and the team of the programme can invite somebody to it."
    ),
    Act.KEEP_LEDGER: _("Only the team of this programme can write in its ledger."),
    Act.PLEDGE: _("Only people of this place and the team of the programme can write a pledge down."),
    Act.WRITE: _("Only people of this place and the team of the programme can write here."),
    Act.CHANGE_WRITTEN: _(
        "Only whoever wrote this, the leads of the place and the team of the programme can change it."
    ),
    Act.WITHDRAW: _("Only an administrator can take a programme out of sight."),
    Act.SAY_OWN_WORD: _("Only the place itself says where it is: its leads and its members."),
    Act.SEE_OWN_TILE: _(
        "Only people of this place, the steering group and the team of the programme see this."
    ),
    Act.READ_STEERING: _("Only the steering group and the team of this programme can open this page."),
    Act.KEEP_STEERING: _("Only the team of this programme prepares what its steering group reads."),
    Act.KEEP_DUTIES: _("Only the team of this programme can set these dates and words."),
    Act.SHOW_IN_A_HOLD: _(
        "While things are held back before an election, only the team shows something new."
    ),
}
_WITHDRAWN = _("This programme was taken out of sight, so nothing in it can be changed.")


def can(viewer: Viewer, act: Act, programme: Withdrawable, place_id: int | None = None) -> Decision:
    """May the viewer do this to the programme, or to one place of it?"""
    if viewer.is_administrator and act is not Act.SAY_OWN_WORD:
        return ALLOWED
    if programme.withdrawn_at is not None:
        return Decision(False, str(_WITHDRAWN))
    held = standing_of(viewer, programme.id, place_id).roles
    allowed = any(act in ACTS.get((ProgrammeStage.STANDING, role), ()) for role in held)
    return ALLOWED if allowed else Decision(False, str(_REASONS[act]))


def can_settle_pledge(
    viewer: Viewer, programme: Withdrawable, place_id: int | None, organisation_id: int | None
) -> Decision:
    """May the viewer say what became of a pledge? Whoever may write one down, and people of the one that made it."""
    decision = can(viewer, Act.PLEDGE, programme, place_id)
    if decision or programme.withdrawn_at is not None or organisation_id is None:
        return decision
    held = memberships_of(viewer).filter(programme_id=programme.id, organisation_id=organisation_id)
    return ALLOWED if any(each.place_id in (None, place_id) for each in held) else decision


def can_create_programme(viewer: Viewer) -> Decision:
    """An administrator, and whoever is in the team of some programme, may begin a new one."""
    if viewer.is_administrator or memberships_of(viewer).filter(role=Role.PROGRAMME_TEAM).exists():
        return ALLOWED
    return Decision(
        False, str(_("Only an administrator, or somebody in the team of a programme, can begin a new one."))
    )


def can_invite(viewer: Viewer, role: Role, programme: Withdrawable, place_id: int | None = None) -> Decision:
    """A lead invites members to her own place; every other role is given by the programme's team."""
    if role == Role.PLACE_MEMBER and place_id is not None:
        return can(viewer, Act.INVITE_TO_PLACE, programme, place_id)
    return can(viewer, Act.GRANT_ROLE, programme)


def can_end_membership(
    viewer: Viewer, person_id: int, programme: Withdrawable, *, is_last_of_team: bool
) -> Decision:
    """The team ends any role, and everybody her own; but somebody stays in the team."""
    if is_last_of_team and not viewer.is_administrator:
        return Decision(
            False,
            str(_("Somebody has to stay in the team. Invite another person to it before this role ends.")),
        )
    return ALLOWED if viewer.person_id == person_id else can(viewer, Act.GRANT_ROLE, programme)
