"""``{% load conversations %}``: the words of a moderator's reason, and where a statement's thread is walked."""

from django import template

from knotwork.conversations.models import Statement
from knotwork.conversations.rules import reason_in_words
from knotwork.core.strands.addresses import thread_url

register = template.Library()


@register.filter
def in_words(code: str) -> str:
    """``{{ statement.reason|in_words }}``."""
    return reason_in_words(code)


@register.filter
def thread_of(statement: Statement) -> str:
    """``{{ statement|thread_of }}``: the page that shows what it became."""
    return thread_url("statement", statement.public_id)
