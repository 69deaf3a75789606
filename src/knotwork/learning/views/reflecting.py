"""Reflect, see one's own view, ask peers, answer as a peer, and what may be shown of a team."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import Decision, Refused, require
from knotwork.learning import services
from knotwork.learning.figures import change_figure, change_picture, own_figure
from knotwork.learning.forms import ConfirmForm, PeersForm, ReflectionForm, ReflectionRoundForm
from knotwork.learning.models import Moment
from knotwork.learning.queries import (
    links_made,
    may_reflect,
    own_answers,
    own_view,
    peer_question,
    reflection_rounds_of,
    team_changes,
)
from knotwork.learning.rules import can_give_words
from knotwork.learning.views.files import picture_file
from knotwork.learning.views.found import (
    FormPage,
    answer_form,
    for_people_signed_in,
    posted,
    way_to,
)
from knotwork.programmes.found import around, found_place, open_place
from knotwork.programmes.models import Place
from knotwork.programmes.queries import PlaceView
from knotwork.programmes.rules import Act, can

_FOR_LEADS = gettext_lazy(
    "Only the leads of this place and the team of the programme can ask its people to reflect."
)
_DONE = {
    "reflected": gettext_lazy("It is kept. Nobody else is shown it."),
    "asked": gettext_lazy("The people of the team can answer now."),
    "closed": gettext_lazy("The round is closed. What may be shown of the team stands below."),
}


@require_safe
def of_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """What the six ways are, which round is open, and how the team changed, from five people on."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    rounds = reflection_rounds_of(where.id)
    changes = team_changes(where.id)
    is_made_up = where.programme.example_mark == "made-up"
    may_ask = not viewer.is_stranger and bool(can(viewer, Act.CHANGE_WRITTEN, where.programme, where.id))
    context = around(where.programme) | {
        "place": where,
        "time_zone": ZoneInfo(where.programme.time_zone),
        "page_title": _("Six ways of leading, in %(place)s") % {"place": where.name},
        "page_description": _("How people of %(place)s say they lead, as a team and never one by one.")
        % {"place": where.name},
        "crumbs": way_to(where.programme, where, _("Six ways")),
        "rounds": rounds,
        "open_round": next((each for each in rounds if each.is_open), None),
        "may_reflect": not viewer.is_stranger and may_reflect(where.id, viewer) is not None,
        "is_of_the_team": not viewer.is_stranger
        and bool(can_give_words(viewer, where.programme.id, where.id)),
        "may_ask": may_ask,
        "moments_left": _moments_left([each.moment for each in rounds]),
        "figures": [
            change_figure(change, programme, place, is_made_up=is_made_up)
            for change in changes
            if change.is_shown
        ],
        "is_too_few": bool(changes) and not any(change.is_shown for change in changes),
        "done": _DONE.get(request.GET.get("done", "")),
    }
    return render(request, "learning/leading/reflections.html", context)


@require_safe
def file(
    request: HttpRequest, programme: str, place: str, moment: str, rater: str, kind: str
) -> HttpResponse:
    """The change of a team as a file to take away."""
    where = open_place(programme, place, viewer_of(request))
    for change in team_changes(where.id):
        if (change.moment, change.rater) == (moment, rater) and change.is_shown:
            return picture_file(change_picture(change), kind, name=f"{where.slug}-{moment}-{rater}")
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def ask(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Begin a round."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    require(Decision(bool(can(viewer, Act.CHANGE_WRITTEN, where.programme, where.id)), str(_FOR_LEADS)))
    left = _moments_left([each.moment for each in reflection_rounds_of(where.id)]) or _moments_left([])
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        form = ReflectionRoundForm(posted(request), moments=left)

        def write() -> str:
            given = form.cleaned_data
            services.ask_to_reflect(where.id, given["moment"], given["closes_at"], by=viewer)
            return f"{_back(where)}?done=asked"

        lede = _(
            "Each answers twelve lines for herself. You see what the team says together, from five people on."
        )
        page = FormPage(_("Ask the team to reflect"), lede, _("Ask them"), _back(where), where)
        return answer_form(request, page, form, where.programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def close(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """End the round that is open."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    require(Decision(bool(can(viewer, Act.CHANGE_WRITTEN, where.programme, where.id)), str(_FOR_LEADS)))
    is_now = next((each for each in reflection_rounds_of(where.id) if each.is_open), None)

    def write() -> str:
        if is_now is None:
            raise Refused(Decision(False, _("No round is open.")))
        services.close_reflection_round(is_now.public_id, by=viewer)
        return f"{_back(where)}?done=closed"

    lede = _("It does not open again, so that nobody can be found out by those who come later.")
    page = FormPage(_("Close the round now"), lede, _("Close it"), _back(where), where)
    return answer_form(request, page, ConfirmForm(posted(request)), where.programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_people_signed_in
def reflect(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Twelve lines about oneself; while the round is open they can be changed."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    if not viewer.is_administrator:
        require(can_give_words(viewer, where.programme.id, where.id))
    is_now = may_reflect(where.id, viewer)
    stands = own_answers(is_now.public_id, viewer) if is_now else {}
    form = ReflectionForm(posted(request), stands=stands)

    def write() -> str:
        if is_now is None:
            raise Refused(Decision(False, _("No round is open for you now.")))
        services.reflect(is_now.public_id, form.answers(), by=viewer)
        return f"{reverse('learning:own-reflection', args=[programme, place])}?done=reflected"

    page = FormPage(
        _("How do you lead?"),
        _(
            "How often is this so, these weeks? There is no right answer. Nobody else is shown what you choose."
        ),
        _("Keep it"),
        _back(where),
        where,
    )
    return answer_form(request, page, form, where.programme, write, template="learning/leading/reflect.html")


@require_safe
@never_cache
@for_people_signed_in
def own(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """What the reader said of herself. There is no address for what anybody else said."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    view = own_view(where.id, viewer)
    context = around(where.programme) | {
        "place": where,
        "page_title": _("How you see yourself"),
        "crumbs": way_to(where.programme, where, _("How you see yourself")),
        "figure": own_figure(view, is_made_up=where.programme.example_mark == "made-up")
        if view.moments
        else None,
        "may_reflect": may_reflect(where.id, viewer) is not None,
        "done": _DONE.get(request.GET.get("done", "")),
    }
    return render(request, "learning/leading/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_people_signed_in
def peers(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Links for peers, shown this once."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    if not viewer.is_administrator:
        require(can_give_words(viewer, where.programme.id, where.id))
    is_now = may_reflect(where.id, viewer)
    form = PeersForm(posted(request))
    links: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            if is_now is None:
                raise Refused(Decision(False, _("No round is open for you now.")))
            tokens = services.make_peer_links(is_now.public_id, form.cleaned_data["how_many"], by=viewer)
            links = [request.build_absolute_uri(reverse("learning:peer", args=[token])) for token in tokens]
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = around(where.programme) | {
        "place": where,
        "page_title": _("Ask peers how they see you"),
        "crumbs": way_to(where.programme, where, _("Ask peers")),
        "form": form,
        "links": links,
        "is_open": is_now is not None,
        "made": links_made(is_now.public_id, viewer) if is_now else 0,
    }
    return render(request, "learning/leading/peers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def peer(request: HttpRequest, token: str) -> HttpResponse:
    """A peer answers, without an account; the link works once."""
    question = peer_question(token)
    if question is None:
        raise Http404
    form = ReflectionForm(posted(request), of_a_peer=True)
    is_done = False
    if form.is_bound and form.is_valid():
        try:
            services.answer_as_peer(token, form.answers())
            is_done = True
        except Refused as refusal:
            form.add_error(None, str(refusal))
    place = Place.objects.select_related("programme").get(pk=question.place_id)
    context = {
        "page_title": _("How somebody leads, as you see it"),
        "page_description": _("Twelve short questions for a peer. Nobody learns who answered."),
        "question": question,
        "where": place.name,
        "form": form,
        "is_done": is_done,
    }
    return render(request, "learning/leading/peer.html", context, status=422 if form.errors else 200)


def _moments_left(asked: list[str]) -> list[tuple[str, str]]:
    """The moments after the last that was asked for."""
    order = list(Moment.values)
    begun = max((order.index(moment) for moment in asked), default=-1)
    return [(moment, str(Moment(moment).label).capitalize()) for moment in order[begun + 1 :]]


def _back(where: PlaceView) -> str:
    return reverse("learning:reflections", args=[where.programme.slug, where.slug])
