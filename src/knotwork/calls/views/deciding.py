"""The decision of a call: proposed, written, put before those who sign, taken back, signed, read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.calls import rules, services
from knotwork.calls.decision_forms import OutcomesForm, SignDecisionForm, TakeBackForm
from knotwork.calls.decision_queries import DecisionView, decision_view, standing_decision, taken_back_of
from knotwork.calls.decision_rules import (
    DecisionAct,
    decision_acts_of,
    may_with_decision,
)
from knotwork.calls.exports import DECISION_COLUMNS, SIGNATURE_COLUMNS, decision_rows, signature_rows
from knotwork.calls.models import Decision
from knotwork.calls.rules import Act
from knotwork.calls.views.found import (
    FormPage,
    OpenedCall,
    View,
    answer_form,
    call_surroundings,
    for_call_act,
    posted,
)
from knotwork.core.pages.answers import SeeOther, csv_file, workbook_file
from knotwork.core.pages.forms import PlainForm
from knotwork.core.rules import Refused, require
from knotwork.formats.sheets import Sheet

ON_ONE_PAGE = 100
DONE = {
    "proposed": gettext_lazy("A decision is begun. Write an outcome and a reason for each bid."),
    "kept": gettext_lazy("It is kept."),
    "put": gettext_lazy("The decision lies before those who sign. Its lines stay as they are."),
    "taken-back": gettext_lazy(
        "The decision is taken back. You can propose another one; it begins with these lines."
    ),
    "signed": gettext_lazy("Thank you. Your name stands under the decision."),
    "in-force": gettext_lazy(
        "The decision is in force. The letters are put together, and nobody was told yet."
    ),
}


@dataclass(frozen=True)
class OpenedDecision:
    """The standing decision of a call that somebody opened."""

    call: OpenedCall
    row: Decision
    view: DecisionView

    @property
    def url(self) -> str:
        return decision_url(self.call)


def decision_url(found: OpenedCall) -> str:
    """The page of the decision of this call."""
    return reverse("calls:decision", args=[found.programme.slug, found.row.slug])


def for_decision(act: DecisionAct | None = None) -> Callable[[View], View]:
    """Only for those who may read the decision, and do this with it now."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, found: OpenedCall, **words: Any) -> HttpResponseBase:
            row = standing_decision(found.row)
            read = None if row is None else decision_view(row, found.viewer)
            if row is None or read is None:
                raise Http404
            if act is not None:
                require(may_with_decision(found.viewer, act, row))
            return view(request, OpenedDecision(found, row, read), **words)

        return for_call_act(Act.READ_DECISION)(answer)

    return guarded


@require_safe
@for_call_act(Act.READ_DECISION)
def decision(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The record: outcomes with their reasons, who signed, what was taken back and why. It prints as it stands."""
    row = standing_decision(found.row)
    acts = frozenset() if row is None else decision_acts_of(found.viewer, row)
    signing = None if row is None else may_with_decision(found.viewer, DecisionAct.SIGN, row)
    title = _("The decision")
    context = call_surroundings(found, title) | {
        "page_title": _("The decision on “%(call)s”") % {"call": found.row.title},
        "page_description": _("What is to become of each bid, with the reason, and who signed."),
        "decision": None if row is None else decision_view(row, found.viewer),
        "is_begun": row is not None,
        "acts": {act.value: True for act in acts},
        "why_not_sign": "" if signing is None or signing else signing.reason,
        "may_propose": row is None and bool(rules.may(found.viewer, Act.DECIDE, found.row)),
        "may_read_letters": bool(rules.may(found.viewer, Act.READ_LETTERS, found.row)),
        "taken_back": taken_back_of(found.row),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.DECIDE)
def propose(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Begin a decision."""
    lede = _(
        "Every bid that was handed in gets a line with its outcome and a reason. Two other people sign it."
    )
    page = FormPage(_("Propose a decision"), lede, _("Begin it"), "proposed")

    def write() -> str:
        services.propose(found.row.public_id, by=found.viewer)
        return f"{decision_url(found)}lines/"

    return answer_form(request, page, PlainForm(posted(request)), found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_decision(DecisionAct.WRITE)
def lines(request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """Outcome and reason of each bid on one page; what is missing is asked for only when it is put before others."""
    page = Paginator(found.view.lines, ON_ONE_PAGE).get_page(request.GET.get("page"))
    form = OutcomesForm(posted(request), lines=page.object_list, initial={"words": found.row.words})
    if request.method == "POST" and form.is_valid():
        try:
            services.say_outcomes(
                found.row.public_id, form.said(), form.cleaned_data["words"], by=found.call.viewer
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            onwards = f"?page={page.next_page_number()}" if page.has_next() else ""
            return SeeOther(f"{found.url}lines/{onwards}" if onwards else f"{found.url}?done=kept")
    places = found.call.row.number_of_places
    words = ngettext(
        "%(chosen)d of at most %(places)d place is chosen so far.",
        "%(chosen)d of at most %(places)d places are chosen so far.",
        places,
    )
    title = _("Outcomes and reasons")
    context = call_surroundings(found.call, title) | {
        "page_title": title,
        "page_description": _("What is to become of each bid, and why."),
        "lede": words % {"chosen": len(found.view.chosen), "places": places},
        "form": form,
        "page": page,
        "back_url": found.url,
    }
    return render(
        request, "calls/decision_lines.html", context, status=422 if form.is_bound and form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_decision(DecisionAct.PUT)
def put(request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """Lay it before those who sign."""
    lede = _(
        "Two people of the team or the panel sign it; whoever proposed it does not. From now on its lines stay."
    )
    page = FormPage(_("Put it before those who sign"), lede, _("Put it before them"), "put")

    def write() -> str:
        services.put(found.row.public_id, by=found.call.viewer)
        return f"{found.url}?done=put"

    return answer_form(request, page, PlainForm(posted(request)), found.call, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_decision(DecisionAct.TAKE_BACK)
def take_back(request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """Take it back, with the reason."""
    form = TakeBackForm(posted(request))
    lede = _(
        "Signatures under it count no more. You can propose another one, which begins with the same lines."
    )
    page = FormPage(_("Take the decision back"), lede, _("Take it back"), "taken-back")

    def write() -> str:
        services.take_back_decision(found.row.public_id, form.cleaned_data["why"], by=found.call.viewer)
        return f"{found.url}?done=taken-back"

    return answer_form(request, page, form, found.call, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_decision(DecisionAct.SIGN)
def sign(request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """Sign it. The second signature puts it in force."""
    form = SignDecisionForm(posted(request))
    count = len(found.view.chosen)
    words = ngettext(
        "%(count)d bid is chosen. With the second signature the decision is in force and stays for good.",
        "%(count)d bids are chosen. With the second signature the decision is in force and stays for good.",
        count,
    )
    page = FormPage(_("Sign the decision"), words % {"count": count}, _("Sign it"), "signed")

    def write() -> str:
        is_in_force = services.sign_decision(
            found.row.public_id, form.cleaned_data["name"], by=found.call.viewer
        )
        return f"{found.url}?done={'in-force' if is_in_force else 'signed'}"

    return answer_form(request, page, form, found.call, write)


@require_safe
@for_decision()
def decision_csv(_request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """Outcomes and reasons as a table."""
    return csv_file(DECISION_COLUMNS, decision_rows(found.view), f"{found.call.row.slug}-decision")


@require_safe
@for_decision()
def decision_workbook(_request: HttpRequest, found: OpenedDecision) -> HttpResponse:
    """The same as a workbook, with a sheet of who signed."""
    sheets = [
        Sheet(_("Decision"), DECISION_COLUMNS, decision_rows(found.view)),
        Sheet(_("Signatures"), SIGNATURE_COLUMNS, signature_rows(found.call.row, found.view)),
    ]
    return workbook_file(sheets, f"{found.call.row.slug}-decision")
