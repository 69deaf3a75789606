"""The stages of a call and of a bid as a graph: who leads from where to where, and whether anybody can get stuck.

Each call composes its own graph from what its team asked for. Before a call is shown to anybody its graph is looked
through (:func:`faults_of`): a stage without a way out, a stage that nobody reaches, a way that nobody may go.
Pure: no database, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise


class Mover(StrEnum):
    """Who leads a call or a bid from one stage to the next. The clock moves at the deadline and asks nobody."""

    TEAM = "team"
    AUTHORS = "authors"
    CLOCK = "clock"


@dataclass(frozen=True)
class Way:
    """From one stage to another, and who may go it."""

    start: str
    end: str
    movers: frozenset[Mover]


@dataclass(frozen=True)
class StageGraph:
    """Stages and the ways between them; it begins at ``first`` and is over at any of ``ends``."""

    stages: tuple[str, ...]
    first: str
    ends: frozenset[str]
    ways: tuple[Way, ...]

    def after(self, stage: str) -> tuple[str, ...]:
        """The stages that may follow this one, in their order."""
        return tuple(way.end for way in self.ways if way.start == stage)

    def leads(self, start: str, end: str, mover: Mover) -> bool:
        """Whether this mover may go from one stage to the other in one step."""
        return any(way.start == start and way.end == end and mover in way.movers for way in self.ways)


class FaultKind(StrEnum):
    """What can be wrong with a graph."""

    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    NOBODY_MAY_LEAVE = "nobody_may_leave"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, and at which stage."""

    kind: FaultKind
    stage: str


TEAM, AUTHORS, CLOCK = (frozenset({mover}) for mover in Mover)


def call_stages(*, has_interview: bool = False, has_moderation: bool = True) -> StageGraph:
    """The stages of a call with what its team asked for."""
    judged = [
        "opened",
        "review",
        *(["interview"] if has_interview else []),
        *(["moderation"] if has_moderation else []),
        "decision",
        "letters",
        "ended",
    ]
    ways = [Way("draft", "open", TEAM), Way("open", "sealed", CLOCK), Way("sealed", "open", TEAM)]
    ways += [Way("sealed", "opened", TEAM)]
    ways += [Way(start, end, TEAM) for start, end in pairwise(judged)]
    return StageGraph(("draft", "open", "sealed", *judged), "draft", frozenset({"ended"}), tuple(ways))


def bid_stages(*, needs_sign_off: bool = True) -> StageGraph:
    """The stages of a bid. With a sign-off the signature is a step of its own between writing and handing in."""
    before = ["writing", "signed"] if needs_sign_off else ["writing"]
    ready = before[-1]
    ways = [Way(ready, "submitted", AUTHORS), Way("submitted", "writing", AUTHORS)]
    ways += [Way("writing", "signed", AUTHORS), Way("signed", "writing", AUTHORS)] if needs_sign_off else []
    ways += [Way(stage, "withdrawn", AUTHORS) for stage in (*before, "submitted")]
    ways += [Way("submitted", outcome, TEAM) for outcome in ("chosen", "not_chosen")]
    stages = (*before, "submitted", "withdrawn", "chosen", "not_chosen")
    return StageGraph(stages, "writing", frozenset({"withdrawn", "chosen", "not_chosen"}), tuple(ways))


def faults_of(graph: StageGraph) -> tuple[Fault, ...]:
    """Everything that is wrong with a graph, sorted; nothing when every stage is reached and leads to an end."""
    known = set(graph.stages)
    named = {graph.first, *graph.ends} | {stage for way in graph.ways for stage in (way.start, way.end)}
    faults = {Fault(FaultKind.UNKNOWN, stage) for stage in named - known}
    travelled = [(way.start, way.end) for way in graph.ways if way.movers]
    reached = _walk([graph.first], travelled)
    faults |= {Fault(FaultKind.UNREACHABLE, stage) for stage in known - reached}
    ending = _walk(graph.ends, [(end, start) for start, end in travelled])
    for stage in known - ending:
        out = [way for way in graph.ways if way.start == stage]
        closed = bool(out) and not any(way.movers for way in out)
        faults.add(Fault(FaultKind.NOBODY_MAY_LEAVE if closed else FaultKind.DEAD_END, stage))
    return tuple(sorted(faults))


def stage_at(stage: str, closes_at: datetime, at: datetime) -> str:
    """The stage of a call at a moment: an open one is sealed from its deadline on, whether or not anybody looks."""
    return "sealed" if stage == "open" and at >= closes_at else stage


def _walk(starts: Iterable[str], ways: list[tuple[str, str]]) -> set[str]:
    reached, waiting = set(starts), list(starts)
    while waiting:
        here = waiting.pop()
        for start, end in ways:
            if start == here and end not in reached:
                reached.add(end)
                waiting.append(end)
    return reached
