"""Where the walk through the made-up example begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.pages.walk import address_of_step, the_walk


@require_safe
@kept_until_something_happens
def walk(request: HttpRequest) -> HttpResponse:
    """All steps in a list, and the first one."""
    found = the_walk()
    if found is None:
        raise Http404
    steps = [(step, address_of_step(found, number)) for number, step in enumerate(found.steps, start=1)]
    context = {
        "page_title": _("See the loop in five minutes"),
        "page_description": _(
            "A made-up place, from the first answer to a lesson that another place took up."
        ),
        "example_mark": "made-up",
        "steps": steps,
        "first_url": next((url for _step, url in steps if url), ""),
    }
    return render(request, "examples/walk.html", context)
