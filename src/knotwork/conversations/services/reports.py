"""Reports: made from results at the press of a button, frozen, and published by another press."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language

from knotwork.conversations import report_rules
from knotwork.conversations.models import Conversation, Report, ReportState
from knotwork.conversations.results.reports import Found, content_of
from knotwork.conversations.services.conversation_events import record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.analyses.services import cite
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now


def make_report(found: Found, *, by: Viewer) -> Report:
    """A new version, for those who run the conversation to read first. The results it rests on are kept for good."""
    made_at = clock.now()
    conversation = found.conversation
    require(report_rules.can_make_report(by, conversation))
    content = content_of(found, made_at=made_at)
    with transaction.atomic():
        # Those who press at once queue here, so that each version has one number.
        Conversation.objects.select_for_update(no_key=True).only("pk").get(pk=conversation.pk)
        newest = Report.objects.filter(conversation=conversation).aggregate(newest=Max("version"))["newest"]
        report = Report.objects.create(
            conversation=conversation,
            version=(newest or 0) + 1,
            language=get_language() or conversation.language,
            content=content,
            snapshots=[str(public_id) for public_id in found.snapshots],
            made_at=made_at,
        )
        cite(found.snapshots)
        record_of("report.made", conversation, by, report=str(report.public_id))
    return report


def publish_report(report: Report, *, by: Viewer) -> None:
    """Let everybody who may see the results read it; a second press changes nothing."""
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        conversation = Conversation.objects.select_related("programme", "place").get(pk=row.conversation_id)
        require(report_rules.can_make_report(by, conversation))
        if row.state == ReportState.PUBLISHED:
            return
        require(can_show_now(by, conversation.programme, conversation.visibility, conversation.place))
        row.state, row.published_at = ReportState.PUBLISHED, clock.now()
        row.save(update_fields=["state", "published_at"])
        record_of("report.published", conversation, by, report=str(row.public_id))
