"""The team's pages about the hold before an election, what a conversation is not, and until when things are kept."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused
from knotwork.programmes import retention, services
from knotwork.programmes.duty_forms import ConsultationForm, HoldForm, KeepingForm
from knotwork.programmes.models import Programme
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.rules import Act
from knotwork.programmes.views.team import FormPage, answer_form, around, for_the_team, overview_url, posted


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_DUTIES)
def hold(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Set the hold before an election: from the first day to the last, both whole days in the programme's time."""
    zone, duties = ZoneInfo(programme.time_zone), programme.duties
    initial: dict[str, Any] = {"words": duties.hold_words, "is_shown": duties.hold_is_shown}
    if duties.hold_opens_at and duties.hold_closes_at:
        initial |= {
            "first_day": duties.hold_opens_at.astimezone(zone).date(),
            "last_day": (duties.hold_closes_at.astimezone(zone) - timedelta(microseconds=1)).date(),
        }
    form = HoldForm(posted(request), initial=initial)

    def write(words: dict[str, Any]) -> None:
        opens, closes = _start(words["first_day"], zone), _start(words["last_day"] + timedelta(days=1), zone)
        services.set_hold(
            programme.id, services.Hold(opens, closes, words["words"], words["is_shown"]), by=viewer
        )

    page = FormPage(
        _("Hold things back before an election"),
        _(
            "While it holds, people of places cannot show anything new to everybody, and are told why. What is "
            "public already stays, and may be mended. The team can show something that cannot wait."
        ),
        _("Set these days"),
        "hold",
        "duties",
    )
    return answer_form(request, page, form, programme, write)


@require_POST
@for_the_team(Act.KEEP_DUTIES)
def end_hold(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """End the hold now."""
    services.end_hold(programme.id, by=viewer)
    return SeeOther(f"{overview_url(programme.slug)}?done=hold-ended#duties")


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_DUTIES)
def consultation(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Whether people read that this is no statutory consultation, and in which words."""
    stands = Programme.objects.get(pk=programme.id)
    form = ConsultationForm(
        posted(request), initial={"is_said": stands.says_no_consultation, "words": stands.consultation_words}
    )

    def write(words: dict[str, Any]) -> None:
        services.say_what_this_is_not(programme.id, words["is_said"], words["words"], by=viewer)

    page = FormPage(
        _("This is not a statutory consultation"),
        _("People read it where they take part, and beside the results."),
        _("Save"),
        "consultation",
        "duties",
    )
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_DUTIES)
def keeping(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Until when what is about people is kept, with what would go if the day were today."""
    stands = Programme.objects.get(pk=programme.id)
    form = KeepingForm(posted(request), initial={"keep_until": stands.keep_until})
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_until(programme.id, form.cleaned_data["keep_until"], by=viewer)
        except Refused as refusal:
            form.add_error("keep_until", str(refusal))
        else:
            return SeeOther(f"{overview_url(programme.slug)}?done=keeping#duties")
    context = around(programme, _("How long things are kept")) | {
        "form": form,
        "page_title": _("How long things are kept"),
        "going": retention.preview(programme.id),
        "goes_on": retention.goes_on(stands),
        "told_at": stands.keep_told_at,
        "done_at": stands.keep_done_at,
    }
    return render(request, "programmes/keeping.html", context, status=422 if form.is_bound else 200)


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
