"""Who may do what to support a place. Buttons, pages and services all read the one table below."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Role
from knotwork.programmes.rules import Withdrawable
from knotwork.programmes.standing import mine_of, standing_of


class Act(StrEnum):
    """Something that can be done here."""

    CHANGE_AGREEMENT = "change_agreement"
    AGREE_FOR_PLACE = "agree_for_place"
    AGREE_FOR_PROGRAMME = "agree_for_programme"
    SAY_WORD = "say_word"
    CHOOSE_ENABLER = "choose_enabler"
    SHARE_NOTE = "share_note"
    ASK_FOR_HELP = "ask_for_help"
    HOLD_EVENT = "hold_event"
    TAKE_PART = "take_part"


OF_A_PLACE = frozenset({Act.SAY_WORD, Act.ASK_FOR_HELP})

ACTS: dict[Role, frozenset[Act]] = {
    Role.PROGRAMME_TEAM: frozenset({Act.CHANGE_AGREEMENT, Act.AGREE_FOR_PROGRAMME, Act.HOLD_EVENT}),
    Role.PLACE_LEAD: OF_A_PLACE
    | {Act.CHANGE_AGREEMENT, Act.AGREE_FOR_PLACE, Act.CHOOSE_ENABLER, Act.SHARE_NOTE},
    Role.PLACE_MEMBER: OF_A_PLACE,
}
"""What each role may do; the acts of a lead and a member hold for their own place.

A place speaks for itself: not even the team says its word on a milestone, calls it stuck, or chooses for it. Everybody
who holds any role in the programme may take part: offer days, answer a request for help, come to a learning event. An
administrator may do all.
"""

_REASONS: dict[Act, Promise] = {
    Act.CHANGE_AGREEMENT: _(
        "Only the leads of this place and the team of the programme can change what they agree."
    ),
    Act.AGREE_FOR_PLACE: _("Only the leads of this place can say yes for it."),
    Act.AGREE_FOR_PROGRAMME: _("Only the team of the programme can say yes for it."),
    Act.SAY_WORD: _("Only the people of this place say how it goes. It is their own word."),
    Act.CHOOSE_ENABLER: _("Only the leads of this place choose who helps it."),
    Act.SHARE_NOTE: _("Only the leads of this place can show a note of a visit to more people."),
    Act.ASK_FOR_HELP: _(
        "Only the people of this place can say that it is stuck, and that it is not any more."
    ),
    Act.HOLD_EVENT: _("Only the team of the programme can hold a learning event."),
    Act.TAKE_PART: _("Only people who have a role in this programme can do this."),
}
_WITHDRAWN = _("This programme was taken out of sight, so nothing in it can be changed.")


def can(viewer: Viewer, act: Act, programme: Withdrawable, place_id: int | None = None) -> Decision:
    """May the viewer do this in the programme, or for one place of it?"""
    if programme.withdrawn_at is not None:
        return Decision(False, str(_WITHDRAWN))
    if viewer.is_administrator:
        return ALLOWED
    if act == Act.TAKE_PART:
        allowed = programme.id in mine_of(viewer).programmes
    else:
        allowed = any(act in ACTS.get(role, ()) for role in standing_of(viewer, programme.id, place_id).roles)
    return ALLOWED if allowed else Decision(False, str(_REASONS[act]))
