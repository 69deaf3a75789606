"""What a programme keeps about people, why, and until when: for everybody, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.found import around, crumbs_to, found_programme
from knotwork.programmes.retention import holdings


@require_safe
@kept_until_something_happens
def privacy(request: HttpRequest, programme: str) -> HttpResponse:
    """What is kept about people in this programme; figures stand nowhere here."""
    view = found_programme(programme, viewer_of(request))
    context = around(view) | {
        "page_title": _("What is kept about people"),
        "page_description": _("What %(title)s keeps about people, why, and until when.")
        % {"title": view.title},
        "crumbs": crumbs_to(view, _("What is kept about people")),
        "holdings": holdings(),
    }
    return render(request, "thread/privacy.html", context)
