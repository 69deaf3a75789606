"""A round of co-consulting: post a knot, give a perspective, close, and say what the place takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.limits.services import keyed_hash
from knotwork.core.rules import Decision, require
from knotwork.core.windows import WindowState
from knotwork.learning.kinds import CONSULTING_ROUND
from knotwork.learning.models import ConsultingRound, RoundPerspective
from knotwork.learning.queries.ties import End
from knotwork.learning.rules import RoundAct, can_in_round, state_of
from knotwork.learning.services.ties import set_ties
from knotwork.learning.services.words import Signed
from knotwork.learning.services.writing import LONGEST, fit, save_change, standing_piece, tell_of
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Stage
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import place_of, refuse, standing_programme
from knotwork.programmes.written import can_change_written, can_show, can_write_for

VERBS = (
    "consulting_round.answered",
    "consulting_round.closed",
    "consulting_round.taken",
    "consulting_round.perspective_withdrawn",
)


@dataclass(frozen=True, kw_only=True)
class RoundWords(Signed):
    """The knot as a question, what the place has tried, and the window in which others answer."""

    title: str
    opens_at: datetime
    closes_at: datetime
    text: str = ""
    visibility: str = Stage.PROGRAMME.value


@dataclass(frozen=True, kw_only=True)
class PerspectiveWords(Signed):
    """How somebody sees the knot."""

    text: str
    visibility: str = Stage.PROGRAMME.value


def post_knot(
    programme_id: int, words: RoundWords, *, by: Viewer, place_id: int, at: datetime | None = None
) -> UUID:
    """A place posts a knot and asks others how they see it."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        place = place_of(programme, place_id)
        require(can_write_for(by, programme, place))
        columns = fit(CONSULTING_ROUND, _columns(words), place)
        row = ConsultingRound(
            programme=programme, place=place, author_id=by.person_id, written_at=at or clock.now(), **columns
        )
        row.save()
        tell_of(CONSULTING_ROUND, row, "written", by=by)
    return row.public_id


def change_knot(consulting: UUID, words: RoundWords, *, by: Viewer) -> None:
    """Change the question, until somebody has answered it; its window until it has closed."""
    with transaction.atomic():
        row = _standing(consulting, by)
        require(can_change_written(by, row))
        if state_of(row) is WindowState.AFTER:
            raise refuse(_("This round has closed, so it stays as it was."))
        columns = fit(CONSULTING_ROUND, _columns(words), row.place)
        is_other_question = (columns["title"], columns["text"]) != (row.title, row.text)
        if is_other_question and row.perspectives.exists():
            raise refuse(_("Somebody has answered already, so the question stays as it is."))
        save_change(CONSULTING_ROUND, row, columns, by=by)


def give_perspective(
    consulting: UUID, words: PerspectiveWords, *, by: Viewer, at: datetime | None = None
) -> UUID:
    """One perspective for each person. It stands as it was written, since afterwards she sees those of others."""
    with transaction.atomic():
        row = _standing(consulting, by)
        require(can_in_round(by, RoundAct.GIVE, row))
        text = words.text.strip()
        if not text:
            raise refuse(_("Please write how you see it."))
        if len(text) > LONGEST:
            raise refuse(_("Please keep each text below %(count)d letters.") % {"count": LONGEST})
        if words.visibility == Stage.ME:
            raise refuse(_("A perspective is for the place that asks. Nobody would read this one."))
        require(can_show(words.visibility, row.place))
        require(can_show_now(by, row.programme, words.visibility, row.place))
        try:
            with transaction.atomic():
                given = RoundPerspective.objects.create(
                    round=row,
                    author_id=by.person_id,
                    giver=giver_of(row, by),
                    text=text,
                    signed=words.signed.strip()[:120],
                    visibility=Stage(words.visibility).value,
                    language=words.language,
                    written_at=at or clock.now(),
                )
        except IntegrityError:
            raise refuse(_("You have given your perspective already. It stands as it was written.")) from None
        _tell("answered", row, by)
    return given.public_id


def withdraw_perspective(perspective: UUID, reason: str, *, by: Viewer) -> None:
    """Its writer, the leads of the place and the programme's team take it out of sight; she cannot give another one."""
    with transaction.atomic():
        given = (
            RoundPerspective.objects.select_for_update()
            .filter(public_id=perspective, withdrawn_at=None)
            .first()
        )
        if given is None:
            raise refuse(_("This is not here, or it was taken out of sight."))
        row = _standing(given.round.public_id, by)
        is_own = by.person_id is not None and given.author_id == by.person_id
        place_id = None if row.place is None else row.place.pk
        allowed = Decision(True) if is_own else can(by, Act.CHANGE_WRITTEN, row.programme, place_id)
        require(allowed)
        given.withdrawn_at, given.withdrawn_reason = clock.now(), reason.strip()[:300]
        given.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        _tell("perspective_withdrawn", row, by)


def close_round(consulting: UUID, *, by: Viewer) -> None:
    """End the round before its time; it never opens again."""
    with transaction.atomic():
        row = _standing(consulting, by)
        require(can_in_round(by, RoundAct.CLOSE, row))
        row.closes_at = clock.now()
        row.opens_at = min(row.opens_at, row.closes_at)
        row.save(update_fields=["opens_at", "closes_at"])
        _tell("closed", row, by)


def say_what_we_take(
    consulting: UUID,
    takes: str,
    why: str = "",
    *,
    by: Viewer,
    outcomes: Sequence[End] = (),
    at: datetime | None = None,
) -> None:
    """The place says what it takes from what it was given, and why; said again, it takes the place of before."""
    with transaction.atomic():
        row = _standing(consulting, by)
        require(can_in_round(by, RoundAct.TAKE, row))
        takes, why = takes.strip(), why.strip()
        if not takes:
            raise refuse(_("Please say what you take. It may be that you take nothing, and why."))
        if max(len(takes), len(why)) > LONGEST:
            raise refuse(_("Please keep each text below %(count)d letters.") % {"count": LONGEST})
        row.takes, row.why, row.taken_at = takes, why, at or clock.now()
        row.save(update_fields=["takes", "why", "taken_at"])
        set_ties(CONSULTING_ROUND, row, outcomes, by=by)
        _tell("taken", row, by)


def giver_of(row: ConsultingRound, viewer: Viewer) -> str:
    """The keyed hash of a person and a round."""
    return keyed_hash("perspective", f"{viewer.public_id}:{row.public_id}")


def _columns(words: RoundWords) -> dict[str, object]:
    if words.closes_at <= words.opens_at:
        raise refuse(_("It closes before it opens. Please choose a later time."))
    if words.visibility in (Stage.ME, Stage.PLACE):
        raise refuse(_("A knot is posted for other places, so at least the people of the programme read it."))
    return {
        "title": words.title,
        "text": words.text,
        "opens_at": words.opens_at,
        "closes_at": words.closes_at,
        "visibility": words.visibility,
        "signed": words.signed,
        "language": words.language,
    }


def _standing(consulting: UUID, by: Viewer) -> ConsultingRound:
    row = standing_piece(CONSULTING_ROUND, consulting, by)
    assert isinstance(row, ConsultingRound)
    return row


def _tell(act: str, row: ConsultingRound, by: Viewer) -> None:
    record(
        f"consulting_round.{act}",
        subject_kind=CONSULTING_ROUND.code,
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
    )
