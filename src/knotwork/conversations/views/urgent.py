"""Urgent questions: templates, one page that asks now, and the page on which it ends in something done."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.conversations import room_rules, rules, urgent_rules
from knotwork.conversations.forms.urgent import (
    DoneForm,
    GapsForm,
    OfferForm,
    TemplateForm,
    WhoWillActForm,
    as_prepared,
)
from knotwork.conversations.models import UrgentQuestion, UrgentTemplate
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.urgent import (
    asked_in,
    offers_made,
    offers_of,
    possible_duty_leads,
    templates_for,
    urgent_question_of,
    urgent_view,
)
from knotwork.conversations.services import urgent as services
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.short_links import short_link_of
from knotwork.conversations.urgent_rules import UrgentAct
from knotwork.conversations.views.browser import remember, token_of
from knotwork.conversations.views.found import about_programme, crumbs_to, found, not_taken, surroundings
from knotwork.conversations.views.hosting import places_hosted_by
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused, require
from knotwork.programmes.models import Programme
from knotwork.programmes.querysets import programmes


def _programme(request: HttpRequest, slug: str) -> Programme:
    """The programme at this address, for those who may prepare a conversation somewhere in it."""
    where = programmes().visible_to(viewer_of(request)).filter(slug=slug).first()
    if where is None:
        raise Http404
    require(rules.can_set_up_somewhere(viewer_of(request), where.pk))
    return where


def _crumbs(where: Programme, here: str = "") -> list[tuple[str, str]]:
    crumbs = [(_("Listen"), reverse("conversations:list"))]
    if here:
        return [*crumbs, (_("Urgent questions"), _list_url(where)), (here, "")]
    return [*crumbs, (_("Urgent questions"), "")]


def _list_url(where: Programme) -> str:
    return reverse("conversations:urgent-list", args=[where.slug])


@never_cache
@login_required
@require_safe
def templates(request: HttpRequest, programme: str) -> HttpResponse:
    """The templates, each with its button, and the urgent questions that were asked."""
    where = _programme(request, programme)
    viewer = viewer_of(request)
    context = about_programme(where) | {
        "templates": templates_for(viewer, where),
        "asked": asked_in(where, viewer),
        "crumbs": _crumbs(where),
        "page_title": _("Urgent questions"),
    }
    return render(request, "conversations/urgent/templates.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, programme: str) -> HttpResponse:
    """Prepare a template."""
    where = _programme(request, programme)
    form = _template_form(request, where, {"language": where.language, "open_hours": 6})
    if form.is_valid():
        try:
            services.prepare_template(where, form.prepared(), by=viewer_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.decision.reason)
        else:
            return SeeOther(_list_url(where))
    return _template_page(request, where, form, _("Prepare an urgent question"))


def _template_form(request: HttpRequest, where: Programme, initial: dict[str, Any]) -> TemplateForm:
    viewer = viewer_of(request)
    return TemplateForm(
        request.POST or None,
        initial=initial,
        places=places_hosted_by(viewer, where),
        programme_wide=bool(rules.can_set_up(viewer, where.pk)),
        leads=possible_duty_leads(where, rules.MODERATOR_ROLES),
    )


def _template_page(
    request: HttpRequest,
    where: Programme,
    form: TemplateForm,
    title: str,
    template: UrgentTemplate | None = None,
) -> HttpResponse:
    context = about_programme(where) | {
        "form": form,
        "template": template,
        "crumbs": _crumbs(where, title),
        "page_title": title,
        "list_url": _list_url(where),
    }
    status = 422 if form.is_bound else 200
    return render(request, "conversations/urgent/template.html", context, status=status)


def _template(request: HttpRequest, where: Programme, public_id: UUID) -> UrgentTemplate:
    rows = UrgentTemplate.objects.select_related("programme", "place")
    template = rows.filter(programme=where, public_id=public_id, withdrawn_at__isnull=True).first()
    if template is None:
        raise Http404
    require(urgent_rules.can_ask(viewer_of(request), template))
    return template


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, programme: str, template: UUID) -> HttpResponse:
    """Agree on other words, or use the template no more."""
    where = _programme(request, programme)
    row = _template(request, where, template)
    if request.POST.get("act") == "withdraw":
        services.withdraw_template(row, by=viewer_of(request))
        return SeeOther(_list_url(where))
    form = _template_form(request, where, as_prepared(row))
    if form.is_valid():
        try:
            services.change_template(row, form.prepared(), by=viewer_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.decision.reason)
        else:
            return SeeOther(_list_url(where))
    return _template_page(request, where, form, _("Change the template"), row)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, programme: str, template: UUID) -> HttpResponse:
    """Fill at most two gaps, read it once more, ask it."""
    where = _programme(request, programme)
    row = _template(request, where, template)
    form = GapsForm(request.POST if request.method == "POST" else None, template=row)
    if form.is_valid():
        try:
            asked = services.ask_now(row, form.cleaned_data, by=viewer_of(request))
        except NotTaken as refusal:
            form.add_error(None, refusal.reason)
        else:
            return SeeOther(address_of(asked.conversation, "urgent"))
    context = about_programme(where) | {
        "form": form,
        "template": row,
        "where": row.place or where,
        "crumbs": _crumbs(where, row.name),
        "page_title": row.name,
    }
    return render(request, "conversations/urgent/ask.html", context, status=422 if form.is_bound else 200)


def _question(request: HttpRequest, programme: str, conversation: str) -> UrgentQuestion:
    question = urgent_question_of(found(request, programme, conversation))
    if question is None:
        raise Http404
    return question


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def look_after(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The link to share, what people offer, who will act, and what was done."""
    question = _question(request, programme, conversation)
    where, viewer = question.conversation, viewer_of(request)
    require(urgent_rules.may(viewer, UrgentAct.LOOK_AFTER, question))
    act = request.POST.get("act", "")
    acting = WhoWillActForm(
        request.POST if act == "acting" else None, initial={"who_will_act": question.who_will_act}
    )
    done = DoneForm(request.POST if act == "done" else None)
    try:
        if acting.is_valid():
            services.say_who_will_act(question, acting.cleaned_data["who_will_act"], by=viewer)
            return SeeOther(address_of(where, "urgent"))
        if done.is_valid():
            services.say_done(question, done.cleaned_data["done"], by=viewer)
            return SeeOther(address_of(where, "urgent"))
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    context = surroundings(where) | {
        "urgent": urgent_view(question),
        "link": short_link_of(where),
        "offers": offers_of(question, viewer),
        "offers_made": offers_made(question),
        "has_duty_lead": question.duty_lead_id is not None,
        "acting_form": acting,
        "done_form": done,
        "may_say_who_acts": bool(urgent_rules.may(viewer, UrgentAct.SAY_WHO_ACTS, question)),
        "may_say_done": bool(urgent_rules.may(viewer, UrgentAct.SAY_DONE, question)),
        "can_put_on_screen": bool(room_rules.can_put_on_screen(viewer, where)),
        "crumbs": crumbs_to(where, _("Urgent question")),
        "page_title": where.question,
        "page_has_errors": acting.is_bound or done.is_bound,
    }
    status = 422 if context["page_has_errors"] else 200
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        return render(request, "conversations/urgent/look_after.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Say what one can do about it; without an account, and tied to no answers."""
    question = _question(request, programme, conversation)
    where = question.conversation
    decision = urgent_rules.can_offer(viewer_of(request), question)
    form = OfferForm(request.POST or None, has_duty_lead=question.duty_lead_id is not None)
    token = token_of(request)
    context = surroundings(where) | {
        "urgent": urgent_view(question),
        "form": form,
        "can_offer": decision,
        "just": request.GET.get("just", ""),
        "page_title": _("I can offer something"),
    }
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return remember(
            request, render(request, "conversations/urgent/offer.html", context, status=status), token
        )
    contact = form.cleaned_data.get("contact", "")
    try:
        services.offer(question, form.cleaned_data["text"], contact, token, network_of(request))
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    except SlowDown as refusal:
        form.add_error("text", refusal.reason)
        response = render(request, "conversations/urgent/offer.html", context, status=429)
        response["Retry-After"] = str(refusal.seconds)
        return response
    return remember(request, SeeOther(f"{address_of(where, 'offer')}?just=offered"), token)
