"""``{% load conversations %}``: a moderator's reason in words, a statement's thread, the way to offer help."""

from django import template

from knotwork.conversations.models import Conversation, Statement
from knotwork.conversations.queries.urgent import UrgentView, urgent_question_of, urgent_view
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


@register.inclusion_tag("conversations/urgent/parts/offer_link.html")
def offer_link(conversation: Conversation) -> dict[str, UrgentView | None]:
    """``{% offer_link conversation %}``: the way to offer something; nothing where the question is not urgent."""
    question = urgent_question_of(conversation)
    return {"urgent": urgent_view(question) if question else None}
