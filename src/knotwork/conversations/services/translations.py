"""Translations of what a conversation asks and of what people said in it, written by people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    ConversationTranslation,
    StatementState,
    StatementTranslation,
)
from knotwork.conversations.queries.translations import own_words
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.services.wording import tidy
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.pages.languages import plain_code
from knotwork.core.rules import require

MOST_CHARACTERS_OF_A_STATEMENT = 400
"""Twice what an original may have: some languages need more room for the same thing."""
MOST_CHARACTERS = 3_000


def translate(
    conversation: Conversation,
    language: str,
    *,
    words: Mapping[str, str] = {},
    statements: Mapping[UUID, str] = {},
    by: Viewer,
) -> int:
    """Keep what was written for some words and statements of a conversation; how many translations changed.

    An empty text takes the translation away. What is not named stays as it is.
    """
    if language not in LANG_INFO or plain_code(language) == plain_code(conversation.language):
        raise NotTaken(_("Choose another language than that of the conversation."))
    with transaction.atomic():
        require(rules.can_translate(by, conversation))
        originals = own_words(conversation)
        changed = 0
        for which, original in originals.items():
            if which in words:
                row: dict[str, Any] = {"conversation": conversation, "language": language, "words": which}
                changed += _keep(ConversationTranslation, row, words[which], original, by, MOST_CHARACTERS)
        live = conversation.statements.filter(public_id__in=list(statements), state=StatementState.LIVE)
        for statement in live:
            row = {"statement": statement, "language": language}
            text = tidy(statements[statement.public_id])
            most = MOST_CHARACTERS_OF_A_STATEMENT
            changed += _keep(StatementTranslation, row, text, statement.text, by, most)
        if changed:
            record(
                "conversation.translated",
                subject_kind="conversation",
                subject_id=conversation.public_id,
                by=by,
                programme=conversation.programme.public_id,
                place=conversation.place.public_id if conversation.place else None,
                details={"language": language},
            )
    return changed


def _keep(
    noun: type[ConversationTranslation] | type[StatementTranslation],
    row: dict[str, Any],
    typed: str,
    original: str,
    by: Viewer,
    most: int,
) -> bool:
    text = typed.strip()
    if len(text) > most:
        raise NotTaken(_("A translation is too long: at most %(most)d characters.") % {"most": most})
    there = noun.objects.filter(**row).first()
    if not text:
        return bool(noun.objects.filter(**row).delete()[0])
    if there is not None and (there.text, there.of_text) == (text, original):
        return False
    written: dict[str, Any] = {"text": text, "of_text": original, "by": by.public_id, "made_at": clock.now()}
    noun.objects.update_or_create(**row, defaults=written)
    return True
