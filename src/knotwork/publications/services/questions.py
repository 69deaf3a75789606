"""A question to the readers of a publication: a conversation that is tied to it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import services as conversation_services
from knotwork.conversations.queries import conversations_for
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse
from knotwork.publications import rules
from knotwork.publications.models import Publication
from knotwork.publications.rules import Act
from knotwork.publications.services.held import held, recorded


def ask_a_question(publication_id: int, conversation: UUID | None, *, by: Viewer) -> bool:
    """Let a conversation of the same programme ask the readers, or none; ``False`` when it does so already."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.ASK, row))
        if row.question_conversation == conversation:
            return False
        if conversation is not None:
            there = conversations_for(by, programme=row.programme.public_id)
            if conversation not in {one.public_id for one in there}:
                raise refuse(_("This conversation does not belong to the programme of the publication."))
        _tie(row, conversation, by)
    return True


def open_a_question(publication_id: int, question: str, statements: Sequence[str], *, by: Viewer) -> UUID:
    """Ask the readers a new question: its conversation opens at once, with these statements to begin with."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.ASK, row))
        wanted = conversation_services.SetUp(
            question=question.strip(),
            introduction=_("A question to the readers of “%(title)s”.") % {"title": row.title},
            seeds=tuple(text.strip() for text in statements if text.strip()),
            place=row.place,
            language=row.language,
        )
        conversation = conversation_services.set_up_conversation(row.programme, wanted, by=by)
        conversation_services.open_conversation(conversation, by=by)
        _tie(row, conversation.public_id, by)
    return conversation.public_id


def _tie(row: Publication, conversation: UUID | None, by: Viewer) -> None:
    row.question_conversation = conversation
    row.save(update_fields=["question_conversation"])
    details = {"conversation": str(conversation)} if conversation else {}
    recorded("publication.question_asked", row, by, **details)
