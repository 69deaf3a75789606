"""Things that people of a place wrote, through the room's own door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.learning import services
from knotwork.learning.services import (
    LeadershipWords,
    LessonWords,
    NoteWords,
    PerspectiveWords,
    RoundWords,
    SessionWords,
    StoryWords,
    UptakeWords,
)
from knotwork.learning.ways import PROMPTS
from knotwork.programmes.models import Place, Role, Stage
from tests.builders import a_person
from tests.programmes.build import ADMINISTRATOR

PUBLIC = Stage.PUBLIC.value


def a_member(place: Place, role: Role = Role.PLACE_MEMBER) -> Viewer:
    """Somebody who works in this place."""
    return viewer_for(a_person(role, place.programme, place))


def a_note(place: Place, *, by: Viewer = ADMINISTRATOR, **words: Any) -> UUID:
    given = {"text": "The driver said yes.", "visibility": PUBLIC} | words
    return services.write_note(place.programme_id, NoteWords(**given), by=by, place_id=place.pk)


def a_story(
    place: Place, *, by: Viewer = ADMINISTRATOR, tells_of: list[tuple[str, UUID]] | None = None, **words: Any
) -> UUID:
    given = {"happened": "I used to leave before the pudding. Now I stay.", "visibility": PUBLIC} | words
    return services.write_story(
        place.programme_id, StoryWords(**given), by=by, place_id=place.pk, tells_of=tells_of or []
    )


def a_leadership_note(
    place: Place, *, by: Viewer = ADMINISTRATOR, practised_in: UUID | None = None, **words: Any
) -> UUID:
    given = {"did": "I stopped chairing; the Forum took it.", "visibility": PUBLIC} | words
    return services.write_leadership_note(
        place.programme_id, LeadershipWords(**given), by=by, place_id=place.pk, practised_in=practised_in
    )


def a_lesson(
    place: Place, *, by: Viewer = ADMINISTRATOR, evidence: list[tuple[str, UUID]] | None = None, **words: Any
) -> UUID:
    given = {"title": "Ask the scheduler", "visibility": PUBLIC} | words
    return services.draw_lesson(
        place.programme_id, LessonWords(**given), evidence=evidence or [], by=by, place_id=place.pk
    )


def an_uptake(lesson: UUID, place: Place, *, by: Viewer = ADMINISTRATOR, **words: Any) -> UUID:
    given = {"issue": "Getting home from college"} | words
    return services.take_up(lesson, UptakeWords(place_id=place.pk, **given), by=by)


def a_session(place: Place, *, by: Viewer = ADMINISTRATOR, **words: Any) -> UUID:
    given = {
        "title": "Who speaks for men over 80?",
        "method": "co_consulting",
        "begins_at": clock.now(),
        "visibility": PUBLIC,
    } | words
    return services.plan_session(place.programme_id, SessionWords(**given), by=by, place_id=place.pk)


def a_round(place: Place, *, by: Viewer = ADMINISTRATOR, **words: Any) -> UUID:
    """An open round that everybody may read."""
    given = {
        "title": "Who speaks for men over 80?",
        "opens_at": clock.now(),
        "closes_at": clock.now() + timedelta(days=14),
        "visibility": PUBLIC,
    } | words
    return services.post_knot(place.programme_id, RoundWords(**given), by=by, place_id=place.pk)


def a_perspective(consulting: UUID, by: Viewer, **words: Any) -> UUID:
    given = {"text": "Look for what they mend.", "visibility": PUBLIC} | words
    return services.give_perspective(consulting, PerspectiveWords(**given), by=by)


def a_reflection_round(place: Place, moment: str = "start", *, by: Viewer = ADMINISTRATOR) -> UUID:
    """An open round of two weeks."""
    return services.ask_to_reflect(place.pk, moment, clock.now() + timedelta(days=14), by=by)


def answers(value: int = 3, **others: int) -> dict[str, int]:
    """Twelve answers, all alike but those named by the beginning of their key."""
    given = {prompt.key: value for prompt in PROMPTS}
    return given | {key: other for way, other in others.items() for key in given if key.startswith(way)}
