"""Try-outs for people who look: the lists, and one of them as a story."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knotwork.actions import rules
from knotwork.actions.models import TryOutStage
from knotwork.actions.numbers_figure import figure_of
from knotwork.actions.queries import (
    ListedTryOut,
    check_of,
    claim_of,
    cycles_of,
    handovers_of,
    key_sets_of,
    organisations_that_answer,
    other_causes_of,
    partners_of,
    try_outs_for,
)
from knotwork.actions.views.found import Opened, opened, surroundings, way_to
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation
from knotwork.core.strands.queries import Step, steps_from
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.found import around, found_programme, open_place
from knotwork.programmes.queries import PlaceView, ProgrammeView, places_of
from knotwork.programmes.standing import memberships_of
from knotwork.programmes.written import stage_choices

FEED_URL = "/feeds/actions.atom"
STATES = (
    (TryOutStage.GOING.value, gettext_lazy("Going on")),
    (TryOutStage.PLANNED.value, gettext_lazy("Planned")),
    (TryOutStage.STOPPED.value, gettext_lazy("Stopped early")),
    (TryOutStage.ENDED.value, gettext_lazy("Ended")),
)
DONE = {
    "planned": gettext_lazy("It is planned. Next: who gives what, and what must change around it."),
    "changed": gettext_lazy("The words are changed."),
    "started": gettext_lazy(
        "It has started. What you expect is fixed now, and everybody can hold it beside what happens."
    ),
    "stopped": gettext_lazy("It is stopped. Thank you for saying why: that is how others learn."),
    "ended": gettext_lazy("It has ended. Thank you for saying why: that is how others learn."),
    "told": gettext_lazy("What happened is written down."),
    "partner": gettext_lazy("Those who take part are written down."),
    "pledge": gettext_lazy("It is written down."),
    "around": gettext_lazy("What must change around it is written down."),
    "cycle": gettext_lazy("It is written down."),
    "cycle-begun": gettext_lazy("The cycle has begun. What you predicted is fixed now."),
    "checkable": gettext_lazy("The stop rule can be checked now. It speaks up by itself; people stop."),
    "number": gettext_lazy("The number is entered, and the stop rule was asked."),
    "cause": gettext_lazy("What else could explain it is written down."),
    "claimed": gettext_lazy("It is written down. Next: somebody of another organisation checks it."),
    "checked": gettext_lazy("Thank you. That you checked it stands beside it now."),
    "handed-over": gettext_lazy("It is handed over. Whoever leads it now is written to."),
    "answered": gettext_lazy("Thank you. Your answer stands on this page."),
    "links": gettext_lazy("It is tied into the thread."),
}


@require_safe
@kept_until_something_happens
def try_out_list(request: HttpRequest) -> HttpResponse:
    """Every try-out that the viewer may see."""
    viewer = viewer_of(request)
    context = _listing(request, try_outs_for(viewer)) | {
        "page_title": _("Try"),
        "page_description": _("What places try out, what they expect, and when they would stop."),
        "ways_in": [] if viewer.is_stranger else _ways_in(viewer),
        "feed_url": FEED_URL,
        "portfolio_url": reverse("actions:portfolio"),
    }
    return render(request, "actions/list.html", context)


@require_safe
@kept_until_something_happens
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """The try-outs of a programme and its places."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    listed = try_outs_for(viewer, programme=where.public_id)
    context = around(where) | _listing(request, listed)
    context |= {
        "page_title": _("What is tried out in %(name)s") % {"name": where.title},
        "page_description": _description(where.title),
        "crumbs": [*way_to(where)[:-1], (where.title, "")],
        "ways_in": [] if viewer.is_stranger else _ways_into_programme(where, viewer),
        "portfolio_url": reverse("actions:programme-portfolio", args=[where.slug]),
    }
    return render(request, "actions/list.html", context)


@require_safe
@kept_until_something_happens
def of_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """The try-outs of a place."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    listed = try_outs_for(viewer, place=where.public_id)
    may_plan = not viewer.is_stranger and programme_rules.can(
        viewer, programme_rules.Act.WRITE, where.programme, where.id
    )
    context = around(where.programme) | _listing(request, listed)
    context |= {
        "page_title": _("What is tried out in %(name)s") % {"name": where.name},
        "page_description": _description(where.name),
        "place": where,
        "crumbs": [*way_to(where.programme), (where.name, "")],
        "ways_in": [(_("Plan a try-out"), _new_url(where))] if may_plan else [],
        "quick_exit_url": QUICK_EXIT_URL if where.is_sensitive else "",
    }
    return render(request, "actions/list.html", context)


@require_safe
@kept_until_something_happens
def try_out(request: HttpRequest, programme: str, try_out: str) -> HttpResponse:
    """One try-out: why, what was expected before, who gives what, what must change, what happened."""
    found = opened(request, programme, try_out)
    each = found.view
    acts = rules.acts_of(found.viewer, found.row)
    context = surroundings(found) | _thread_of(steps_from("try_out", each.public_id, found.viewer))
    context |= _on_the_way(found, tuple(context["measures"])) | {
        "page_title": each.title,
        "page_description": each.what,
        "partners": partners_of(found.row),
        "key_sets": [key_set for key_set in key_sets_of(found.row) if key_set.said],
        "acts": {act.value: True for act in acts},
        "can_start": rules.can_start(found.viewer, found.row) if rules.Act.START in acts else None,
        "is_overdue": each.is_overdue(clock.now().date()),
        "who_reads": dict(stage_choices(found.row.place)).get(each.visibility, ""),
        "thread_url": thread_url("try_out", each.public_id),
        "done": "" if found.viewer.is_stranger else DONE.get(request.GET.get("done", ""), ""),
        "is_for_everybody": found.programme.is_public and each.visibility == "public",
    }
    return render(request, "actions/try_out.html", context)


def _on_the_way(found: Opened, measures: tuple[Bead, ...]) -> dict[str, Any]:
    """Its cycles, what its stop rule says, what else could explain a change, and what part it claims."""
    acts = rules.acts_of(found.viewer, found.row)
    answers_for = (
        frozenset() if found.viewer.is_stranger else organisations_that_answer(found.row, found.viewer)
    )
    cycles, check = cycles_of(found.row), check_of(found.row, found.viewer)
    return {
        "cycles": cycles,
        "may_plan_cycle": rules.Act.PLAN_CYCLE in acts and all(each.closed_on for each in cycles),
        "check": check,
        "numbers_figure": figure_of(found.view, check, cycles) if check else None,
        "other_causes": other_causes_of(found.row, found.viewer, measures),
        "claim": claim_of(found.row, found.viewer),
        "handovers": handovers_of(found.row) if acts else (),
        "answers_for": answers_for,
    }


def _description(name: str) -> str:
    return _("What %(name)s tries out, what is expected, when it would stop, and what came of it.") % {
        "name": name
    }


def _thread_of(steps: list[Step]) -> dict[str, Any]:
    """The things tied to a try-out, by what they are to it."""

    def ends(relation: Relation, *, forwards: bool) -> list[Any]:
        return [s.bead for s in steps if s.relation == relation and s.is_forwards == forwards]

    return {
        "grew_out_of": ends(Relation.BECAME, forwards=False),
        "acts_on": ends(Relation.ACTS_ON, forwards=True),
        "measures": ends(Relation.MEASURED_BY, forwards=True),
        "stories": ends(Relation.TOLD_IN, forwards=True),
        "leadership_notes": ends(Relation.PRACTISED_IN, forwards=False),
    }


def _listing(request: HttpRequest, listed: list[ListedTryOut]) -> dict[str, Any]:
    """The list with its filter: the states that occur, how often, and which one is chosen."""
    chosen = request.GET.get("state", "")
    chosen = chosen if any(code == chosen for code, _words in STATES) else ""
    counted = [(code, words, sum(each.stage == code for each in listed)) for code, words in STATES]
    return {
        "listed": [each for each in listed if not chosen or each.stage == chosen],
        "states": [entry for entry in counted if entry[2] or entry[0] == chosen],
        "state": chosen,
        "all_of_them": len(listed),
    }


def _ways_in(viewer: Viewer) -> list[tuple[str, str]]:
    """Where the viewer may plan a try-out: her places, and the lists of programmes in which she may for any place."""
    writers = [
        role for (_stage, role), acts in programme_rules.ACTS.items() if programme_rules.Act.WRITE in acts
    ]
    held = memberships_of(viewer).filter(role__in=writers).select_related("programme", "place")
    ways = {}
    for each in held.order_by("programme__order", "place__order", "pk"):
        slug = each.programme.slug
        if each.place is not None:
            ways[each.place.name] = reverse("actions:new", args=[slug, each.place.slug])
        else:
            ways[str(each.programme)] = reverse("actions:programme", args=[slug])
    return [(_("Plan a try-out for %(name)s") % {"name": name}, url) for name, url in ways.items()]


def _ways_into_programme(programme: ProgrammeView, viewer: Viewer) -> list[tuple[str, str]]:
    """The places of a programme for which the viewer may plan a try-out, and the programme as a whole."""
    act = programme_rules.Act.WRITE
    ways = [
        (
            _("Plan a try-out for %(name)s") % {"name": place.name},
            reverse("actions:new", args=[programme.slug, place.slug]),
        )
        for place in places_of(programme.id, viewer)
        if programme_rules.can(viewer, act, programme, place.id)
    ]
    if programme_rules.can(viewer, act, programme):
        url = reverse("actions:new-for-programme", args=[programme.slug])
        ways.append((_("Plan one for the whole programme"), url))
    return ways


def _new_url(place: PlaceView) -> str:
    return reverse("actions:new", args=[place.programme.slug, place.slug])
