"""What was done differently, told, learned, felt and taken up."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import BEGAN, Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.learning import services
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.services import Grant, grant_membership

_IN_THE_TEAM = 10

Known = Mapping[str, tuple[str, UUID]]
"""Things of the story by their keys (``try:bus``, ``story:pudding``), as ends of strands."""


def learn(cast: Cast, known: Known) -> None:
    """Everything of this room, each on its own day."""
    about = told("learning")
    _leadership(cast, about["leadership"], known)
    for row in about["notes"]:
        with on(row["on"]):
            note = services.NoteWords(text=row["text"], title=row["title"], visibility=row["visibility"])
            services.write_note(
                cast.programme.pk, note, place_id=cast.places[row["place"]].pk, by=BY_THE_HOUSE
            )
    known = {**known, **_stories(cast, about["stories"], known)}
    lessons = _lessons(cast, about["lessons"], known)
    _uptakes(cast, about["uptakes"], lessons)
    _three_words(cast, about["words"])


def _leadership(cast: Cast, rows: Sequence[Mapping[str, Any]], known: Known) -> None:
    for row in rows:
        with on(row["on"]):
            words = services.LeadershipWords(
                did=row["did"],
                why=row["why"],
                happened=row["happened"],
                signed=row["signed"],
                visibility=Stage.PUBLIC.value,
            )
            practised_in = known[f"try:{row['practised_in']}"][1]
            services.write_leadership_note(
                cast.programme.pk,
                words,
                place_id=cast.northvale.pk,
                practised_in=practised_in,
                by=BY_THE_HOUSE,
            )


def _stories(cast: Cast, rows: Sequence[Mapping[str, Any]], known: Known) -> dict[str, tuple[str, UUID]]:
    told_now = {}
    for row in rows:
        with on(row["on"]):
            words = services.StoryWords(
                title=row["title"],
                happened=row["happened"],
                changed=row["changed"],
                did_not_work=row["did_not_work"],
                next_step=row["next"],
                signed=row["signed"],
                visibility=row["visibility"],
            )
            story = services.write_story(
                cast.programme.pk,
                words,
                place_id=cast.places[row["place"]].pk,
                tells_of=[known[f"try:{row['tells_of']}"]],
                by=BY_THE_HOUSE,
            )
        told_now[f"story:{row['key']}"] = ("story", story)
    return told_now


def _lessons(cast: Cast, rows: Sequence[Mapping[str, Any]], known: Known) -> dict[str, UUID]:
    drawn = {}
    for row in rows:
        with on(row["on"]):
            words = services.LessonWords(
                title=row["title"],
                text=f"{row['text']}\n\n{row['when']}",
                signed=row["signed"],
                visibility=row.get("visibility", Stage.PUBLIC.value),
            )
            drawn[row["key"]] = services.draw_lesson(
                cast.programme.pk,
                words,
                evidence=[known[key] for key in row["evidence"]],
                place_id=cast.places[row["place"]].pk,
                by=BY_THE_HOUSE,
            )
    return drawn


def _uptakes(cast: Cast, rows: Sequence[Mapping[str, Any]], lessons: Mapping[str, UUID]) -> None:
    for row in rows:
        with on(row["on"]):
            words = services.UptakeWords(place_id=cast.places[row["place"]].pk, issue=row["issue"])
            uptake = services.take_up(lessons[row["lesson"]], words, by=BY_THE_HOUSE)
        if "outcome" in row:
            with on(row["result_on"]):
                services.say_result(
                    uptake, row["outcome"], row["result"], sent_back=row.get("sent_back", ""), by=BY_THE_HOUSE
                )


def _three_words(cast: Cast, rows: Sequence[Mapping[str, Any]]) -> None:
    with on(BEGAN):
        team = [_member(cast, number) for number in range(1, _IN_THE_TEAM + 1)]
    for row in rows:
        said: list[list[str]] = [[] for _ in team]
        turn = 0
        for word, how_many in row["words"].items():
            for _ in range(how_many):
                said[turn % _IN_THE_TEAM].append(word)
                turn += 1
        with on(row["on"]):
            for member, words in zip(team, said, strict=True):
                services.add_three_words(cast.places[row["place"]].pk, words, by=member)


def _member(cast: Cast, number: int) -> Viewer:
    """Somebody made up, whose address leads nowhere."""
    person: Person = person_with_email(f"member-{number}@northvale.invalid", by=BY_THE_HOUSE)
    grant = Grant(Role.PLACE_MEMBER, cast.northvale.pk, "Northvale Council")
    grant_membership(cast.programme.pk, person.pk, grant, by=BY_THE_HOUSE)
    return viewer_for(person)
