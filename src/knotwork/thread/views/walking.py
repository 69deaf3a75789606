"""Follow the golden thread from anything, say what led to what, and take a tie back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther, csv_file
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.rules import Refused, require
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import known_kinds, label_of
from knotwork.core.strands.models import Strand
from knotwork.core.strands.walk import Reached, Walk, walk_from
from knotwork.programmes.found import around
from knotwork.thread import services
from knotwork.thread.belonging import Belonging, belonging_of
from knotwork.thread.downloads import picture_file
from knotwork.thread.forms import FactorForm, TieForm, UntieForm
from knotwork.thread.ties import choices_for
from knotwork.thread.walks import NAME, figure_of, picture_of, sentence_of


@dataclass(frozen=True)
class Knot:
    """One thing of the list on the page: the thing, its kind in words, and its own thread."""

    reached: Reached
    kind: str
    thread: str


def found_walk(kind: str, thing: UUID, viewer: Viewer) -> Walk:
    """The thread around this thing, or 'page not found' for whoever may not see it."""
    walk = walk_from(kind, thing, viewer) if kind in known_kinds() else None
    if walk is None:
        raise Http404
    return walk


@require_safe
@kept_until_something_happens
def walk(request: HttpRequest, kind: str, thing: UUID) -> HttpResponse:
    """What led to this thing, what came of it, and what each of those is tied to in turn."""
    viewer = viewer_of(request)
    found = found_walk(kind, thing, viewer)
    where = belonging_of(found.here, viewer)
    may_tie = not viewer.is_stranger and bool(services.can_tie(viewer, where))
    context = around_thing(found, where) | {
        "page_title": _("The thread of %(title)s") % {"title": found.here.title},
        "page_description": f"{label_of(kind)}: {found.here.title}. {sentence_of(found)}",
        "walk": found,
        "before": [_knot(one) for one in reversed(found.before)],
        "after": [_knot(one) for one in found.after],
        "figure": figure_of(found, is_example=_is_made_up(where)) if found.things else None,
        "may_tie": may_tie,
        "actions": actions_of(found, where, viewer) if may_tie else [],
    }
    return render(request, "thread/walk.html", context)


def _is_made_up(where: Belonging) -> bool:
    return where.programme is not None and where.programme.example_mark == "made-up"


def _knot(one: Reached) -> Knot:
    return Knot(one, label_of(one.bead.kind), thread_url(one.bead.kind, one.bead.public_id))


def actions_of(found: Walk, where: Belonging, viewer: Viewer) -> list[tuple[str, str]]:
    """What a writer of the place can do from here: words and addresses."""
    here = (found.here.kind, found.here.public_id)
    assert where.place is not None  # whoever may tie has a place to tie in
    ways = []
    if choices_for(found.here, where.place.public_id, viewer):
        ways.append((_("Say what this led to, or what led to it"), reverse("thread:tie", args=here)))
    if found.here.kind == "statement":
        ways.append((_("Make something of it"), reverse("thread:make", args=[found.here.public_id])))
    if found.here.kind == "factor":
        here_too = reverse("thread:make-try-out-on", args=[found.here.public_id])
        ways.append((_("Try something out about it"), here_too))
    return ways


def around_thing(found: Walk, where: Belonging) -> dict[str, object]:
    """The strip, the crumbs and the names that all pages of one thing share."""
    here = found.here
    context: dict[str, object] = around(where.programme) if where.programme else {}
    crumbs = []
    if where.programme:
        crumbs.append((where.programme.title, where.programme.url))
    if where.place:
        crumbs.append((where.place.name, where.place.url))
    return context | {
        "here": here,
        "kind_label": label_of(here.kind),
        "place": where.place,
        "thread_url": thread_url(here.kind, here.public_id),
        "crumbs": [*crumbs, (_("The thread"), "")],
    }


@require_safe
def walk_file(request: HttpRequest, kind: str, thing: UUID, ending: str) -> HttpResponse:
    """The picture of the thread as a file, or its table."""
    if ending not in ("svg", "png", "csv"):
        raise Http404
    picture = picture_of(found_walk(kind, thing, viewer_of(request)))
    if ending == "csv":
        return csv_file(picture.columns, picture.rows, NAME)
    return picture_file(picture, ending, name=NAME, credit="")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, kind: str, thing: UUID) -> HttpResponse:
    """Say that this led to something of its place, or that something led to it."""
    viewer = viewer_of(request)
    found = found_walk(kind, thing, viewer)
    where = belonging_of(found.here, viewer)
    require(services.can_tie(viewer, where))
    assert where.place is not None  # the rule asked for it
    form = TieForm(
        request.POST if request.method == "POST" else None,
        groups=choices_for(found.here, where.place.public_id, viewer),
    )
    if form.is_valid():
        services.tie_here(found.here, form.cleaned_data["choice"], where, by=viewer)
        return SeeOther(thread_url(kind, thing))
    context = around_thing(found, where) | {"form": form, "page_title": _("Tie the thread")}
    return render(request, "thread/tie.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def untie(request: HttpRequest, kind: str, thing: UUID, strand: UUID) -> HttpResponse:
    """Take a tie back, with a reason."""
    viewer = viewer_of(request)
    found = found_walk(kind, thing, viewer)
    row = Strand.objects.standing().touching(kind, thing).filter(public_id=strand).first()
    way = next(
        ((one, way) for one in (*found.before, *found.after) for way in one.ways if way.strand == strand),
        None,
    )
    if row is None or way is None:
        raise Http404
    where = belonging_of(found.here, viewer)
    require(services.can_untie(viewer, row, where))
    form = UntieForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.untie_here(row, where, form.cleaned_data["reason"], by=viewer)
        return SeeOther(thread_url(kind, thing))
    context = around_thing(found, where) | {
        "form": form,
        "other": way[0].bead,
        "words": way[1].words,
        "page_title": _("Take a tie back"),
    }
    return render(request, "thread/untie.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def factor(request: HttpRequest, thing: UUID) -> HttpResponse:
    """Make a factor of a statement, on a map of its place."""
    viewer = viewer_of(request)
    found = found_walk("statement", thing, viewer)
    where = belonging_of(found.here, viewer)
    require(services.can_tie(viewer, where))
    maps = services.maps_to_draw_on(found.here, where, viewer)
    form = FactorForm(
        request.POST if request.method == "POST" else None,
        maps=[(one.id, one.title) for one in maps],
        initial={"label": found.here.title[:120].rstrip(".")},
    )
    if form.is_valid():
        words = form.cleaned_data
        try:
            services.make_factor(found.here, words["map"], words["label"], where, by=viewer)
        except Refused as refusal:
            form.add_error("label", refusal.decision.reason)
        else:
            return SeeOther(thread_url("statement", thing))
    context = around_thing(found, where) | {
        "form": form,
        "has_maps": bool(maps),
        "page_title": _("Make a factor of it"),
    }
    return render(request, "thread/factor.html", context, status=422 if form.is_bound else 200)
