"""Sealed is sealed: a secret word in a bid is on no page, in no file, feed, search or list, whoever asks."""

import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.calls import services
from knotwork.calls.models import BidStage, Call
from knotwork.calls.querysets import bids
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.models import Event
from knotwork.core.feeds.registry import sources
from knotwork.core.rules import Refused
from knotwork.core.search.queries import search
from knotwork.core.search.services import rebuild
from knotwork.core.uploads.models import Upload
from knotwork.programmes.models import Role
from knotwork.website.backup import MANIFEST, write_backup
from tests.builders import a_person, a_programme, signed_in, whole_body_of
from tests.calls.build import ABOUT, CLOSES, OPENS, a_call, handed_in, opened
from tests.guards.role_matrix import MATRIX
from tests.guards.rooms.calls import a_bid_row, a_call_row, closed
from tests.guards.test_role_matrix import address, world  # noqa: F401 - the fixture
from tests.guards.test_stranger import walk
from tests.programmes.build import ADMINISTRATOR, somebody

pytestmark = pytest.mark.django_db

SECRET = "Hush7Kettle"
LOOKERS = ["stranger", "somebody", "administrator", Role.PROGRAMME_TEAM, Role.PANEL_REVIEWER]


def looking(client, looker, programme):
    if looker == "stranger":
        return client
    if looker == "administrator":
        return signed_in(client, a_person(is_administrator=True))
    role = None if looker == "somebody" else looker
    return signed_in(client, a_person(role, programme))


@pytest.fixture(params=["open", "past its deadline"])
def sealed_world(request, world):  # noqa: F811
    """The guards' world, with a secret bid at each stage that it can have before the seal is broken."""
    words = closed() if request.param != "open" else {}
    call = a_call_row(world.programme, "with-a-secret", **words)
    rows = [
        a_bid_row(call, SECRET, stage) for stage in (BidStage.WRITING, BidStage.SUBMITTED, BidStage.WITHDRAWN)
    ]
    bid = rows[1]
    world.arguments |= {
        **dict.fromkeys(("call", "draft_call", "sealed_call", "opened_call"), call.slug),
        "bid": bid.public_id,
        "bid_question": call.questions.get().public_id,
        "bid_partner": bid.partners.get().public_id,
        "bid_author": bid.authors.get().public_id,
        "bid_file": bid.files.get().public_id,
        "upload": bid.files.get().upload,
    }
    rebuild()
    return world


@pytest.mark.parametrize("looker", LOOKERS)
def test_no_route_that_names_the_bid_shows_the_secret(client, sealed_world, looker):
    client = looking(client, looker, sealed_world.programme)
    found = {}
    for name in sorted(MATRIX, key=lambda name: "logout" in name):
        where = address(name, MATRIX[name], sealed_world)
        # To open the bids is the one act that may show them, and only the team's after the deadline.
        for method in ("get",) if name == "calls:open-bids" else ("get", "post"):
            answer = getattr(client, method)(where, headers={"host": "127.0.0.1"})
            if SECRET.lower().encode() in whole_body_of(answer).lower():
                found[name] = method
    assert found == {}


@pytest.mark.parametrize("looker", ["administrator", Role.PROGRAMME_TEAM])
def test_no_page_within_reach_shows_the_secret(client, sealed_world, looker):
    client = looking(client, looker, sealed_world.programme)
    for start in ("/", "/calls/", f"/programmes/{sealed_world.programme.slug}/calls/with-a-secret/"):
        answers = walk(client, start, most=40)
        assert {path for path, (_status, page) in answers.items() if SECRET.lower() in page.lower()} == set()


def test_neither_search_nor_feeds_know_it(client, sealed_world):
    assert not search(SECRET, viewer_for(a_person(is_administrator=True)))
    for room in ("all", *(source.room for source in sources())):
        assert SECRET.lower() not in client.get(f"/feeds/{room}.atom").content.decode().lower()


def test_the_file_of_a_sealed_bid_is_not_had_by_the_door_of_all_files(client, sealed_world):
    client = signed_in(client, a_person(is_administrator=True))
    for upload in Upload.objects.filter(file_name__contains=SECRET):
        assert client.get(f"/files/{upload.public_id}/").status_code == 404


def test_a_backup_holds_the_bid_and_its_list_tells_nothing(sealed_world, tmp_path):
    kept = write_backup(tmp_path / "dump.zip")
    with zipfile.ZipFile(tmp_path / "dump.zip") as dump:
        manifest, names = dump.read(MANIFEST).decode(), dump.namelist()
    assert SECRET.lower() not in (manifest + repr(names) + repr(kept)).lower()
    assert any("Bid" in name or "bid" in name for name in json.dumps(json.loads(manifest)).split('"'))


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
