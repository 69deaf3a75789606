"""The golden thread: a thing that is tied to another, and one that a stranger may not see at its other end."""

from knotwork.conversations.models import StatementState
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.strands.models import Relation
from knotwork.core.strands.services import tie
from tests.builders import a_conversation, a_statement
from tests.guards.line import LEADS, PUBLIC, WRITERS, Line

THING = ("thing",)
_KIND = {"kind": "statement"}

LINES = {
    "thread:walk": Line(PUBLIC, THING, further=_KIND),
    "thread:file": Line(PUBLIC, THING, further=_KIND | {"ending": "svg"}),
    "thread:tie": Line(WRITERS, THING, further=_KIND),
    "thread:untie": Line(WRITERS, (*THING, "strand"), further=_KIND),
    "thread:factor": Line(WRITERS, THING),
    "thread:make": Line(WRITERS, THING),
    "thread:make-try-out": Line(WRITERS, THING),
    "thread:make-try-out-on": Line(WRITERS, ("a_factor",)),
    "thread:make-measure": Line(LEADS, THING),
    "programmes:follow": Line(PUBLIC, ("programme",)),
    "programmes:place-follow": Line(PUBLIC, ("programme", "place")),
    "programmes:feed": Line(PUBLIC, ("programme",), further={"ending": "atom"}),
    "programmes:place-feed": Line(PUBLIC, ("programme", "place"), further={"ending": "json"}),
}

DEPENDS = frozenset()


def one_of_everything(programme, place):
    conversation = a_conversation(programme, place=place)
    first, second = a_statement(conversation), a_statement(conversation)
    strand = tie(
        ("statement", first.public_id), Relation.BECAME, ("statement", second.public_id), by=STRANGER
    )
    return {"thing": first.public_id, "strand": strand}


def hide_secrets(programme, place, secret):
    """A strand from a statement that is shown to one that is not."""
    conversation = a_conversation(programme, place=place, question="What is tied?")
    shown = a_statement(conversation)
    hidden = a_statement(
        conversation, text=f"{secret} at the other end", state=StatementState.NOT_SHOWN, reason="personal"
    )
    tie(("statement", shown.public_id), Relation.BECAME, ("statement", hidden.public_id), by=STRANGER)
