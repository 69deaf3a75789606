"""What people may be asked about themselves, when that may be shown, and who makes and reads reports."""

from django.utils.translation import gettext as _

from knotwork.conversations.models import BackgroundAnswer, Conversation, Participant, Report, ReportState
from knotwork.conversations.rules import (
    Act,
    Part,
    Phase,
    can_be_grouped,
    can_host,
    can_see_results,
    is_sensitive,
    may,
    part_of,
    phase_of,
)
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision


def can_ask_background(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person choose what people are asked about themselves? Not once somebody has said it."""
    decision = can_host(viewer, conversation)
    if decision and conversation.held_elsewhere:
        return Decision(False, _("This conversation was held somewhere else, so nobody is asked here."))
    if decision and is_sensitive(conversation):
        return Decision(False, _("The issue is a sensitive one, so people are not asked about themselves."))
    if decision and BackgroundAnswer.objects.filter(question__conversation=conversation).exists():
        return Decision(
            False, _("Somebody has answered already, so the questions stay. An answer belongs to its words.")
        )
    return decision


def can_show_background(conversation: Conversation) -> Decision:
    """May it be shown who took part? Where every vote is published, only once the conversation has closed.

    Else whoever compares the votes and the totals of two days could tell what a newcomer said about herself.
    """
    if is_sensitive(conversation):
        return can_be_grouped(conversation)
    if conversation.publishes_votes and phase_of(conversation) is not Phase.CLOSED:
        return Decision(
            False,
            _(
                "Every answer is published here one by one, so what people said about themselves is shown only when "
                "the conversation has closed."
            ),
        )
    return ALLOWED


def can_read_report(
    viewer: Viewer, conversation: Conversation, report: Report, participant: Participant | None
) -> Decision:
    """May this report be read? A draft by those who run the conversation; a published one like its results."""
    if report.state == ReportState.PUBLISHED:
        return can_see_results(viewer, conversation, participant)
    return can_make_report(viewer, conversation)


def can_make_report(viewer: Viewer, conversation: Conversation) -> Decision:
    """May this person make and publish reports? Those who run it, as long as there are results to see."""
    if part_of(viewer, conversation) is not Part.HOST:
        return Decision(
            False, _("Only those who run this conversation can do this. If that is you, sign in first.")
        )
    return may(viewer, Act.SEE_RESULTS, conversation)
