"""From a statement in one step: a factor, a try-out or a measure; from a factor: a try-out. Tied as it is made."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.actions.forms import TryOutForm
from knotwork.actions.services import TryOutWords
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead
from knotwork.measures.forms import ChoiceForm, IndicatorChoiceForm
from knotwork.measures.querysets import indicators
from knotwork.measures.rules import can_choose
from knotwork.programmes.models import Place
from knotwork.programmes.queries import partners_of, people_of_place
from knotwork.thread import services
from knotwork.thread.belonging import Belonging, belonging_of
from knotwork.thread.forms import ActOnForm
from knotwork.thread.views.walking import around_thing, found_walk


@dataclass(frozen=True)
class _From:
    """The statement or factor at hand, where it belongs, and who makes something of it."""

    here: Bead
    where: Belonging
    place: Place
    viewer: Viewer
    context: dict[str, Any]

    @property
    def thread_url(self) -> str:
        return thread_url(self.here.kind, self.here.public_id)


def _come_from(request: HttpRequest, thing: UUID, title: str, kind: str = "statement") -> _From:
    viewer = viewer_of(request)
    found = found_walk(kind, thing, viewer)
    where = belonging_of(found.here, viewer)
    require(services.can_tie(viewer, where))
    assert where.place is not None  # the rule asked for it
    place = Place.objects.select_related("programme").get(pk=where.place.id)
    return _From(found.here, where, place, viewer, around_thing(found, where) | {"page_title": title})


@never_cache
@login_required
@require_safe
def make(request: HttpRequest, thing: UUID) -> HttpResponse:
    """What a statement can become here."""
    come = _come_from(request, thing, _("What does it become?"))
    may_measure = can_choose(come.viewer, come.place.programme, come.place)
    return render(request, "thread/make.html", come.context | {"may_measure": bool(may_measure)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest, thing: UUID) -> HttpResponse:
    """Plan a try-out that grows out of a statement."""
    come = _come_from(request, thing, _("Try something out about it"))
    form = TryOutForm(
        request.POST if request.method == "POST" else None,
        place=come.place,
        initial={"what": _("Somebody said: “%(statement)s”") % {"statement": come.here.title}},
    )
    if form.is_valid():
        try:
            services.make_try_out(come.here, form.words(TryOutWords("")), come.where, by=come.viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(come.thread_url)
    lede = _("Only its name is needed now; you can fill in the rest before it starts.")
    return _form_page(request, come, form, lede, _("Plan it"))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def try_out_on(request: HttpRequest, thing: UUID) -> HttpResponse:
    """Plan a try-out that acts on a factor of a map, with the organisations of the place to choose from."""
    come = _come_from(request, thing, _("Try something out about it"), "factor")
    form = ActOnForm(
        request.POST if request.method == "POST" else None,
        place=come.place,
        organisations=_organisations(come.place),
        initial={"what": _("It acts on: %(factor)s.") % {"factor": come.here.title}},
    )
    if form.is_valid():
        chosen = form.cleaned_data.get("partners", [])
        try:
            services.make_try_out_on(
                come.here, form.words(TryOutWords("")), chosen, come.where, by=come.viewer
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(come.thread_url)
    lede = _("Only its name is needed now; you can fill in the rest before it starts.")
    return _form_page(request, come, form, lede, _("Plan it"))


def _organisations(place: Place) -> list[str]:
    """The partners of the place, and where its leads come from, each once."""
    names = [each.name for each in partners_of(place.programme.pk, place.pk)]
    return list(dict.fromkeys([*names, *people_of_place(place.pk).leads_from]))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, thing: UUID) -> HttpResponse:
    """Choose a measure that would show whether what a statement speaks of changes: the indicator, then its series."""
    come = _come_from(request, thing, _("Measure it"))
    require(can_choose(come.viewer, come.place.programme, come.place))
    held = indicators().by_key(come.place.programme)
    key = request.GET.get("indicator", "")
    if key not in held:
        come.context["form"] = IndicatorChoiceForm(programme=come.place.programme)
        come.context["has_indicators"] = bool(held)
        come.context["into"] = reverse("measures:import", args=[come.place.programme.slug])
        return render(request, "thread/make_measure.html", come.context)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None, place=come.place, indicator=held[key]
    )
    form.initial["why"] = _("Somebody said: “%(statement)s”") % {"statement": come.here.title}
    if form.is_valid():
        choice = replace(form.choice_made(), chosen_on=clock.now().date())
        try:
            services.make_measure(come.here, choice, come.where, by=come.viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(come.thread_url)
    lede = _("Choose it before you look at the figures, and say what you expect.")
    return _form_page(request, come, form, lede, _("Look at this"))


def _form_page(request: HttpRequest, come: _From, form: Form, lede: str, button: str) -> HttpResponse:
    context = come.context | {"form": form, "lede": lede, "button": button}
    return render(request, "thread/make_form.html", context, status=422 if form.is_bound else 200)
