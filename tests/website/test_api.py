"""The programs' door keeps its contract: whatever is sent, the answer is one that the description names."""

import json

import pytest
import schemathesis
from django.core import signals
from django.core.cache import caches
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from knotwork.core.api import pace
from knotwork.website.api import api
from knotwork.website.wsgi import application
from tests.builders import a_conversation
from tests.conversations.build import a_participant, a_token
from tests.conversations.camps import camps, worked_out

pytestmark = pytest.mark.django_db

DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema()))
contract = schemathesis.openapi.from_dict(DESCRIPTION)
contract.app = application


@pytest.fixture(autouse=True)
def nobody_asked_before():
    caches["pages"].clear()


@pytest.fixture
def the_tests_own_connection():
    """It stays open: the application would close it after each answer, as Django's own client knows."""
    begin_and_end = (signals.request_started, signals.request_finished)
    for signal in begin_and_end:
        signal.disconnect(close_old_connections)
    yield
    for signal in begin_and_end:
        signal.connect(close_old_connections)


@pytest.fixture
def known(the_tests_own_connection):
    """An open conversation with somebody in it and a closed one with a result, for addresses that lead somewhere."""
    where = a_conversation(statements=3)
    closed = camps(sizes=(12, 12))
    worked_out(closed)
    token = a_token()
    a_participant(where, token)
    return [str(where.public_id), str(closed.public_id)], token


@contract.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described_whatever_is_sent(case, known, monkeypatch):
    """The address and the token are made true ones, and no description can say whose words fit: so whether something
    is taken is not asked here, but that every answer, taken or not, is a described one."""
    monkeypatch.setattr(pace, "ASKED_IN_A_MINUTE", 1_000_000)
    addresses, token = known
    if "conversation_id" in (case.path_parameters or {}):
        case.path_parameters["conversation_id"] = addresses[case.path.endswith("table}")]
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}", "Host": "127.0.0.1", "Accept-Encoding": "identity"},
        excluded_checks=[positive_data_acceptance, negative_data_rejection],
    )


def test_the_description_names_every_address_of_the_door(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described == DESCRIPTION
    assert described["openapi"].startswith("3.1")
    assert all(
        operation["summary"] and operation["responses"]
        for path in described["paths"].values()
        for operation in path.values()
    )


def test_every_address_says_that_it_may_slow_one_down():
    for path, operations in DESCRIPTION["paths"].items():
        for operation in operations.values():
            assert "429" in operation["responses"], path


def test_a_network_that_asks_without_end_is_slowed_down_and_another_is_not(client, monkeypatch):
    monkeypatch.setattr(pace, "ASKED_IN_A_MINUTE", 2)
    answers = [client.get("/api/v1/conversations", REMOTE_ADDR="10.0.0.1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json()["reason"]
    assert client.get("/api/v1/conversations", REMOTE_ADDR="10.0.0.2").status_code == 200


def test_what_is_too_large_is_refused_as_such(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    where = a_conversation(statements=1)
    answer = client.post(
        f"/api/v1/conversations/{where.public_id}/statements",
        '{"text": "' + "a" * 200 + '"}',
        content_type="application/json",
        headers={"authorization": f"Bearer {'x' * 32}"},
    )
    assert answer.status_code == 413


def test_the_first_address_says_where_to_begin(client):
    first = client.get("/api/v1/").json()
    assert client.get(first["conversations"]).status_code == 200
    assert client.get(first["description"]).json() == DESCRIPTION
