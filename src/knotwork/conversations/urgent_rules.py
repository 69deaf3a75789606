"""What may be done with an urgent question, by whom and when: asked, acted on, done."""

from enum import StrEnum

from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import UrgentQuestion, UrgentTemplate
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.standing import standing_of


class UrgentStage(StrEnum):
    """Where an urgent question is."""

    ASKED = "asked"
    ACTED_ON = "acted_on"
    DONE = "done"


class UrgentPart(StrEnum):
    """What somebody is to an urgent question. The duty lead is the one who can reach those who offered."""

    ANYBODY = "anybody"
    HOST = "host"
    DUTY_LEAD = "duty_lead"


class UrgentAct(StrEnum):
    """What can be done with it."""

    OFFER = "offer"
    LOOK_AFTER = "look_after"
    READ_CONTACTS = "read_contacts"
    SAY_WHO_ACTS = "say_who_acts"
    SAY_DONE = "say_done"


_LEADING = frozenset({UrgentAct.OFFER, UrgentAct.LOOK_AFTER, UrgentAct.SAY_WHO_ACTS})

ACTS: dict[tuple[UrgentStage, UrgentPart], frozenset[UrgentAct]] = {
    (UrgentStage.ASKED, UrgentPart.ANYBODY): frozenset({UrgentAct.OFFER}),
    (UrgentStage.ASKED, UrgentPart.HOST): _LEADING,
    (UrgentStage.ASKED, UrgentPart.DUTY_LEAD): _LEADING | {UrgentAct.READ_CONTACTS},
    (UrgentStage.ACTED_ON, UrgentPart.ANYBODY): frozenset({UrgentAct.OFFER}),
    (UrgentStage.ACTED_ON, UrgentPart.HOST): _LEADING | {UrgentAct.SAY_DONE},
    (UrgentStage.ACTED_ON, UrgentPart.DUTY_LEAD): _LEADING | {UrgentAct.SAY_DONE, UrgentAct.READ_CONTACTS},
    (UrgentStage.DONE, UrgentPart.ANYBODY): frozenset(),
    (UrgentStage.DONE, UrgentPart.HOST): frozenset({UrgentAct.LOOK_AFTER}),
    (UrgentStage.DONE, UrgentPart.DUTY_LEAD): frozenset({UrgentAct.LOOK_AFTER}),
}


def stage_of(question: UrgentQuestion) -> UrgentStage:
    """Where it is now."""
    if question.done_at is not None:
        return UrgentStage.DONE
    return UrgentStage.ASKED if question.acting_at is None else UrgentStage.ACTED_ON


def part_of(viewer: Viewer, question: UrgentQuestion) -> UrgentPart:
    """What the viewer is to it. A duty lead who may not moderate here any more is like anybody."""
    part = rules.part_of(viewer, question.conversation)
    if part is not rules.Part.ANYBODY and viewer.person_id == question.duty_lead_id:
        return UrgentPart.DUTY_LEAD
    return UrgentPart.HOST if part is rules.Part.HOST else UrgentPart.ANYBODY


def may(viewer: Viewer, act: UrgentAct, question: UrgentQuestion) -> Decision:
    """The table's answer, with the reason when it is no."""
    stage, part = stage_of(question), part_of(viewer, question)
    if act in ACTS[stage, part]:
        return ALLOWED
    if any(act in ACTS[other, part] for other in UrgentStage):
        return Decision(False, _not_now(stage))
    return Decision(False, _("Only those who run this urgent question can do this."))


def _not_now(stage: UrgentStage) -> str:
    if stage is UrgentStage.DONE:
        return _("This is done. Thank you to everybody who helped.")
    return _("First say who will act.")


def can_offer(viewer: Viewer, question: UrgentQuestion) -> Decision:
    """May somebody say what she can do? Anybody, until it is done."""
    if rules.is_sensitive(question.conversation):
        return rules.can_take_part(question.conversation)
    return may(viewer, UrgentAct.OFFER, question)


def can_ask(viewer: Viewer, template: UrgentTemplate) -> Decision:
    """May this person ask it now, or change the template? Whoever may prepare a conversation there."""
    if template.withdrawn_at is not None:
        return Decision(False, _("This template is not used any more."))
    return rules.can_set_up(viewer, template.programme_id, template.place_id)


def can_be_duty_lead(person: Person, programme_id: int, place_id: int | None) -> Decision:
    """May this person look at what people write there? Otherwise nobody would."""
    if standing_of(viewer_for(person), programme_id, place_id).has(*rules.MODERATOR_ROLES):
        return ALLOWED
    return Decision(
        False, _("The duty lead must be able to moderate there: a moderator, a facilitator or the team.")
    )
