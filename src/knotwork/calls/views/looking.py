"""Calls for people who look: the lists, one call on one page, and the self-test."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knotwork.calls import rules
from knotwork.calls.decision_queries import public_outcome
from knotwork.calls.forms import KnottyForm
from knotwork.calls.knotty import Verdict, how_knotty
from knotwork.calls.panel_queries import next_stages
from knotwork.calls.queries import calls_for, deadline_words, gets_of, listed_call, moment_words, own_bids
from knotwork.calls.review_queries import place_on_panel
from knotwork.calls.views.found import OpenedCall, call_surroundings, opened_call
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.components import Fact
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.queries import ProgrammeView

FEED_URL = "/feeds/calls.atom"
DONE = {
    "prepared": gettext_lazy("The call is prepared. Only the team sees it until you publish it."),
    "changed": gettext_lazy("The call is changed."),
    "published": gettext_lazy("The call is published."),
    "moved": gettext_lazy("The deadline is moved, and the reason stands on this page."),
    "led-on": gettext_lazy("The call is led on."),
    "opened": gettext_lazy("The bids are open. From now on the team and the reviewers can read them."),
}


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Every call that the viewer may see."""
    context = {
        "listed": calls_for(viewer_of(request)),
        "page_title": _("Calls"),
        "page_description": _(
            "Programmes that look for places: what for, until when, and what a place gets."
        ),
        "feed_url": FEED_URL,
    }
    return render(request, "calls/list.html", context)


@require_safe
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """The calls of a programme."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    context = around(where) | {
        "listed": calls_for(viewer, programme=where.public_id),
        "page_title": _("Calls of %(name)s") % {"name": where.title},
        "page_description": _("What %(name)s looks for, until when, and what a place gets.")
        % {"name": where.title},
        "crumbs": [(_("Calls"), reverse("calls:list")), (where.title, "")],
        "new_url": reverse("calls:new", args=[where.slug]) if _prepares(viewer, where) else "",
        "feed_url": FEED_URL,
    }
    return render(request, "calls/list.html", context)


@require_safe
def call(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """One call: what, for whom, until when, what a place gets, who decides, how to bid."""
    found = opened_call(request, programme, call)
    row, acts = found.row, rules.acts_of(found.viewer, found.row)
    listed = listed_call(row)
    context = call_surroundings(found) | {
        "page_title": row.title,
        "page_description": _("Deadline: %(deadline)s. %(aims)s")
        % {"deadline": listed.deadline_words, "aims": row.aims},
        "listed": listed,
        "facts": _facts_of(found),
        "criteria": row.criteria.all(),
        "questions": row.questions.all(),
        "deadline_changes": [
            (moment_words(row, each.before), moment_words(row, each.after), each.why)
            for each in row.deadline_changes.all()
        ],
        "acts": {act.value: True for act in acts},
        "begin_url": reverse(
            "calls:come-in" if found.viewer.is_stranger else "calls:begin", args=[programme, call]
        ),
        "own": own_bids(row, found.viewer),
        "has_next": rules.Act.LEAD_ON in acts and bool(next_stages(row)),
        "is_reviewer": place_on_panel(row, found.viewer) is not None,
        "outcome": public_outcome(row, found.viewer),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "is_for_everybody": found.programme.is_public
        and row.published_at is not None
        and row.visibility == "public",
    }
    return render(request, "calls/call.html", context)


@require_safe
def knotty_test(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Is this knotty? Nothing is kept: the answers stand in the address, and nowhere else."""
    found = opened_call(request, programme, call)
    has_answers = any(name in request.GET for name in KnottyForm().fields)
    form = KnottyForm(request.GET if has_answers else None)
    said = form.cleaned_data if has_answers and form.is_valid() else {}
    title = _("Is this knotty?")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("A short test with five questions. It may say that a project plan will do."),
        "form": form,
        "may_bid": rules.may(found.viewer, rules.Act.BID, found.row).allowed,
    }
    return render(request, "calls/knotty.html", context | verdict_context(said))


def verdict_context(answers: dict[str, str]) -> dict[str, Any]:
    """What the page of the self-test shows of its result."""
    result = how_knotty(answers)
    words = {
        Verdict.KNOTTY: _("Yes, this looks knotty."),
        Verdict.PERHAPS: _("Perhaps. Some of it is knotty, and some of it a plan could do."),
        Verdict.A_PLAN_WILL_DO: _(
            "Probably not. A project plan will do: somebody who does it, a date, and money."
        ),
        Verdict.UNANSWERED: "",
    }
    return {
        "verdict": words[result.verdict],
        "for_a_knot": result.for_a_knot,
        "for_a_plan": result.for_a_plan,
    }


def _facts_of(found: OpenedCall) -> list[Fact]:
    row = found.row
    facts = [
        Fact(_("Opens"), moment_words(row, row.opens_at)),
        Fact(_("Deadline"), deadline_words(row)),
        Fact(_("Places"), str(row.number_of_places)),
        *([Fact(_("What each place gets"), ", ".join(gets))] if (gets := gets_of(row)) else []),
        *([Fact(_("Who can bid"), row.eligibility)] if row.eligibility else []),
        *([Fact(_("Who decides"), row.who_decides)] if row.who_decides else []),
    ]
    if row.needs_sign_off:
        facts.append(Fact(_("Signature"), _("A named member of the sponsor's board signs the bid.")))
    return facts


def _prepares(viewer: Viewer, where: ProgrammeView) -> bool:
    return not viewer.is_stranger and bool(programme_rules.can(viewer, programme_rules.Act.LOOK_AFTER, where))
