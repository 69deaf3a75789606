from datetime import timedelta

import polars
import pytest

from knotwork.core import clock
from knotwork.core.analyses import queries, registry, services
from knotwork.core.analyses.models import Snapshot, SnapshotState
from knotwork.core.analyses.registry import Outcome
from knotwork.core.identifiers import new_public_id
from knotwork.drawing.picture import Picture

pytestmark = pytest.mark.django_db


class Doubling:
    """Doubles a number; fails while ``broken``."""

    kind, method, version = "doubling", "arithmetic", "1"

    def __init__(self):
        self.number, self.broken, self.subject, self.runs = 21, False, new_public_id(), 0

    def subjects(self):
        return [(self.subject, str(self.number))]

    def run(self, subject, *, seed):
        self.runs += 1
        if self.broken:
            raise RuntimeError("the numbers ran out")
        picture = Picture("dot", "<svg></svg>", ("n",), ((self.number * 2,),), "A dot", "A dot, described")
        return Outcome(
            state=str(self.number),
            result={"doubled": self.number * 2},
            tables={"numbers": polars.DataFrame({"n": [self.number]})},
            pictures={"en": (picture,)},
        )


@pytest.fixture
def doubling(monkeypatch):
    analysis = Doubling()
    monkeypatch.setattr(registry, "_ANALYSES", {"doubling": analysis})
    return analysis


def test_a_changed_input_is_computed_once_and_an_unchanged_one_not_again(doubling):
    assert [services.ask_for_due() for _ in range(3)] == [1, 0, 0]
    doubling.number = 4
    assert [services.ask_for_due() for _ in range(2)] == [1, 0]
    assert queries.newest_good("doubling", doubling.subject).result == {"doubled": 8}


def test_tables_and_pictures_are_read_back_as_they_were_kept(doubling):
    services.run_now("doubling", doubling.subject)
    snapshot = queries.newest_good("doubling", doubling.subject)
    assert queries.tables(snapshot.id)["numbers"]["n"].to_list() == [21]
    assert queries.table(snapshot.id, "numbers").height == 1
    assert queries.table(snapshot.id, "letters") is None
    assert queries.pictures(snapshot.id)["dot"].rows == ((42,),)


def test_a_failure_keeps_the_last_good_result_and_says_why_in_words(doubling):
    services.run_now("doubling", doubling.subject)
    doubling.number, doubling.broken = 5, True
    services.ask_for_due()
    assert queries.newest_good("doubling", doubling.subject).result == {"doubled": 42}
    assert queries.latest_failure("doubling", doubling.subject).error == "RuntimeError: the numbers ran out"


def test_a_failure_is_tried_again_after_five_minutes_and_not_before(doubling):
    doubling.broken = True
    assert [services.ask_for_due() for _ in range(3)] == [1, 0, 0]
    doubling.broken = False
    with clock.moved_to(clock.now() + timedelta(minutes=6)):
        assert services.ask_for_due() == 1
    assert queries.latest_failure("doubling", doubling.subject) is None


def test_never_two_runs_of_one_subject_at_once(doubling):
    Snapshot.objects.create(kind="doubling", subject=doubling.subject, method="arithmetic", version="1")
    assert services.ask("doubling", doubling.subject) is False
    assert queries.is_under_way("doubling", doubling.subject)


def test_a_run_whose_worker_died_counts_as_failed_after_half_an_hour(doubling):
    words = {"kind": "doubling", "subject": doubling.subject, "method": "arithmetic", "version": "1"}
    Snapshot.objects.create(state=SnapshotState.RUNNING, started_at=clock.now(), **words)
    with clock.moved_to(clock.now() + timedelta(minutes=31)):
        assert services.give_up_on_lost_runs() == 1
    assert not queries.is_under_way("doubling", doubling.subject)


def test_a_snapshot_is_run_only_once(doubling):
    services.run_now("doubling", doubling.subject)
    services.run(Snapshot.objects.get().pk)
    assert doubling.runs == 1


def test_the_newest_three_are_kept_and_any_that_is_cited(doubling):
    for number in range(6):
        doubling.number = number
        services.ask_for_due()
        if number == 0:
            Snapshot.objects.update(is_cited=True)
    kept = Snapshot.objects.filter(state=SnapshotState.GOOD).values_list("input_state", flat=True)
    assert sorted(kept) == ["0", "3", "4", "5"]


def test_an_analysis_that_no_room_registered_is_refused(doubling):
    with pytest.raises(ValueError, match="No room registered"):
        services.ask("tripling", doubling.subject)
