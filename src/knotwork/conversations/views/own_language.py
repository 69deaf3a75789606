"""What stands on paper and on a wall speaks the language of the question, not that of whoever prints it."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from knotwork.conversations.models import Conversation


def in_its_own_language(conversation: Conversation) -> AbstractContextManager[None]:
    """Speak the conversation's language as far as these pages know it; else stay with the reader's."""
    known = dict(settings.LANGUAGES)
    language = conversation.language if conversation.language in known else get_language()
    return translation.override(language)
