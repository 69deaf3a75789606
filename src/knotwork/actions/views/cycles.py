"""The cycles of a try-out, the stop rule that can be checked, and the numbers that it watches."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotwork.actions import services
from knotwork.actions.forms import CheckForm, CycleForm, NumberForm, StudyForm
from knotwork.actions.models import StopCheck
from knotwork.actions.numbers_figure import picture_of
from knotwork.actions.queries import CycleView, check_of, cycles_of, numbers_of, pledges_of
from knotwork.actions.rules import Act, may
from knotwork.actions.views.found import FormPage, Opened, answer_form, for_act, opened, posted
from knotwork.core import clock
from knotwork.core.pages.answers import SeeOther, csv_file, picture_file
from knotwork.core.rules import Refused
from knotwork.core.strands.kinds import Bead, beads_of_place


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.PLAN_CYCLE)
def new_cycle(request: HttpRequest, found: Opened) -> HttpResponse:
    """Plan a cycle, and perhaps begin it at once."""
    form = CycleForm(posted(request), may_begin=bool(may(found.viewer, Act.STUDY_CYCLE, found.row)))
    page = FormPage(
        _("Plan a cycle"),
        _("A cycle is one small test: a question, what you think will happen, and a look at what did."),
        _("Plan it"),
        "cycle",
    )

    def write() -> None:
        said = form.cleaned_data
        with transaction.atomic():
            made = services.plan_cycle(
                found.view.public_id, said["question"], said["prediction"], by=found.viewer
            )
            if said.get("begin"):
                services.begin_cycle(made, by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.PLAN_CYCLE)
def change_cycle(request: HttpRequest, found: Opened, cycle: UUID) -> HttpResponse:
    """Change what is asked and predicted, until the cycle begins."""
    shown = _cycle(found, cycle)
    if not shown.is_planned:
        return SeeOther(found.view.url)
    stands = {"question": shown.question, "prediction": shown.prediction}
    form = CycleForm(posted(request), initial=stands, may_begin=False)
    page = FormPage(_("Change the cycle"), _("Until it begins, all of it can change."), _("Save"), "cycle")

    def write() -> None:
        said = form.cleaned_data
        services.change_cycle(cycle, said["question"], said["prediction"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_POST
@for_act(Act.STUDY_CYCLE)
def begin_cycle(_request: HttpRequest, found: Opened, cycle: UUID) -> HttpResponse:
    """Begin a planned cycle; without a prediction it is filled in first."""
    shown = _cycle(found, cycle)
    try:
        services.begin_cycle(shown.public_id, by=found.viewer)
    except Refused:
        return SeeOther(f"{found.view.url}cycles/{cycle}/change/")
    return SeeOther(f"{found.view.url}?done=cycle-begun")


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.STUDY_CYCLE)
def study_cycle(request: HttpRequest, found: Opened, cycle: UUID) -> HttpResponse:
    """What was done and seen, what it cost, the number that is watched, and what comes next: on one page."""
    shown = _cycle(found, cycle)
    if not shown.is_open:
        return SeeOther(found.view.url)
    form = StudyForm(
        posted(request),
        cycle=shown,
        number_name=_number_name(found),
        pledges=[each for each in pledges_of(found.row) if not each.was_withdrawn],
    )
    page = FormPage(
        _("What came of cycle %(number)d") % {"number": shown.number},
        _("You predicted: %(prediction)s") % {"prediction": shown.prediction},
        _("Save"),
        "cycle",
    )

    def write() -> None:
        said = form.cleaned_data
        with transaction.atomic():
            services.study_cycle(cycle, form.study(), by=found.viewer)
            if said.get("number") is not None:
                _enter(found, said["number_on"], said["number"], cycle=cycle)
            if said["next_step"]:
                services.close_cycle(cycle, said["next_step"], said["why"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.MAKE_CHECKABLE)
def make_checkable(request: HttpRequest, found: Opened) -> HttpResponse:
    """Say how the stop rule is checked."""
    form = CheckForm(posted(request), initial=_said_of_check(found), measures=_measures(found))
    page = FormPage(
        _("Let the stop rule speak up"),
        _(
            "Say which number is watched and where the line is. Then this page and a letter tell you. People stop."
        ),
        _("Save"),
        "checkable",
        template="actions/beside.html",
    )
    return answer_form(
        request,
        page,
        form,
        found,
        lambda: services.make_checkable(found.view.public_id, form.words(), by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.ENTER_NUMBER)
def new_number(request: HttpRequest, found: Opened) -> HttpResponse:
    """Enter the number of a day."""
    name = _number_name(found)
    if not name:
        return SeeOther(found.view.url)
    form = NumberForm(posted(request), initial={"on": clock.now().date()}, number_name=name)
    page = FormPage(
        _("Enter a number"),
        _("Entered again for the same day, it is put right. Never a number about fewer than 5 people."),
        _("Enter it"),
        "number",
    )

    def write() -> None:
        said = form.cleaned_data
        _enter(found, said["on"], said["value"], note=said["note"])

    return answer_form(request, page, form, found, write)


@require_safe
def numbers_file(request: HttpRequest, programme: str, try_out: str) -> HttpResponse:
    """What was entered, as a table to take away."""
    found = opened(request, programme, try_out)
    name = _number_name(found)
    if not name:
        raise Http404
    rows = [(each.on.isoformat(), each.value.normalize(), each.note) for each in numbers_of(found.row)]
    return csv_file((_("Day"), name, _("Note")), rows, f"{found.row.slug}-numbers")


@require_safe
def numbers_picture(request: HttpRequest, programme: str, try_out: str, kind: str) -> HttpResponse:
    """The same as a picture with its colours written in, or as pixels."""
    found = opened(request, programme, try_out)
    check = check_of(found.row, found.viewer)
    if check is None or not check.numbers:
        raise Http404
    picture = picture_of(found.view, check, cycles_of(found.row))
    credit = _("Made up.") if found.view.is_made_up else ""
    return picture_file(picture, kind, f"{found.row.slug}-numbers", credit=credit)


def _cycle(found: Opened, cycle: UUID) -> CycleView:
    shown = next((each for each in cycles_of(found.row) if each.public_id == cycle), None)
    if shown is None:
        raise Http404
    return shown


def _number_name(found: Opened) -> str:
    check = check_of(found.row, found.viewer)
    return check.number_name if check else ""


def _enter(found: Opened, on: date, value: object, **further: object) -> None:
    services.enter_number(found.view.public_id, on, value, by=found.viewer, **further)  # type: ignore[arg-type]


def _measures(found: Opened) -> list[Bead]:
    if found.row.place is None:
        return []
    return beads_of_place(found.row.place.public_id, found.viewer, kinds=["measure"]).get("measure", [])


def _said_of_check(found: Opened) -> dict[str, object]:
    held = StopCheck.objects.filter(try_out=found.row).first()
    if held is None:
        return {}
    return {
        "measure": str(held.measure or ""),
        "number_name": held.number_name,
        "comparison": held.comparison,
        "threshold": held.threshold.normalize(),
        "from_on": held.from_on,
    }
