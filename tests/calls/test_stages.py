"""The graph of a call: every one that can be composed leads to an end, and planted faults are found."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.calls.models import BidStage, CallStage
from knotwork.calls.stages import (
    TEAM,
    Fault,
    FaultKind,
    Mover,
    StageGraph,
    Way,
    bid_stages,
    call_stages,
    faults_of,
    stage_at,
)

EITHER = (False, True)
CALLS = [call_stages(has_interview=one, has_moderation=two) for one, two in product(EITHER, EITHER)]
GRAPHS = [*CALLS, *(bid_stages(needs_sign_off=each) for each in EITHER)]


@pytest.mark.parametrize("graph", GRAPHS)
def test_no_graph_that_can_be_composed_has_a_fault(graph):
    assert faults_of(graph) == ()


@pytest.mark.parametrize("graph", CALLS)
def test_every_stage_of_a_call_has_its_name_in_the_model(graph):
    assert set(graph.stages) <= set(CallStage.values)


def test_every_stage_of_a_bid_but_the_signature_has_its_name_in_the_model():
    assert set(bid_stages(needs_sign_off=False).stages) == set(BidStage.values)


@pytest.mark.parametrize("graph", CALLS)
def test_nobody_comes_to_opened_but_from_sealed(graph):
    assert {way.start for way in graph.ways if way.end == "opened"} == {"sealed"}


@pytest.mark.parametrize("graph", CALLS)
def test_only_the_clock_seals(graph):
    assert graph.leads("open", "sealed", Mover.CLOCK)
    assert not graph.leads("open", "sealed", Mover.TEAM)


def test_a_call_without_interview_goes_from_review_to_moderation():
    assert call_stages().after("review") == ("moderation",)


def test_a_call_with_neither_goes_from_review_to_decision():
    assert call_stages(has_moderation=False).after("review") == ("decision",)


def test_a_bid_that_needs_a_signature_cannot_be_handed_in_without():
    assert not bid_stages().leads("writing", "submitted", Mover.AUTHORS)
    assert bid_stages(needs_sign_off=False).leads("writing", "submitted", Mover.AUTHORS)


@given(st.sampled_from(GRAPHS), st.data())
def test_a_planted_dead_end_is_reported(graph, data):
    start = data.draw(st.sampled_from([stage for stage in graph.stages if stage not in graph.ends]))
    planted = StageGraph(
        (*graph.stages, "pit"), graph.first, graph.ends, (*graph.ways, Way(start, "pit", TEAM))
    )
    assert faults_of(planted) == (Fault(FaultKind.DEAD_END, "pit"),)


@given(st.sampled_from(GRAPHS), st.data())
def test_a_planted_stage_that_nobody_reaches_is_reported(graph, data):
    end = data.draw(st.sampled_from(graph.stages))
    planted = StageGraph(
        (*graph.stages, "island"), graph.first, graph.ends, (*graph.ways, Way("island", end, TEAM))
    )
    assert faults_of(planted) == (Fault(FaultKind.UNREACHABLE, "island"),)


@given(st.sampled_from(GRAPHS), st.data())
def test_a_stage_that_nobody_may_leave_is_reported(graph, data):
    start = data.draw(st.sampled_from([stage for stage in graph.stages if stage not in graph.ends]))
    closed = tuple(Way(way.start, way.end, frozenset()) if way.start == start else way for way in graph.ways)
    faults = faults_of(StageGraph(graph.stages, graph.first, graph.ends, closed))
    assert Fault(FaultKind.NOBODY_MAY_LEAVE, start) in faults


@given(st.sampled_from(GRAPHS), st.data())
def test_a_stage_of_a_chain_that_is_taken_out_is_missed(graph, data):
    gone = data.draw(st.sampled_from(graph.stages))
    rest = tuple(stage for stage in graph.stages if stage != gone)
    assert Fault(FaultKind.UNKNOWN, gone) in faults_of(StageGraph(rest, graph.first, graph.ends, graph.ways))


@given(st.integers(-10_000, 10_000))
def test_an_open_call_is_sealed_from_the_very_moment_of_its_deadline(seconds):
    closes = datetime(2026, 4, 30, 23, tzinfo=UTC)
    wanted = "open" if seconds < 0 else "sealed"
    assert stage_at("open", closes, closes + timedelta(seconds=seconds)) == wanted


@pytest.mark.parametrize("stage", ["draft", "opened", "review", "ended"])
def test_no_other_stage_is_moved_by_the_clock(stage):
    assert stage_at(stage, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)) == stage
