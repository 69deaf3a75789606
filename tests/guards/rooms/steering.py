"""What a steering group reads, and the days and words that the law asks for: who opens it, and what stays inside."""

from datetime import date
from typing import Any

from knotwork.core import clock
from knotwork.formats.documents import Document, Paragraph, kept
from knotwork.programmes.models import BoardPaper, DecisionDue, OwnWord, Place, Programme, Role, Stage
from tests.guards.line import PUBLIC, TEAM, WRITERS, Line

P, PL = ("programme",), ("programme", "place")
STEERING = TEAM | {Role.STEERING_GROUP_MEMBER}
OF_THE_PLACE = frozenset({Role.PLACE_LEAD, Role.PLACE_MEMBER})

LINES: dict[str, Line] = {
    "programmes:privacy": Line(PUBLIC, P),
    "programmes:steering": Line(STEERING, P),
    "programmes:decision-new": Line(TEAM, P),
    "programmes:decision": Line(TEAM, (*P, "decision")),
    "programmes:decision-withdraw": Line(TEAM, (*P, "decision"), method="post"),
    "programmes:paper-new": Line(TEAM, P),
    "programmes:paper": Line(STEERING, P, further={"version": "1"}),
    "programmes:paper-docx": Line(STEERING, P, further={"version": "1"}),
    "programmes:place-steering": Line(WRITERS | {Role.STEERING_GROUP_MEMBER}, PL),
    "programmes:own-word-back": Line(OF_THE_PLACE, PL, method="post"),
    "programme_team:hold": Line(TEAM, P),
    "programme_team:hold-end": Line(TEAM, P, method="post"),
    "programme_team:consultation": Line(TEAM, P),
    "programme_team:keeping": Line(TEAM, P),
}
# A place's own word is taken back by nobody else, not even by an administrator, who opens everything otherwise; and a
# decision that was withdrawn a moment ago is not there any more.
DEPENDS: frozenset[str] = frozenset({"programmes:own-word-back", "programmes:decision-withdraw"})


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A decision that is due, a word of the place, and a paper."""
    decision = _decision(programme, place, "Who pays?")
    _word(programme, place, "We listen.")
    paper = Document("Paper", (), "en", (Paragraph("We listen."),))
    BoardPaper.objects.create(programme=programme, version=1, title="Paper", content=kept(paper))
    return {"decision": decision.public_id}


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in a place's own word, in decisions, and in a paper."""
    _word(programme, place, secret)
    _word(programme, place, secret, withdrawn_at=clock.now(), withdrawn_reason=secret)
    for where in (place, None):
        row = _decision(programme, where, secret)
        row.outcome = row.reason = secret
        row.save()
    paper = Document(secret, (secret,), "en", (Paragraph(secret),))
    BoardPaper.objects.create(programme=programme, version=1, title=secret, content=kept(paper))


def _word(programme: Programme, place: Place, sentence: str, **more: Any) -> OwnWord:
    words = {"stages": ["listening"], "sentence": sentence, "visibility": Stage.PROGRAMME} | more
    return OwnWord.objects.create(programme=programme, place=place, **words)


def _decision(programme: Programme, place: Place | None, what: str) -> DecisionDue:
    return DecisionDue.objects.create(
        programme=programme, place=place, what=what, by_when=date(2027, 1, 4), who_decides="The board"
    )
