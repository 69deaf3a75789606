"""Reading for programs: conversations that everybody may see, and what was found in them."""

from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router

from knotwork.conversations import rules
from knotwork.conversations.api.shapes import (
    ConversationList,
    ConversationShape,
    GroupShape,
    ResultShape,
    TableShape,
    UnknownShape,
)
from knotwork.conversations.models import Conversation, Participant
from knotwork.conversations.queries import ListedConversation, conversations, conversations_for
from knotwork.conversations.queries.known import known_by
from knotwork.conversations.results.published import published_snapshot, published_table, published_tables
from knotwork.conversations.results.reading import results_of
from knotwork.conversations.views.browser import TOKEN
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.api.refusals import REFUSALS, Refusal
from knotwork.core.rules import require

router = Router()

Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to leave out first.")]
WITH_RULE = REFUSALS | {403: Refusal}


def conversation_of(public_id: UUID) -> Conversation:
    """The conversation, or 'not there' for what a stranger may not see."""
    rows = conversations().visible_to(STRANGER).select_related("programme", "place")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def participant_asking(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """Whom the token stands for that came along, if one did and she has begun."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return known_by(conversation, token) if kind == "Bearer" and TOKEN.match(token) else None


@router.get(
    "/conversations",
    response={200: ConversationList} | REFUSALS,
    summary="Conversations that everybody may see",
)
def list_conversations(
    request: HttpRequest,
    programme: UUID | None = None,
    place: UUID | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> ConversationList:
    """Open ones first, then those to come, then the newest closed."""
    listed = conversations_for(STRANGER, programme=programme, place=place)
    chosen = listed[offset : offset + limit]
    return ConversationList(count=len(listed), items=[_shape(request, row) for row in chosen])


@router.get(
    "/conversations/{uuid:conversation_id}",
    response={200: ConversationShape} | REFUSALS,
    summary="One conversation",
)
def one_conversation(request: HttpRequest, conversation_id: UUID) -> ConversationShape:
    """What is asked, where, and until when."""
    where = conversation_of(conversation_id)
    listed = conversations_for(STRANGER, programme=where.programme.public_id)
    return _shape(request, next(row for row in listed if row.public_id == conversation_id))


def _shape(request: HttpRequest, row: ListedConversation) -> ConversationShape:
    return ConversationShape(
        id=row.public_id,
        question=row.question,
        language=row.language,
        programme=row.programme,
        place=row.place,
        phase=row.phase,
        people=row.people,
        closes_at=row.closes_at,
        held_elsewhere=row.held_elsewhere,
        by_invitation=row.by_invitation,
        is_made_up=row.is_made_up,
        url=request.build_absolute_uri(row.url),
        results_url=request.build_absolute_uri(row.results_url),
    )


@router.get(
    "/conversations/{uuid:conversation_id}/results",
    response={200: ResultShape} | WITH_RULE,
    summary="What was found",
)
def results(request: HttpRequest, conversation_id: UUID) -> ResultShape:
    """In sentences, with what is not known. While people answer, for those alone who have answered enough."""
    where, snapshot = _seen(request, conversation_id)
    view = results_of(where, snapshot)
    return ResultShape(
        conversation=conversation_id,
        people=view.people,
        exact=view.is_exact,
        sentences=list(view.sentences),
        unknowns=[UnknownShape(what=one.what, why=one.why) for one in view.unknowns],
        groups=[GroupShape(letter=one.letter, name=one.name, people=one.people) for one in view.groups],
        method=snapshot.method,
        version=snapshot.version,
        seed=snapshot.seed,
        finished_at=snapshot.finished_at,
        source=where.source,
        attribution=where.attribution,
        tables=list(published_tables(where, snapshot)),
    )


@router.get(
    "/conversations/{uuid:conversation_id}/results/tables/{table}",
    response={200: TableShape} | WITH_RULE,
    summary="One table of what was found",
)
def results_table(
    request: HttpRequest, conversation_id: UUID, table: str, limit: Limit = 1000, offset: Offset = 0
) -> TableShape:
    """The same rows as the download of this name."""
    where, snapshot = _seen(request, conversation_id)
    frame = published_table(where, snapshot, table)
    if frame is None:
        raise Http404
    rows = frame.slice(offset, limit).rows()
    return TableShape(name=table, count=frame.height, columns=frame.columns, rows=[list(row) for row in rows])


def _seen(request: HttpRequest, conversation_id: UUID) -> tuple[Conversation, SnapshotView]:
    where = conversation_of(conversation_id)
    require(rules.can_see_results(STRANGER, where, participant_asking(request, where)))
    snapshot = published_snapshot(where)
    if snapshot is None:
        raise Http404
    return where, snapshot
