"""Sealed is sealed: a secret word in a bid is on no page, in no file, feed, search or list, whoever asks."""

import json
import zipfile
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from django.test import Client

from knotwork.calls.models import BidStage, Call, CallStage
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.feeds.registry import sources
from knotwork.core.search.queries import search
from knotwork.core.search.services import rebuild
from knotwork.core.uploads.models import Upload
from knotwork.programmes.models import Membership, Role
from knotwork.website.backup import MANIFEST, write_backup
from tests.builders import a_person, signed_in
from tests.guards.role_matrix import MATRIX
from tests.guards.rooms.calls import a_bid_row, a_call_row, closed
from tests.guards.test_role_matrix import address, world  # noqa: F401 - the fixture
from tests.guards.test_stranger import walk
from tests.guards.words import words_of

pytestmark = pytest.mark.django_db

SECRET = "Hush7Kettle"
MIGHTIEST = "administrator with every role"
OTHERS = ["administrator", "somebody", *Role]
TEXT = (models.CharField, models.TextField, models.JSONField)


def who(looker, world):  # noqa: F811
    """A person who writes no bid: with no role, with one, with all of them, or who runs the installation."""
    person = a_person(is_administrator=looker in ("administrator", MIGHTIEST))
    for role in Role if looker == MIGHTIEST else [looker] if looker in list(Role) else []:
        place = world.place if role == Role.PLACE_LEAD else None
        Membership.objects.create(person=person, role=role, programme=world.programme, place=place)
    return person


def sees(words):
    return SECRET.lower() in words.lower()


@pytest.fixture
def sealed_worlds(world):  # noqa: F811
    """The guards' world twice over, with secret bids to a call that is open and to one that is past its deadline.

    Each call has a bid at each stage that it can have before the seal is broken.
    """
    worlds = []
    for slug, words in (("open-with-a-secret", {}), ("past-with-a-secret", closed())):
        call = a_call_row(world.programme, slug, **words)
        stages = (BidStage.WRITING, BidStage.SUBMITTED, BidStage.WITHDRAWN)
        _writing, bid, _withdrawn = [a_bid_row(call, SECRET, stage) for stage in stages]
        of_the_bid = {
            **dict.fromkeys(("call", "draft_call", "sealed_call", "opened_call"), call.slug),
            "bid": bid.public_id,
            "bid_question": call.questions.get().public_id,
            "bid_partner": bid.partners.get().public_id,
            "bid_author": bid.authors.get().public_id,
            "bid_file": bid.files.get().public_id,
            "upload": bid.files.get().upload,
        }
        worlds.append(replace(world, arguments=world.arguments | of_the_bid))
    rebuild()
    return worlds


def every_route(worlds):
    """The addresses of the whole role matrix in both worlds, and every feed; signing out comes last."""
    names = sorted(MATRIX, key=lambda name: "logout" in name)
    routes = [address(name, MATRIX[name], each) for name in names for each in worlds]
    return list(dict.fromkeys([*(f"/feeds/{source.room}.atom" for source in sources()), *routes]))


def tables_with_the_secret():
    """The tables of all rooms that hold the word somewhere."""
    holding = set()
    for model in apps.get_models(include_auto_created=True):
        texts = [field.name for field in model._meta.local_fields if isinstance(field, TEXT)]
        if texts and model.objects.filter(
            Q(*((f"{name}__icontains", SECRET) for name in texts), _connector=Q.OR)
        ):
            holding.add(model._meta.db_table)
    return holding


class Looker:
    """A client that notes which addresses ask a table that holds the secret, whether or not they then show it."""

    def __init__(self, client, tables):
        self.client, self.tables, self.asking = client, tables, set()

    def get(self, path):
        def watch(execute, sql, *further):
            if any(f'"{table}"' in sql for table in self.tables):
                self.asking.add(path)
            return execute(sql, *further)

        with connection.execute_wrapper(watch):
            return self.client.get(path, headers={"host": "127.0.0.1"})


def answer_undone(client, path):
    """What a form without words answers; nothing of what it did is kept."""
    with transaction.atomic():
        words = words_of(client.post(path, headers={"host": "127.0.0.1"}))
        transaction.set_rollback(True)
    return words


def client_of(looker, world):  # noqa: F811
    return Client() if looker == "stranger" else signed_in(Client(), who(looker, world))


def test_nobody_sees_it_on_any_route_or_on_any_page_or_file_within_reach(sealed_worlds):
    """Whoever may do most asks every route and follows every link. Who holds one role asks what came near a bid."""
    world, routes = sealed_worlds[0], every_route(sealed_worlds)  # noqa: F811
    tables, found, near = tables_with_the_secret(), set(), set()
    for who_asks in ("stranger", MIGHTIEST):
        looker = Looker(client_of(who_asks, world), tables)
        answers = walk(looker, routes)
        assert len(routes) < len(answers) < 1500
        found |= {(who_asks, path) for path, (_status, words) in answers.items() if sees(words)}
        found |= {(who_asks, "post", path) for path in routes if sees(answer_undone(looker.client, path))}
        near |= looker.asking
    assert {address("calls:bid", MATRIX["calls:bid"], each) for each in sealed_worlds} <= near
    for role in OTHERS:
        client = client_of(role, world)
        found |= {(role, path) for path in near if sees(words_of(client.get(path)))}
    assert found == set()


@pytest.mark.parametrize("route", ["calls:bids", "calls:bids-csv", "calls:bids-workbook", "calls:bid"])
def test_the_same_eyes_see_it_once_the_bids_are_opened(sealed_worlds, route):
    _open, past = sealed_worlds
    Call.objects.filter(slug="past-with-a-secret").update(stage=CallStage.OPENED, opened_at=clock.now())
    client = client_of(Role.PANEL_REVIEWER, past)
    assert sees(words_of(client.get(address(route, MATRIX[route], past))))


def test_search_knows_it_for_nobody(sealed_worlds):
    people = [viewer_for(who(looker, sealed_worlds[0])) for looker in (MIGHTIEST, *OTHERS)]
    assert [viewer for viewer in (STRANGER, *people) if search(SECRET, viewer)] == []


def test_the_file_of_a_sealed_bid_is_not_had_by_the_door_of_all_files(client, sealed_worlds):
    client = client_of("administrator", sealed_worlds[0])
    files = Upload.objects.filter(file_name__contains=SECRET)
    assert {client.get(f"/files/{upload.public_id}/").status_code for upload in files} == {404}


def test_a_backup_holds_the_bid_and_its_list_tells_nothing(sealed_worlds, tmp_path):
    kept = write_backup(tmp_path / "dump.zip")
    with zipfile.ZipFile(tmp_path / "dump.zip") as dump:
        manifest, names = dump.read(MANIFEST).decode(), dump.namelist()
    assert not sees(manifest + repr(names) + repr(kept))
    assert any("bid" in name.lower() for name in json.dumps(json.loads(manifest)).split('"'))
