from datetime import UTC, datetime, timedelta

import pytest

from knotwork.core import clock
from knotwork.core.schedule import registry, services
from knotwork.core.schedule.models import ScheduledJob

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def turns(monkeypatch):
    monkeypatch.setattr(registry, "_JOBS", {})
    taken = []
    registry.every(60, "count.sheep")(lambda: taken.append(clock.now()))
    return taken


def test_a_job_runs_at_once_and_then_when_its_time_has_passed(turns):
    for seconds in (0, 30, 60, 61, 125):
        with clock.moved_to(MORNING + timedelta(seconds=seconds)):
            services.run_due()
    assert [(turn - MORNING).seconds for turn in turns] == [0, 60, 125]


def test_two_processes_never_take_the_same_turn(turns, monkeypatch):
    with clock.moved_to(MORNING):
        services.run_due()
    seen = MORNING
    with clock.moved_to(MORNING + timedelta(seconds=90)):
        assert services._claim(registry.jobs()[0], seen)
        assert not services._claim(registry.jobs()[0], seen)


def test_a_job_that_fails_is_written_down_and_tried_again(monkeypatch):
    monkeypatch.setattr(registry, "_JOBS", {})

    @registry.every(60, "always.fails")
    def _fail():
        raise RuntimeError("no sheep")

    with clock.moved_to(MORNING):
        assert services.run_due() == ["always.fails"]
    assert ScheduledJob.objects.get(name="always.fails").last_error == "RuntimeError: no sheep"
    with clock.moved_to(MORNING + timedelta(minutes=2)):
        assert services.run_due() == ["always.fails"]


def test_a_worker_is_alive_for_45_seconds_after_it_was_heard_of():
    with clock.moved_to(MORNING):
        services.beat("quick")
    for seconds, expected in ((40, True), (46, False)):
        with clock.moved_to(MORNING + timedelta(seconds=seconds)):
            assert services.workers_alive(("quick", "heavy")) == {"quick": expected, "heavy": False}
