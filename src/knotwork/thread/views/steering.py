"""The steering group's page, a place's own tile, and what a place says of where it is."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes import services
from knotwork.programmes.found import around, crumbs_to, found_place
from knotwork.programmes.queries import (
    OwnWordView,
    PlaceView,
    ProgrammeView,
    board_papers_of,
    own_words_of,
)
from knotwork.programmes.rules import Act, can
from knotwork.programmes.views.team import for_the_team
from knotwork.thread.forms import OwnWordForm
from knotwork.thread.steering import PERIOD, PERIODS, Tile, steering_view, tile_with

LEDGER_COLUMNS = (
    gettext_lazy("How"),
    gettext_lazy("Pledged"),
    gettext_lazy("Agreed"),
    gettext_lazy("Received"),
    gettext_lazy("Spent"),
)
DONE = {
    "said": gettext_lazy("Your word stands. This is what the steering group sees."),
    "back": gettext_lazy("The word is taken back."),
}


@require_safe
@for_the_team(Act.READ_STEERING)
def steering(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """All places as small tiles, what they ask for, what has to be decided, and what moved."""
    days = next((each for each in PERIODS if str(each) == request.GET.get("days")), PERIOD)
    view = steering_view(programme, days=days)
    context = around(programme) | {
        "view": view,
        "page_title": _("Steering group"),
        "crumbs": crumbs_to(programme, _("Steering group")),
        "periods": [(each, each == days) for each in PERIODS],
        "ledger_columns": LEDGER_COLUMNS,
        "ledger_rows": [(f"{sums.name} ({sums.currency})", *sums.in_words) for sums in view.ledger],
        "papers": board_papers_of(programme.id),
        "keeps": bool(can(viewer, Act.KEEP_STEERING, programme)),
        "today": timezone.localdate(clock.now()),
    }
    return render(request, "thread/steering.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def place_tile(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """A place's own tile, exactly as the steering group sees it; here the place says where it is."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    found = found_place(programme, place, viewer)
    require(can(viewer, Act.SEE_OWN_TILE, found.programme, found.id))
    if request.method == "POST":
        require(can(viewer, Act.SAY_OWN_WORD, found.programme, found.id))
        return _say(request, found, viewer)
    return _tile_page(request, found, viewer, OwnWordForm())


@require_http_methods(["POST"])
def take_back(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Take the word that stands back."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(reverse("programmes:place-steering", args=[programme, place]))
    found = found_place(programme, place, viewer)
    words = own_words_of(found.id, viewer)
    require(can(viewer, Act.SAY_OWN_WORD, found.programme, found.id))
    if words and words[0].public_id:
        services.take_back_word(found.id, words[0].public_id, "", by=viewer)
    return SeeOther(_address(found, "back"))


def _say(request: HttpRequest, place: PlaceView, viewer: Viewer) -> HttpResponse:
    """First the place looks at its tile with the new word; only then it stands for the steering group."""
    form = OwnWordForm(request.POST)
    if not form.is_valid():
        return _tile_page(request, place, viewer, form, status=422)
    try:
        stages, sentence = services.fit_own_word(form.cleaned_data["stages"], form.cleaned_data["sentence"])
        if "keep" in request.POST:
            services.say_where_we_are(place.id, stages, sentence, by=viewer)
            return SeeOther(
                f"{reverse('programmes:place-steering', args=[place.programme.slug, place.slug])}?done=said"
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _tile_page(request, place, viewer, form, status=422)
    looked_at = OwnWordView(tuple(stages), sentence, clock.now())
    return _tile_page(request, place, viewer, form, looked_at=looked_at)


def _tile_page(
    request: HttpRequest,
    place: PlaceView,
    viewer: Viewer,
    form: OwnWordForm,
    *,
    looked_at: OwnWordView | None = None,
    status: int = 200,
) -> HttpResponse:
    tile = _tile_of(place, looked_at)
    may_say = can(viewer, Act.SAY_OWN_WORD, place.programme, place.id)
    programme = place.programme
    way = (programme.title, programme.url), (place.name, place.url), (_("Steering group"), "")
    context: dict[str, Any] = around(programme) | {
        "place": place,
        "tile": tile,
        "page_title": _("What the steering group sees of %(place)s") % {"place": place.name},
        "crumbs": way,
        "form": form,
        "looks_first": looked_at,
        "may_say": bool(may_say),
        "why_not": may_say.reason,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "before": own_words_of(place.id, viewer),
    }
    return render(request, "thread/place_steering.html", context, status=status)


def _tile_of(place: PlaceView, looked_at: OwnWordView | None) -> Tile | None:
    """Its tile; none where the steering group may not see the place yet."""
    tile = steering_view(place.programme).tile_of(place.id)
    return tile if tile is None or looked_at is None else tile_with(tile, looked_at)


def _address(place: PlaceView, done: str) -> str:
    address = reverse("programmes:place-steering", args=[place.programme.slug, place.slug])
    return f"{address}?done={done}"
