"""The results of a conversation: the page, every statement, and what can be taken away. One rule guards them all."""

from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus

import polars as pl
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations import leaving_out, report_rules, rules
from knotwork.conversations.analyses import KIND, LANDSCAPE
from knotwork.conversations.models import BackgroundQuestion, Conversation, Report, ReportState
from knotwork.conversations.queries import address_of
from knotwork.conversations.results.file_views import as_file, may_take_votes, parquet_file
from knotwork.conversations.results.parts import few_said_which
from knotwork.conversations.results.published import (
    NAMES_OF_TABLES,
    published_snapshot,
    published_table,
    published_tables,
    reach_snapshot,
)
from knotwork.conversations.results.reach import reach_of
from knotwork.conversations.results.reading import ResultsView, placed_in_words, results_of
from knotwork.conversations.results.stability import uncertainty_in_words
from knotwork.conversations.results.table import ORDERS, StatementTable
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
TOLD = {
    "asks_background": Exists(BackgroundQuestion.objects.filter(conversation=OuterRef("pk"))),
    "has_report": Exists(Report.objects.filter(conversation=OuterRef("pk"), state=ReportState.PUBLISHED)),
}
"""What the page of results asks of a conversation in the query that finds it."""


def _may_see(request: HttpRequest, conversation: Conversation) -> Decision:
    return rules.can_see_results(viewer_of(request), conversation, participant_of(request, conversation))


class NothingYet(Exception):  # noqa: N818 - not an error: the result is still being worked out
    """There is no result to take away yet."""


def _seen(request: HttpRequest, programme: str, conversation: str) -> tuple[Conversation, SnapshotView]:
    """For what is taken away: the conversation and its result; else the refusal, or that there is none yet."""
    where = found(request, programme, conversation)
    require(_may_see(request, where))
    snapshot = published_snapshot(where)
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
    where = found(request, programme, conversation, told=TOLD)
    context = surroundings(where) | {"crumbs": crumbs_to(where, _("Results"))}
    decision = _may_see(request, where)
    if not decision:
        participant = participant_of(request, where)
        context |= {"decision": decision, "can_take_part": rules.can_take_part(where, participant)}
        return render(request, "conversations/results_not_yet.html", context, status=HTTPStatus.FORBIDDEN)
    snapshot = published_snapshot(where)
    failure = snapshots.latest_failure(KIND, where.public_id)
    if snapshot is None:
        context |= {"failure": failure, "has_votes": where.votes.exists()}
        return render(request, "conversations/results_waiting.html", context)
    reach = reach_of(where, asks=where.asks_background)  # type: ignore[attr-defined]
    view = results_of(where, snapshot, reach)
    context |= {
        "page_title": _("Results: %(question)s") % {"question": where.question},
        "page_description": view.sentences[0],
        "view": view,
        "reach": reach,
        "findings": _findings(view),
        "figure": figure_of(where, snapshot, view),
        "failure": failure,
        "snapshot": snapshot,
        "tables": _tables(where, snapshot),
        "reports_url": _reports_address(request, where),
        "statements_url": address_of(where, "results-statements"),
        "polis_url": address_of(where, "results-polis"),
        "votes_parquet_url": address_of(where, "results-votes-parquet"),
        "votes_url": address_of(where, "results-votes") if may_take_votes(request, where) else "",
        "share_url": request.build_absolute_uri(request.path),
    }
    return render(request, "conversations/results.html", context)


def _reports_address(request: HttpRequest, conversation: Conversation) -> str:
    """Where its reports are listed, if there is one to read or she may make one."""
    is_there = conversation.has_report  # type: ignore[attr-defined]
    may_make = report_rules.can_make_report(viewer_of(request), conversation)
    return address_of(conversation, "reports") if is_there or may_make else ""


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


def figure_of(conversation: Conversation, snapshot: SnapshotView, view: ResultsView) -> FigureView | None:
    """The landscape with all that belongs to a figure, where anybody is grouped."""
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


def _tables(conversation: Conversation, snapshot: SnapshotView) -> list[tuple[str, str, str]]:
    """What can be taken away: words, and the addresses of CSV and of Parquet."""
    words = {
        "statements": _("Every statement"),
        "groups": _("The groups"),
        "group_statements": _("Every statement by group"),
        "representative": _("What sets each group apart"),
        "consensus": _("What everybody together agrees on"),
        "solutions": _("Numbers of groups that were tried"),
        "parts": _("Who named which part"),
        "part_statements": _("Every statement by part"),
        leaving_out.TABLE: _("With and without flagged participants"),
    }
    return [
        (
            words[name],
            _address(conversation, "results-table", name),
            _address(conversation, "results-table-parquet", name),
        )
        for name in published_tables(conversation, snapshot)
    ]


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
    name = f"{where.slug}-{table}.csv"
    if table not in NAMES_OF_TABLES:
        return as_file(download.csv(_picture(where, snapshot, table)), "text/csv", name)
    return as_file(_public_table(where, snapshot, table).write_csv(), "text/csv", name)


@require_safe
@_or_back_to_results
def table_parquet(request: HttpRequest, programme: str, conversation: str, table: str) -> HttpResponse:
    """One table of the result as Parquet: the same, with its types."""
    where, snapshot = _seen(request, programme, conversation)
    return parquet_file(_public_table(where, snapshot, table), f"{where.slug}-{table}.parquet")


def _public_table(conversation: Conversation, snapshot: SnapshotView, name: str) -> pl.DataFrame:
    frame = published_table(conversation, snapshot, name)
    if frame is None:
        raise Http404
    return frame


def _picture(conversation: Conversation, snapshot: SnapshotView, name: str) -> Picture:
    picture = snapshots.pictures(snapshot.id).get(name) if rules.can_be_grouped(conversation) else None
    picture = picture or _reach_picture(conversation, name)
    if picture is None:
        raise Http404
    return picture


def _reach_picture(conversation: Conversation, name: str) -> Picture | None:
    """A picture of who took part, where it may be shown."""
    snapshot = reach_snapshot(conversation) if name.startswith("reach-") else None
    return snapshots.pictures(snapshot.id).get(name) if snapshot else None


@require_safe
@_or_back_to_results
def picture_svg(request: HttpRequest, programme: str, conversation: str, picture: str) -> HttpResponse:
    """A picture with its colours written in."""
    where, snapshot = _seen(request, programme, conversation)
    svg = download.standalone_svg(_picture(where, snapshot, picture), credit=_credit(where))
    response = as_file(svg, "image/svg+xml", f"{where.slug}-{picture}.svg")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@_or_back_to_results
def picture_png(request: HttpRequest, programme: str, conversation: str, picture: str) -> HttpResponse:
    """A picture as pixels."""
    where, snapshot = _seen(request, programme, conversation)
    pixels = download.png(_picture(where, snapshot, picture), credit=_credit(where))
    return as_file(pixels, "image/png", f"{where.slug}-{picture}.png")


def _credit(conversation: Conversation) -> str:
    return " ".join(
        (conversation.attribution or f"{conversation.question} ({settings.KNOTWORK_ORIGIN})").split()
    )


def _runs_it(request: HttpRequest, conversation: Conversation) -> bool:
    return rules.part_of(viewer_of(request), conversation) is not rules.Part.ANYBODY
