"""The library: everything that there is to read, by kind and by topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.found import around, crumbs_to, found_programme
from knotwork.publications import queries

TOPICS_SHOWN = 24


@require_safe
@kept_until_something_happens
def library(request: HttpRequest) -> HttpResponse:
    """What all programmes have to read."""
    context = _filtered(request) | {"page_title": _("Library"), "page_description": _description()}
    return render(request, "publications/list.html", context)


@require_safe
@kept_until_something_happens
def library_of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """What one programme has to read."""
    where = found_programme(programme, viewer_of(request))
    context = (
        _filtered(request, programme=where.public_id)
        | around(where)
        | {
            "page_title": _("Library of %(programme)s") % {"programme": where.title},
            "page_description": _description(),
            "crumbs": crumbs_to(where, _("Library")),
        }
    )
    return render(request, "publications/list.html", context)


def _filtered(request: HttpRequest, **where: object) -> dict[str, object]:
    viewer = viewer_of(request)
    kinds, topics = queries.kinds_for(viewer), queries.topics_for(viewer)
    kind = next((code for code, _label in kinds if code == request.GET.get("kind")), "")
    topic = next((one for one in topics if one.slug == request.GET.get("topic")), None)
    wanted = {"kind": kind, "topic": topic.slug if topic else ""}
    return {
        "publications": queries.publications_for(viewer, **where, **wanted),  # type: ignore[arg-type]
        "kinds": kinds,
        "topics": topics[:TOPICS_SHOWN],
        "kind": kind,
        "topic": topic,
        "can_edit": queries.edits_somewhere(viewer),
        "feed_url": "/feeds/library.atom",
    }


def _description() -> str:
    return _("Posts, think pieces, papers and case studies: what places and others have thought and learned.")
