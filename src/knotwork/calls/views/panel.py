"""The team makes up the panel, looks for conflicts, says who reads what, and leads the call on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotwork.calls import rules, services
from knotwork.calls.models import CallStage
from knotwork.calls.panel_forms import ByHandForm, EachForm, LeadOnForm, ReviewerForm, WhyForm
from knotwork.calls.panel_queries import (
    PanelView,
    choices_of_panel,
    missing_reviews,
    next_stages,
    panel_of,
    standing_assignments,
)
from knotwork.calls.rules import Act
from knotwork.calls.views.found import (
    FormPage,
    OpenedCall,
    answer_form,
    call_surroundings,
    for_call_act,
    posted,
)
from knotwork.core.pages.answers import SeeOther, csv_file, workbook_file
from knotwork.core.rules import Decision, require
from knotwork.formats.sheets import Sheet

DONE = {
    "appointed": gettext_lazy("The letter is on its way. She says first which bids she must not judge."),
    "ended": gettext_lazy("This has ended, with your reason."),
    "looked": gettext_lazy("Conflicts were looked for; what was found stands below."),
    "assigned": gettext_lazy("Every bid has its readers."),
    "by-hand": gettext_lazy("She reads this bid."),
}


@require_safe
@for_call_act(Act.SEE_PANEL)
def panel(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Who sits on the panel, what each must not judge, and the grid of bids and reviewers."""
    view = panel_of(found.row, found.viewer)
    title = _("The panel")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("Who reviews bids, what each must not judge, and how far it is."),
        "panel": view,
        "columns": _columns(view),
        "rows": _rows(view),
        "acts": {act.value: True for act in rules.acts_of(found.viewer, found.row)},
        "assignments": standing_assignments(found.row, found.viewer),
        "is_opened": found.row.opened_at is not None,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/panel.html", context)


@require_safe
@for_call_act(Act.SEE_PANEL)
def panel_csv(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The grid as a table."""
    view = panel_of(found.row, found.viewer)
    return csv_file(_columns(view), _rows(view), f"{found.row.slug}-panel")


@require_safe
@for_call_act(Act.SEE_PANEL)
def panel_workbook(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The grid as a workbook."""
    view = panel_of(found.row, found.viewer)
    return workbook_file([Sheet(_("Panel"), _columns(view), _rows(view))], f"{found.row.slug}-panel")


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.APPOINT)
def appoint(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Ask somebody onto the panel."""
    form = ReviewerForm(posted(request))

    def write() -> str:
        services.appoint_reviewer(found.row.public_id, form.words(), by=found.viewer)
        return _panel_url(found, "appointed")

    lede = _("She gets a letter, and reads bids once they are opened and she has declared her conflicts.")
    return answer_form(request, FormPage(_("Add a reviewer"), lede, _("Ask her"), ""), form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.APPOINT)
def end_reviewer(request: HttpRequest, found: OpenedCall, reviewer: UUID) -> HttpResponse:
    """Somebody leaves the panel."""
    lede = _("What she handed in stays and counts. What she has not handed in is given to others.")
    return _ends(
        request,
        found,
        _("Leaves the panel"),
        lede,
        lambda why: services.end_reviewer(reviewer, why, by=found.viewer),
    )


@require_POST
@for_call_act(Act.APPOINT)
def find_conflicts(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Look for shared organisations and persons now."""
    services.find_conflicts(found.row.public_id, by=found.viewer)
    return SeeOther(_panel_url(found, "looked"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.APPOINT)
def end_conflict(request: HttpRequest, found: OpenedCall, conflict: UUID) -> HttpResponse:
    """A conflict was a mistake."""
    lede = _("For example: two organisations have the same name. It will not be found again.")
    return _ends(
        request,
        found,
        _("This is no conflict"),
        lede,
        lambda why: services.end_conflict(conflict, why, by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.ASSIGN)
def assign(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Give every bid its readers, in one press."""
    form = EachForm(posted(request))

    def write() -> str:
        services.assign(found.row.public_id, form.cleaned_data["each"], by=found.viewer)
        return _panel_url(found, "assigned")

    lede = _(
        "Nobody reads a bid that she must not judge, and everybody reads about as many. Who reads already goes on "
        "reading. Whoever has not declared her conflicts yet gets none."
    )
    return answer_form(
        request, FormPage(_("Who reads which bid"), lede, _("Fill up"), ""), form, found, write
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.ASSIGN)
def assign_by_hand(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Ask one reviewer for one bid."""
    reviewers, read = choices_of_panel(found.row, found.viewer)
    form = ByHandForm(posted(request), reviewers=reviewers, bids=read)

    def write() -> str:
        said = form.cleaned_data
        services.assign_by_hand(UUID(said["reviewer"]), UUID(said["bid"]), said["why"], by=found.viewer)
        return _panel_url(found, "by-hand")

    lede = _("Those who have declared can be chosen. It is never done across a conflict.")
    return answer_form(request, FormPage(_("One bid by hand"), lede, _("Ask her"), ""), form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.ASSIGN)
def end_assignment(request: HttpRequest, found: OpenedCall, assignment: UUID) -> HttpResponse:
    """Somebody reads a bid no more."""
    lede = _("What she scored of this bid counts no more. The method does not put the two together again.")
    return _ends(
        request,
        found,
        _("Reads this bid no more"),
        lede,
        lambda why: services.end_assignment(assignment, why, by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.LEAD_ON)
def lead_on(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Lead the call to its next stage."""
    stages = [(stage, str(CallStage(stage).label).capitalize()) for stage in next_stages(found.row)]
    require(Decision(bool(stages), _("From here the call goes on by its decision.")))
    form = LeadOnForm(posted(request), stages=stages)
    missing = missing_reviews(found.row) if found.row.stage == CallStage.REVIEW else 0
    lede = _("Now: %(now)s. Next: %(next)s. There is no way back.") % {
        "now": found.row.get_stage_display(),
        "next": ", ".join(str(CallStage(stage).label) for stage, _label in stages),
    }
    if missing:
        lede += " " + ngettext(
            "%(count)d review is not handed in yet.", "%(count)d reviews are not handed in yet.", missing
        ) % {"count": missing}
    page = FormPage(_("Lead the call on"), lede, _("Lead on"), "led-on")
    return answer_form(
        request,
        page,
        form,
        found,
        lambda: services.lead_on(found.row.public_id, form.cleaned_data["stage"], by=found.viewer),
    )


def _ends(request: HttpRequest, found: OpenedCall, title: str, lede: str, end: Any) -> HttpResponse:
    form = WhyForm(posted(request))

    def write() -> str:
        end(form.cleaned_data["why"])
        return _panel_url(found, "ended")

    return answer_form(request, FormPage(title, lede, _("End it"), ""), form, found, write)


def _panel_url(found: OpenedCall, done: str) -> str:
    return f"{found.url}panel/?done={done}"


def _columns(view: PanelView) -> tuple[str, ...]:
    return (_("Bid"), *view.names)


def _rows(view: PanelView) -> list[tuple[str, ...]]:
    hidden = (_("shown when you have handed in yours"),) * len(view.names)
    return [(row.name, *(row.cells or hidden)) for row in view.rows]
