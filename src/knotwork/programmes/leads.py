"""How the roles of a place fit together: two leads at a time, of different organisations.

Two organisations lead together so that neither owns the issue. Times are windows ``[opens, closes)``, so one
lead may follow another on the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from knotwork.core.rules import ALLOWED, Decision
from knotwork.core.windows import Window
from knotwork.programmes.models import Role

MOST_LEADS = 2

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_FOR_A_PLACE = (Role.PLACE_MEMBER, Role.PLACE_LEAD, Role.ENABLER)
_FOR_THE_WHOLE = (Role.PROGRAMME_TEAM, Role.STEERING_GROUP_MEMBER, Role.PANEL_REVIEWER)
_FROM_AN_ORGANISATION = (Role.PLACE_LEAD, Role.ORGANISATION_MEMBER, Role.SPONSOR_BOARD_MEMBER)


@dataclass(frozen=True)
class Lead:
    """A lead of a place: where she works, and for which time she leads."""

    organisation: str
    window: Window


def can_hold_role(role: Role, *, has_place: bool, organisation: str) -> Decision:
    """Whether the role is named with what belongs to it: a place, the whole programme, an organisation."""
    if role in _FOR_A_PLACE and not has_place:
        return Decision(False, _("Say for which place: this role is held in one place."))
    if role in _FOR_THE_WHOLE and has_place:
        return Decision(False, _("Leave the place empty: this role is held for the whole programme."))
    if role in _FROM_AN_ORGANISATION and not organisation.strip():
        return Decision(False, _("Say from which organisation this person comes."))
    return ALLOWED


def can_join_leads(organisation: str, window: Window, leads: Sequence[Lead]) -> Decision:
    """Whether somebody of this organisation may lead for this time beside those who lead already."""
    meanwhile = [lead for lead in leads if overlap(window, lead.window)]
    if any(lead.organisation.casefold() == organisation.casefold() for lead in meanwhile):
        return Decision(
            False,
            _("The two leads of a place come from different organisations. One from here leads already."),
        )
    moments = [window.opens or _BEGINNING, *(lead.window.opens or _BEGINNING for lead in meanwhile)]
    at_once = max(sum(_holds(lead.window, moment) for lead in meanwhile) for moment in moments)
    if at_once >= MOST_LEADS:
        return Decision(False, _("This place has its two leads. End the role of one of them first."))
    return ALLOWED


def overlap(one: Window, other: Window) -> bool:
    """Whether two windows have a moment in common."""
    one_is_over = one.closes is not None and other.opens is not None and one.closes <= other.opens
    other_is_over = other.closes is not None and one.opens is not None and other.closes <= one.opens
    return not (one_is_over or other_is_over)


def _holds(window: Window, moment: datetime) -> bool:
    return (window.opens or _BEGINNING) <= moment and (window.closes is None or moment < window.closes)
