"""A try-out starts, is perhaps stopped, and ends; each once, with its reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from knotwork.actions import services
from knotwork.actions.models import TryOut
from knotwork.core import clock
from knotwork.core.rules import Refused
from tests.actions.build import BEFORE, READY, a_lead, a_member, going, planned, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db


def test_a_try_out_starts_now() -> None:
    place = a_place()
    try_out = planned(place)
    with clock.moved_to(BEFORE):
        services.start(try_out, by=a_lead(place))
    assert (row(try_out).stage, row(try_out).started_at) == ("going", BEFORE)
    assert verbs()[-1] == "try_out.started"


def test_an_older_story_is_told_with_its_own_days() -> None:
    place = a_place()
    week = timedelta(weeks=1)
    made = services.plan(place.programme.pk, READY, by=ADMINISTRATOR, place_id=place.pk, at=BEFORE - week)
    services.start(made.public_id, by=ADMINISTRATOR, at=BEFORE)
    services.stop(made.public_id, "Few came.", by=ADMINISTRATOR, at=BEFORE + week)
    services.end(made.public_id, "abandoned", "Few came.", by=ADMINISTRATOR, at=BEFORE + 2 * week)
    stands = row(made.public_id)
    assert [stands.written_at, stands.started_at, stands.stopped_at, stands.ended_at] == [
        BEFORE + number * week for number in (-1, 0, 1, 2)
    ]


@pytest.mark.parametrize("box", ["expects", "by_when", "stop_rule"])
def test_nothing_starts_before_it_says_what_it_expects_by_when_and_when_to_stop(box: str) -> None:
    try_out = planned(a_place(), replace(READY, **{box: None if box == "by_when" else " "}))
    with pytest.raises(Refused, match="Before it starts"):
        services.start(try_out, by=ADMINISTRATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        TryOut.objects.filter(public_id=try_out).update(stage="going", started_at=BEFORE)


def test_nothing_starts_twice() -> None:
    try_out = going(a_place())
    with pytest.raises(Refused, match="going on already"):
        services.start(try_out, by=ADMINISTRATOR)
    assert row(try_out).started_at == BEFORE


def test_a_try_out_is_stopped_with_its_reason_and_what_happened() -> None:
    try_out = going(a_place())
    services.stop(try_out, "Its first screen said ‘lonely’.", happened="14 joined, 3 left.", by=ADMINISTRATOR)
    stands = row(try_out)
    assert (stands.stage, stands.why_stopped) == ("stopped", "Its first screen said ‘lonely’.")
    assert stands.happened == "14 joined, 3 left."


def test_nothing_stops_or_ends_without_a_reason() -> None:
    try_out = going(a_place())
    with pytest.raises(Refused, match="why"):
        services.stop(try_out, " ", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="why"):
        services.end(try_out, "adopted", "", by=ADMINISTRATOR)
    assert row(try_out).stage == "going"


@pytest.mark.parametrize("ending", ["adopted", "adapted", "abandoned"])
def test_a_try_out_ends_in_one_of_three_ways(ending: str) -> None:
    try_out = going(a_place())
    services.end(try_out, ending, "Eleven riders a day.", by=ADMINISTRATOR)
    stands = row(try_out)
    assert (stands.stage, stands.ending, stands.why_ended) == ("ended", ending, "Eleven riders a day.")


def test_an_unknown_ending_is_refused_by_the_code() -> None:
    with pytest.raises(ValueError, match="shelved"):
        services.end(going(a_place()), "shelved", "Who knows.", by=ADMINISTRATOR)


def test_what_was_stopped_may_end_later_and_keeps_both_reasons() -> None:
    try_out = going(a_place())
    services.stop(try_out, "Few came.", happened="Six came.", by=ADMINISTRATOR)
    services.end(try_out, "adapted", "A van now.", by=ADMINISTRATOR)
    stands = row(try_out)
    assert (stands.why_stopped, stands.why_ended, stands.happened) == ("Few came.", "A van now.", "Six came.")
    with pytest.raises(Refused, match="has ended"):
        services.stop(try_out, "Again.", by=ADMINISTRATOR)


def test_nothing_ends_before_it_began() -> None:
    with pytest.raises(Refused, match="before it began"):
        services.stop(going(a_place()), "Why?", by=ADMINISTRATOR, at=datetime(2025, 1, 1, tzinfo=UTC))


def test_what_happened_is_written_beside_it_at_any_time_after_the_start() -> None:
    place = a_place()
    with pytest.raises(Refused, match="has not started"):
        services.say_what_happened(planned(place), "Nothing.", by=ADMINISTRATOR)
    try_out = going(place)
    assert services.say_what_happened(try_out, "Seven riders.", by=ADMINISTRATOR)
    assert not services.say_what_happened(try_out, "Seven riders.", by=ADMINISTRATOR)
    services.end(try_out, "adopted", "It works.", by=ADMINISTRATOR)
    assert services.say_what_happened(try_out, "Eleven riders.", by=ADMINISTRATOR)
    assert row(try_out).happened == "Eleven riders."


def test_only_those_who_lead_it_start_and_stop_it() -> None:
    place = a_place()
    member = a_member(place)
    waiting, under_way = planned(place), going(place)
    for act in (
        lambda: services.start(waiting, by=member),
        lambda: services.stop(under_way, "Because.", by=member),
        lambda: services.end(under_way, "adopted", "Because.", by=member),
        lambda: services.say_what_happened(under_way, "Much.", by=member),
        lambda: services.withdraw(under_way, "Because.", by=member),
    ):
        with pytest.raises(Refused, match="Only whoever planned"):
            act()
