"""A place says that it is stuck; others answer; the place says what helped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.services.made import refuse, standing_place
from knotwork.programmes.written import can_show
from knotwork.support import letters
from knotwork.support.models import HelpAnswer, HelpRequest
from knotwork.support.querysets import help_requests
from knotwork.support.rules import Act, can
from knotwork.support.services.rows import needed, record_of

SHOWN_TO = (Stage.PLACE.value, Stage.PROGRAMME.value, Stage.PUBLIC.value)


@dataclass(frozen=True)
class HelpWords:
    """What a place is stuck with, how it wants to be named, and who may read it."""

    words: str
    signed: str = ""
    visibility: str = Stage.PROGRAMME.value
    language: str = "en"


def ask_for_help(place_id: int, words: HelpWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Say 'we are stuck'. The place's enablers and the team hear of it, as far as they may read it."""
    said = needed(words.words, _("Say what you are stuck with."))
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.ASK_FOR_HELP, place.programme, place.pk))
        require(can_show(words.visibility, place))
        require(can_show_now(by, place.programme, words.visibility, place))
        if words.visibility not in SHOWN_TO:
            raise refuse(_("Choose who may read it: help comes from others."))
        row = HelpRequest.objects.create(
            programme=place.programme,
            place=place,
            author_id=by.person_id,
            words=said,
            signed=words.signed.strip(),
            visibility=words.visibility,
            language=words.language,
            written_at=at or clock.now(),
        )
        _record("help_request.asked", row, by)
        letters.tell_who_may_help(row)
    return row.public_id


def answer_help(
    request: UUID, words: str, *, by: Viewer, signed: str = "", at: datetime | None = None
) -> UUID:
    """Answer a place that is stuck."""
    words = needed(words, _("Write a few words."))
    with transaction.atomic():
        row = _held(request, by)
        require(can(by, Act.TAKE_PART, row.programme))
        if row.closed_at is not None:
            raise refuse(_("The place is not stuck with this any more."))
        answer = HelpAnswer.objects.create(
            request=row,
            words=words,
            signed=signed.strip()[:120],
            author_id=by.person_id,
            written_at=at or clock.now(),
        )
        _record("help_request.answered", row, by)
        letters.tell_that_help_was_answered(row, by)
    return answer.public_id


def close_help(request: UUID, what_helped: str = "", *, by: Viewer, at: datetime | None = None) -> None:
    """The place says that it is not stuck any more, and if it likes, what helped."""
    with transaction.atomic():
        row = _held(request, by)
        require(can(by, Act.ASK_FOR_HELP, row.programme, _place(row).pk))
        if row.closed_at is None:
            HelpRequest.objects.filter(pk=row.pk).update(
                closed_at=at or clock.now(), what_helped=what_helped.strip()
            )
            _record("help_request.closed", row, by)


def _held(request: UUID, by: Viewer) -> HelpRequest:
    rows = (
        help_requests()
        .visible_to(by)
        .filter(public_id=request)
        .select_related("programme", "place", "author")
    )
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise refuse(_("This request is not known here."))
    return row


def _place(row: HelpRequest) -> Place:
    assert row.place is not None, "help is asked by a place: the database keeps it so"
    return row.place


def _record(verb: str, row: HelpRequest, by: Viewer) -> None:
    record_of(verb, "help_request", row.public_id, by, programme=row.programme, place=row.place)
