"""The doors for writing in this room."""

from knotwork.publications.services.publications import (
    PublicationWords,
    add,
    bring_back,
    change,
    publish,
    withdraw,
    words_of,
)
from knotwork.publications.services.questions import ask_a_question, open_a_question

__all__ = [
    "PublicationWords",
    "add",
    "ask_a_question",
    "bring_back",
    "change",
    "open_a_question",
    "publish",
    "withdraw",
    "words_of",
]
