"""A call that is being decided, with its people, and its decision step by step."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from knotwork.calls import services
from knotwork.calls.models import (
    Assignment,
    Bid,
    Call,
    CallStage,
    Decision,
    Outcome,
    Reviewer,
    Score,
)
from knotwork.calls.services import LineWords
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Programme, Role
from tests.calls.build import ABOUT, a_call, handed_in, opened
from tests.programmes.build import somebody, the_team_of


@dataclass(frozen=True)
class Panel:
    """Who decides on which bids."""

    call: Call
    bids: tuple[UUID, ...]
    authors: tuple[Viewer, ...]
    team: Viewer
    second: Viewer
    reviewer: Viewer

    def propose(self) -> UUID:
        return services.propose(self.call.public_id, by=self.team)

    def put(self, chosen: int = 1) -> UUID:
        """A decision that chooses the first bids, laid before those who sign."""
        decision = self.propose()
        lines = {
            bid: LineWords(Outcome.CHOSEN if order < chosen else Outcome.NOT_CHOSEN, f"Reason {order}")
            for order, bid in enumerate(self.bids)
        }
        services.say_outcomes(decision, lines, "By talking it through.", by=self.team)
        services.put(decision, by=self.team)
        return decision

    def in_force(self, chosen: int = 1) -> UUID:
        """The same, signed by two."""
        decision = self.put(chosen)
        services.sign_decision(decision, "Rosa Reviewer", by=self.reviewer)
        assert services.sign_decision(decision, "Tom Team", by=self.second)
        return decision

    def told(self, chosen: int = 1) -> UUID:
        """The same, with the letters sent."""
        decision = self.in_force(chosen)
        services.send_letters(self.call.public_id, by=self.team)
        return decision


def a_panel(bids: int, programme: Programme | None = None, **words: Any) -> Panel:
    """An opened call at its decision, with as many bids, named Place 0, Place 1 and so on."""
    call = a_call(programme, **words)
    authors = tuple(somebody() for _each in range(bids))
    given = tuple(
        handed_in(call, author, about=replace(ABOUT, place_name=f"Place {order}"))
        for order, author in enumerate(authors)
    )
    opened(call)
    Call.objects.filter(pk=call.pk).update(stage=CallStage.DECISION)
    call.refresh_from_db()
    where = call.programme
    return Panel(
        call, given, authors, the_team_of(where), the_team_of(where), somebody(Role.PANEL_REVIEWER, where)
    )


def scored(panel: Panel, bid: UUID, name: str, reasons: list[str]) -> None:
    """A review of a bid that was handed in, with one reason on each criterion."""
    person = Person.objects.get(pk=somebody(Role.PANEL_REVIEWER, panel.call.programme).person_id)
    reviewer = Reviewer.objects.create(call=panel.call, person=person, name=name)
    assignment = Assignment.objects.create(
        reviewer=reviewer, bid=Bid.objects.get(public_id=bid), submitted_at=clock.now()
    )
    for criterion, reason in zip(panel.call.criteria.all(), reasons, strict=True):
        Score.objects.create(assignment=assignment, criterion=criterion, score=3, reason=reason)


def row_of(decision: UUID) -> Decision:
    return Decision.objects.select_related("call__programme").get(public_id=decision)
