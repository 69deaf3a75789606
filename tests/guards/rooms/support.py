"""Support for places: its lines of the role matrix, one of everything, and what a stranger must not find."""

from datetime import date, timedelta
from typing import Any

from knotwork.core import clock
from knotwork.programmes.models import Place, Programme, Role, Stage
from knotwork.support.models import (
    Agreement,
    EnablerProfile,
    HelpAnswer,
    HelpRequest,
    LearningEvent,
    Match,
    MatchStage,
    Milestone,
    Visit,
)
from tests.builders import a_person, a_place
from tests.guards.line import LEADS, PUBLIC, TEAM, Line

P, PL, E = ("programme",), ("programme", "place"), ("programme", "event")
INSIDERS = frozenset(Role)
OF_THE_PLACE = frozenset({Role.PLACE_LEAD})
"""Members are of the place too; the guards hold every other role for the whole programme."""

LINES: dict[str, Line] = {
    "support:programme": Line(PUBLIC, P),
    "support:calendar": Line(PUBLIC, P),
    "support:enablers": Line(INSIDERS, P),
    "support:profile": Line(INSIDERS, P),
    "support:profile-back": Line(INSIDERS, P, method="post"),
    "support:match-answer": Line(INSIDERS, (*P, "match"), method="post"),
    "support:match-end": Line(OF_THE_PLACE, (*P, "match"), method="post"),
    "support:visit-new": Line(INSIDERS, (*P, "match")),
    "support:visit-share": Line(OF_THE_PLACE, (*P, "visit")),
    "support:visit-out": Line(INSIDERS, (*P, "visit"), method="post"),
    "support:help": Line(PUBLIC, (*P, "request_id")),
    "support:help-close": Line(OF_THE_PLACE | {Role.PLACE_MEMBER}, (*P, "request_id")),
    "support:event": Line(PUBLIC, E),
    "support:event-calendar": Line(PUBLIC, E),
    "support:event-new": Line(TEAM, P),
    "support:event-change": Line(TEAM, E),
    "support:event-notes": Line(TEAM, E),
    "support:sign-up": Line(INSIDERS, E, method="post"),
    "support:sign-off": Line(INSIDERS, E, method="post"),
    "support:event-off": Line(TEAM, ("programme", "event_to_call_off"), method="post"),
    "support:place": Line(PUBLIC, PL),
    "support:place-workbook": Line(PUBLIC, PL),
    "support:agreement": Line(LEADS, PL),
    "support:agree": Line(OF_THE_PLACE, PL, method="post"),
    "support:milestone-new": Line(LEADS, PL),
    "support:milestone": Line(OF_THE_PLACE | {Role.PLACE_MEMBER}, (*PL, "milestone")),
    "support:milestone-out": Line(LEADS, (*PL, "milestone_to_take_out"), method="post"),
    "support:enabler-ask": Line(OF_THE_PLACE, (*PL, "profile")),
    "support:help-new": Line(OF_THE_PLACE | {Role.PLACE_MEMBER}, PL),
}
# Who wrote a profile, and whom a place asked, is more than a role; the side that says yes is in the form.
DEPENDS = frozenset(
    {
        "support:profile-back",
        "support:match-answer",
        "support:match-end",
        "support:visit-new",
        "support:visit-out",
        "support:agree",
    }
)


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """An agreement, an enabler with a visit, a request for help and two learning events; all that can be is public."""
    agreement = Agreement.objects.create(place=place, words="We meet.", visibility=Stage.PUBLIC)
    milestones = [
        Milestone.objects.create(agreement=agreement, what="A bus", due_on=_TODAY) for _ in range(2)
    ]
    match = _match(place, "Sam", stage=MatchStage.ACCEPTED)
    visit = Visit.objects.create(match=match, on=_TODAY, days=1, note="Tea", visibility=Stage.PLACE)
    asked = HelpRequest.objects.create(
        programme=programme, place=place, words="We are stuck.", visibility=Stage.PUBLIC
    )
    events = [an_event(programme, visibility=Stage.PUBLIC) for _ in range(2)]
    return {
        "match": match.public_id,
        "visit": visit.public_id,
        "profile": _match(place, "Alex", stage=MatchStage.DECLINED).profile.public_id,
        "milestone": milestones[0].public_id,
        "milestone_to_take_out": milestones[1].public_id,
        "request_id": asked.public_id,
        "event": events[0].public_id,
        "event_to_call_off": events[1].public_id,
    }


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in every box: shown to fewer than everybody, taken out of sight, or of a sensitive place."""
    sensitive = a_place(
        programme, is_sensitive=True, help_text="Help", help_url="https://example.org/", issue="A hard one"
    )
    gone = {"withdrawn_at": clock.now(), "withdrawn_reason": secret}
    inside = {"visibility": Stage.PROGRAMME}
    for where, hidden in (
        (place, inside),
        (place, gone | {"visibility": Stage.PUBLIC}),
        (sensitive, {"visibility": Stage.PUBLIC}),
    ):
        match = _match(where, secret, stage=MatchStage.ACCEPTED, words=secret)
        Visit.objects.create(match=match, on=_TODAY, days=1, note=secret, **hidden)
        asked = HelpRequest.objects.create(
            programme=programme, place=where, words=secret, signed=secret, what_helped=secret, **hidden
        )
        HelpAnswer.objects.create(request=asked, words=secret, signed=secret)
        an_event(programme, title=secret, what=secret, where=secret, notes=secret, **(inside | hidden)) if (
            where is place
        ) else None
    an_event(programme, visibility=Stage.PUBLIC, notes=secret)
    held = Agreement.objects.create(place=a_place(programme), words=secret, **inside)
    Milestone.objects.create(agreement=held, what=secret, due_on=_TODAY, why=secret)
    hushed = Agreement.objects.create(place=sensitive, words=secret, visibility=Stage.PUBLIC)
    Milestone.objects.create(agreement=hushed, what=secret, due_on=_TODAY, why=secret)


_TODAY = date(2026, 11, 1)


def an_event(programme: Programme, **words: Any) -> LearningEvent:
    """A learning event of next month."""
    starts_at = clock.now() + timedelta(days=30)
    given = {"title": "Asking better", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return LearningEvent.objects.create(programme=programme, **(given | words))


def _match(place: Place, name: str, *, stage: MatchStage, words: str = "Listening") -> Match:
    person = a_person(Role.ENABLER, place.programme, place)
    profile = EnablerProfile.objects.create(
        programme=place.programme, person=person, name=name, good_at=words, days=10
    )
    return Match.objects.create(place=place, profile=profile, stage=stage, asked_for=words)
