"""One publication, as it is read, and the files that go with it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations.queries import ListedConversation
from knotwork.conversations.rules import Phase
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.strands.addresses import thread_url
from knotwork.core.uploads.kinds import kind_of
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import open_stored
from knotwork.programmes.found import around, crumbs_to, found_programme
from knotwork.programmes.models import Stage
from knotwork.programmes.queries import ProgrammeView
from knotwork.publications import queries, rules
from knotwork.publications.models import Publication
from knotwork.publications.rules import Act


@require_safe
@kept_until_something_happens
def publication(request: HttpRequest, programme: str, publication: str) -> HttpResponse:
    """The text or its opening, who wrote it, what it is about, and the question that it puts to its readers."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    row = found_publication(programme, publication, viewer)
    view = queries.publication_view(row)
    context = (
        around(where)
        | _question(queries.question_of(row, viewer))
        | {
            "page_title": view.title,
            "page_description": view.teaser or view.kind_words,
            "crumbs": _crumbs(where, view.title),
            "publication": view,
            "publication_slug": row.slug,
            "related": queries.related_to(row, viewer),
            "thread_url": thread_url(queries.KIND, view.public_id),
            "acts": _acts(viewer, row),
            "is_public": row.visibility == Stage.PUBLIC and where.is_public,
        }
    )
    return render(request, "publications/publication.html", context)


@require_safe
def document(request: HttpRequest, programme: str, publication: str, document: UUID) -> FileResponse:
    """A file of a publication, for whoever may read the publication; never run by a browser."""
    row = found_publication(programme, publication, viewer_of(request))
    file = queries.document_at(row, document)
    upload = Upload.objects.filter(public_id=file.upload, withdrawn_at__isnull=True).first() if file else None
    if file is None or upload is None:
        raise Http404
    kind = kind_of(file.file_name)
    answer = FileResponse(
        open_stored(upload),
        as_attachment=True,
        filename=file.file_name,
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def found_publication(programme: str, slug: str, viewer: Viewer) -> Publication:
    """The publication, or 'page not found' for whoever may not read it."""
    row = queries.publication_row(programme, slug, viewer)
    if row is None:
        raise Http404
    return row


def _question(asked: ListedConversation | None) -> dict[str, object]:
    """The question, the door to answer it while it is open, and to its results once everybody may see them."""
    is_for_everybody = asked is not None and not asked.by_invitation
    return {
        "question": asked,
        "is_open": asked is not None and is_for_everybody and asked.phase is Phase.OPEN,
        "has_results": asked is not None and is_for_everybody and asked.phase is Phase.CLOSED,
    }


def _crumbs(where: ProgrammeView, here: str) -> list[tuple[str, str]]:
    *way, _title = crumbs_to(where, here)
    return [*way, (_("Library"), reverse("publications:of-programme", args=[where.slug])), (here, "")]


def _acts(viewer: Viewer, row: Publication) -> dict[str, object]:
    """Which of the buttons are there, read from the one table."""
    if viewer.is_stranger:
        return {}
    acts: dict[str, object] = {act.value: bool(rules.can(viewer, act, row)) for act in Act}
    if acts[Act.CHANGE]:
        acts["edit_url"] = reverse("publication:edit", args=[row.pk])
    return acts
