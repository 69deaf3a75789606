"""Small true things to test with: each builder makes one noun with sensible content and takes what matters by name."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.core import signals
from django.db import close_old_connections
from django.test import Client

from knotwork.actions.models import TryOut, TryOutStage
from knotwork.conversations.models import Conversation, ConversationStage, Statement, StatementState
from knotwork.core.accounts.models import Person
from knotwork.programmes.models import Membership, Organisation, Place, Programme, Role, Stage

_NUMBERS = count(1)


def a_programme(**words: Any) -> Programme:
    """A public programme."""
    number = next(_NUMBERS)
    given = {"slug": f"programme-{number}", "name": f"Programme {number}", "visibility": Stage.PUBLIC} | words
    return Programme.objects.create(**given)


def a_place(programme: Programme | None = None, **words: Any) -> Place:
    """A public place of a programme, with a knotty issue."""
    number = next(_NUMBERS)
    given = {
        "slug": f"place-{number}",
        "name": f"Place {number}",
        "issue": "What would make later life less lonely here?",
        "visibility": Stage.PUBLIC,
    } | words
    return Place.objects.create(programme=programme or a_programme(), **given)


def an_organisation(**words: Any) -> Organisation:
    """An organisation."""
    return Organisation.objects.create(**{"name": f"Organisation {next(_NUMBERS)}"} | words)


def a_person(
    role: Role | None = None, programme: Programme | None = None, place: Place | None = None, **words: Any
) -> Person:
    """A person, with a membership in force when a role is named."""
    number = next(_NUMBERS)
    person = Person.objects.create(**{"email": f"person-{number}@example.org", "password": "!"} | words)
    if role is not None:
        where = programme or (place.programme if place else a_programme())
        Membership.objects.create(person=person, role=role, programme=where, place=place)
    return person


def a_conversation(programme: Programme | None = None, *, statements: int = 0, **words: Any) -> Conversation:
    """An open, public conversation, with as many live statements as asked."""
    number = next(_NUMBERS)
    given = {
        "slug": f"conversation-{number}",
        "question": "What would make later life less lonely here?",
        "stage": ConversationStage.OPEN,
    } | words
    conversation = Conversation.objects.create(programme=programme or a_programme(), **given)
    for position in range(1, statements + 1):
        a_statement(conversation, number=position)
    return conversation


def a_statement(conversation: Conversation, **words: Any) -> Statement:
    """A live statement of a conversation."""
    number = words.pop("number", None) or conversation.statements.count() + 1
    given = {"text": f"Statement number {number} is worth a thought.", "state": StatementState.LIVE} | words
    return Statement.objects.create(conversation=conversation, number=number, **given)


def a_try_out(programme: Programme | None = None, **words: Any) -> TryOut:
    """A public try-out that has been going on since the first day of 2026."""
    number = next(_NUMBERS)
    given = {
        "slug": f"try-out-{number}",
        "title": f"Try-out {number}",
        "what": "One bus goes fifty minutes later.",
        "expects": "At least 8 more trips for every 1,000 passes.",
        "by_when": date(2026, 9, 30),
        "stop_rule": "Fewer than 8 riders a trip after 12 weeks.",
        "stage": TryOutStage.GOING,
        "started_at": datetime(2026, 1, 1, 9, tzinfo=UTC),
        "visibility": Stage.PUBLIC,
    } | words
    if given["stage"] == TryOutStage.PLANNED:
        given["started_at"] = None
    return TryOut.objects.create(programme=programme or a_programme(), **given)


def signed_in(client: Client, person: Person) -> Client:
    """The same client, signed in."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def whole_body_of(answer: Any) -> bytes:
    """The body of an answer, a streamed file's too, with the file closed and the test's database connection kept."""
    if not answer.streaming:
        return bytes(answer.content)
    body = b"".join(answer.streaming_content)
    signals.request_finished.disconnect(close_old_connections)
    answer.close()
    signals.request_finished.connect(close_old_connections)
    return body
