import pytest
from django.db import DatabaseError

from knotwork.core.schedule.services import beat
from knotwork.website import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def examples_loaded(monkeypatch):
    monkeypatch.setattr(health, "examples_are_loaded", lambda: True)


def test_a_live_process_says_so(client):
    assert client.get("/livez").content == b"live\n"


def test_an_installation_is_ready_when_its_workers_were_heard_of(client, examples_loaded):
    for worker in health.WORKERS:
        beat(worker)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["ready"] is True


def test_an_installation_without_workers_is_not_ready_and_says_which_is_missing(client, examples_loaded):
    beat("quick")
    response = client.get("/readyz")
    assert response.status_code == 503
    checks = response.json()["checks"]
    assert (checks["worker quick"], checks["worker heavy"]) == (True, False)


def test_an_installation_without_its_examples_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "examples_are_loaded", lambda: False)
    assert client.get("/readyz").json()["checks"]["examples"] is False


def test_a_database_that_does_not_answer_is_said_and_nothing_else_is_asked_of_it(monkeypatch):
    class Broken:
        vendor = "sqlite"

        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(health, "connection", Broken())
    answers = {check.name: check for check in health.checks()}
    assert "gone" in answers["database"].found
    assert "migrations" not in answers


def test_missing_migrations_are_counted(monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", lambda: {("maps", "0001"), ("maps", "0002")})
    answers = {check.name: check for check in health.checks()}
    assert "2 not applied" in answers["migrations"].found


def test_a_full_disk_is_said(monkeypatch, examples_loaded):
    monkeypatch.setattr(health, "LEAST_FREE_DISK", 10**18)
    assert not next(check for check in health.checks() if check.name == "disk").is_well
