"""The programs' door: nobody signs in there, so what it gives to one it gives to all."""

from knotwork.conversations.models import Conversation
from tests.builders import a_conversation
from tests.guards.line import PUBLIC, Line

_ONE = ("conversation_id",)

LINES = {
    "api:openapi-json": Line(PUBLIC),
    "api:api-root": Line(PUBLIC),
    "api:door": Line(PUBLIC),
    "api:list_conversations": Line(PUBLIC),
    "api:one_conversation": Line(PUBLIC, _ONE),
    "api:results": Line(frozenset(), _ONE),
    "api:results_table": Line(frozenset(), _ONE, further={"table": "statements"}),
    "api:new_participant": Line(PUBLIC, _ONE, method="post"),
    "api:what_is_next": Line(PUBLIC, _ONE),
    "api:answer": Line(PUBLIC, _ONE, method="post"),
    "api:add_statement": Line(PUBLIC, _ONE, method="post"),
    "api:mine": Line(PUBLIC, _ONE),
    "api:forget": Line(PUBLIC, _ONE, method="delete"),
    "api:new_code": Line(PUBLIC, _ONE, method="post"),
}
# Results of an open conversation are for participants who have answered, whatever else a person may be.
DEPENDS = frozenset({"api:results", "api:results_table"})


def one_of_everything(programme, place):
    """The open conversation of the world."""
    where = Conversation.objects.filter(programme=programme, stage="open").order_by("pk").first()
    return {"conversation_id": where.public_id}


def hide_secrets(programme, place, secret):
    """A conversation that no stranger may see."""
    a_conversation(programme, statements=1, question=f"{secret}?", visibility="programme")
