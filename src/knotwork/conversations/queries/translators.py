"""What a translator has before her: each original beside what is there in her language, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knotwork.conversations.models import (
    Conversation,
    ConversationTranslation,
    StatementState,
    StatementTranslation,
    TranslatedWords,
)
from knotwork.conversations.queries.translations import current_translations, own_words


@dataclass(frozen=True)
class Box:
    """One original and its translation. ``is_outdated``: the original has other words now than those translated."""

    name: str
    label: str
    original: str
    language: str
    text: str = ""
    is_outdated: bool = False
    is_long: bool = False

    def with_typed(self, typed: Mapping[str, str]) -> "Box":
        """What was typed a moment ago stays in the box when something was not taken."""
        return replace(self, text=typed.get(self.name, self.text))


@dataclass(frozen=True)
class HowFar:
    """How many of the statements that people can answer are there in a language."""

    translated: int
    all: int


def boxes_of_words(conversation: Conversation, language: str) -> list[Box]:
    """The conversation's own words."""
    rows = ConversationTranslation.objects.filter(conversation=conversation, language=language)
    known = {row.words: row for row in rows}
    boxes = []
    for which, original in own_words(conversation).items():
        row = known.get(which)
        box = Box(f"words-{which}", str(TranslatedWords(which).label), original, conversation.language)
        boxes.append(_filled(replace(box, is_long=which == TranslatedWords.INTRODUCTION), row))
    return boxes


def boxes_of_statements(conversation: Conversation, language: str) -> list[Box]:
    """The statements that people can answer and that are in another language, in their order."""
    live = conversation.statements.filter(state=StatementState.LIVE).exclude(language=language)
    rows = StatementTranslation.objects.filter(statement__in=live, language=language)
    known = {row.statement_id: row for row in rows}
    return [
        _filled(Box(f"statement-{row.public_id}", str(row.number), row.text, row.language), known.get(row.pk))
        for row in live.order_by("number")
    ]


def _filled(box: Box, row: ConversationTranslation | StatementTranslation | None) -> Box:
    return box if row is None else replace(box, text=row.text, is_outdated=row.of_text != box.original)


def how_far(conversation: Conversation, language: str) -> HowFar:
    """Translations of words that have changed since do not count."""
    live = conversation.statements.filter(state=StatementState.LIVE).exclude(language=language)
    done = current_translations().filter(statement__in=live, language=language)
    return HowFar(done.count(), live.count())
