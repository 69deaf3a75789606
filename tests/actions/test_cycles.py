"""Cycles: a prediction that stays, what was seen beside it, what it cost, and what comes next."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from knotwork.actions import services
from knotwork.actions.models import Cycle
from knotwork.actions.queries import CycleView, cycles_of
from knotwork.actions.services import Study
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from tests.actions.build import BEFORE, COUNCIL_PAYS, a_member, an_enabler, going, planned, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db

SEEN = Study("Moved one bus", "Five rode it", Decimal(1600), Decimal("4.5"))


def a_cycle(try_out: UUID, *, begun: bool = True) -> UUID:
    cycle = services.plan_cycle(
        try_out, "Does anybody ride it?", "At least 8 a day.", by=ADMINISTRATOR, at=BEFORE
    )
    if begun:
        services.begin_cycle(cycle, by=ADMINISTRATOR, at=BEFORE)
    return cycle


def only(try_out: UUID) -> CycleView:
    (cycle,) = cycles_of(row(try_out))
    return cycle


def test_a_try_out_without_cycles_has_none() -> None:
    assert cycles_of(row(going(a_place()))) == []


def test_a_member_and_an_enabler_plan_begin_and_study_a_cycle() -> None:
    place = a_place()
    try_out = going(place)
    member, enabler = a_member(place), an_enabler(place)
    cycle = services.plan_cycle(try_out, "Does anybody ride it?", "At least 8.", by=member)
    services.begin_cycle(cycle, by=enabler)
    assert services.study_cycle(cycle, SEEN, by=member)
    services.close_cycle(cycle, "another", "Too few knew.", by=member)
    view = only(try_out)
    assert (view.number, view.next_step, view.why_next) == (1, "another", "Too few knew.")
    assert view.cost == "£1,600 and 4.5 days"
    assert verbs()[-4:] == [
        "try_out.cycle_planned",
        "try_out.cycle_begun",
        "try_out.cycle_studied",
        "try_out.cycle_closed",
    ]


def test_a_stranger_plans_none() -> None:
    with pytest.raises(Refused):
        services.plan_cycle(going(a_place()), "Does it?", by=STRANGER)


def test_a_cycle_needs_a_question() -> None:
    with pytest.raises(Refused, match="find out"):
        services.plan_cycle(going(a_place()), " ", by=ADMINISTRATOR)


def test_a_cycle_that_has_begun_keeps_its_prediction() -> None:
    try_out = going(a_place())
    cycle = a_cycle(try_out, begun=False)
    assert services.change_cycle(cycle, "Who rides it?", "Nobody we know.", by=ADMINISTRATOR)
    assert not services.change_cycle(cycle, "Who rides it?", "Nobody we know.", by=ADMINISTRATOR)
    services.begin_cycle(cycle, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="stay as they are"):
        services.change_cycle(cycle, "Who rides it?", "Everybody.", by=ADMINISTRATOR)
    assert only(try_out).prediction == "Nobody we know."


def test_a_cycle_does_not_begin_without_a_prediction() -> None:
    cycle = services.plan_cycle(going(a_place()), "Does it?", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="before it begins"):
        services.begin_cycle(cycle, by=ADMINISTRATOR)


def test_a_cycle_begins_only_inside_its_try_out() -> None:
    waiting = a_cycle(planned(a_place()), begun=False)
    with pytest.raises(Refused, match="not started"):
        services.begin_cycle(waiting, by=ADMINISTRATOR)
    cycle = a_cycle(going(a_place()), begun=False)
    with pytest.raises(Refused, match="lies within"):
        services.begin_cycle(cycle, by=ADMINISTRATOR, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_beginning_twice_begins_once() -> None:
    try_out = going(a_place())
    cycle = a_cycle(try_out)
    services.begin_cycle(cycle, by=ADMINISTRATOR)
    assert Cycle.objects.get(public_id=cycle).begun_at == BEFORE


def test_one_cycle_at_a_time_and_numbers_go_on() -> None:
    try_out = going(a_place())
    first = a_cycle(try_out)
    with pytest.raises(Refused, match="One cycle at a time"):
        a_cycle(try_out)
    services.study_cycle(first, SEEN, by=ADMINISTRATOR)
    services.close_cycle(first, "another", "Too few knew.", by=ADMINISTRATOR)
    a_cycle(try_out)
    assert [each.number for each in cycles_of(row(try_out))] == [1, 2]


def test_a_cycle_closes_only_after_something_was_seen_and_with_a_reason() -> None:
    cycle = a_cycle(going(a_place()))
    with pytest.raises(Refused, match="what you saw"):
        services.close_cycle(cycle, "adopt", "It works.", by=ADMINISTRATOR)
    services.study_cycle(cycle, SEEN, by=ADMINISTRATOR)
    assert not services.study_cycle(cycle, SEEN, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="Say why"):
        services.close_cycle(cycle, "adopt", "", by=ADMINISTRATOR)
    services.close_cycle(cycle, "adopt", "It works.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="is closed"):
        services.study_cycle(cycle, Study("x", "y"), by=ADMINISTRATOR)


def test_a_cycle_that_has_not_begun_is_not_studied() -> None:
    cycle = a_cycle(going(a_place()), begun=False)
    with pytest.raises(Refused, match="not begun"):
        services.study_cycle(cycle, SEEN, by=ADMINISTRATOR)


def test_what_it_cost_is_covered_by_a_pledge_in_the_words_of_the_ledger() -> None:
    try_out = going(a_place())
    pledge = services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    cycle = a_cycle(try_out)
    services.study_cycle(cycle, Study(saw="Five", cash=Decimal(1600), paid_from=pledge), by=ADMINISTRATOR)
    assert only(try_out).paid_from_words == "Northvale Council: The cost of one bus (pledged)"


def test_a_pledge_of_another_try_out_and_odd_costs_are_refused() -> None:
    elsewhere = services.pledge(going(a_place()), COUNCIL_PAYS, by=ADMINISTRATOR)
    cycle = a_cycle(going(a_place()))
    for study in (
        Study(paid_from=elsewhere),
        Study(cash=Decimal(-1)),
        Study(days=Decimal("1.25")),
        Study(days=Decimal(-1)),
        Study(days=Decimal("NaN")),
    ):
        with pytest.raises(Refused):
            services.study_cycle(cycle, study, by=ADMINISTRATOR)


def test_one_day_is_one_day() -> None:
    try_out = going(a_place())
    services.study_cycle(a_cycle(try_out), Study(days=Decimal(1)), by=ADMINISTRATOR)
    assert only(try_out).cost == "1 day"


def test_a_cycle_that_is_not_known_is_refused() -> None:
    with pytest.raises(Refused, match="not known"):
        services.begin_cycle(uuid4(), by=ADMINISTRATOR)


@pytest.mark.parametrize(
    ("ending", "next_step"), [("adopted", "adopt"), ("adapted", "adapt"), ("abandoned", "abandon")]
)
def test_a_try_out_that_ends_closes_the_cycle_that_is_going_on(ending: str, next_step: str) -> None:
    try_out = going(a_place())
    a_cycle(try_out)
    services.end(try_out, ending, "Nobody rides it.", by=ADMINISTRATOR)
    assert (only(try_out).next_step, only(try_out).why_next) == (next_step, "Nobody rides it.")
    assert verbs()[-2:] == ["try_out.cycle_closed", "try_out.ended"]


def test_a_cycle_that_never_began_stays_as_it_was_planned() -> None:
    try_out = going(a_place())
    a_cycle(try_out, begun=False)
    services.end(try_out, "abandoned", "Nobody rides it.", by=ADMINISTRATOR)
    assert only(try_out).is_planned


def test_after_it_was_stopped_a_cycle_is_still_studied_and_no_other_begins() -> None:
    try_out = going(a_place())
    cycle = a_cycle(try_out)
    services.stop(try_out, "Too few", by=ADMINISTRATOR)
    services.study_cycle(cycle, SEEN, by=ADMINISTRATOR)
    services.close_cycle(cycle, "abandon", "Too few.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="was stopped"):
        a_cycle(try_out)


def test_where_it_is_is_one_of_the_four_words() -> None:
    try_out = going(a_place())
    cycle = a_cycle(try_out, begun=False)
    seen = [only(try_out).where_it_is]
    services.begin_cycle(cycle, by=ADMINISTRATOR)
    seen.append(only(try_out).where_it_is)
    services.study_cycle(cycle, SEEN, by=ADMINISTRATOR)
    seen.append(only(try_out).where_it_is)
    services.close_cycle(cycle, "adopt", "It works.", by=ADMINISTRATOR)
    assert [*seen, only(try_out).where_it_is] == ["Plan", "Do", "Study", "Act"]
