"""Plan a try-out on one page, change its words, tie it into the thread, take it out of sight."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.actions import services
from knotwork.actions.forms import LinksForm, NewTryOutForm, TryOutForm
from knotwork.actions.rules import Act
from knotwork.actions.services import TryOutWords
from knotwork.actions.views.found import (
    FormPage,
    Opened,
    answer_form,
    for_act,
    form_context,
    posted,
    surroundings,
    way_to,
)
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.core.strands.kinds import Bead, beads_of_place, label_of
from knotwork.core.strands.models import Relation
from knotwork.core.strands.queries import steps_from
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.forms import WithdrawForm
from knotwork.programmes.found import around, found_place, found_programme
from knotwork.programmes.models import Place
from knotwork.programmes.queries import PlaceView, ProgrammeView, organisation_names

_TIES: dict[str, Callable[..., UUID]] = {
    "statement": services.grew_out_of,
    "factor": services.act_on,
    "measure": services.measured_by,
}
_OWN = frozenset({Relation.BECAME, Relation.ACTS_ON, Relation.MEASURED_BY})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Plan a try-out for a place."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    where = found_place(programme, place, viewer)
    require(programme_rules.can(viewer, programme_rules.Act.WRITE, where.programme, where.id))
    return _planned(request, viewer, where.programme, where)


@require_http_methods(["GET", "HEAD", "POST"])
def new_for_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Plan a try-out for a programme as a whole."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    where = found_programme(programme, viewer)
    require(programme_rules.can(viewer, programme_rules.Act.WRITE, where))
    return _planned(request, viewer, where, None)


def _planned(
    request: HttpRequest, viewer: Viewer, programme: ProgrammeView, place: PlaceView | None
) -> HttpResponse:
    row = None if place is None else Place.objects.get(pk=place.id)
    form = NewTryOutForm(posted(request), place=row)
    choices = {} if place is None else beads_of_place(place.public_id, viewer)
    links = LinksForm(posted(request), choices=choices)
    if request.method == "POST" and form.is_valid() and links.is_valid():
        try:
            made = _write_new(form, links, programme, place, viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{reverse('actions:try-out', args=[programme.slug, made])}?done=planned")
    lede = _("Small, with an end. Only its name is needed now; you can fill in the rest before it starts.")
    context = around(programme) | form_context(form, _("Plan a try-out"), lede, _("Plan it"))
    context |= {
        "links": links,
        "organisations": organisation_names(),
        "crumbs": [
            *way_to(programme, (place.name, place.slug) if place else None),
            (_("Plan a try-out"), ""),
        ],
        "back_url": reverse("actions:place", args=[programme.slug, place.slug])
        if place
        else reverse("actions:programme", args=[programme.slug]),
    }
    return render(request, "actions/plan.html", context, status=422 if form.is_bound else 200)


def _write_new(
    form: NewTryOutForm,
    links: LinksForm,
    programme: ProgrammeView,
    place: PlaceView | None,
    viewer: Viewer,
) -> str:
    """The whole page or nothing; gives the slug."""
    words = form.words(TryOutWords("", language=programme.language))
    with transaction.atomic():
        made = services.plan(programme.id, words, by=viewer, place_id=place.id if place else None)
        for name in form.partner_names():
            services.add_partner(made.public_id, name, by=viewer)
        for kind, public_id in links.chosen().items():
            _TIES[kind](made.public_id, public_id, by=viewer)
    return made.slug


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.CHANGE_WORDS)
def change(request: HttpRequest, found: Opened) -> HttpResponse:
    """Change its words. What was fixed at the start is not among them."""
    stands = services.words_of(found.view.public_id, found.viewer)
    form = TryOutForm(
        posted(request), initial=vars(stands), place=found.row.place, is_fixed=found.view.is_fixed
    )
    fixed = _(
        "What you expect, by when, and when you would stop were fixed at the start. They stay as they are."
    )
    page = FormPage(
        _("Change its words"),
        fixed if found.view.is_fixed else _("Until it starts, all of it can change."),
        _("Save"),
        "changed",
    )

    def write() -> None:
        services.change(found.view.public_id, form.words(stands), by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.TIE)
def links(request: HttpRequest, found: Opened) -> HttpResponse:
    """What it grew out of, acts on and is measured by: add one of each, or take one off."""
    tied = [
        step.bead
        for step in steps_from("try_out", found.view.public_id, found.viewer)
        if step.relation in _OWN
    ]
    form = LinksForm(posted(request), choices=_not_tied(found, tied))
    if request.method == "POST" and form.is_valid():
        try:
            _retie(request, form, found, tied)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{found.view.url}?done=links")
    title = _("Tie it into the thread")
    lede = _(
        "What it grew out of, what it acts on, and what would show it. Others can then follow it both ways."
    )
    context = (
        surroundings(found, title)
        | form_context(form, title, lede, _("Save"))
        | {"tied": [(label_of(bead.kind), bead) for bead in tied]}
    )
    return render(request, "actions/links.html", context, status=422 if form.is_bound else 200)


def _not_tied(found: Opened, tied: list[Bead]) -> dict[str, list[Bead]]:
    if found.row.place is None:
        return {}
    of_place = beads_of_place(found.row.place.public_id, found.viewer)
    return {kind: [bead for bead in beads if bead not in tied] for kind, beads in of_place.items()}


def _retie(request: HttpRequest, form: LinksForm, found: Opened, tied: list[Bead]) -> None:
    to_untie = set(request.POST.getlist("untie"))
    with transaction.atomic():
        for bead in tied:
            if str(bead.public_id) in to_untie:
                services.untie_from(found.view.public_id, bead.kind, bead.public_id, by=found.viewer)
        for kind, public_id in form.chosen().items():
            _TIES[kind](found.view.public_id, public_id, by=found.viewer)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.WITHDRAW)
def withdraw(request: HttpRequest, found: Opened) -> HttpResponse:
    """Take it out of sight, with a reason."""
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        services.withdraw(found.view.public_id, form.cleaned_data["reason"], by=found.viewer)
        return SeeOther(surroundings(found)["crumbs"][-2][1])
    lede = _(
        "Nobody sees it any more, and what is still only pledged leaves the ledger. If it did not work, stop it "
        "instead: others learn from that."
    )
    context: dict[str, Any] = surroundings(found, _("Take it out of sight"))
    context |= form_context(form, _("Take it out of sight"), lede, _("Take it out"))
    return render(request, "programmes/form.html", context, status=422 if form.is_bound else 200)
