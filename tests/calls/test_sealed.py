"""Sealed is sealed: nobody reads a bid or breaks the seal before the deadline has passed, and then only once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.calls import services
from knotwork.calls.models import Call
from knotwork.calls.querysets import bids
from knotwork.core import clock
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_programme
from tests.calls.build import ABOUT, CLOSES, OPENS, a_call, handed_in, opened
from tests.programmes.build import ADMINISTRATOR, somebody

pytestmark = pytest.mark.django_db

SECRET = "Hush7Kettle"


def test_events_of_a_bid_belong_to_no_programme_and_say_no_word():
    programme = a_programme()
    bid = handed_in(a_call(programme), about=replace(ABOUT, place_name=SECRET))
    told = Event.objects.filter(subject_kind="bid")
    assert told.filter(subject_id=bid).exists()
    assert not told.filter(programme__isnull=False).exists()
    assert SECRET not in repr(list(told.values()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offset=st.integers(-60 * 24 * 3600, -1), looker=st.sampled_from(["team", "administrator"]))
def test_at_no_moment_before_the_deadline_can_the_seal_be_broken(a_sealed_call, offset, looker):
    call, team = a_sealed_call
    by = team if looker == "team" else ADMINISTRATOR
    moment = max(CLOSES + timedelta(seconds=offset), OPENS)
    with clock.moved_to(moment), pytest.raises(Refused):
        services.open_bids(call.public_id, by=by)
    assert not bids().visible_to(by).exists()


@pytest.fixture
def a_sealed_call():
    call = a_call()
    handed_in(call)
    return call, somebody(Role.PROGRAMME_TEAM, call.programme)


def test_the_database_itself_refuses_an_opening_before_the_deadline(a_sealed_call):
    from django.db import IntegrityError, transaction

    call, _team = a_sealed_call
    early = CLOSES - timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(stage="opened", opened_at=early)


@pytest.mark.parametrize("role", [Role.PROGRAMME_TEAM, Role.PANEL_REVIEWER])
def test_once_opened_those_who_judge_read_what_was_handed_in_and_no_draft(role):
    call = a_call()
    bid = handed_in(call)
    with clock.moved_to(OPENS + timedelta(days=3)):
        services.begin_bid(call.public_id, ABOUT, by=somebody())
    opened(call)
    read = bids().visible_to(somebody(role, call.programme))
    assert [row.public_id for row in read] == [bid]


@pytest.mark.parametrize("role", [Role.STEERING_GROUP_MEMBER, Role.EVALUATOR, Role.PLACE_LEAD])
def test_once_opened_others_still_read_none(role):
    call = a_call()
    handed_in(call)
    opened(call)
    assert not bids().visible_to(somebody(role, call.programme)).exists()


def test_opening_is_an_event_and_happens_once():
    call = opened(a_call())
    assert Event.objects.filter(verb="call.bids_opened", subject_id=call.public_id).count() == 1
    with clock.moved_to(CLOSES + timedelta(days=1)), pytest.raises(Refused, match="only once"):
        services.open_bids(call.public_id, by=ADMINISTRATOR)


def test_a_deadline_is_not_moved_once_bids_are_open():
    call = opened(a_call())
    with clock.moved_to(CLOSES + timedelta(days=1)), pytest.raises(Refused, match="no longer be moved"):
        services.move_deadline(call.public_id, CLOSES + timedelta(days=9), "More time", by=ADMINISTRATOR)
