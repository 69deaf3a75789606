"""Papers for a board: made by the programme's team, read and taken away by its steering group."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.answers import SeeOther
from knotwork.drawing.download import png
from knotwork.drawing.picture import Picture
from knotwork.formats.documents import Block, Document, Image, kept, kind_of
from knotwork.formats.documents_docx import MEDIA_TYPE, docx_bytes
from knotwork.programmes import services
from knotwork.programmes.found import around
from knotwork.programmes.queries import BoardPaperView, ProgrammeView, board_paper_at, board_papers_of
from knotwork.programmes.rules import Act, can
from knotwork.programmes.views.team import for_the_team, posted
from knotwork.thread.board_paper import paper_of, quotes_of, read_paper
from knotwork.thread.forms import BoardPaperForm
from knotwork.thread.steering import steering_view


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_STEERING)
def make(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Make a paper of what the steering page says now, with a few words of the team above it."""
    today = dateformat.format(timezone.localtime(clock.now()), "j F Y")
    title = _("%(programme)s: how the places stand, %(day)s") % {"programme": programme.title, "day": today}
    form = BoardPaperForm(posted(request), initial={"title": title})
    steering_url = reverse("programmes:steering", args=[programme.slug])
    if request.method == "POST" and form.is_valid():
        view, given = steering_view(programme), form.cleaned_data
        paper = paper_of(
            view,
            title=given["title"],
            introduction=given["introduction"].replace("\r\n", "\n"),
            language=get_language() or programme.language,
        )
        version = services.keep_board_paper(
            programme.id, paper.title, kept(paper), quotes_of(view), by=viewer
        )
        return SeeOther(reverse("programmes:paper", args=[programme.slug, version]))
    context = around(programme) | {
        "form": form,
        "page_title": _("Make a board paper"),
        "lede": _("It says what the steering page says now, with its date, and does not change afterwards."),
        "button": _("Make the paper"),
        "back_url": steering_url,
        "crumbs": (
            (programme.title, programme.url),
            (_("Steering group"), steering_url),
            (_("Make a board paper"), ""),
        ),
    }
    return render(request, "programmes/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_the_team(Act.READ_STEERING)
def paper(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, version: int) -> HttpResponse:
    """A kept paper, to be read and printed."""
    kept_paper, document = _found(programme, version)
    steering_url = reverse("programmes:steering", args=[programme.slug])
    newest = board_papers_of(programme.id)[0]
    context = around(programme) | {
        "page_title": document.title,
        "paper": kept_paper,
        "document": document,
        "blocks": [(kind_of(block), block, _drawn(block)) for block in document.blocks],
        "newer": newest.version if newest.version != version else None,
        "steering_url": steering_url,
        "keeps": bool(can(viewer, Act.KEEP_STEERING, programme)),
        "crumbs": (
            (programme.title, programme.url),
            (_("Steering group"), steering_url),
            (_("Board paper %(version)d") % {"version": version}, ""),
        ),
    }
    return render(request, "thread/paper.html", context)


@require_safe
@for_the_team(Act.READ_STEERING)
def docx(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, version: int) -> HttpResponse:
    """The same paper for a text processor."""
    kept_paper, document = _found(programme, version)
    pictures = {
        block.name: png(_picture(block), scale=3) for block in document.blocks if isinstance(block, Image)
    }
    with_version = replace(document, lines=(*document.lines, _version_words(kept_paper)))
    file = docx_bytes(with_version, made_at=kept_paper.made_at, pictures=pictures)
    response = HttpResponse(file, content_type=MEDIA_TYPE)
    name = f"{programme.slug}-board-paper-{version}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(programme: ProgrammeView, version: int) -> tuple[BoardPaperView, Document]:
    found = board_paper_at(programme.id, version)
    if found is None:
        raise Http404
    return found, read_paper(found, programme)


def _drawn(block: Block) -> str:
    """The drawing of a picture: the drawing floor wrote it itself, with every word in it escaped."""
    return mark_safe(block.svg) if isinstance(block, Image) else ""  # noqa: S308


def _version_words(paper: BoardPaperView) -> str:
    day = dateformat.format(timezone.localtime(paper.made_at), "j F Y")
    return _("Version %(version)d of %(day)s") % {"version": paper.version, "day": day}


def _picture(block: Image) -> Picture:
    """The drawing as it was kept; its figures stand in the paper in words."""
    return Picture(block.name, block.svg, ("",), (), block.caption, block.description)
