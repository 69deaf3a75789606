"""Who takes part in a try-out, and who gives what."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.actions import services
from knotwork.actions.forms import STILL_OPEN, PartnerForm, PledgeForm, SettleForm
from knotwork.actions.models import PledgeState
from knotwork.actions.queries import pledges_of
from knotwork.actions.rules import Act
from knotwork.actions.views.found import FormPage, Opened, answer_form, for_act, posted
from knotwork.core.pages.answers import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.ADD_PARTNER)
def add_partner(request: HttpRequest, found: Opened) -> HttpResponse:
    """Say that an organisation takes part."""
    form = PartnerForm(posted(request))
    page = FormPage(
        _("Add an organisation"), _("Who takes part, and what it does here."), _("Add it"), "partner"
    )

    def write() -> None:
        said = form.cleaned_data
        services.add_partner(found.view.public_id, said["organisation"], does=said["does"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_POST
@for_act(Act.ADD_PARTNER)
def end_partner(_request: HttpRequest, found: Opened, partner: UUID) -> HttpResponse:
    """Take back that an organisation takes part."""
    services.end_partner(found.view.public_id, partner, by=found.viewer)
    return SeeOther(f"{found.view.url}?done=partner")


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.PLEDGE)
def add_pledge(request: HttpRequest, found: Opened) -> HttpResponse:
    """Write down what somebody offers or pledges."""
    form = PledgeForm(posted(request))
    page = FormPage(
        _("Who gives what?"),
        _("Money, time, a room, a van. Help in kind counts like money, and it may be without an amount."),
        _("Write it down"),
        "pledge",
    )

    def write() -> None:
        say = services.pledge if form.cleaned_data["is_firm"] == "pledge" else services.offer
        say(found.view.public_id, form.words(), by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.SETTLE_PLEDGE)
def settle_pledge(request: HttpRequest, found: Opened, pledge: UUID) -> HttpResponse:
    """Say what became of an offer or a pledge."""
    shown = next((each for each in pledges_of(found.row) if each.public_id == pledge), None)
    if shown is None:
        raise Http404
    if not shown.is_open:
        return SeeOther(found.view.url)
    form = SettleForm(posted(request), pledge=shown)
    words = f"{shown.organisation}: {shown.what}" + (f", {shown.amount}" if shown.amount else "")
    page = FormPage(_("What became of it?"), words, _("Save"), "pledge")

    def write() -> None:
        said = form.cleaned_data
        if said["became"] in (PledgeState.PLEDGED, STILL_OPEN):
            services.set_due(pledge, said["due_on"], by=found.viewer)
        if said["became"] == PledgeState.PLEDGED:
            services.make_firm(pledge, amount=said.get("amount"), by=found.viewer)
        elif said["became"] == PledgeState.GIVEN:
            services.mark_given(pledge, amount=said.get("amount"), by=found.viewer)
        elif said["became"] == PledgeState.WITHDRAWN:
            services.take_back(pledge, said["reason"], by=found.viewer)

    return answer_form(request, page, form, found, write)
