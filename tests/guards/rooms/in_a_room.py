"""Paper, big screen, short link and urgent questions: their lines, one of everything, and their secrets."""

from typing import Any

from knotwork.conversations.models import Offer, PaperPack, PaperSheet, UrgentQuestion, UrgentTemplate
from knotwork.core import clock
from knotwork.programmes.models import Place, Programme
from tests.builders import a_conversation
from tests.guards.line import HOSTS, PUBLIC, Line

# The conversation of the guards' world is closed on the way by a host; these pages ask for one that stays open.
P, C = ("programme",), ("programme", "urgent")

LINES: dict[str, Line] = {
    "conversations:short-link": Line(PUBLIC, ("short_code",)),
    "conversations:paper": Line(HOSTS, C),
    "conversations:paper-type-in": Line(HOSTS, C),
    "conversations:paper-pack": Line(HOSTS, (*C, "pack")),
    "conversations:paper-throw-away": Line(HOSTS, (*C, "pack"), method="post"),
    "conversations:screen": Line(HOSTS, C),
    "conversations:screen-question": Line(HOSTS, C),
    "conversations:screen-results": Line(HOSTS, C),
    "conversations:urgent-list": Line(HOSTS, P),
    "conversations:urgent-new": Line(HOSTS, P),
    "conversations:urgent-change": Line(HOSTS, (*P, "template")),
    "conversations:urgent-ask": Line(HOSTS, (*P, "template")),
    "conversations:urgent": Line(HOSTS, C),
    "conversations:offer": Line(PUBLIC, C),
}

DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """An urgent question that is open, with a pack of paper, and a template."""
    asked = a_conversation(programme, statements=2)
    UrgentQuestion.objects.create(conversation=asked)
    template = UrgentTemplate.objects.create(
        programme=programme, name="A bus stops", question="{what} stops.", agreed_with="All"
    )
    pack = PaperPack.objects.create(conversation=asked, letter="A", sheet_count=2, statements=[1])
    return {
        "short_code": asked.short_code,
        "pack": pack.public_id,
        "template": template.public_id,
        "urgent": asked.slug,
    }


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word on paper that waits, in templates, and in what people offer."""
    conversation = a_conversation(programme, statements=2)
    pack = PaperPack.objects.create(conversation=conversation, letter="A", sheet_count=2, statements=[1])
    PaperSheet.objects.create(pack=pack, number=1, answers="a", written=secret)
    UrgentTemplate.objects.create(
        programme=programme, name=secret, question=secret, introduction=secret, statements=[secret],
        agreed_with=secret,
    )  # fmt: skip
    asked = UrgentQuestion.objects.create(
        conversation=conversation, who_will_act="The Forum", acting_at=clock.now()
    )
    Offer.objects.create(question=asked, text=secret, contact=secret)
    withdrawn = a_conversation(programme, question=secret, withdrawn_at=clock.now())
    UrgentQuestion.objects.create(conversation=withdrawn, done=secret, done_at=clock.now())
