"""A round of co-consulting: post a knot, see how others see it when one may, and say what the place takes."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import Decision, require
from knotwork.core.strands.addresses import thread_url
from knotwork.learning import services
from knotwork.learning.forms import (
    ConfirmForm,
    PerspectiveForm,
    RoundForm,
    TakeForm,
    WithdrawForm,
    perspective_stages,
    round_stages,
    stands_in_round,
)
from knotwork.learning.kinds import CONSULTING_ROUND, address_of
from knotwork.learning.queries import (
    RoundView,
    given_in,
    is_side,
    may_change,
    outcomes_of_round,
    perspective_at,
    round_acts,
)
from knotwork.learning.rules import Side
from knotwork.learning.views.found import (
    FormPage,
    answer_form,
    for_people_signed_in,
    posted,
    round_or_404,
    way_to,
)
from knotwork.learning.views.sessions import codes, with_ticked
from knotwork.learning.views.writing import require_change
from knotwork.programmes.found import around, found_place, found_programme
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.rules import Act, can

_DONE = {
    "written": gettext_lazy(
        "It is posted. People of the other places and enablers can answer it now, or when it opens."
    ),
    "changed": gettext_lazy("It is changed."),
    "given": gettext_lazy("Thank you. Now you can read what others gave."),
    "closed": gettext_lazy("The round is closed. Here is what was given."),
    "taken": gettext_lazy("It is kept. Those who gave a perspective can read what you take."),
    "perspective-withdrawn": gettext_lazy("It is taken out of sight. The reason stays in the record."),
}
_FOR_GIVERS = gettext_lazy(
    "Perspectives come from people of the other places of this programme, and from enablers."
)


@require_safe
def consulting_round(request: HttpRequest, programme: str, consulting_round: UUID) -> HttpResponse:
    """The knot, what was given as far as the reader may see it yet, and what the place takes."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    may = not viewer.is_stranger and may_change(CONSULTING_ROUND, consulting_round, viewer)
    context = around(where) | {
        "round": view,
        "time_zone": ZoneInfo(where.time_zone),
        "page_title": view.title,
        "page_description": view.text or view.title,
        "crumbs": way_to(where, view.place, _("Co-consulting")),
        "given": given_in(consulting_round, viewer),
        "acts": round_acts(consulting_round, viewer),
        "outcomes": outcomes_of_round(consulting_round, viewer),
        "change_url": address_of("consulting_round", programme, consulting_round, "change")
        if may and not view.has_closed
        else "",
        "withdraw_url": address_of("consulting_round", programme, consulting_round, "withdraw")
        if may
        else "",
        "thread_url": thread_url("consulting_round", consulting_round),
        "done": _DONE.get(request.GET.get("done", "")),
        "is_public": view.stage == Stage.PUBLIC,
    }
    return render(request, "learning/leading/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def new(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Post a knot of a place."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    require(can(viewer, Act.WRITE, where.programme, where.id))
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        form = RoundForm(posted(request), stages=round_stages(is_sensitive=where.is_sensitive))

        def write() -> str:
            words = form.words(where.programme.language)
            posted_now = services.post_knot(where.programme.id, words, by=viewer, place_id=where.id)
            return f"{address_of('consulting_round', programme, posted_now)}?done=written"

        page = FormPage(
            _("Ask how others see it"),
            _(
                "You post a knot. Others write how they see it, each without seeing the others. Then you say "
                "what you take."
            ),
            _("Post it"),
            reverse("learning:leading", args=[programme, place]),
            where,
        )
        return answer_form(request, page, form, where.programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def change(request: HttpRequest, programme: str, consulting_round: UUID) -> HttpResponse:
    """Change the question until it is answered, and the window until it has closed."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    require_change(CONSULTING_ROUND, view, viewer)
    with timezone.override(ZoneInfo(where.time_zone)):
        stages = round_stages(is_sensitive=_is_sensitive(view), initial=view.stage)
        form = RoundForm(posted(request), initial=stands_in_round(view), stages=stages)

        def write() -> str:
            services.change_knot(consulting_round, form.words(view.language), by=viewer)
            return f"{view.url}?done=changed"

        page = FormPage(_("Change what is asked"), view.title, _("Save"), view.url, view.place)
        return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def give(request: HttpRequest, programme: str, consulting_round: UUID) -> HttpResponse:
    """Give a perspective."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    if not viewer.is_administrator:
        require(Decision(is_side(consulting_round, viewer, Side.GIVES), str(_FOR_GIVERS)))
    form = PerspectiveForm(posted(request), stages=perspective_stages(is_sensitive=_is_sensitive(view)))

    def write() -> str:
        services.give_perspective(consulting_round, form.words(view.language), by=viewer)
        return f"{view.url}?done=given"

    page = FormPage(view.title, view.text, _("Give it"), view.url, view.place)
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def close(request: HttpRequest, programme: str, consulting_round: UUID) -> HttpResponse:
    """End the round before its time."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    require(can(viewer, Act.WRITE, where, view.place.id))

    def write() -> str:
        services.close_round(consulting_round, by=viewer)
        return f"{view.url}?done=closed"

    lede = _("It does not open again. Then everybody who may read this round reads what was given.")
    page = FormPage(_("Close the round now"), lede, _("Close it"), view.url, view.place)
    return answer_form(request, page, ConfirmForm(posted(request)), where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def take(request: HttpRequest, programme: str, consulting_round: UUID) -> HttpResponse:
    """Say what the place takes, and why."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    require(can(viewer, Act.WRITE, where, view.place.id))
    ticked = outcomes_of_round(consulting_round, viewer)
    form = TakeForm(
        posted(request),
        beads=with_ticked(ticked, view.place.public_id, viewer),
        initial={"takes": view.takes, "why": view.why, "outcomes": codes(ticked)},
    )

    def write() -> str:
        services.say_what_we_take(
            consulting_round,
            form.cleaned_data["takes"],
            form.cleaned_data["why"],
            by=viewer,
            outcomes=form.tied(),
        )
        return f"{view.url}?done=taken"

    page = FormPage(_("What do you take from it?"), view.title, _("Keep it"), view.url, view.place)
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def withdraw_perspective(
    request: HttpRequest, programme: str, consulting_round: UUID, perspective: UUID
) -> HttpResponse:
    """Take a perspective out of sight, with a reason."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = round_or_404(where, consulting_round, viewer)
    given = perspective_at(consulting_round, perspective, viewer)
    if given is None:
        raise Http404
    require(
        Decision(
            given.may_withdraw,
            _("Only whoever wrote this, the leads of the place and the team of the programme can change it."),
        )
    )
    form: Form = WithdrawForm(posted(request))

    def write() -> str:
        services.withdraw_perspective(perspective, form.cleaned_data["reason"], by=viewer)
        return f"{view.url}?done=perspective-withdrawn"

    page = FormPage(_("Take it out of sight"), "", _("Take it out of sight"), view.url, view.place)
    return answer_form(request, page, form, where, write)


def _is_sensitive(view: RoundView) -> bool:
    return Place.objects.values_list("is_sensitive", flat=True).get(pk=view.place.id)
