"""Offer to help, ask somebody, answer; visits and their notes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.support import queries, services
from knotwork.support.forms import AskForm, ProfileForm, ShareForm, VisitForm
from knotwork.support.querysets import matches, visits
from knotwork.support.rules import Act, can
from knotwork.support.views.found import FormPage, Here, answer_form, for_act, found, posted, there


def _enablers_url(here: Here) -> str:
    return reverse("support:enablers", args=[here.programme.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.TAKE_PART)
def profile(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody writes her own profile."""
    mine = queries.my_profile(here.programme.id, here.viewer)
    initial = {"name": mine.name, "good_at": mine.good_at, "days": mine.days} if mine else None
    form = ProfileForm(posted(request), initial=initial)
    page = FormPage(
        _("Offer to help places"),
        _("You write it yourself. Places choose whom they ask, and you say yes or no each time."),
        _("Write it down"),
        "profile",
        _enablers_url(here),
    )

    def keep() -> None:
        services.write_profile(here.programme.id, services.ProfileWords(**form.cleaned_data), by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_POST
@for_act(None)
def take_back_profile(_request: HttpRequest, here: Here) -> HttpResponse:
    """Not offer to help any more."""
    mine = there(queries.my_profile(here.programme.id, here.viewer))
    services.take_back_profile(mine.public_id, by=here.viewer)
    return SeeOther(f"{_enablers_url(here)}?done=profile-back")


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.CHOOSE_ENABLER)
def ask(request: HttpRequest, here: Here, profile: UUID) -> HttpResponse:
    """A place asks somebody to help it."""
    shown = there(queries.profile_at(profile, here.viewer))
    form = AskForm(posted(request))
    page = FormPage(
        _("Ask %(name)s") % {"name": shown.name},
        _("They get a letter and say yes or no. Nobody else hears of it before."),
        _("Ask"),
        "asked",
    )

    def keep() -> None:
        services.ask_enabler(here.place_id, profile, form.cleaned_data["asked_for"], by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_POST
@for_act(None)
def answer(request: HttpRequest, here: Here, match: UUID) -> HttpResponse:
    """The enabler says yes or no."""
    there(matches().visible_to(here.viewer).filter(public_id=match).first())
    services.answer_place(match, accepts=request.POST.get("answer") == "yes", by=here.viewer)
    return SeeOther(f"{_enablers_url(here)}?done=answered")


@require_POST
@for_act(None)
def end(_request: HttpRequest, here: Here, match: UUID) -> HttpResponse:
    """The place or the enabler ends it, or the place takes back what it asked."""
    row = there(matches().visible_to(here.viewer).select_related("place").filter(public_id=match).first())
    services.end_match(match, by=here.viewer)
    return SeeOther(reverse("support:place", args=[here.programme.slug, row.place.slug]) + "?done=ended")


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(None)
def add_visit(request: HttpRequest, here: Here, match: UUID) -> HttpResponse:
    """The enabler writes down a visit."""
    mine = queries.my_matches(here.programme.id, here.viewer)
    shown = there(next((each for each in mine if each.public_id == match), None))
    form = VisitForm(posted(request))
    page = FormPage(
        _("A visit to %(place)s") % {"place": shown.where.name},
        _("The days count for everybody to see. Your note is for the people of the place and you."),
        _("Write it down"),
        "visit",
        shown.where.url,
    )

    def keep() -> None:
        services.add_visit(match, services.VisitWords(**form.cleaned_data), by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(None)
def share(request: HttpRequest, here: Here, visit: UUID) -> HttpResponse:
    """The place says who else may read a note."""
    rows = visits().with_note_for(here.viewer).select_related("match__place__programme")
    row = there(rows.filter(public_id=visit, match__place__programme_id=here.programme.id).first())
    place = row.match.place
    require(can(here.viewer, Act.SHARE_NOTE, place.programme, place.pk))
    form = ShareForm(posted(request), place=place, initial={"visibility": row.visibility})
    at_place = found(request, here.programme.slug, place.slug)
    page = FormPage(_("Who may read this note?"), row.note, _("Save"), "shared")

    def keep() -> None:
        services.share_note(visit, form.cleaned_data["visibility"], by=here.viewer)

    return answer_form(request, page, form, at_place, keep)


@require_POST
@for_act(None)
def take_out_visit(_request: HttpRequest, here: Here, visit: UUID) -> HttpResponse:
    """The enabler takes out what she wrote by mistake."""
    rows = visits().with_note_for(here.viewer).select_related("match__place")
    row = there(rows.filter(public_id=visit).first())
    services.take_out_visit(visit, "", by=here.viewer)
    return SeeOther(
        reverse("support:place", args=[here.programme.slug, row.match.place.slug]) + "?done=visit-out"
    )
