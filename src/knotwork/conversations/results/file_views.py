"""Rows of votes to take away: a Polis export in one file or in four, and Parquet. Two rules guard them."""

import io

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations import exports, rules
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.browser import participant_of
from knotwork.conversations.views.found import found, not_taken
from knotwork.conversations.vote_files import VoteRows, summary_of, vote_rows
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import require
from knotwork.formats.zips import zipped

PARQUET = "application/vnd.apache.parquet"


def may_take_votes(request: HttpRequest, conversation: Conversation) -> bool:
    """Whether the page offers the rows of votes."""
    return conversation.publishes_votes or bool(exports.can_take_votes(viewer_of(request), conversation))


def as_file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    """Something to keep, under a name."""
    response = HttpResponse(
        content, content_type=media_type if isinstance(content, bytes) else f"{media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def parquet_file(frame: pl.DataFrame, name: str) -> HttpResponse:
    """A table as Parquet, with its types."""
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd")
    return as_file(written.getvalue(), PARQUET, name)


def _rows(request: HttpRequest, programme: str, conversation: str) -> tuple[Conversation, VoteRows]:
    """Single votes, and what goes with them: for those who may see results, else for the team, and that is logged."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    if where.publishes_votes:
        require(rules.can_see_results(viewer, where, participant_of(request, where)))
    else:
        require(exports.can_take_votes(viewer, where))
    return where, vote_rows(where)


def _log(request: HttpRequest, conversation: Conversation) -> None:
    if not conversation.publishes_votes and request.method == "GET":
        exports.record_export_of_votes(conversation, by=viewer_of(request))


def _url(request: HttpRequest, conversation: Conversation) -> str:
    return request.build_absolute_uri(address_of(conversation, "about"))


@require_safe
def votes(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Every vote by itself."""
    where, rows = _rows(request, programme, conversation)
    _log(request, where)
    return as_file(rows.vote_log().write_csv(), "text/csv", "votes.csv")


@require_safe
def votes_parquet(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Every vote by itself, as Parquet: smaller, and with its types."""
    where, rows = _rows(request, programme, conversation)
    _log(request, where)
    return parquet_file(rows.vote_log(), "votes.parquet")


@require_safe
def comments(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The statements, in the layout that goes with the file of votes."""
    _where, rows = _rows(request, programme, conversation)
    return as_file(rows.comments().write_csv(), "text/csv", "comments.csv")


@require_safe
def summary(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What the conversation is, in the layout that goes with the file of votes."""
    where, rows = _rows(request, programme, conversation)
    return as_file(summary_of(where, rows, _url(request, where)).to_bytes(), "text/csv", "summary.csv")


@require_safe
def matrix(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """A row for each person and a column for each statement."""
    where, rows = _rows(request, programme, conversation)
    if rows.is_too_big_for_a_matrix:
        return not_taken(request, where, _too_big())
    _log(request, where)
    return as_file(rows.matrix().write_csv(), "text/csv", "participants-votes.csv")


@require_safe
def polis(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """All four files of a Polis export in one zip, in which a person bears one number."""
    where, rows = _rows(request, programme, conversation)
    if rows.is_too_big_for_a_matrix:
        return not_taken(request, where, _too_big())
    _log(request, where)
    files = rows.files(where, _url(request, where))
    return as_file(zipped(files), "application/zip", f"{where.slug}-polis.zip")


def _too_big() -> NotTaken:
    return NotTaken(
        _("A table of so many people and statements would be too big. Take votes.csv, which says the same.")
    )
