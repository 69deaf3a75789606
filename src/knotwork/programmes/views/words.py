"""Begin a programme, look over it, change its words, aims and facts."""

from dataclasses import asdict, replace
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes import queries, rules, services
from knotwork.programmes.forms import AimsForm, FactForm, NewProgrammeForm, ProgrammeWordsForm, with_places
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.rules import Act
from knotwork.programmes.views.team import (
    FormPage,
    answer_form,
    around,
    for_the_team,
    overview_url,
    place_choices,
    posted,
)

DONE = {
    "begun": gettext_lazy("The programme has begun. Next: its aims, its partners and its first place."),
    "words": gettext_lazy("The words are changed."),
    "aims": gettext_lazy("The aims are changed."),
    "fact": gettext_lazy("The fact stands, with its source."),
    "partner": gettext_lazy("The organisation takes part."),
    "partner-ended": gettext_lazy("The organisation no longer takes part."),
    "place": gettext_lazy("The place stands."),
    "invited": gettext_lazy("The role is given, and a letter with the way in is on its way."),
    "ended": gettext_lazy("The role has ended."),
    "entry": gettext_lazy("The ledger has a new entry, and its sums follow."),
    "hold": gettext_lazy(
        "The days are set. Until they are over, only the team shows something new to everybody."
    ),
    "hold-ended": gettext_lazy("Nothing is held back any more."),
    "consultation": gettext_lazy("The words are set."),
    "keeping": gettext_lazy("The day is set. You get a letter before anything goes."),
    "withdrawn": gettext_lazy("The entry is out of the sums."),
    "moved": gettext_lazy("The entry moved on."),
    "brought-in": gettext_lazy("The table is in the ledger."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    require(rules.can_create_programme(viewer))
    form = NewProgrammeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_programme(services.ProgrammeWords(**form.cleaned_data), by=viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{overview_url(made.slug)}?done=begun")
    context = {
        "form": form,
        "page_title": _("Begin a programme"),
        "lede": _(
            "A programme brings places together that each take on a knotty issue. You will be in its team."
        ),
        "button": _("Begin"),
    }
    return render(request, "programmes/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_the_team(Act.LOOK_AFTER)
def overview(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """All that the team looks after, on one page."""
    context = around(programme, "") | {
        "page_title": _("Look after %(title)s") % {"title": programme.title},
        "done": DONE.get(request.GET.get("done", ""), ""),
        "places": queries.places_of(programme.id, viewer),
        "partners": queries.partners_of(programme.id),
        "members": queries.members_of(programme.id),
        "ledger": queries.ledger_of(programme.id, viewer),
        "facts": queries.facts_of(programme.id),
    }
    return render(request, "programmes/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.CHANGE_WORDS)
def change(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Change the words and the address of a programme."""
    stands = services.words_of(programme.id)
    form = ProgrammeWordsForm(posted(request), initial=asdict(stands) | {"slug": programme.slug})

    def write(words: dict[str, Any]) -> str:
        slug = words.pop("slug")
        with transaction.atomic():
            services.move_programme(programme.id, slug, by=viewer)
            services.change_words(programme.id, replace(stands, **words), by=viewer)
        return f"{overview_url(slug)}?done=words"

    page = FormPage(_("Change its words"), _("What the programme says of itself."), _("Save"), "words")
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.CHANGE_WORDS)
def aims(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Change the aims of a programme."""
    form = AimsForm(posted(request), initial={"aims": "\n".join(programme.aims)})

    def write(words: dict[str, Any]) -> None:
        services.set_aims(programme.id, words["aims"].splitlines(), by=viewer)

    page = FormPage(_("Change its aims"), _("What the programme wants to bring about."), _("Save"), "aims")
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.CHANGE_WORDS)
def add_fact(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Add something known, with its source."""
    form = with_places(FactForm(posted(request)), place_choices(programme, viewer))

    def write(words: dict[str, Any]) -> None:
        services.add_fact(programme.id, words["text"], words["source"], place_id=words["place"], by=viewer)

    page = FormPage(
        _("Add a fact"), _("Something that is known, and who says so."), _("Add it"), "fact", "facts"
    )
    return answer_form(request, page, form, programme, write)
