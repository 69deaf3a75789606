"""'We are taking this up', how that went, and what flows back to where the lesson came from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.core.strands.models import Relation
from knotwork.core.strands.services import tie
from knotwork.learning.kinds import LESSON, UPTAKE
from knotwork.learning.models import Lesson, Outcome, Uptake
from knotwork.learning.rules import can_say_result, can_take_up
from knotwork.learning.services.writing import fit, save_change, standing_piece, tell_of
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.services.made import refuse
from knotwork.programmes.written import can_change_written

VERBS = ("lesson.taken_up", "lesson.answered", "uptake.result_said")


@dataclass(frozen=True)
class UptakeWords:
    """Which place takes it up, for which issue, and what it will do. Without a place nothing is taken up."""

    place_id: int | None
    issue: str
    plan: str = ""
    visibility: str = Stage.PUBLIC.value
    signed: str = ""
    language: str = "en"

    def columns(self) -> dict[str, str]:
        """What stands in the row beside the place."""
        return {
            "issue": self.issue,
            "plan": self.plan,
            "visibility": self.visibility,
            "signed": self.signed,
            "language": self.language,
        }


def take_up(lesson: UUID, words: UptakeWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Say that a place takes up a lesson of another place, or its own for another issue. Its origin hears of it."""
    with transaction.atomic():
        source = standing_piece(LESSON, lesson, by)
        assert isinstance(source, Lesson)
        place = Place.objects.select_related("programme").filter(pk=words.place_id or 0).first()
        if place is None:
            raise refuse(_("Say which place takes this up."))
        require(can_take_up(by, source, place, words.issue))
        require(can_show_now(by, place.programme, words.visibility, place))
        row = Uptake.objects.create(
            lesson=source,
            programme=place.programme,
            place=place,
            author_id=by.person_id,
            written_at=at or clock.now(),
            **fit(UPTAKE, words.columns(), place),
        )
        _tell_the_origin("lesson.taken_up", row, by)
        tell_of(UPTAKE, row, "written" if row.visibility != Stage.ME else "drafted", by=by)
        tie(
            (UPTAKE.code, row.public_id),
            Relation.ADOPTED_FROM,
            (LESSON.code, lesson),
            by=by,
            programme=place.programme.public_id,
            place=place.public_id,
        )
    return row.public_id


def change_uptake(uptake: UUID, words: UptakeWords, *, by: Viewer) -> None:
    """Change for which issue, what the place will do, and who may read it. The place stays."""
    with transaction.atomic():
        row = _standing(uptake, by)
        require(can_change_written(by, row))
        assert row.place is not None
        require(can_take_up(by, row.lesson, row.place, words.issue))
        save_change(UPTAKE, row, fit(UPTAKE, words.columns(), row.place), by=by)


def say_result(
    uptake: UUID, outcome: str, words: str, *, by: Viewer, sent_back: str = "", at: datetime | None = None
) -> None:
    """Say how it went: copied, adapted or dropped, in words; and what the place that learned it could use.

    Said again, it takes the place of what was said before.
    """
    with transaction.atomic():
        row = _standing(uptake, by)
        require(can_say_result(by, row))
        if not words.strip():
            raise refuse(_("Please say in a few words how it went."))
        row.outcome, row.result = Outcome(outcome).value, words.strip()
        row.result_at, sent_back = at or clock.now(), sent_back.strip()
        is_new_idea = bool(sent_back) and sent_back != row.sent_back
        row.sent_back = sent_back
        row.save(update_fields=["outcome", "result", "result_at", "sent_back"])
        if is_new_idea:
            _tell_the_origin("lesson.answered", row, by)
        record(
            "uptake.result_said",
            subject_kind=UPTAKE.code,
            subject_id=row.public_id,
            by=by,
            programme=row.programme.public_id,
            place=row.place.public_id if row.place else None,
            details={"outcome": row.outcome},
        )


def _standing(uptake: UUID, by: Viewer) -> Uptake:
    row = standing_piece(UPTAKE, uptake, by)
    assert isinstance(row, Uptake)
    return row


def _tell_the_origin(verb: str, row: Uptake, by: Viewer) -> None:
    """News for the place that learned the lesson. Its subject is the uptake, so it is told to whoever may see that."""
    origin = row.lesson
    if origin.place_id is None or origin.place_id == row.place_id:
        return
    assert origin.place is not None
    record(
        verb,
        subject_kind=UPTAKE.code,
        subject_id=row.public_id,
        by=by,
        programme=origin.programme.public_id,
        place=origin.place.public_id,
    )
