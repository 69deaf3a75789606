"""Invitations: a host makes codes and hands them out; somebody comes with hers."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.conversations import codes, rules, services
from knotwork.conversations.forms.inviting import InvitationsForm, InvitedForm
from knotwork.conversations.models import InvitationBatch
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.invitations import batches_of, part_named
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.browser import remember, token_of
from knotwork.conversations.views.found import crumbs_to, found, not_taken, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.pages.languages import in_the_readers_language
from knotwork.core.rules import require


@never_cache
@login_required
@sensitive_variables("fresh", "made")
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The batches that were made, and the making of another; codes are on the page that makes them and only there."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(rules.can_host(viewer, where))
    may_invite = rules.can_invite(viewer, where)
    form = InvitationsForm(request.POST if request.method == "POST" else None, parts=where.named_parts)
    made = []
    if form.is_valid():
        words = form.cleaned_data
        _batch, fresh = services.make_invitations(
            where, words["how_many"], words["label"], words.get("named_part"), by=viewer
        )
        made = [
            (
                codes.grouped(code),
                request.build_absolute_uri(reverse("conversations:invited-link", args=[code])),
            )
            for code in fresh
        ]
    context = surroundings(where) | {
        "form": form,
        "made": made,
        "may_invite": may_invite,
        "batches": batches_of(where),
        "invited_url": request.build_absolute_uri(reverse("conversations:invited")),
        "crumbs": crumbs_to(where, _("Invitations")),
        "page_title": _("Invitations"),
    }
    status = 422 if form.is_bound and not made else 200
    return render(request, "conversations/invitations.html", context, status=status)


@login_required
@require_POST
def end_invitations(request: HttpRequest, programme: str, conversation: str, batch: UUID) -> HttpResponse:
    """Let the codes of one batch that nobody has used end."""
    where = found(request, programme, conversation)
    require(rules.can_host(viewer_of(request), where))
    row = InvitationBatch.objects.filter(conversation=where, public_id=batch).first()
    if row is None:
        raise Http404
    row.conversation = where
    services.end_invitations(row, by=viewer_of(request))
    return SeeOther(address_of(where, "invitations"))


@in_the_readers_language
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Type the code of an invitation."""
    form = InvitedForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        code = codes.understood(form.cleaned_data["code"])
        try:
            services.look_at_invitation(form.cleaned_data["code"], network_of(request))
        except NotTaken as refusal:
            form.add_error("code", refusal.reason)
            status = refusal.status
        except SlowDown as refusal:
            form.add_error("code", refusal.reason)
            status = 429
        else:
            return SeeOther(reverse("conversations:invited-link", args=[code]))
    return _type_the_code(request, form, status)


def _type_the_code(request: HttpRequest, form: InvitedForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "page_title": _("You are invited"),
        "page_description": _("Take part with the code that you were given."),
    }
    return render(request, "conversations/invited.html", context, status=status)


@in_the_readers_language
@never_cache
@sensitive_variables("code")
@require_http_methods(["GET", "POST"])
def invited_with(request: HttpRequest, code: str) -> HttpResponse:
    """What the invitation is to, and as what one is counted; then, at the press of a button, take part."""
    try:
        invitation = services.look_at_invitation(code, network_of(request))
    except NotTaken as refusal:
        form = InvitedForm({"code": code})
        form.add_error("code", refusal.reason)
        return _type_the_code(request, form, refusal.status)
    where = invitation.batch.conversation
    if request.method == "POST":
        token = token_of(request)
        try:
            services.use_invitation(code, token, network_of(request))
        except NotTaken as refusal:
            return not_taken(request, where, refusal)
        return remember(request, SeeOther(address_of(where)), token)
    context = surroundings(where) | {
        "code": code,
        "part": part_named(where, invitation.batch.named_part),
        "is_used": invitation.is_used,
        "may_use": rules.can_use_invitation(where),
        "page_title": _("You are invited"),
    }
    return render(request, "conversations/invited_with.html", context)
