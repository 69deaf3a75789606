"""What is agreed, and the place's own word on it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.pages.answers import SeeOther
from knotwork.support import queries, services
from knotwork.support.forms import AgreementForm, MilestoneForm, WordForm
from knotwork.support.rules import Act
from knotwork.support.views.found import FormPage, Here, answer_form, for_act, posted, there


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.CHANGE_AGREEMENT)
def write(request: HttpRequest, here: Here) -> HttpResponse:
    """Write what is agreed, or change it."""
    place = here.row()
    stands = queries.agreement_of(place.public_id, here.viewer)
    initial = {"words": stands.words, "visibility": stands.visibility} if stands else None
    form = AgreementForm(posted(request), place=place, initial=initial)
    page = FormPage(
        _("What we agree"),
        _("Each side says yes for itself. If the words change, both say yes anew."),
        _("Write it down"),
        "agreement",
    )

    def keep() -> None:
        said = form.cleaned_data
        services.write_agreement(place.pk, said["words"], visibility=said["visibility"], by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_POST
@for_act(None)
def say_yes(request: HttpRequest, here: Here) -> HttpResponse:
    """One side says yes."""
    for_the_place = request.POST.get("side") == "place"
    services.say_yes(here.place_id, for_the_place=for_the_place, by=here.viewer)
    return SeeOther(f"{here.url}?done=agreed")


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.CHANGE_AGREEMENT)
def add_milestone(request: HttpRequest, here: Here) -> HttpResponse:
    """Add something that should be there by a day."""
    form = MilestoneForm(posted(request))
    page = FormPage(_("Add a milestone"), _("Few, and such that one can see them."), _("Add it"), "agreement")

    def keep() -> None:
        said = form.cleaned_data
        services.add_milestone(here.place_id, said["what"], said["due_on"], by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.SAY_WORD)
def say_word(request: HttpRequest, here: Here, milestone: UUID) -> HttpResponse:
    """The place says how a milestone stands."""
    agreement = there(queries.agreement_of(here.row().public_id, here.viewer))
    shown = there(next((each for each in agreement.milestones if each.public_id == milestone), None))
    form = WordForm(posted(request), initial={"word": shown.word, "why": shown.why})
    page = FormPage(_("How does it stand?"), shown.what, _("Say it"), "word")

    def keep() -> None:
        said = form.cleaned_data
        services.say_word(milestone, said["word"], said["why"], by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_POST
@for_act(Act.CHANGE_AGREEMENT)
def take_out(_request: HttpRequest, here: Here, milestone: UUID) -> HttpResponse:
    """Take a milestone out."""
    services.take_out_milestone(milestone, by=here.viewer)
    return SeeOther(f"{here.url}?done=agreement")
