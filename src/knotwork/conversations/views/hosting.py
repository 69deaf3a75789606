"""Prepare a conversation on one page, open it, close it."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.conversations import rules, services
from knotwork.conversations.forms import RewordForm, SetUpForm, as_typed
from knotwork.conversations.models import Conversation, Moderation, ResultsShown
from knotwork.conversations.queries import address_of
from knotwork.conversations.services.conversations import seeds_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.found import (
    about_programme,
    crumbs_to,
    found,
    not_taken,
    surroundings,
)
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.models import Place, Programme, Stage
from knotwork.programmes.querysets import PlaceQuerySet, places, programmes
from knotwork.programmes.standing import memberships_of

USUAL = {
    "results_after": 5,
    "asked_at_most": 40,
    "takes_statements": True,
    "moderation": Moderation.BEFORE,
    "visibility": Stage.PUBLIC,
    "shows_results": ResultsShown.AFTER_ANSWERS,
    "flags_to_hide": 0,
}
WORDS = (
    "question",
    "introduction",
    "seeds",
    "language",
    "parts_question",
    "parts",
    "groups_are_named",
    "is_by_invitation",
)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """Prepare a new conversation."""
    viewer = viewer_of(request)
    where = programmes().visible_to(viewer).filter(slug=programme).first()
    if where is None:
        raise Http404
    require(rules.can_set_up_somewhere(viewer, where.pk))
    with timezone.override(ZoneInfo(where.time_zone)):
        form = _form(request, viewer, where, USUAL | {"language": where.language})
        if request.method == "POST" and form.is_valid():
            conversation = services.set_up_conversation(where, form.set_up(), by=viewer)
            return SeeOther(address_of(conversation, "about"))
        context = about_programme(where) | {
            "form": form,
            "crumbs": [(_("Listen"), reverse("conversations:list")), (_("New conversation"), "")],
            "page_title": _("Prepare a conversation"),
        }
        return render(request, "conversations/set_up.html", context, status=422 if form.is_bound else 200)


def _form(
    request: HttpRequest, viewer: Viewer, programme: Programme, initial: dict[str, object]
) -> SetUpForm:
    return SetUpForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        places=places_hosted_by(viewer, programme),
        programme_wide=bool(rules.can_set_up(viewer, programme.pk)),
    )


def places_hosted_by(viewer: Viewer, programme: Programme) -> PlaceQuerySet:
    """Places for which she may prepare a conversation."""
    seen = places().visible_to(viewer).filter(programme=programme)
    if rules.can_set_up(viewer, programme.pk):
        return seen
    mine = memberships_of(viewer).filter(programme=programme, role__in=rules.HOST_ROLES)
    return seen.filter(pk__in=mine.values("place_id"))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Change a conversation. Its words stay once somebody has answered them."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(rules.can_host(viewer, where))
    may_reword = rules.can_reword(where)
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        form = _form(request, viewer, where.programme, as_typed(where, seeds_of(where)))
        _keep_current_place(form, where.place)
        for word in () if may_reword else WORDS:
            form.fields[word].disabled = True
        form.fields["publishes_votes"].disabled = not rules.can_publish_votes(where)
        if request.method == "POST" and form.is_valid() and _changed(form, where, viewer):
            return SeeOther(address_of(where, "about"))
        context = surroundings(where) | {
            "form": form,
            "may_reword": may_reword,
            "crumbs": crumbs_to(where, _("Set up")),
            "page_title": _("Change the conversation"),
        }
        return render(request, "conversations/set_up.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def reword(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Put the question in other words; the wording until now stays readable, with the reason."""
    where = found(request, programme, conversation)
    require(rules.can_host(viewer_of(request), where))
    form = RewordForm(request.POST or None, initial={"question": where.question})
    if form.is_valid():
        try:
            services.reword_question(where, **form.cleaned_data, by=viewer_of(request))
        except NotTaken as refusal:
            form.add_error(None, refusal.reason)
        else:
            return SeeOther(f"{address_of(where, 'about')}#wordings")
    context = surroundings(where) | {
        "form": form,
        "crumbs": crumbs_to(where, _("Other words")),
        "page_title": _("Put the question in other words"),
    }
    return render(request, "conversations/reword.html", context, status=422 if form.is_bound else 200)


def _keep_current_place(form: SetUpForm, place: Place | None) -> None:
    """The place it has stays among the choices, also a sensitive one."""
    if place is not None:
        choices = form.fields["place"]
        choices.queryset = choices.queryset | places().filter(pk=place.pk)  # type: ignore[attr-defined]


def _changed(form: SetUpForm, where: Conversation, viewer: Viewer) -> bool:
    """Whether it was taken; if somebody answered while the words were being changed, the form says so."""
    try:
        services.change_set_up(where, form.set_up(), by=viewer)
    except Refused as refusal:
        form.add_error(None, refusal.decision.reason)
        return False
    return True


@login_required
@require_POST
def open_it(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Let people answer."""
    where = found(request, programme, conversation)
    try:
        services.open_conversation(where, by=viewer_of(request))
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    return SeeOther(address_of(where, "about"))


@login_required
@require_POST
def close_it(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Take no more answers."""
    where = found(request, programme, conversation)
    services.close_conversation(where, by=viewer_of(request))
    return SeeOther(address_of(where, "about"))
