"""Leading differently in the story: a knot and how others see it, two sessions, notes, and six people who reflect."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import BEGAN, Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.learning import services
from knotwork.learning.services.reflections import work_out_closed_rounds
from knotwork.learning.ways import PROMPTS
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.services import Grant, grant_membership

Ends = dict[str, tuple[str, UUID]]


def lead(cast: Cast) -> None:
    """Everything of leading differently, each on its own day."""
    about = told("leading")
    known: Ends = {"round": ("consulting_round", _knot(cast, about["knot"]))}
    known |= _sessions(cast, about["sessions"])
    _notes(cast, about["notes"], known)
    _reflections(cast, about["reflections"])


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _knot(cast: Cast, row: Mapping[str, Any]) -> UUID:
    with on(row["posted"]):
        words = services.RoundWords(
            title=row["title"],
            text=row["text"],
            opens_at=_at(row["posted"]),
            closes_at=_at(row["closes"]),
            signed=row["signed"],
            visibility=Stage.PUBLIC.value,
        )
        knot = services.post_knot(cast.programme.pk, words, by=BY_THE_HOUSE, place_id=cast.northvale.pk)
        for number, given in enumerate(row["perspectives"], start=1):
            perspective = services.PerspectiveWords(
                text=given["text"], signed=given["signed"], visibility=Stage.PUBLIC.value
            )
            services.give_perspective(knot, perspective, by=_giver(cast, given, number))
    with on(row["taken"]):
        services.say_what_we_take(knot, row["takes"], row["why"], by=BY_THE_HOUSE)
    return knot


def _giver(cast: Cast, given: Mapping[str, str], number: int) -> Viewer:
    place = cast.places[given["place"]]
    grant = Grant(Role.PLACE_MEMBER, place.pk, given["organisation"])
    return _somebody(cast, f"giver-{number}@{place.slug}.invalid", grant)


def _somebody(cast: Cast, email: str, grant: Grant) -> Viewer:
    """Somebody made up, whose address leads nowhere."""
    with on(BEGAN):
        person = person_with_email(email, by=BY_THE_HOUSE)
        grant_membership(cast.programme.pk, person.pk, grant, by=BY_THE_HOUSE)
    return viewer_for(person)


def _sessions(cast: Cast, rows: Sequence[Mapping[str, Any]]) -> Ends:
    held: Ends = {}
    for row in rows:
        with on(row["begins"], hour=9):
            words = services.SessionWords(
                title=row["title"],
                aim=row["aim"],
                method=row["method"],
                begins_at=_at(row["begins"]),
                minutes=row["minutes"],
                steps=[(minutes, text) for minutes, text in row["steps"]],
                roles=row["roles"],
                others=row["others"],
                visibility=Stage.PUBLIC.value,
            )
            planned = services.plan_session(
                cast.programme.pk, words, by=BY_THE_HOUSE, place_id=cast.northvale.pk
            )
        with on(row["begins"], hour=12):
            services.hold_session(planned, row["came_out"], by=BY_THE_HOUSE)
        held[row["key"]] = ("session", planned)
    return held


def _notes(cast: Cast, rows: Sequence[Mapping[str, Any]], known: Ends) -> None:
    for row in rows:
        with on(row["on"]):
            words = services.LeadershipWords(
                did=row["did"],
                why=row["why"],
                happened=row["happened"],
                signed=row["signed"],
                visibility=Stage.PUBLIC.value,
            )
            note = services.write_leadership_note(
                cast.programme.pk,
                words,
                place_id=cast.northvale.pk,
                ties=[known[row["session"]]],
                by=BY_THE_HOUSE,
            )
            services.say_what_helped(note, [known[key] for key in row["helped_by"]], by=BY_THE_HOUSE)


def _reflections(cast: Cast, about: Mapping[str, Any]) -> None:
    place = cast.northvale
    team = [
        _somebody(
            cast,
            f"leader-{number}@northvale.invalid",
            Grant(Role.PLACE_MEMBER, place.pk, "Northvale Council"),
        )
        for number in range(1, len(about["start"]) + 1)
    ]
    for moment in ("start", "middle"):
        with on(about[f"{moment}_opens"]):
            closes_at = _at(about[f"{moment}_closes"])
            asked = services.ask_to_reflect(place.pk, moment, closes_at, by=BY_THE_HOUSE)
            for member, row in zip(team, about[moment], strict=True):
                answers = {prompt.key: value for prompt, value in zip(PROMPTS, row, strict=True)}
                services.reflect(asked, answers, by=member)
        with on(about[f"{moment}_closes"], hour=11):
            work_out_closed_rounds()
