"""Write something down, change it, take it out of sight."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.learning.kinds import ALL, LEADERSHIP_NOTE, LESSON, NOTE, STORY, Kind
from knotwork.learning.queries.ties import End
from knotwork.learning.services.ties import set_ties
from knotwork.learning.services.words import (
    LeadershipWords,
    LessonWords,
    NoteWords,
    PieceWords,
    StoryWords,
)
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Place, Stage, Written
from knotwork.programmes.services.made import place_of, refuse, standing_programme
from knotwork.programmes.written import WrittenQuerySet, can_change_written, can_show, can_write_for

LONGEST = 8_000


def write_note(
    programme_id: int,
    words: NoteWords,
    *,
    by: Viewer,
    place_id: int | None = None,
    at: datetime | None = None,
) -> UUID:
    """A few lines on how it goes."""
    return write(NOTE, programme_id, words, by=by, place_id=place_id, at=at)


def write_story(
    programme_id: int,
    words: StoryWords,
    *,
    by: Viewer,
    place_id: int | None = None,
    tells_of: Sequence[End] = (),
    at: datetime | None = None,
) -> UUID:
    """A story; ``tells_of`` are try-outs and measures, as (kind, public id)."""
    return write(STORY, programme_id, words, by=by, place_id=place_id, at=at, ties=tells_of)


def write_leadership_note(
    programme_id: int,
    words: LeadershipWords,
    *,
    by: Viewer,
    place_id: int | None = None,
    practised_in: UUID | None = None,
    ties: Sequence[End] = (),
    at: datetime | None = None,
) -> UUID:
    """What somebody did differently as a leader; ``practised_in`` is a try-out, ``ties`` decisions and sessions."""
    tied = [("try_out", practised_in), *ties] if practised_in else list(ties)
    return write(LEADERSHIP_NOTE, programme_id, words, by=by, place_id=place_id, at=at, ties=tied)


def say_what_helped(note: UUID, helped_by: Sequence[End], *, by: Viewer) -> None:
    """Tick what helped somebody to lead differently, by her own word: sessions, rounds, visits, learning events."""
    with transaction.atomic():
        row = standing_piece(LEADERSHIP_NOTE, note, by)
        require(can_change_written(by, row))
        set_ties(LEADERSHIP_NOTE, row, helped_by, by=by, tie_as=LEADERSHIP_NOTE.helped_by)


def draw_lesson(
    programme_id: int,
    words: LessonWords,
    *,
    evidence: Sequence[End] = (),
    by: Viewer,
    place_id: int | None = None,
    at: datetime | None = None,
) -> UUID:
    """A lesson; ``evidence`` are stories, measures and notes, as (kind, public id)."""
    return write(LESSON, programme_id, words, by=by, place_id=place_id, at=at, ties=evidence)


def write(
    kind: Kind,
    programme_id: int,
    words: PieceWords,
    *,
    by: Viewer,
    place_id: int | None = None,
    at: datetime | None = None,
    ties: Sequence[End] = (),
) -> UUID:
    """Write one piece of this kind, for a place or for the programme as a whole; ``at`` if it was written earlier."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        place = place_of(programme, place_id)
        require(can_write_for(by, programme, place))
        row = kind.model(
            programme=programme,
            place=place,
            author_id=by.person_id,
            written_at=at or clock.now(),
            **fit(kind, asdict(words), place),
        )
        require(can_show_now(by, programme, row.visibility, place))
        row.save()
        tell_of(kind, row, "written" if row.visibility != Stage.ME else "drafted", by=by)
        set_ties(kind, row, ties, by=by)
    return row.public_id


def change(
    kind: Kind,
    public_id: UUID,
    words: PieceWords,
    *,
    by: Viewer,
    ties: Sequence[End] | None = None,
) -> None:
    """Put other words in place of those that stand; ``ties`` are all that it is tied to from now on."""
    with transaction.atomic():
        row = standing_piece(kind, public_id, by)
        require(can_change_written(by, row))
        save_change(kind, row, fit(kind, asdict(words), row.place), by=by)
        if ties is not None:
            set_ties(kind, row, ties, by=by)


def save_change(kind: Kind, row: Written, columns: dict[str, Any], *, by: Viewer) -> None:
    """Keep the new columns, and tell of it: a draft that is shown for the first time is news, so is one for all."""
    before = row.visibility
    require(can_show_now(by, row.programme, columns["visibility"], row.place, before=before))
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    if before == Stage.ME and row.visibility != Stage.ME:
        tell_of(kind, row, "written", by=by)
    elif before != Stage.PUBLIC and row.visibility == Stage.PUBLIC:
        tell_of(kind, row, "shown", by=by)
    else:
        tell_of(kind, row, "changed", by=by)


def withdraw(kind: Kind, public_id: UUID, reason: str, *, by: Viewer) -> None:
    """Take it out of sight; the row and the reason stay in the record."""
    with transaction.atomic():
        row = standing_piece(kind, public_id, by)
        require(can_change_written(by, row))
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()[:300]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        tell_of(kind, row, "withdrawn", by=by)


def standing_piece(kind: Kind, public_id: UUID, viewer: Viewer) -> Written:
    """The row, held until the end of the transaction; refused for whoever may not even see it."""
    seen: WrittenQuerySet[Any] = WrittenQuerySet(kind.model).visible_to(viewer).filter(public_id=public_id)
    held = kind.model._default_manager.select_for_update(of=("self",)).select_related("programme", "place")
    row = held.filter(pk__in=list(seen.values_list("pk", flat=True))).first()
    if row is None:
        raise refuse(_("This is not here, or it was taken out of sight."))
    return row


def fit(kind: Kind, columns: dict[str, Any], place: Place | None) -> dict[str, Any]:
    """The columns as they are kept; refused with a reason when something is missing, too long, or not to be shown."""
    kept = {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}
    first = "title" if kind.is_titled else kind.parts[0][0]
    if not kept[first]:
        raise refuse(_("Please write something in the first box."))
    for name, value in kept.items():
        longest = _longest(kind, name)
        if isinstance(value, str) and len(value) > longest:
            raise refuse(_("Please keep each text below %(count)d letters.") % {"count": longest})
    stage = Stage(kept["visibility"])
    if stage == Stage.PLACE and place is None:
        raise refuse(_("This is not about one place, so it cannot be for the people of a place alone."))
    require(can_show(stage, place))
    return kept


def _longest(kind: Kind, name: str) -> int:
    field = kind.model._meta.get_field(name)
    return getattr(field, "max_length", None) or LONGEST if isinstance(field, models.Field) else LONGEST


def tell_of(kind: Kind, row: Written, act: str, *, by: Viewer) -> None:
    """One event about a piece of writing, in its programme and its place."""
    record(
        f"{kind.code}.{act}",
        subject_kind=kind.code,
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
    )


VERBS = tuple(
    f"{code}.{act}" for code in ALL for act in ("drafted", "written", "shown", "changed", "withdrawn")
)
