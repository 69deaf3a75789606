"""What others have said already that comes close to what somebody is about to say."""

from dataclasses import dataclass

from knotwork.conversations.models import Conversation, Participant, Statement, StatementState, Vote
from knotwork.conversations.near_duplicates import near_duplicates
from knotwork.conversations.queries.translations import Said, current_translations, said_in


@dataclass(frozen=True)
class Close:
    """A statement that is shown and comes close; ``answer`` is what she answered to it, in words, or empty."""

    statement: Statement
    said: Said
    answer: str


def said_already(
    conversation: Conversation, text: str, participant: Participant | None, language: str = ""
) -> list[Close]:
    """At most three statements that others can answer and that say nearly the same, the closest first.

    Translations are compared too, so that somebody who writes in Welsh meets what was said in English. Her own
    statements are left out: she knows them.
    """
    live = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE)
    if participant is not None:
        live = live.exclude(author=participant)
    texts = list(live.values_list("pk", "text"))
    texts += current_translations().filter(statement__in=live).values_list("statement_id", "text")
    keys = [near.key for near in near_duplicates(text, texts)]
    rows = Statement.objects.in_bulk(keys)
    said = said_in(rows.values(), language)
    answers = {
        vote.statement_id: vote.get_value_display()
        for vote in Vote.objects.filter(participant=participant, statement__in=keys)
    }
    return [Close(rows[key], said[key], str(answers.get(key, ""))) for key in keys]
