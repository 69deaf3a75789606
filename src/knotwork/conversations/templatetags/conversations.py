"""``{% load conversations %}``: the words of a moderator's reason."""

from django import template

from knotwork.conversations.rules import reason_in_words

register = template.Library()


@register.filter
def in_words(code: str) -> str:
    """``{{ statement.reason|in_words }}``."""
    return reason_in_words(code)
