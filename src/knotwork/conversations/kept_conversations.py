"""A conversation as every vote needs it: looked at in each request, made into objects only when something has changed.

Making objects out of the rows of a conversation, its programme, its place and its statements costs more than a vote
itself. Reading the bare rows does not. So they are read each time, and while they are the same as last time, so are the
objects: nothing is out of date, and no write has to tell anybody.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from knotwork.conversations.models import Conversation
from knotwork.conversations.next_statement import ShownStatements, shown_statements
from knotwork.conversations.queries import conversation_at, is_shown_to_everybody
from knotwork.conversations.queries.known import (
    COLUMNS_OF_WHO,
    WHO,
    Known,
    a_minute_ago,
    known_at,
    known_from,
    token_hash,
)
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.asked_often import row_of
from knotwork.core.pages.holes import KeptPages

MOST_KEPT = 100

# Which statements are shown is told by how many they are and the sum of their numbers inside, which the index of states
# holds; how they stand changes with each new result. Its own words may be translated.
_LOOK_AS = """
SELECT {rows},
  (SELECT COUNT(*) || ' ' || SUM(s.id) FROM conversations_statement s
    WHERE s.conversation_id = c.id AND s.state = 'live'),
  (SELECT MAX(id) FROM analyses_snapshot a
    WHERE a.kind = 'opinion' AND a.subject = c.public_id AND a.state = 'good'),
  (SELECT COUNT(*) || ' ' || MAX(made_at) FROM conversations_conversationtranslation t
    WHERE t.conversation_id = c.id),
  (SELECT COUNT(*) FROM conversations_backgroundquestion q WHERE q.conversation_id = c.id),
  {who}
FROM conversations_conversation c
JOIN programmes_programme programme ON programme.id = c.programme_id
LEFT JOIN programmes_place place ON place.id = c.place_id
LEFT JOIN conversations_participanttoken t ON t.token_hash = %s
LEFT JOIN conversations_participant p ON p.id = t.participant_id AND p.conversation_id = c.id
WHERE programme.slug = %s AND c.slug = %s
"""
# Rows are compared and never read. PostgreSQL tells whether one is another than last time by who wrote it and where.
_LOOK = {
    "sqlite": _LOOK_AS.format(rows="c.*, programme.*, place.*", who=WHO["sqlite"]),
    "postgresql": _LOOK_AS.format(
        rows="c.id, c.xmin, c.ctid, programme.xmin, programme.ctid, place.id, place.xmin, place.ctid",
        who=WHO["postgresql"],
    ),
}


@dataclass(frozen=True)
class KeptConversation:
    """``conversation`` is shared by all who answer in it: to be read, never to be changed.

    ``rows`` is what it was made of; ``pages`` are pages about it, kept as long as it is the same.
    """

    rows: tuple[Any, ...]
    conversation: Conversation
    pages: KeptPages = field(default_factory=KeptPages)

    @property
    def asks_background(self) -> bool:
        """Whether people are asked anything about themselves here."""
        return bool(self.rows[-1])

    @cached_property
    def shown(self) -> ShownStatements:
        return shown_statements(self.conversation)


_kept: dict[tuple[str, str], KeptConversation] = {}


def kept_conversation(
    programme_slug: str, slug: str, viewer: Viewer, token: str | None
) -> tuple[KeptConversation, Known] | None:
    """The conversation at this address, and whom this browser's token stands for in it; one query, if it is kept.

    ``None`` when the viewer may not see it. Only what everybody may see is kept, so that nobody has to be asked who she
    is on the way to it.
    """
    kept = _kept.get((programme_slug, slug))
    known_as = token_hash(kept.conversation, token) if kept and token else ""
    row = row_of(_LOOK[connection.vendor], a_minute_ago(), known_as, programme_slug, slug)
    if row is None:
        return None
    rows, who = row[:-COLUMNS_OF_WHO], row[-COLUMNS_OF_WHO:]
    if kept is not None and kept.rows == rows:
        return kept, known_from(who)
    conversation = conversation_at(programme_slug, slug, viewer)
    if conversation is None:
        return None
    made = KeptConversation(rows, conversation)
    if is_shown_to_everybody(conversation):
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[programme_slug, slug] = made
    return made, known_at(conversation, token)
