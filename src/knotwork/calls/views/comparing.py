"""The page with which a panel's meeting is held, and each bid in full."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.calls import comparing_words as words
from knotwork.calls.comparing import meeting_of, side_by_side
from knotwork.calls.models import Bid
from knotwork.calls.rules import Act
from knotwork.calls.views.found import OpenedCall, call_surroundings, for_call_act
from knotwork.core.pages.answers import csv_file, picture_file, workbook_file
from knotwork.core.pages.figure import Download
from knotwork.core.rules import Decision, require
from knotwork.formats.sheets import Sheet
from knotwork.programmes.models import Provenance


@require_safe
@for_call_act(Act.COMPARE)
def compare(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Sentences first, then the bands, then how far the reviewers agree."""
    meeting = meeting_of(found.row, found.viewer)
    where = [found.programme.slug, found.row.slug]
    kinds = {"SVG": "svg", "PNG": "png", "CSV": "csv", "XLSX": "workbook"}
    files = tuple(
        Download(label, reverse(f"calls:compare-{kind}", args=where)) for label, kind in kinds.items()
    )
    agreement = meeting.compared.agreement if meeting.compared else None
    title = _("Compare the bids")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("Which bids are sure, which depend, and on whom."),
        "sentences": words.sentences_of(meeting),
        "figure_view": words.figure_of(found.row, meeting, files) if meeting.compared else None,
        "agreement_words": words.agreement_in_words(agreement),
        "agreement_columns": [_("Criterion"), _("Alpha"), _("Range (95%)"), _("Bids")],
        "agreement_rows": words.agreement_rows(meeting),
        "newest": meeting.newest,
        "listed": [(each, words.stands_in_words(each)) for each in meeting.bids],
    }
    return render(request, "calls/compare.html", context)


@require_safe
@for_call_act(Act.COMPARE)
def compare_csv(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The order as a table."""
    rows = words.rows_of(meeting_of(found.row, found.viewer))
    return csv_file(words.COLUMNS, rows, f"{found.row.slug}-compared")


@require_safe
@for_call_act(Act.COMPARE)
def compare_workbook(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The order and the agreement as a workbook."""
    meeting = meeting_of(found.row, found.viewer)
    agreement = ("criterion", "alpha", "range_95", "bids")
    sheets = [
        Sheet(_("Order"), words.COLUMNS, words.rows_of(meeting)),
        Sheet(_("Agreement"), agreement, words.agreement_rows(meeting)),
    ]
    return workbook_file(sheets, f"{found.row.slug}-compared")


@require_safe
@for_call_act(Act.COMPARE)
def compare_picture(_request: HttpRequest, found: OpenedCall, kind: str) -> HttpResponse:
    """The bands as a picture with its colours written in, or as pixels."""
    meeting = meeting_of(found.row, found.viewer)
    if meeting.compared is None:
        raise Http404
    credit = _("Made up.") if found.programme.provenance == Provenance.MADE_UP else ""
    return picture_file(words.picture_of(meeting), kind, f"{found.row.slug}-compared", credit=credit)


@require_safe
@for_call_act(Act.COMPARE)
def compare_bid(request: HttpRequest, found: OpenedCall, bid: UUID) -> HttpResponse:
    """All reviewers' scores of a bid side by side, with their reasons; the bids before and after it in the order."""
    meeting = meeting_of(found.row, found.viewer)
    here = next((each for each in meeting.bids if each.public_id == bid), None)
    if here is None:
        raise Http404
    require(
        Decision(
            not here.is_kept, _("You do not read the scores of this bid: %(why)s.") % {"why": words.KEPT}
        )
    )
    readable = [each for each in meeting.bids if not each.is_kept]
    at = readable.index(here)
    context = call_surroundings(found, here.name) | {
        "page_title": here.name,
        "page_description": _("The scores of all reviewers side by side, with their reasons."),
        "here": here,
        "stands": words.stands_in_words(here),
        "criteria": side_by_side(found.row, Bid.objects.get(public_id=bid)),
        "before": readable[at - 1] if at else None,
        "after": readable[at + 1] if at + 1 < len(readable) else None,
    }
    return render(request, "calls/compare_bid.html", context)
