"""Three words on how the work feels: give them, and see what enough people said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import require
from knotwork.learning import services
from knotwork.learning.figures import words_figure, words_picture
from knotwork.learning.forms import ThreeWordsForm
from knotwork.learning.queries import words_of
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


@require_safe
def words(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """The words of the quarters that are over."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    quarters = words_of(where.id, where.programme.time_zone)
    figure = words_figure(quarters, programme, place, is_made_up=where.programme.example_mark == "made-up")
    context = around(where.programme) | {
        "place": where,
        "page_title": _("Three words from %(place)s") % {"place": where.name},
        "page_description": _(
            "How people of %(place)s feel about the work, in their own words, quarter by quarter."
        )
        % {"place": where.name},
        "crumbs": way_to(where.programme, where, _("Three words")),
        "figure": figure if quarters else None,
        "may_give": not viewer.is_stranger and bool(can_give_words(viewer, where.programme.id, where.id)),
    }
    return render(request, "learning/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def give(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Give up to three words. Given again in the same quarter, the last ones count."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    if not viewer.is_administrator:
        require(can_give_words(viewer, where.programme.id, where.id))
    form = ThreeWordsForm(posted(request))

    def write() -> str:
        services.add_three_words(where.id, form.given(), by=viewer)
        return f"{reverse('learning:of-place', args=[programme, place])}?done=words"

    back = reverse("learning:words", args=[programme, place])
    page = FormPage(
        _("How does the work feel just now?"), _("Up to three words."), _("Keep them"), back, where
    )
    return answer_form(request, page, form, where.programme, write)


@require_safe
def file(request: HttpRequest, programme: str, place: str, kind: str) -> HttpResponse:
    """The words as a file to take away."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    quarters = words_of(where.id, where.programme.time_zone)
    return picture_file(words_picture(quarters), kind, name=f"{where.slug}-words")
