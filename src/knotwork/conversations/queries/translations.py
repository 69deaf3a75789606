"""What people said, in the reader's language where somebody has translated it; the original is never far."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from knotwork.conversations.models import (
    Conversation,
    ConversationTranslation,
    Statement,
    StatementTranslation,
    TranslatedWords,
)
from knotwork.core.pages.languages import plain_code


@dataclass(frozen=True)
class Said:
    """Some words as a reader meets them. A translation brings the original and its language with it."""

    text: str
    language: str
    original: str = ""
    original_language: str = ""

    @property
    def is_translated(self) -> bool:
        return bool(self.original)


@dataclass(frozen=True)
class Asked:
    """A conversation's own words as a reader meets them; ``parts`` are the answers to 'which are you?'."""

    question: Said
    introduction: Said
    parts_question: Said
    parts: tuple[Said, ...] = ()

    @property
    def is_translated(self) -> bool:
        return any(said.is_translated for said in (self.question, self.introduction, self.parts_question))


def own_words(conversation: Conversation) -> dict[TranslatedWords, str]:
    """The words of a conversation that can be translated, without those that it does not have."""
    words = {
        TranslatedWords.QUESTION: conversation.question,
        TranslatedWords.INTRODUCTION: conversation.introduction,
        TranslatedWords.PARTS_QUESTION: conversation.parts_question,
    }
    for number, name in enumerate(conversation.named_parts, start=1):
        words[TranslatedWords(f"part_{number}")] = name
    return {which: text for which, text in words.items() if text}


def asked_in(conversation: Conversation, language: str = "") -> Asked:
    """The words in ``language``, or as they were written; no query where they are in that language anyway."""
    known = {} if _is_the_same(language, conversation.language) else _translated(conversation, language)

    def said(which: str, text: str) -> Said:
        translated = known.get((which, text))
        if translated is None:
            return Said(text, conversation.language)
        return Said(translated, language, text, conversation.language)

    parts = enumerate(conversation.named_parts, start=1)
    return Asked(
        said(TranslatedWords.QUESTION, conversation.question),
        said(TranslatedWords.INTRODUCTION, conversation.introduction),
        said(TranslatedWords.PARTS_QUESTION, conversation.parts_question),
        tuple(said(f"part_{number}", name) for number, name in parts),
    )


def _translated(conversation: Conversation, language: str) -> dict[tuple[str, str], str]:
    rows = ConversationTranslation.objects.filter(conversation=conversation, language=language)
    return {(row.words, row.of_text): row.text for row in rows}


def said_in(statements: Iterable[Statement], language: str = "") -> dict[int, Said]:
    """Each statement by its key, in ``language`` where there is a translation; at most one query."""
    statements = list(statements)
    others = [row.pk for row in statements if not _is_the_same(language, row.language)]
    known: dict[int, str] = {}
    if others:
        rows = current_translations().filter(statement__in=others, language=language)
        known = dict(rows.values_list("statement_id", "text"))
    return {
        row.pk: Said(known[row.pk], language, row.text, row.language)
        if row.pk in known
        else Said(row.text, row.language)
        for row in statements
    }


def current_translations() -> QuerySet[StatementTranslation]:
    """Translations of statements that still have the words that were translated."""
    return StatementTranslation.objects.filter(of_text=F("statement__text"))


def languages_of(conversation: Conversation) -> list[str]:
    """The language of a conversation and those into which somebody translated something of it, in order."""
    found = set(
        ConversationTranslation.objects.filter(conversation=conversation).values_list("language", flat=True)
    )
    found |= set(
        StatementTranslation.objects.filter(statement__conversation=conversation)
        .values_list("language", flat=True)
        .distinct()
    )
    own = plain_code(conversation.language)
    return [own, *sorted(found - {own})]


def _is_the_same(wanted: str, written: str) -> bool:
    return not wanted or plain_code(wanted) == plain_code(written)
