"""A reviewer's own pages: what she must not judge, her list, and a review of one bid."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.calls import rules, services
from knotwork.calls.models import Assignment, Reviewer
from knotwork.calls.panel_forms import CorrectForm, DeclareForm, OrganisationsForm, ReviewForm
from knotwork.calls.queries import bid_row
from knotwork.calls.review_queries import (
    bids_to_name,
    own_assignment,
    own_reviews,
    place_on_panel,
    reviews_to_read,
)
from knotwork.calls.views.found import (
    FormPage,
    OpenedBid,
    OpenedCall,
    View,
    answer_form,
    bid_surroundings,
    call_surroundings,
    opened_call,
    posted,
)
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.forms import PlainForm
from knotwork.core.rules import Refused, require
from knotwork.programmes.found import found_programme

DONE = {
    "declared": gettext_lazy("Thank you. What you named is kept from you."),
    "organisations": gettext_lazy("Thank you. Bids that name one of them are kept from you."),
    "saved": gettext_lazy("Saved. Nobody else reads it until you hand it in."),
    "handed-in": gettext_lazy("Handed in. From now on you can read what others handed in."),
    "corrected": gettext_lazy("The new score stands, with what led you to it."),
}


@dataclass(frozen=True)
class OpenedReview(OpenedBid):
    """A bid that the viewer is asked to judge, with her own review of it."""

    assignment: Assignment

    @property
    def url(self) -> str:
        return f"{super().url}review/"


def for_reviewer(view: View) -> View:
    """Only for those who sit on the panel of this call now; everybody else finds no page."""

    @wraps(view)
    def answer(request: HttpRequest, programme: str, call: str, **words: Any) -> HttpResponseBase:
        if viewer_of(request).is_stranger:
            return redirect_to_login(request.get_full_path())
        found = opened_call(request, programme, call)
        reviewer = place_on_panel(found.row, found.viewer)
        if reviewer is None:
            raise Http404
        return view(request, found, reviewer, **words)

    return answer


def for_own_review(view: Callable[..., HttpResponseBase]) -> View:
    """Only for the reviewer who is asked to judge this bid; everybody else finds no page."""

    @wraps(view)
    def answer(request: HttpRequest, programme: str, call: str, bid: UUID, **words: Any) -> HttpResponseBase:
        viewer = viewer_of(request)
        if viewer.is_stranger:
            return redirect_to_login(request.get_full_path())
        where = found_programme(programme, viewer)
        row = bid_row(programme, call, bid, viewer)
        assignment = None if row is None else own_assignment(row, viewer)
        if row is None or assignment is None:
            raise Http404
        return view(request, OpenedReview(row, where, viewer, assignment), **words)

    return answer


@require_safe
@for_reviewer
def reviews(request: HttpRequest, found: OpenedCall, reviewer: Reviewer) -> HttpResponse:
    """What she is asked to judge, and how far she is. What she must not judge is asked for first."""
    listed = own_reviews(found.row, reviewer)
    title = _("Your reviews")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("The bids that you are asked to judge, and how far you are."),
        "listed": listed,
        "handed_in": sum(each.is_handed_in for each in listed),
        "criteria": found.row.criteria.count(),
        "reviewer": reviewer,
        "is_opened": found.row.opened_at is not None,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewer
def organisations(request: HttpRequest, found: OpenedCall, reviewer: Reviewer) -> HttpResponse:
    """For whom she works or speaks."""
    form = OrganisationsForm(posted(request), initial={"organisations": reviewer.organisations})

    def write() -> str:
        said = form.cleaned_data["organisations"]
        services.say_organisations(found.row.public_id, said, by=found.viewer)
        return f"{found.url}reviews/?done=organisations"

    page = FormPage(_("Your organisations"), _("So that nobody has to judge her own."), _("Save"), "")
    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewer
def declare(request: HttpRequest, found: OpenedCall, reviewer: Reviewer) -> HttpResponse:
    """Which bids she must not judge: listed by their names and organisations, and no more."""
    require(rules.may(found.viewer, rules.Act.READ_BIDS, found.row))
    listed = bids_to_name(found.row, reviewer)
    form = DeclareForm(posted(request), listed=listed)

    def write() -> str:
        services.declare_conflicts(found.row.public_id, form.whys(), by=found.viewer)
        return f"{found.url}reviews/?done=declared"

    page = FormPage(
        _("Which bids must you not judge?"),
        _(
            "Because you work or speak for somebody in it, are close to somebody, or have something to gain. Write why "
            "beside it; leave all others empty, and all of them if there is none."
        ),
        _("Declare"),
        "",
        "calls/declare.html",
        {"standing": [each for each in listed if each.conflict]},
    )
    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_review
def review(request: HttpRequest, found: OpenedReview) -> HttpResponse:
    """The bid, and beside it her boxes; once handed in, all reviews of it that were handed in."""
    assignment, call = found.assignment, found.row.call
    form = ReviewForm(posted(request), criteria=call.criteria.all(), drafts=assignment.drafts.all())
    if request.method == "POST" and form.is_valid():
        try:
            services.save_draft(assignment.public_id, form.drafts(), by=found.viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            goes_on = request.POST.get("then") == "hand-in"
            return SeeOther(f"{found.url}hand-in/" if goes_on else f"{found.url}?done=saved")
    may_write = bool(rules.may(found.viewer, rules.Act.REVIEW, call))
    is_handed_in = assignment.submitted_at is not None
    context = bid_surroundings(found, _("Review")) | {
        "page_title": _("Review of “%(bid)s”") % {"bid": found.row.place_name},
        "page_description": _("A score and a written reason for each criterion."),
        "form": form if may_write and not is_handed_in else None,
        "answers": found.row.answers.select_related("question").order_by("question__order", "question_id"),
        "partners": found.row.partners.all(),
        "files": found.row.files.all(),
        "given": reviews_to_read(found.row, assignment),
        "may_write": may_write,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "calls/review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_review
def submit(request: HttpRequest, found: OpenedReview) -> HttpResponse:
    """Hand it in, whole."""
    form = PlainForm(posted(request))
    page = FormPage(
        _("Hand the review in"),
        _(
            "Every criterion needs a score and a reason. Afterwards a score can be corrected, and what stood before "
            "stays on record. You can then read what others handed in on this bid."
        ),
        _("Hand it in now"),
        "handed-in",
    )
    return _answer(
        request,
        page,
        form,
        found,
        lambda: services.submit_review(found.assignment.public_id, by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_review
def correct(request: HttpRequest, found: OpenedReview, criterion: UUID) -> HttpResponse:
    """Put another score in the place of one that was handed in."""
    own = next(iter(reviews_to_read(found.row, found.assignment)), None)
    stands = next((one for one in own.scores if one.criterion == criterion), None) if own else None
    if stands is None:
        raise Http404
    form = CorrectForm(posted(request), initial={"score": stands.score, "reason": stands.reason})

    def write() -> None:
        services.correct_score(
            found.assignment.public_id, criterion, form.words(), form.cleaned_data["why"], by=found.viewer
        )

    page = FormPage(_("Correct a score"), stands.title, _("Correct it"), "corrected")
    return _answer(request, page, form, found, write)


def _answer(
    request: HttpRequest, page: FormPage, form: PlainForm, found: OpenedReview, write: Callable[[], None]
) -> HttpResponse:
    require(rules.may(found.viewer, rules.Act.REVIEW, found.row.call))
    return answer_form(request, page, form, found, write)
