"""What goes in and out of this room's door for programs. Field by field, since it is a public contract."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from knotwork.conversations.rules import Phase

Cell = str | int | float | bool | None
Given = Literal["agree", "disagree", "pass", "not-understood"]


class ConversationShape(Schema):
    """One question put to people."""

    id: UUID
    question: str
    language: str = Field(description="Of the question, as in BCP 47.")
    programme: str
    place: str = Field(description="Empty where the whole programme asks.")
    phase: Phase
    people: str = Field(description="How many took part, in words: rounded, and no number below 5.")
    closes_at: datetime | None
    held_elsewhere: bool
    by_invitation: bool
    is_made_up: bool = Field(description="An example: the place and its people are invented.")
    url: str = Field(description="The page where people take part.")
    results_url: str


class ConversationList(Schema):
    """A page of conversations; ``count`` is of all of them."""

    count: int
    items: list[ConversationShape]


class UnknownShape(Schema):
    """Something that the figures do not say, and why."""

    what: str
    why: str


class GroupShape(Schema):
    """People who voted alike."""

    letter: str
    name: str
    people: str = Field(description="In words; rounded unless the conversation publishes its votes.")


class ResultShape(Schema):
    """What was found, of those who took part."""

    conversation: UUID
    people: int
    exact: bool = Field(description="Whether counts are exact because the conversation publishes its votes.")
    sentences: list[str]
    unknowns: list[UnknownShape]
    groups: list[GroupShape]
    method: str
    version: str
    seed: int
    finished_at: datetime
    source: str = Field(description="Where it was held, if elsewhere.")
    attribution: str
    tables: list[str] = Field(description="Names to ask for below ``tables/``.")


class TableShape(Schema):
    """A page of a table; the columns are those of the download of the same name. Missing values are null."""

    name: str
    count: int
    columns: list[str]
    rows: list[list[Cell]]


class StatementShape(Schema):
    """One idea to agree or disagree with."""

    id: UUID
    number: int
    text: str
    language: str


class TokenShape(Schema):
    """What one participant is known by. Keep it secret: whoever has it answers in her name."""

    token: str


class NextShape(Schema):
    """What one participant is asked next; ``statement`` is null at the end."""

    statement: StatementShape | None
    answered: int
    added: int
    may_see_results: bool


class AnswerShape(Schema):
    """An answer to one statement; a later one replaces an earlier one."""

    statement: UUID
    answer: Given
    part: Annotated[int, Field(ge=1, le=4)] | None = Field(
        None, description="Which of the named parts she is of, from 1, with her first answer."
    )


class NewStatementShape(Schema):
    """What somebody wants others to answer: one idea, up to 200 characters."""

    text: Annotated[str, Field(max_length=5_000)]


class FateShape(Schema):
    """What became of a statement, for its author."""

    text: str
    language: str
    state: str
    state_in_words: str
    reason: str
    reply: str
    at: datetime
    became: str = Field(description="The title of what it led to; empty while there is nothing.")


class MineShape(Schema):
    """What one participant has said here."""

    answers: list[AnswerShape]
    statements: list[FateShape]


class CodeShape(Schema):
    """A code for coming back, shown once; an earlier one ends."""

    code: str
