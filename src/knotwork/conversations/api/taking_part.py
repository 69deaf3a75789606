"""Taking part for programs: the same services, rules and limits as the pages, with a token instead of a cookie."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Status
from ninja.security import HttpBearer

from knotwork.conversations import codes, rules, services
from knotwork.conversations.api.reading import conversation_of
from knotwork.conversations.api.shapes import (
    AnswerShape,
    CodeShape,
    FateShape,
    Given,
    MineShape,
    NewStatementShape,
    NextShape,
    StatementShape,
    TokenShape,
)
from knotwork.conversations.fates import Fate, fates_of
from knotwork.conversations.models import Conversation, Participant, Statement, VoteValue
from knotwork.conversations.next_statement import next_statement
from knotwork.conversations.queries import answers_of
from knotwork.conversations.queries.known import Known, known_at, known_by
from knotwork.conversations.services.refusals import require_taken
from knotwork.conversations.views.browser import TOKEN, new_token
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.api.refusals import REFUSALS, WITH_A_BODY, Refusal
from knotwork.core.limits.services import address_of

router = Router()

_IN_WORDS: dict[int, Given] = {
    VoteValue.AGREE: "agree",
    VoteValue.DISAGREE: "disagree",
    VoteValue.PASS: "pass",
}


class ParticipantToken(HttpBearer):
    """A participant's token. It says nothing about anybody, and stands for her in one conversation."""

    openapi_name = "participant"

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """The token, if it can be one."""
        return token if TOKEN.match(token) else None


_TOKEN = ParticipantToken()
_MAY_NOT = {HTTPStatus.UNAUTHORIZED: Refusal, HTTPStatus.FORBIDDEN: Refusal, HTTPStatus.CONFLICT: Refusal}
_READS = REFUSALS | _MAY_NOT
_WRITES = WITH_A_BODY | _MAY_NOT


def _token_of(request: HttpRequest) -> str:
    return str(request.auth)  # type: ignore[attr-defined]  # set by the door's keeper


@router.post(
    "/conversations/{uuid:conversation_id}/participants",
    response={201: TokenShape} | REFUSALS | {403: Refusal, 409: Refusal},
    summary="A token to take part with",
)
def new_participant(request: HttpRequest, conversation_id: UUID) -> Status[TokenShape]:
    """Nothing is kept until the first answer, so asking twice does no harm."""
    where = conversation_of(conversation_id)
    require_taken(rules.can_take_part(where), where)
    return Status(HTTPStatus.CREATED, TokenShape(token=new_token()))


@router.get(
    "/conversations/{uuid:conversation_id}/next",
    auth=_TOKEN,
    response={200: NextShape} | _READS,
    summary="What is asked next",
)
def what_is_next(request: HttpRequest, conversation_id: UUID) -> NextShape:
    """The same statement until it is answered."""
    where, token = conversation_of(conversation_id), _token_of(request)
    known = known_at(where, token)
    require_taken(rules.can_take_part(where, known.participant), where)
    return _next(where, token, known)


def _next(where: Conversation, token: str, known: Known) -> NextShape:
    participant, progress = known.participant, known.progress
    is_enough = progress.met >= where.asked_at_most
    statement = None if is_enough else next_statement(where, participant, token, progress)
    return NextShape(
        statement=_shape(statement) if statement else None,
        answered=progress.answered,
        added=progress.added,
        may_see_results=bool(rules.can_see_results(STRANGER, where, participant)),
    )


def _shape(row: Statement) -> StatementShape:
    return StatementShape(id=row.public_id, number=row.number, text=row.text, language=row.language)


@router.post(
    "/conversations/{uuid:conversation_id}/answers",
    auth=_TOKEN,
    response={201: NextShape} | _WRITES,
    summary="Answer a statement",
)
def answer(request: HttpRequest, conversation_id: UUID, given: AnswerShape) -> Status[NextShape]:
    """The answer is kept when this comes back; what is asked next comes with it."""
    where, token = conversation_of(conversation_id), _token_of(request)
    named = given.part if given.part and given.part <= len(where.named_parts) else None
    known = services.answer(
        where, given.statement, given.answer, token, address_of(request), named_part=named
    )
    return Status(HTTPStatus.CREATED, _next(where, token, known))


@router.post(
    "/conversations/{uuid:conversation_id}/statements",
    auth=_TOKEN,
    response={201: FateShape} | _WRITES,
    summary="Say something that others can answer",
)
def add_statement(request: HttpRequest, conversation_id: UUID, said: NewStatementShape) -> Status[FateShape]:
    """A moderator looks at it first, unless the conversation shows new ones at once."""
    where, token = conversation_of(conversation_id), _token_of(request)
    added = services.add_statement(where, said.text, token, address_of(request))
    fates = fates_of(_known(where, token), STRANGER)
    return Status(
        HTTPStatus.CREATED, _fate(next(fate for fate in reversed(fates) if fate.text == added.text))
    )


@router.get(
    "/conversations/{uuid:conversation_id}/mine",
    auth=_TOKEN,
    response={200: MineShape} | _READS,
    summary="What I said here",
)
def mine(request: HttpRequest, conversation_id: UUID) -> MineShape:
    """Every answer that stands, and what became of what was added."""
    participant = _known(conversation_of(conversation_id), _token_of(request))
    return MineShape(
        answers=[
            AnswerShape(statement=vote.statement.public_id, answer=_IN_WORDS[vote.value], part=None)
            for vote in answers_of(participant)
        ],
        statements=[_fate(fate) for fate in fates_of(participant, STRANGER)],
    )


def _fate(fate: Fate) -> FateShape:
    return FateShape(
        text=fate.text,
        language=fate.language,
        state=fate.state,
        state_in_words=fate.state_in_words,
        reason=fate.reason,
        reply=fate.reply,
        at=fate.at,
        became=fate.became.title if fate.became else "",
    )


@router.post(
    "/conversations/{uuid:conversation_id}/mine/code",
    auth=_TOKEN,
    response={201: CodeShape} | _READS,
    summary="A return code",
)
def new_code(request: HttpRequest, conversation_id: UUID) -> Status[CodeShape]:
    """For coming back from another device; shown this once, and an earlier one ends."""
    participant = _known(conversation_of(conversation_id), _token_of(request))
    return Status(HTTPStatus.CREATED, CodeShape(code=codes.grouped(services.new_return_code(participant))))


@router.delete(
    "/conversations/{uuid:conversation_id}/mine",
    auth=_TOKEN,
    response={204: None} | _READS,
    summary="Forget me",
)
def forget(request: HttpRequest, conversation_id: UUID) -> Status[None]:
    """The link between this token and the answers is broken for ever; the answers stay, without a name."""
    services.forget(_known(conversation_of(conversation_id), _token_of(request)))
    return Status(HTTPStatus.NO_CONTENT, None)


def _known(where: Conversation, token: str) -> Participant:
    participant = known_by(where, token)
    if participant is None:
        raise Http404
    return participant
