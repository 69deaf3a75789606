"""Reports: the list of versions, one of them to read and to print, and the two presses that make and publish one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knotwork.conversations import report_rules, rules
from knotwork.conversations.models import Conversation, Report, ReportState
from knotwork.conversations.queries import address_of
from knotwork.conversations.results.published import published_snapshot
from knotwork.conversations.results.reach import KIND as REACH
from knotwork.conversations.results.reach import reach_of
from knotwork.conversations.results.reading import results_of
from knotwork.conversations.results.reports import Found, read
from knotwork.conversations.results.views import figure_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.services.reports import make_report, publish_report
from knotwork.conversations.views.browser import participant_of
from knotwork.conversations.views.found import crumbs_to, found, not_taken, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.analyses import queries as snapshots
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require


def report_address(report: Report, page: str = "report") -> str:
    """Where one version is read."""
    where = report.conversation
    return reverse(f"conversations:{page}", args=[where.programme.slug, where.slug, report.version])


@never_cache
@require_safe
def reports(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """All versions, the newest first; drafts for those who run the conversation."""
    where = found(request, programme, conversation)
    viewer, participant = viewer_of(request), participant_of(request, where)
    require(rules.can_see_results(viewer, where, participant))
    may_make = report_rules.can_make_report(viewer, where)
    rows = Report.objects.filter(conversation=where).select_related("conversation__programme")
    if not may_make:
        rows = rows.filter(state=ReportState.PUBLISHED)
    context = surroundings(where) | {
        "reports": [_listed(row) for row in rows.order_by("-version")],
        "may_make": may_make,
        "crumbs": _crumbs(where, _("Reports")),
        "page_title": _("Reports: %(question)s") % {"question": where.question},
    }
    return render(request, "conversations/reports.html", context)


def _listed(report: Report) -> dict[str, Any]:
    return {
        "version": report.version,
        "made_at": report.made_at,
        "is_draft": report.state == ReportState.DRAFT,
        "url": report_address(report),
    }


def _crumbs(where: Conversation, here: str) -> list[tuple[str, str]]:
    return [
        *crumbs_to(where, here)[:-1],
        (_("Results"), address_of(where, "results")),
        (here, ""),
    ]


@login_required
@require_POST
def make(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Make a new version from the newest result."""
    where = found(request, programme, conversation)
    require(report_rules.can_make_report(viewer_of(request), where))
    snapshot = published_snapshot(where)
    if snapshot is None:
        refusal = NotTaken(
            _("There are no results yet, so there is nothing to report. Try again in a minute.")
        )
        return not_taken(request, where, refusal)
    reach, reached = reach_of(where), snapshots.newest_good(REACH, where.public_id)
    view = results_of(where, snapshot, reach)
    used = (snapshot.public_id, *((reached.public_id,) if reach and reached else ()))
    of_it = Found(where, snapshot, view, reach, figure_of(where, snapshot, view), used)
    return SeeOther(report_address(make_report(of_it, by=viewer_of(request))))


@never_cache
@require_safe
def report(request: HttpRequest, programme: str, conversation: str, version: int) -> HttpResponse:
    """One version, to read and to print."""
    where = found(request, programme, conversation)
    row = _report(where, version)
    viewer, participant = viewer_of(request), participant_of(request, where)
    may_make = report_rules.can_make_report(viewer, where)
    if row.state == ReportState.DRAFT and not may_make:
        raise Http404
    require(report_rules.can_read_report(viewer, where, row, participant))
    newer = Report.objects.filter(conversation=where, version__gt=version, state=ReportState.PUBLISHED)
    with translation.override(row.language):
        content = read(row)
        context = surroundings(where) | {
            "report": row,
            "content": content,
            "is_draft": row.state == ReportState.DRAFT,
            "may_publish": row.state == ReportState.DRAFT and bool(may_make),
            "newer_url": report_address(newest) if (newest := newer.order_by("-version").first()) else "",
            "reports_url": address_of(where, "reports"),
            "publish_url": report_address(row, "report-publish"),
            "own_address": request.build_absolute_uri(request.path),
            "crumbs": [
                *_crumbs(where, "")[:-1],
                (_("Reports"), address_of(where, "reports")),
                (_name(row), ""),
            ],
            "page_title": f"{_name(row)}: {content['question']}",
            "page_description": content["sections"][0]["paragraphs"][0],
        }
        return render(request, "conversations/report.html", context)


def _name(row: Report) -> str:
    return _("Report %(version)d") % {"version": row.version}


def _report(where: Conversation, version: int) -> Report:
    rows = Report.objects.select_related("conversation__programme", "conversation__place")
    row = rows.filter(conversation=where, version=version).first()
    if row is None:
        raise Http404
    return row


@login_required
@require_POST
def publish(request: HttpRequest, programme: str, conversation: str, version: int) -> HttpResponse:
    """Let everybody read this version."""
    where = found(request, programme, conversation)
    require(report_rules.can_make_report(viewer_of(request), where))
    row = _report(where, version)
    publish_report(row, by=viewer_of(request))
    return SeeOther(report_address(row))
