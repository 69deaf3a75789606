"""Learning: its lines of the role matrix, one of everything, and what a stranger must not find."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from knotwork.core import clock
from knotwork.learning.models import (
    ConsultingRound,
    GroupChange,
    LeadershipNote,
    Lesson,
    PeerAnswer,
    PeerLink,
    ProgressNote,
    Reflection,
    ReflectionRound,
    RoundPerspective,
    Story,
    Uptake,
    WorkingSession,
)
from knotwork.learning.services.reflections import peer_hash
from knotwork.programmes.models import Place, Programme, Role, Stage
from tests.builders import a_person
from tests.guards.line import LEADS, PUBLIC, SIGNED_IN, WRITERS, Line

P, PL = ("programme",), ("programme", "place")
TOKEN = "a-link-that-one-peer-holds"
OF_THE_TEAM = frozenset({Role.PLACE_LEAD, Role.PLACE_MEMBER, Role.ENABLER})
GIVERS = frozenset({Role.PLACE_MEMBER, Role.ENABLER})
"""In the guards' world the lead is of the place that asks; the others hold their roles for all places."""
KINDS = ("note", "story", "leadership_note", "lesson")

LINES: dict[str, Line] = {
    "learning:list": Line(PUBLIC),
    "learning:spread": Line(PUBLIC),
    "learning:of-programme": Line(PUBLIC, P),
    "learning:spread-of-programme": Line(PUBLIC, P),
    "learning:spread-file": Line(PUBLIC, P, further={"kind": "csv"}),
    "learning:of-place": Line(PUBLIC, PL),
    "learning:words": Line(PUBLIC, PL),
    "learning:words-give": Line(OF_THE_TEAM, PL),
    "learning:words-file": Line(PUBLIC, PL, further={"kind": "csv"}),
    "learning:lesson-take-up": Line(WRITERS, (*P, "lesson")),
    "learning:uptake": Line(PUBLIC, (*P, "uptake")),
    "learning:uptake-change": Line(LEADS, (*P, "uptake")),
    "learning:uptake-result": Line(WRITERS, (*P, "uptake")),
    "learning:uptake-withdraw": Line(LEADS, (*P, "uptake")),
    "learning:guide": Line(PUBLIC, further={"method": "listening"}),
    "learning:leading": Line(PUBLIC, PL),
    "learning:development-file": Line(PUBLIC, PL, further={"kind": "csv"}),
    "learning:session-new": Line(WRITERS, PL),
    "learning:session": Line(PUBLIC, (*P, "session")),
    "learning:session-change": Line(LEADS, (*P, "session")),
    "learning:session-held": Line(WRITERS, (*P, "session")),
    "learning:session-call-off": Line(WRITERS, (*P, "session")),
    "learning:session-withdraw": Line(LEADS, (*P, "session")),
    "learning:consulting-round-new": Line(WRITERS, PL),
    "learning:consulting-round": Line(PUBLIC, (*P, "consulting_round")),
    "learning:consulting-round-change": Line(LEADS, (*P, "consulting_round")),
    "learning:consulting-round-give": Line(GIVERS, (*P, "consulting_round")),
    "learning:consulting-round-close": Line(WRITERS, (*P, "consulting_round")),
    "learning:consulting-round-take": Line(WRITERS, (*P, "consulting_round")),
    "learning:consulting-round-withdraw": Line(LEADS, (*P, "consulting_round")),
    "learning:perspective-withdraw": Line(LEADS, (*P, "consulting_round", "perspective")),
    "learning:reflections": Line(PUBLIC, PL),
    "learning:reflections-file": Line(
        PUBLIC, PL, further={"moment": "middle", "rater": "self", "kind": "csv"}
    ),
    "learning:reflections-ask": Line(LEADS, PL),
    "learning:reflections-close": Line(LEADS, PL),
    "learning:reflect": Line(OF_THE_TEAM, PL),
    "learning:own-reflection": Line(SIGNED_IN, PL),
    "learning:peers": Line(OF_THE_TEAM, PL),
    "learning:peer": Line(PUBLIC, further={"token": TOKEN}),
}
for kind in KINDS:
    name = kind.replace("_", "-")
    LINES |= {
        f"learning:{name}": Line(PUBLIC, (*P, kind)),
        f"learning:{name}-new": Line(WRITERS, PL),
        f"learning:{name}-change": Line(LEADS, (*P, kind)),
        f"learning:{name}-withdraw": Line(LEADS, (*P, kind)),
    }

DEPENDS = frozenset({"learning:perspective-withdraw"})
"""While a round is open nobody sees what was given in it, whatever her role."""


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """One public thing of each kind, an open round in it, and a link that one peer holds."""
    things = _things(programme, place, "tea", visibility=Stage.PUBLIC)
    rounds = {moment: _reflection_round(place, moment) for moment in ("start", "middle")}
    result = [{"way": "doing", "people": 5, "mean": 0.5, "lower": 0.1, "upper": 0.9, "reason": ""}]
    GroupChange.objects.create(round=rounds["middle"], rater="self", result=result)
    PeerLink.objects.create(round=rounds["middle"], person=a_person(), token_hash=peer_hash(TOKEN))
    return {kind: row.public_id for kind, row in things.items()}


def _reflection_round(place: Place, moment: str) -> ReflectionRound:
    return ReflectionRound.objects.create(
        place=place, moment=moment, closes_at=clock.now() + timedelta(days=14)
    )


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in every box: shown to fewer than everybody, or taken out of sight."""
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        _things(programme, place, secret, visibility=stage)
    _things(
        programme, place, secret, visibility=Stage.PUBLIC, withdrawn_at=clock.now(), withdrawn_reason=secret
    )
    shown = Lesson.objects.create(
        programme=programme, place=place, title="Ask first", visibility=Stage.PUBLIC
    )
    _uptake(shown, secret, visibility=Stage.PROGRAMME)
    _uptake(Lesson.objects.get(title=secret, visibility=Stage.PROGRAMME), "tea", visibility=Stage.PUBLIC)
    hide_what_was_given(programme, place, secret)


def hide_what_was_given(programme: Programme, place: Place, secret: str) -> None:
    """Perspectives in rounds that everybody may read, and what people said of themselves and of each other."""
    open_round = _round(programme, place, "tea", visibility=Stage.PUBLIC)
    _perspective(open_round, secret, visibility=Stage.PUBLIC)
    closed = _round(programme, place, "tea", visibility=Stage.PUBLIC, closes_at=clock.now())
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        _perspective(closed, secret, visibility=stage)
    _perspective(closed, secret, visibility=Stage.PUBLIC, withdrawn_at=clock.now(), withdrawn_reason=secret)
    asked = ReflectionRound.objects.filter(place=place).first() or _reflection_round(place, "start")
    for noun in (Reflection, PeerAnswer):
        noun.objects.create(round=asked, person=a_person(), answers={secret: 5})


def _things(programme: Programme, place: Place, word: str, **stage: Any) -> dict[str, Any]:
    where = {"programme": programme, "place": place, "signed": word} | stage
    lesson = Lesson.objects.create(title=word, text=word, **where)
    return {
        "note": ProgressNote.objects.create(title=word, text=word, **where),
        "story": Story.objects.create(
            title=word, happened=word, changed=word, did_not_work=word, next_step=word, **where
        ),
        "leadership_note": LeadershipNote.objects.create(did=word, why=word, happened=word, **where),
        "lesson": lesson,
        "uptake": _uptake(lesson, word, **stage),
        "session": WorkingSession.objects.create(
            title=word,
            aim=word,
            others=word,
            came_out=word,
            steps=[[5, word]],
            method="listening",
            begins_at=clock.now(),
            **where,
        ),
        "consulting_round": (asked := _round(programme, place, word, **stage)),
        "perspective": _perspective(asked, word, visibility=stage["visibility"]),
    }


def _round(programme: Programme, place: Place, word: str, **stage: Any) -> ConsultingRound:
    window = {"opens_at": clock.now() - timedelta(days=1), "closes_at": clock.now() + timedelta(days=7)}
    words = {name: word for name in ("title", "text", "takes", "why", "signed")}
    return ConsultingRound.objects.create(programme=programme, place=place, **(window | words | stage))


def _perspective(asked: ConsultingRound, word: str, **stage: Any) -> RoundPerspective:
    return RoundPerspective.objects.create(round=asked, giver=uuid4().hex, text=word, signed=word, **stage)


def _uptake(lesson: Lesson, word: str, **stage: Any) -> Uptake:
    words = {name: word for name in ("issue", "plan", "result", "sent_back", "signed")}
    return Uptake.objects.create(
        lesson=lesson, programme=lesson.programme, place=lesson.place, outcome="dropped", **words, **stage
    )
