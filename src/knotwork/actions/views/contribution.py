"""What else could explain it, what part the try-out had, who checked it, how far what must change has come."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.actions import services
from knotwork.actions.forms import CheckClaimForm, ClaimForm, HandOverForm, OtherCauseForm, TurnForm
from knotwork.actions.models import ContributionClaim
from knotwork.actions.own_word import can_check, organisations_to_check_for
from knotwork.actions.queries import claim_of, key_of, other_causes_of, partners_of, who_may_lead
from knotwork.actions.rules import Act
from knotwork.actions.views.found import FormPage, Opened, answer_form, for_act, opened, posted
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.core.strands.kinds import beads_of_place
from knotwork.programmes.forms import WithdrawForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.NAME_OTHER_CAUSE)
def new_cause(request: HttpRequest, found: Opened) -> HttpResponse:
    """Say what else could explain it."""
    place = found.row.place
    of_place = {} if place is None else beads_of_place(place.public_id, found.viewer, kinds=["measure"])
    form = OtherCauseForm(posted(request), measures=of_place.get("measure", []))
    page = FormPage(
        _("What else could explain it?"),
        _("Other things happen at the same time. It stands beside every change from now on."),
        _("Write it down"),
        "cause",
    )
    return answer_form(
        request,
        page,
        form,
        found,
        lambda: services.name_other_cause(found.view.public_id, form.said(), by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.NAME_OTHER_CAUSE)
def withdraw_cause(request: HttpRequest, found: Opened, cause: UUID) -> HttpResponse:
    """Take one out, for mistakes."""
    shown = next((each for each in other_causes_of(found.row, found.viewer) if each.public_id == cause), None)
    if shown is None:
        raise Http404
    form = WithdrawForm(posted(request))
    page = FormPage(
        _("Take it out"),
        _("Only for mistakes. What was looked into and ruled out stays, as unlikely: “%(words)s”")
        % {"words": shown.words},
        _("Take it out"),
        "cause",
    )

    def write() -> None:
        services.withdraw_other_cause(cause, form.cleaned_data["reason"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.CLAIM)
def claim(request: HttpRequest, found: Opened) -> HttpResponse:
    """Say what changed and what part the try-out had in it."""
    stands = claim_of(found.row, found.viewer)
    initial = {} if stands is None else {"what_changed": stands.what_changed, "our_part": stands.our_part}
    form = ClaimForm(posted(request), initial=initial)
    page = FormPage(
        _("What changed, and our part in it"),
        _("Somebody of another organisation checks it. Changed words have to be checked again."),
        _("Save"),
        "claimed",
    )

    def write() -> None:
        said = form.cleaned_data
        services.claim(found.view.public_id, said["what_changed"], said["our_part"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
def check_claim(request: HttpRequest, programme: str, try_out: str) -> HttpResponse:
    """Somebody of another organisation confirms a claim."""
    if viewer_of(request).is_stranger:
        return redirect_to_login(request.get_full_path())
    found = opened(request, programme, try_out)
    held = ContributionClaim.objects.select_related("try_out").filter(try_out=found.row).first()
    if held is None:
        raise Http404
    require(can_check(found.viewer, held))
    if held.checked_at is not None:
        return SeeOther(found.view.url)
    form = CheckClaimForm(posted(request), organisations=_to_check_for(found, held))
    page = FormPage(
        _("Check what is claimed"), f"{held.what_changed} {held.our_part}", _("I have checked it"), "checked"
    )

    def write() -> None:
        said = form.cleaned_data
        services.check_claim(
            found.view.public_id, said["name"], said["organisation"], says=said["says"], by=found.viewer
        )

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.SAY_WHAT_MUST_CHANGE)
def turn(request: HttpRequest, found: Opened, key: str) -> HttpResponse:
    """Say how far something has come that must change."""
    shown = key_of(found.row, key)
    if shown is None:
        raise Http404
    form = TurnForm(posted(request), initial={"on": clock.now().date()})
    page = FormPage(_("%(key)s: how far is it?") % {"key": shown.title}, shown.words, _("Save"), "around")

    def write() -> None:
        said = form.cleaned_data
        services.say_how_it_turns(
            found.view.public_id, key, said["state"], said["words"], on=said["on"], by=found.viewer
        )

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.HAND_OVER)
def hand_over(request: HttpRequest, found: Opened) -> HttpResponse:
    """Give the try-out to another of the place."""
    form = HandOverForm(posted(request), people=who_may_lead(found.row))
    page = FormPage(
        _("Hand it over"),
        _("Somebody who holds a role here leads it from now on. She is written to."),
        _("Hand it over"),
        "handed-over",
    )

    def write() -> None:
        said = form.cleaned_data
        services.hand_over(found.view.public_id, UUID(said["to"]), said["note"], by=found.viewer)

    return answer_form(request, page, form, found, write)


def _to_check_for(found: Opened, held: ContributionClaim) -> list[str]:
    if found.viewer.is_administrator:
        return [each.name for each in partners_of(found.row)]
    return [each.name for each in organisations_to_check_for(found.viewer, held)]
