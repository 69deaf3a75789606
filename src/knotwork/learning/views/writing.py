"""Write something down, change it, take it out of sight: one form each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.rules import Decision, require
from knotwork.core.strands.kinds import Bead, beads_of_place, known_kinds
from knotwork.learning import services
from knotwork.learning.forms import FORMS, PieceForm, WithdrawForm, tie_kinds
from knotwork.learning.kinds import ALL, PIECES, Kind, address_of
from knotwork.learning.queries import Piece, TiedThing, helpers_of, may_change, piece_at, ties_of
from knotwork.learning.queries.pieces import columns_of
from knotwork.learning.views.found import (
    FormPage,
    Thing,
    answer_form,
    for_people_signed_in,
    piece_or_404,
    posted,
    thing_or_404,
)
from knotwork.programmes.found import found_place, found_programme
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.rules import Act, can
from knotwork.programmes.written import stage_field

MOST_TO_TIE = 30

_HEADINGS: dict[str, tuple[Promise, Promise]] = {
    "note": (
        gettext_lazy("Write a progress note"),
        gettext_lazy("Write it once, here. It stands on the page of your place and in what is new."),
    ),
    "story": (
        gettext_lazy("Tell a story"),
        gettext_lazy("What happened, while it is warm. Only the first box is needed."),
    ),
    "leadership_note": (
        gettext_lazy("What did you do differently as a leader?"),
        gettext_lazy("Not what the project did: what you did. Only the first box is needed."),
    ),
    "lesson": (
        gettext_lazy("Draw a lesson"),
        gettext_lazy("Something others can use, with what it rests on."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def new(request: HttpRequest, programme: str, place: str, kind: str) -> HttpResponse:
    """Write something for a place."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    require(can(viewer, Act.WRITE, where.programme, where.id))
    offered = _offered(PIECES[kind], where.public_id, viewer)
    form = _form(request, PIECES[kind], where.id, offered)

    def write() -> str:
        words, around = form.words(where.programme.language), where.programme
        with transaction.atomic():
            public_id = services.write(
                PIECES[kind], around.id, words, by=viewer, place_id=where.id, ties=form.tied()
            )
            if PIECES[kind].helped_by:
                services.say_what_helped(public_id, form.helped(), by=viewer)
        return f"{address_of(kind, around.slug, public_id)}?done=written"

    title, lede = _HEADINGS[kind]
    back = reverse("learning:of-place", args=[programme, place])
    return answer_form(
        request, FormPage(title, lede, _("Keep it"), back, where), form, where.programme, write
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def change(request: HttpRequest, programme: str, kind: str, **which: UUID) -> HttpResponse:
    """Change what was written, what it is tied to, and who may read it."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    piece = piece_or_404(kind, where, which[kind], viewer)
    require_change(PIECES[kind], piece, viewer)
    there = _offered(PIECES[kind], piece.place.public_id, viewer) if piece.place else Offered()
    tied, helpers = _beads(ties_of(piece, viewer)), _beads(helpers_of(piece, viewer))
    offered = Offered(_also(tied, there.ties), _also(helpers, there.helpers))
    initial = columns_of(PIECES[kind], piece.public_id, viewer) or {}
    initial |= {"ties": [_code(bead) for bead in tied], "helped_by": [_code(bead) for bead in helpers]}
    form = _form(request, PIECES[kind], piece.place.id if piece.place else None, offered, initial)

    def write() -> str:
        words = form.words(piece.language)
        with transaction.atomic():
            services.change(PIECES[kind], piece.public_id, words, by=viewer, ties=form.tied())
            if PIECES[kind].helped_by:
                services.say_what_helped(piece.public_id, form.helped(), by=viewer)
        return _after(piece, viewer, where)

    page = FormPage(_("Change what was written"), "", _("Save"), piece.url, piece.place)
    return answer_form(request, page, form, where, write)


def _after(piece: Piece, viewer: Viewer, where: ProgrammeView) -> str:
    """The page itself; or, when a lead has put it where only its author reads it, the list."""
    if piece_at(piece.kind, where.id, piece.public_id, viewer) is None:
        return reverse("learning:of-programme", args=[where.slug])
    return f"{piece.url}?done=changed"


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def withdraw(request: HttpRequest, programme: str, kind: str, **which: UUID) -> HttpResponse:
    """Take something out of sight, with a reason."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    thing = thing_or_404(kind, where, which[kind], viewer)
    require_change(ALL[kind], thing, viewer)
    form = WithdrawForm(posted(request))

    def write() -> str:
        services.withdraw(ALL[kind], thing.public_id, form.cleaned_data["reason"], by=viewer)
        if thing.place is None:
            return reverse("learning:of-programme", args=[programme])
        return f"{reverse('learning:of-place', args=[programme, thing.place.slug])}?done=withdrawn"

    page = FormPage(_("Take it out of sight"), thing.title, _("Take it out of sight"), thing.url, thing.place)
    return answer_form(request, page, form, where, write)


def require_change(kind: Kind, thing: Thing, viewer: Viewer) -> None:
    require(
        Decision(
            may_change(kind, thing.public_id, viewer),
            _("Only whoever wrote this, the leads of the place and the team of the programme can change it."),
        )
    )


@dataclass(frozen=True)
class Offered:
    """What a form offers to tick: what the piece speaks of, and what may have helped."""

    ties: list[Bead] = field(default_factory=list)
    helpers: list[Bead] = field(default_factory=list)


def _offered(kind: Kind, place: UUID, viewer: Viewer) -> Offered:
    helped_by = kind.helped_by.others if kind.helped_by else ()
    return Offered(things_of_place(tie_kinds(kind), place, viewer), things_of_place(helped_by, place, viewer))


def things_of_place(wanted: Sequence[str], place: UUID, viewer: Viewer) -> list[Bead]:
    """The newest things of these kinds that a place has, as far as some room has made the kind known."""
    if not wanted:
        return []
    found = beads_of_place(place, viewer, kinds=[code for code in wanted if code in known_kinds()])
    return [bead for code in wanted for bead in found.get(code, [])[:MOST_TO_TIE]]


def _beads(things: list[TiedThing]) -> list[Bead]:
    return [Bead(thing.kind, thing.public_id, thing.title, thing.url) for thing in things]


def _also(first: list[Bead], others: list[Bead]) -> list[Bead]:
    """Those that are ticked, and then those that could be."""
    ticked = {_code(bead) for bead in first}
    return [*first, *(bead for bead in others if _code(bead) not in ticked)]


def _code(bead: Bead) -> str:
    return f"{bead.kind}:{bead.public_id}"


def _form(
    request: HttpRequest,
    kind: Kind,
    place_id: int | None,
    offered: Offered,
    initial: dict[str, Any] | None = None,
) -> PieceForm:
    place = None if place_id is None else Place.objects.get(pk=place_id)
    stage = (initial or {}).get("visibility", Stage.PLACE.value)
    return FORMS[kind.code](
        posted(request),
        initial=initial,
        stages=stage_field(place, initial=stage),
        beads=offered.ties,
        helpers=offered.helpers,
    )
