"""Learning: its lines of the role matrix, one of everything, and what a stranger must not find."""

from typing import Any

from knotwork.core import clock
from knotwork.learning.models import LeadershipNote, Lesson, ProgressNote, Story, Uptake
from knotwork.programmes.models import Place, Programme, Role, Stage
from tests.guards.line import LEADS, PUBLIC, WRITERS, Line

P, PL = ("programme",), ("programme", "place")
OF_THE_TEAM = frozenset({Role.PLACE_LEAD, Role.PLACE_MEMBER, Role.ENABLER})
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
}
for kind in KINDS:
    name = kind.replace("_", "-")
    LINES |= {
        f"learning:{name}": Line(PUBLIC, (*P, kind)),
        f"learning:{name}-new": Line(WRITERS, PL),
        f"learning:{name}-change": Line(LEADS, (*P, kind)),
        f"learning:{name}-withdraw": Line(LEADS, (*P, kind)),
    }

DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """One public thing of each kind."""
    return {
        kind: row.public_id for kind, row in _things(programme, place, "tea", visibility=Stage.PUBLIC).items()
    }


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
    }


def _uptake(lesson: Lesson, word: str, **stage: Any) -> Uptake:
    words = {name: word for name in ("issue", "plan", "result", "sent_back", "signed")}
    return Uptake.objects.create(
        lesson=lesson, programme=lesson.programme, place=lesson.place, outcome="dropped", **words, **stage
    )
