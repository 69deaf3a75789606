"""Every route, asked by everybody: the matrix is the law."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from knotwork.conversations.models import ConversationStage, InvitationBatch
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.uploads.services import store
from knotwork.programmes.models import (
    Area,
    LedgerEntry,
    LedgerImport,
    LedgerKind,
    Part,
    Partnership,
    Place,
    PlaceArea,
    Programme,
    Role,
    Stage,
)
from tests.builders import (
    a_conversation,
    a_person,
    a_place,
    a_programme,
    an_organisation,
    signed_in,
    whole_body_of,
)
from tests.guards.line import Line
from tests.guards.role_matrix import MATRIX
from tests.guards.rooms import room_guards

pytestmark = pytest.mark.django_db


def routes(resolver: URLResolver | None = None, namespace: str = "") -> list[str]:
    """The name of every route, with its namespaces."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            # The pages of the library's editing tool are one door to us, behind one fence.
            found += ["cms"] if str(entry.pattern) == "cms/" else routes(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name}")
    return found


@dataclass
class World:
    """One programme at hand, with one of everything that an address may name, and another programme."""

    programme: Programme
    place: Place
    elsewhere: Programme
    arguments: dict[str, Any]


A_REPORT = {
    "question": "Why?",
    "where": "Here",
    "named": {},
    "sections": [
        {
            "key": "in_short",
            "title": "In short",
            "paragraphs": ["Little."],
            "items": [],
            "statements": [],
            "figures": [],
        }
    ],
}


@pytest.fixture
def world() -> World:
    programme, elsewhere = a_programme(), a_programme()
    place = a_place(programme)
    conversation = a_conversation(programme, statements=3, place=place)
    organisation = an_organisation()
    words = {"programme": programme, "organisation": organisation}
    partnership = Partnership.objects.create(part=Part.PARTNER, **words)
    entry = LedgerEntry.objects.create(
        programme=programme, kind=LedgerKind.CASH, amount=5, what="tea", contributor=organisation
    )
    staged = LedgerImport.objects.create(programme=programme, file_name="ledger.xlsx")
    membership = a_person(Role.EVALUATOR, programme).memberships.get()
    bringing_in = programme.conversation_imports.create(question="Why?")
    upload = store(SimpleUploadedFile("votes.csv", b"a\n1\n"), by=STRANGER)
    square = {
        "type": "Polygon",
        "coordinates": [[[-1.2, 53.0], [-1.0, 53.0], [-1.0, 53.2], [-1.2, 53.2], [-1.2, 53.0]]],
    }
    area = Area.objects.create(
        code="E06000999", name="Squareshire", outline=square, longitude=-1.1, latitude=53.1
    )
    PlaceArea.objects.create(place=place, area=area)
    conversation.reports.create(version=1, language="en", content=A_REPORT)
    draft = a_conversation(programme, statements=3, stage=ConversationStage.DRAFT)
    arguments = {
        "draft": draft.slug,
        "programme": programme.slug,
        "place": place.slug,
        "conversation": conversation.slug,
        "statement": conversation.statements.order_by("number").first().public_id,
        "partnership": partnership.pk,
        "entry": entry.public_id,
        "partner_of_entry": organisation.public_id,
        "staged": staged.public_id,
        "membership": membership.public_id,
        "public_id": bringing_in.public_id,
        "upload": upload.public_id,
        "token": "not-a-token",
        "code": "00000000000",
        "batch": InvitationBatch.objects.create(conversation=conversation).public_id,
    }
    for room in room_guards():
        arguments |= room.one_of_everything(programme, place)
    return World(programme, place, elsewhere, arguments)


def address(name: str, line: Line, world: World) -> str:
    renamed = {
        "upload": "public_id",
        "draft": "conversation",
        "urgent": "conversation",
        "unpublished": "publication",
        "answer_token": "token",
        "a_factor": "thing",
        "partner_of_entry": "partner",
        "event_to_call_off": "event",
        "milestone_to_take_out": "milestone",
        "draft_call": "call",
        "sealed_call": "call",
        "opened_call": "call",
        "review_call": "call",
        "compared_call": "call",
        "compared_bid": "bid",
        "panel_reviewer": "reviewer",
        "panel_conflict": "conflict",
        "panel_assignment": "assignment",
        "panel_criterion": "criterion",
        "undecided_call": "call",
        "written_call": "call",
        "put_call": "call",
        "decided_call": "call",
        "bid_question": "question",
        "bid_partner": "partner",
        "bid_author": "author",
        "bid_file": "file",
    }
    named = {renamed.get(key, key): world.arguments[key] for key in line.arguments}
    return reverse(name, kwargs=named | line.further)


def ask(client: Any, name: str, world: World) -> Any:
    """The answer to one route by its own method, with any file closed."""
    line = MATRIX[name]
    answer = getattr(client, line.method)(address(name, line, world), headers={"host": "127.0.0.1"})
    if answer.streaming:
        whole_body_of(answer)
    return answer


def opened_by(client: Any, names: Iterable[str], world: World) -> set[str]:
    """Those of the routes that let this client in, asked in the order of the matrix."""
    wanted = set(names)
    return {name for name in MATRIX if name in wanted and is_let_in(ask(client, name, world))}


def is_let_in(response: Any) -> bool:
    """Let in is anything but a refusal, a page that is not there, or the way to sign in."""
    if response.status_code in (301, 302, 303):
        return "/sign-in/" not in response.url
    return response.status_code not in (403, 404)


def test_every_route_has_its_line_in_the_matrix_and_every_line_its_route():
    assert sorted(set(routes())) == sorted(MATRIX)


# The doors of signing in and out lead elsewhere by whether one is signed in already.
SIGNING = {"account_request_login_code", "account_login", "account_logout"}
SEEKERS = ["stranger", "somebody", *Role]
# Their answer depends on more than the role: this world holds no analysis, and an unknown link is refused.
DEPENDS = {
    "conversations:results-statements",
    "conversations:results-table",
    "conversations:results-table-parquet",
    "conversations:results-svg",
    "conversations:results-png",
    "conversations:invited-link",
    "start",
    "account_confirm_login_code",
}.union(*(room.DEPENDS for room in room_guards()))
LAW = {name: line for name, line in MATRIX.items() if name not in DEPENDS}


def seeker_in(world: World, client: Any, seeker: str, *, elsewhere: bool = False) -> Any:
    if seeker == "stranger":
        return client
    if seeker == "somebody":
        return signed_in(client, a_person())
    where = world.elsewhere if elsewhere else world.programme
    place = world.place if seeker == Role.PLACE_LEAD and not elsewhere else None
    return signed_in(client, a_person(Role(seeker), where, place))


@pytest.mark.parametrize("seeker", SEEKERS)
def test_each_role_opens_what_its_lines_say_and_nothing_else(world, client, seeker):
    client = seeker_in(world, client, seeker)
    opened = opened_by(client, LAW, world)
    expected = {name for name, line in LAW.items() if seeker in line.allowed} - SIGNING
    assert opened - SIGNING == expected


@pytest.mark.parametrize("role", list(Role))
def test_a_role_held_for_another_programme_opens_nothing_here(world, client, role):
    client = seeker_in(world, client, role, elsewhere=True)
    of_a_programme = {name: line for name, line in LAW.items() if "programme" in line.arguments}
    closed = {name for name, line in of_a_programme.items() if "somebody" not in line.allowed}
    assert opened_by(client, closed, world) == set()


HIDDEN_BY_STAGE = [name for name, line in MATRIX.items() if "programme" in line.arguments]


@pytest.mark.parametrize("stage", [Stage.PROGRAMME, Stage.PLACE, Stage.ME])
def test_of_a_programme_that_is_not_public_a_stranger_finds_nothing(world, client, stage):
    Programme.objects.filter(pk=world.programme.pk).update(visibility=stage)
    found = opened_by(client, HIDDEN_BY_STAGE, world)
    assert found == set()


def test_of_a_withdrawn_programme_a_stranger_finds_nothing(world, client):
    from knotwork.core import clock

    Programme.objects.filter(pk=world.programme.pk).update(withdrawn_at=clock.now())
    found = opened_by(client, HIDDEN_BY_STAGE, world)
    assert found == set()


REQUIRED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def carry_the_strict_policy_and_the_security_headers(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src" in policy, name
        assert "unsafe" not in policy, name
        assert "Content-Security-Policy-Report-Only" not in answer.headers
        for header, value in REQUIRED_HEADERS.items():
            assert answer.headers.get(header) == value, (name, header)
        assert answer.headers.get("X-Request-ID"), name
        assert answer.headers.get("Permissions-Policy"), name


def hold_no_inline_script_or_style(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page), name


def every_answer(client: Any, world: World) -> dict[str, Any]:
    """What every route answers this client, and an address that is none."""
    answers = {name: ask(client, name, world) for name in MATRIX if "logout" not in name}
    return answers | {"nothing here": client.get("/nothing-here/")}


def test_every_answer_to_a_stranger_carries_the_strict_policy_and_holds_no_inline_script(world, client):
    answers = every_answer(client, world)
    carry_the_strict_policy_and_the_security_headers(answers)
    hold_no_inline_script_or_style(answers)


def test_an_administrator_opens_everything_and_every_answer_is_as_strict(world, client):
    answers = every_answer(signed_in(client, a_person(is_administrator=True)), world)
    wanted = set(LAW) - SIGNING - {"refuse_mail"}
    assert {name for name in wanted if is_let_in(answers[name])} == wanted
    carry_the_strict_policy_and_the_security_headers(answers)
    hold_no_inline_script_or_style(answers)
