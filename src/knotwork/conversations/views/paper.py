"""On paper: make a pack, print it, and type in by keyboard what came back."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotwork.conversations import room_rules
from knotwork.conversations.forms.paper import PackForm, SheetForm
from knotwork.conversations.models import Conversation, PaperPack, PaperSheet, StatementState, Way
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.paper import (
    newest_number_of,
    next_sheet_of,
    packs_of,
    people_by_way,
    printed_on,
)
from knotwork.conversations.services import paper as services
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.short_links import short_link_of
from knotwork.conversations.views.found import crumbs_to, found, not_taken, surroundings
from knotwork.conversations.views.own_language import in_its_own_language
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require

PILE = "pile"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def packs(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The packs of a conversation, and a form for a new one."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(room_rules.can_print(viewer, where))
    live = where.statements.filter(state=StatementState.LIVE).count()
    form = PackForm(request.POST or None)
    if form.is_valid():
        try:
            services.make_pack(where, **form.cleaned_data, by=viewer)
        except NotTaken as refusal:
            form.add_error(None, refusal.reason)
        else:
            return SeeOther(f"{address_of(where, 'paper')}#packs")
    context = surroundings(where) | {
        "form": form,
        "packs": packs_of(where),
        "statement_count": live,
        "can_type_in": room_rules.can_type_in(viewer, where),
        "crumbs": crumbs_to(where, _("On paper")),
        "page_title": _("On paper"),
    }
    return render(request, "conversations/paper/packs.html", context, status=422 if form.is_bound else 200)


def _pack(where: Conversation, public_id: UUID) -> PaperPack:
    rows = PaperPack.objects.filter(conversation=where, thrown_away_at__isnull=True)
    pack = rows.filter(public_id=public_id).first()
    if pack is None:
        raise Http404
    pack.conversation = where
    return pack


@login_required
@require_safe
def pack(request: HttpRequest, programme: str, conversation: str, pack: UUID) -> HttpResponse:
    """A cover and every sheet, ready for a printer: black on white, large, nothing that only a screen can do."""
    where = found(request, programme, conversation)
    require(room_rules.can_print(viewer_of(request), where))
    printed = _pack(where, pack)
    with in_its_own_language(where):
        return render(request, "conversations/paper/pack.html", _on_paper(where, printed))


def _on_paper(where: Conversation, printed: PaperPack) -> dict[str, Any]:
    return surroundings(where) | {
        "pack": printed,
        "sheets": [services.code_of(printed, number) for number in range(1, printed.sheet_count + 1)],
        "statements": [row for row in printed_on(printed) if row.text],
        "link": short_link_of(where),
        "paper_url": address_of(where, "paper"),
        "page_title": _("Pack %(letter)s") % {"letter": printed.letter},
    }


@login_required
@require_POST
def throw_away(request: HttpRequest, programme: str, conversation: str, pack: UUID) -> HttpResponse:
    """Say that a pack is not used."""
    where = found(request, programme, conversation)
    require(room_rules.can_print(viewer_of(request), where))
    try:
        services.throw_away_pack(_pack(where, pack), by=viewer_of(request))
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    return SeeOther(address_of(where, "paper"))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """One sheet after the other; the last one can be taken back until the next is typed."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(room_rules.can_type_in(viewer, where))
    if request.method == "GET":
        return _page(request, where, SheetForm(initial=_initial(request, where, viewer), conversation=where))
    act = request.POST.get("act", "")
    if act == "take-back":
        return _take_back(request, where, viewer)
    if act == "finish":
        services.finish(where, by=viewer)
        return SeeOther(address_of(where, "paper-type-in"))
    form = SheetForm(request.POST, conversation=where)
    if form.is_valid():
        try:
            services.type_in(where, form.typed(), by=viewer)
        except NotTaken as refusal:
            field = "sheet" if refusal.status in (404, 409) else "answers"
            form.add_error(field, refusal.reason)
            return _page(request, where, form, refusal.status)
        return SeeOther(address_of(where, "paper-type-in"))
    return _page(request, where, form, 422)


def _take_back(request: HttpRequest, where: Conversation, viewer: Viewer) -> HttpResponse:
    """The sheet as it was typed, in the boxes again; nothing of it is kept until it is typed anew."""
    try:
        given = services.take_back(where, by=viewer)
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    initial = {
        "sheet": given.sheet,
        "answers": given.answers,
        "written": "\n".join(given.written),
        "way": given.way,
        "named_part": given.named_part or "",
    }
    form = SheetForm(initial=initial, conversation=where)
    return _page(request, where, form, taken_back=given.sheet)


def _initial(request: HttpRequest, where: Conversation, viewer: Viewer) -> dict[str, Any]:
    """The sheet that comes next on the pile, in the way of the one before it."""
    last = services.last_typed(where, viewer)
    chosen = PaperPack.objects.filter(conversation=where, thrown_away_at__isnull=True)
    pile = request.GET.get(PILE, "")
    pack = last.pack if last and not pile else chosen.filter(letter=pile).first() or chosen.last()
    if pack is None:
        return {}
    is_of_the_pile = last is not None and last.pack_id == pack.pk
    number = next_sheet_of(pack, last.number if last and is_of_the_pile else newest_number_of(pack))
    way = last.way if last else Way.PAPER
    return {"sheet": services.code_of(pack, number), "way": way} if number else {"way": way}


@dataclass(frozen=True)
class _Echo:
    """What was read from the last sheet, for the clerk to compare."""

    sheet: str
    agree: int
    disagree: int
    passed: int
    empty: int
    keys: list[tuple[int, str]]
    written: list[str]

    @property
    def answered(self) -> int:
        return self.agree + self.disagree + self.passed


def _echo(sheet: PaperSheet | None) -> _Echo | None:
    if sheet is None:
        return None
    counted = Counter(sheet.answers)
    return _Echo(
        sheet=services.code_of(sheet.pack, sheet.number),
        agree=counted["a"],
        disagree=counted["d"],
        passed=counted["p"],
        empty=counted[services.EMPTY],
        keys=list(enumerate(sheet.answers, start=1)),
        written=sheet.written.splitlines(),
    )


def _page(
    request: HttpRequest, where: Conversation, form: SheetForm, status: int = 200, taken_back: str = ""
) -> HttpResponse:
    viewer = viewer_of(request)
    context = surroundings(where) | {
        "form": form,
        "statements": _statements_of(where, form),
        "last": _echo(services.last_typed(where, viewer)),
        "taken_back": taken_back,
        "by_way": people_by_way(where),
        "paper_url": address_of(where, "paper"),
        "has_packs": PaperPack.objects.filter(conversation=where, thrown_away_at__isnull=True).exists(),
        "crumbs": crumbs_to(where, _("Type in paper")),
        "page_title": _("Type in a sheet"),
    }
    return render(request, "conversations/paper/type_in.html", context, status=status)


def _statements_of(where: Conversation, form: SheetForm) -> list[Any]:
    """What stands on the paper of the sheet that the form names."""
    try:
        pack, _number = services.sheet_at(where, str(form["sheet"].value() or ""))
    except NotTaken:
        return []
    pack.conversation = where
    return printed_on(pack)
