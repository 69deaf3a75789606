"""What a choice of bids would cover. The choice stands in the address, and nowhere else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.calls import portfolio_words as words
from knotwork.calls.comparing import BidInMeeting, meeting_of
from knotwork.calls.portfolio import Choice, Portfolio, choice_of, portfolio_of
from knotwork.calls.rules import Act
from knotwork.calls.views.found import OpenedCall, call_surroundings, for_call_act
from knotwork.core.pages.answers import csv_file, workbook_file
from knotwork.core.pages.figure import NO_LIMITS_SUPPLIED
from knotwork.programmes.regions import REGIONS_LICENCE, REGIONS_SOURCE


@dataclass(frozen=True)
class _Looked:
    """The choice that was asked for, what it covers, and the bids that the viewer may read."""

    choice: Choice
    portfolio: Portfolio
    listed: tuple[BidInMeeting, ...]
    kept: int
    places: int


@require_safe
@for_call_act(Act.COMPARE)
def portfolio(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The page: themes, regions and people, each as bars with their numbers, and the choice to try out."""
    looked = _look(request, found)
    title = _("What a choice would cover")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("Themes, regions and people of the bids, if these were chosen."),
        "looked": looked,
        "portfolio": looked.portfolio,
        "chosen_by": words.CHOSEN_BY[looked.choice.by],
        "people_columns": [_("Bids"), _("People"), _("Bids known in full"), _("Bids not known")],
        "people_rows": words.people_rows(looked.portfolio),
        "years": words.years_in_words(looked.portfolio.years),
        "no_limits": NO_LIMITS_SUPPLIED,
        "regions_source": f"{REGIONS_SOURCE}; {REGIONS_LICENCE}",
        "files": _files(request, found),
    }
    return render(request, "calls/portfolio.html", context)


@require_safe
@for_call_act(Act.COMPARE)
def portfolio_csv(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """All of it as one table."""
    looked = _look(request, found)
    rows = words.table_of(looked.portfolio, looked.choice, looked.listed)
    return csv_file(words.COLUMNS, rows, f"{found.row.slug}-choice")


@require_safe
@for_call_act(Act.COMPARE)
def portfolio_workbook(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The same as a workbook."""
    looked = _look(request, found)
    sheets = words.sheets_of(looked.portfolio, looked.choice, looked.listed)
    return workbook_file(sheets, f"{found.row.slug}-choice")


def _look(request: HttpRequest, found: OpenedCall) -> _Looked:
    meeting = meeting_of(found.row, found.viewer)
    asked = request.GET.get("places", "")
    places = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
    choice = choice_of(found.row, meeting, ticked=request.GET.getlist("bid"), places=places)
    listed = tuple(each for each in meeting.bids if not each.is_kept)
    return _Looked(
        choice,
        portfolio_of(listed, choice.bids),
        listed,
        len(meeting.bids) - len(listed),
        found.row.number_of_places if places is None else places,
    )


def _files(request: HttpRequest, found: OpenedCall) -> list[tuple[str, str]]:
    """The tables of the choice that is looked at."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    where = [found.programme.slug, found.row.slug]
    kinds = {"CSV": "csv", "XLSX": "workbook"}
    return [(label, reverse(f"calls:portfolio-{kind}", args=where) + asked) for label, kind in kinds.items()]
