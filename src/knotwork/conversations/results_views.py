"""The results of a conversation: the page, every statement, and what can be taken away. One rule guards them all."""

from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations import exports, parts_apart, rules
from knotwork.conversations.analyses import KIND, LANDSCAPE
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of
from knotwork.conversations.results import ResultsView, placed_in_words, results_of
from knotwork.conversations.results_parts import few_said_which
from knotwork.conversations.results_stability import uncertainty_in_words
from knotwork.conversations.results_table import ORDERS, StatementTable
from knotwork.conversations.views.browser import participant_of
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.figure import Download, FigureView
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.pages.numbers import number_in_words
from knotwork.core.rules import Decision, require
from knotwork.drawing import download
from knotwork.drawing.picture import Picture

View = Callable[..., HttpResponse]

STATEMENTS_ON_A_PAGE = 25


def _may_see(request: HttpRequest, conversation: Conversation) -> Decision:
    return rules.can_see_results(viewer_of(request), conversation, participant_of(request, conversation))


def _snapshot_of(conversation: Conversation) -> SnapshotView | None:
    """The newest good result; none while it holds other counts than the conversation may publish now."""
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    if snapshot is None or snapshot.result["exact"] != conversation.publishes_votes:
        return None
    return snapshot


class NothingYet(Exception):  # noqa: N818 - not an error: the result is still being worked out
    """There is no result to take away yet."""


def _seen(request: HttpRequest, programme: str, conversation: str) -> tuple[Conversation, SnapshotView]:
    """For what is taken away: the conversation and its result; else the refusal, or that there is none yet."""
    where = found(request, programme, conversation)
    require(_may_see(request, where))
    snapshot = _snapshot_of(where)
    if snapshot is None:
        raise NothingYet
    return where, snapshot


def _or_back_to_results(view: View) -> View:
    """Where there is no result yet, the results page says so."""

    @wraps(view)
    def guarded(request: HttpRequest, programme: str, conversation: str, **words: str) -> HttpResponse:
        try:
            return view(request, programme, conversation, **words)
        except NothingYet:
            return SeeOther(reverse("conversations:results", args=[programme, conversation]))

    return guarded


@require_safe
@kept_until_something_happens
def results(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What was found, in sentences first; or kindly why not yet."""
    where = found(request, programme, conversation)
    context = surroundings(where) | {"crumbs": crumbs_to(where, _("Results"))}
    decision = _may_see(request, where)
    if not decision:
        context |= {"decision": decision, "can_take_part": rules.can_take_part(where)}
        return render(request, "conversations/results_not_yet.html", context, status=HTTPStatus.FORBIDDEN)
    snapshot = _snapshot_of(where)
    failure = snapshots.latest_failure(KIND, where.public_id)
    if snapshot is None:
        context |= {"failure": failure, "has_votes": where.votes.exists()}
        return render(request, "conversations/results_waiting.html", context)
    view = results_of(where, snapshot)
    context |= {
        "page_title": _("Results: %(question)s") % {"question": where.question},
        "page_description": view.sentences[0],
        "view": view,
        "findings": _findings(view),
        "figure": _figure(where, snapshot, view),
        "failure": failure,
        "snapshot": snapshot,
        "tables": _tables(where),
        "statements_url": address_of(where, "results-statements"),
        "comments_url": address_of(where, "results-comments"),
        "votes_url": address_of(where, "results-votes") if _may_take_votes(request, where) else "",
        "share_url": request.build_absolute_uri(request.path),
    }
    return render(request, "conversations/results.html", context)


@lru_cache(maxsize=64)
def _findings(view: ResultsView) -> SafeString:
    """The long part of the page, which depends on the words alone, is written once for all who read it."""
    return render_to_string(
        "conversations/results_findings.html", {"view": view, "few_said_which": few_said_which()}
    )


def _each_dot(snapshot: SnapshotView) -> str:
    placed = {"placed": placed_in_words(snapshot.result)}
    if snapshot.result["exact"]:
        return (
            _("Each dot is one of the %(placed)s people who could be placed. Near dots voted alike.") % placed
        )
    return (
        _(
            "Each dot is one of %(placed)s people who could be placed. Near dots voted alike. A few dots at the "
            "edge are left out, so that nobody can be counted."
        )
        % placed
    )


def _figure(conversation: Conversation, snapshot: SnapshotView, view: ResultsView) -> FigureView | None:
    picture = snapshots.pictures(snapshot.id).get(LANDSCAPE) if view.has_groups else None
    if picture is None:
        return None
    return FigureView(
        picture=picture,
        sentence=_each_dot(snapshot),
        uncertainty=uncertainty_in_words(snapshot.result),
        source=_source(conversation, view),
        method=_("Principal components and k-means, version %(version)s") % {"version": snapshot.version},
        as_of=snapshot.finished_at,
        downloads=(
            Download("SVG", _address(conversation, "results-svg", picture.name)),
            Download("PNG", _address(conversation, "results-png", picture.name)),
            Download("CSV", _address(conversation, "results-table", picture.name)),
        ),
        source_url=conversation.source,
    )


def _source(conversation: Conversation, view: ResultsView) -> str:
    people = number_in_words(view.people)
    if conversation.publishes_votes:
        return _("Open data: the votes of the %(people)s people who took part") % {"people": people}
    return _("The votes of the %(people)s people who took part") % {"people": people}


def _address(conversation: Conversation, page: str, name: str) -> str:
    return reverse(f"conversations:{page}", args=[conversation.programme.slug, conversation.slug, name])


def _tables(conversation: Conversation) -> list[tuple[str, str]]:
    """What can be taken away as CSV: words and addresses."""
    words = {
        "statements": _("Every statement"),
        "groups": _("The groups"),
        "group_statements": _("Every statement by group"),
        "representative": _("What sets each group apart"),
        "consensus": _("What everybody together agrees on"),
        "solutions": _("Numbers of groups that were tried"),
        "parts": _("Who named which part"),
        "part_statements": _("Every statement by part"),
    }
    shows_parts = conversation.named_parts and not conversation.publishes_votes
    names = (*exports.PUBLIC_TABLES, *(parts_apart.TABLES if shows_parts else ()))
    return [(words[name], _address(conversation, "results-table", name)) for name in names]


@require_safe
@_or_back_to_results
def statements(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Every statement with its answers."""
    where, snapshot = _seen(request, programme, conversation)
    table = StatementTable(where, snapshot.id)
    orders = [order for order in ORDERS if table.groups or not order.needs_groups]
    order = next((one for one in orders if one.key == request.GET.get("order")), orders[0])
    page = Paginator(table.numbers(order), STATEMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = surroundings(where) | {
        "page_title": _("Every statement: %(question)s") % {"question": where.question},
        "crumbs": [
            *crumbs_to(where, _("Results"))[:-1],
            (_("Results"), address_of(where, "results")),
            (_("Every statement"), ""),
        ],
        "page": page,
        "lines": table.lines(list(page.object_list), with_all_threads=_runs_it(request, where)),
        "orders": orders,
        "order": order,
        "snapshot": snapshot,
        "people": number_in_words(snapshot.result["people"]),
        "download_url": _address(where, "results-table", "statements"),
    }
    return render(request, "conversations/results_statements.html", context)


@require_safe
@_or_back_to_results
def table(request: HttpRequest, programme: str, conversation: str, table: str) -> HttpResponse:
    """One table of the result, or the figures of a picture, as CSV."""
    where, snapshot = _seen(request, programme, conversation)
    if table not in (*exports.PUBLIC_TABLES, *parts_apart.TABLES):
        return _file(download.csv(_picture(where, snapshot, table)), "text/csv", f"{where.slug}-{table}.csv")
    frame = snapshots.table(snapshot.id, f"public_{table}")
    if frame is None or not (rules.can_be_grouped(where) or table in ("statements", "consensus")):
        raise Http404
    worded = parts_apart.with_names(exports.with_words(frame, where), where.named_parts)
    return _file(worded.write_csv(), "text/csv", f"{where.slug}-{table}.csv")


def _picture(conversation: Conversation, snapshot: SnapshotView, name: str) -> Picture:
    picture = snapshots.pictures(snapshot.id).get(name) if rules.can_be_grouped(conversation) else None
    if picture is None:
        raise Http404
    return picture


@require_safe
@_or_back_to_results
def picture_svg(request: HttpRequest, programme: str, conversation: str, picture: str) -> HttpResponse:
    """A picture with its colours written in."""
    where, snapshot = _seen(request, programme, conversation)
    svg = download.standalone_svg(_picture(where, snapshot, picture), credit=_credit(where))
    response = _file(svg, "image/svg+xml", f"{where.slug}-{picture}.svg")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@_or_back_to_results
def picture_png(request: HttpRequest, programme: str, conversation: str, picture: str) -> HttpResponse:
    """A picture as pixels."""
    where, snapshot = _seen(request, programme, conversation)
    pixels = download.png(_picture(where, snapshot, picture), credit=_credit(where))
    return _file(pixels, "image/png", f"{where.slug}-{picture}.png")


def _credit(conversation: Conversation) -> str:
    return " ".join(
        (conversation.attribution or f"{conversation.question} ({settings.KNOTWORK_ORIGIN})").split()
    )


@require_safe
def votes(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Every vote by itself: for everybody where the conversation publishes its votes, else for its team, logged."""
    where = found(request, programme, conversation)
    _require_rows(request, where)
    if not where.publishes_votes and request.method == "GET":
        exports.record_export_of_votes(where, by=viewer_of(request))
    return _file(exports.votes_table(where).write_csv(), "text/csv", "votes.csv")


@require_safe
def comments(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The statements, in the layout that goes with the file of votes."""
    where = found(request, programme, conversation)
    _require_rows(request, where)
    return _file(exports.comments_table(where).write_csv(), "text/csv", "comments.csv")


def _require_rows(request: HttpRequest, conversation: Conversation) -> None:
    """Single votes, and the statements that go with them, are for those who may see results, or for the team."""
    if conversation.publishes_votes:
        require(_may_see(request, conversation))
    else:
        require(exports.can_take_votes(viewer_of(request), conversation))


def _may_take_votes(request: HttpRequest, conversation: Conversation) -> bool:
    return conversation.publishes_votes or bool(exports.can_take_votes(viewer_of(request), conversation))


def _runs_it(request: HttpRequest, conversation: Conversation) -> bool:
    return rules.part_of(viewer_of(request), conversation) is not rules.Part.ANYBODY


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(
        content, content_type=media_type if isinstance(content, bytes) else f"{media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
