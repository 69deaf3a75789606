"""The drill: everything goes into a dump and comes back the same, into the same kind of database or the other."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from knotwork.conversations.models import Vote, VoteLogEntry
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events.models import Event
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import path_of, store
from knotwork.programmes.models import LedgerEntry, LedgerKind, Role, Theme
from knotwork.website.backup import BackupRefused, write_backup
from knotwork.website.emptying import empty, is_empty
from knotwork.website.restore import restore_backup
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_full_house():
    """Rows of many kinds: text in many languages, decimals, dates, many-to-many, append-only logs and a stored file."""
    programme = a_programme(name="Später – 後で ✓")
    place = a_place(programme)
    place.themes.add(Theme.objects.create(slug="food", name="food"))
    LedgerEntry.objects.create(programme=programme, kind=LedgerKind.CASH, amount="1500000.05", what="pooled")
    person = a_person(Role.PLACE_LEAD, place=place)
    store(SimpleUploadedFile("votes.csv", b"a,b\n1,2\n"), by=STRANGER)
    conversation = a_conversation(programme, statements=2)
    participant = conversation.participants.create(number=1)
    for statement in conversation.statements.all():
        words = {
            "conversation": conversation,
            "participant": participant,
            "statement": statement,
            "value": -1,
        }
        Vote.objects.create(**words)
        VoteLogEntry.objects.create(**words)
    return person


def tables_of(path):
    with zipfile.ZipFile(path) as archive:
        entries = json.loads(archive.read("manifest.json"))["entries"]
    return entries


def test_a_dump_comes_back_the_same(a_full_house, tmp_path):
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    kept = write_backup(first)
    assert kept.rows > 10
    assert kept.files == 1
    path_of(Upload.objects.get().sha256).unlink()
    restore_backup(first, replace=True)
    write_backup(second)
    assert tables_of(first) == tables_of(second)


def test_after_a_restore_new_rows_get_new_numbers_and_logs_are_append_only_again(a_full_house, tmp_path):
    write_backup(tmp_path / "dump.zip")
    restore_backup(tmp_path / "dump.zip", replace=True)
    a_conversation(statements=3)
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        VoteLogEntry.objects.all().delete()
    assert Event.objects.exists()


def test_an_installation_that_is_not_empty_is_not_overwritten(a_full_house, tmp_path):
    write_backup(tmp_path / "dump.zip")
    with pytest.raises(BackupRefused, match="not empty"):
        restore_backup(tmp_path / "dump.zip")


def test_a_dump_restores_into_an_emptied_installation_without_being_told_to_replace(a_full_house, tmp_path):
    write_backup(tmp_path / "dump.zip")
    empty()
    assert is_empty()
    restore_backup(tmp_path / "dump.zip")
    assert Person.objects.filter(pk=a_full_house.pk).exists()


def test_whoever_was_erased_after_the_dump_is_erased_again(a_full_house, tmp_path):
    write_backup(tmp_path / "dump.zip")
    erase(a_full_house, by=STRANGER)
    restore_backup(tmp_path / "dump.zip", replace=True)
    a_full_house.refresh_from_db()
    assert a_full_house.email.endswith("@invalid")


def test_nobody_stays_signed_in_over_a_restore(a_full_house, tmp_path, client):
    write_backup(tmp_path / "dump.zip")
    signed_in(client, a_full_house)
    assert Session.objects.exists()
    restore_backup(tmp_path / "dump.zip", replace=True)
    assert not Session.objects.exists()


def test_a_dump_with_one_byte_turned_over_is_refused(a_full_house, tmp_path):
    path = tmp_path / "dump.zip"
    write_backup(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 255
    path.write_bytes(bytes(content))
    with pytest.raises(BackupRefused):
        restore_backup(path, replace=True)
    assert Person.objects.filter(pk=a_full_house.pk).exists()


def damaged(path, change):
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def manifest_with(**words):
    def change(entries):
        entries["manifest.json"] = json.dumps(json.loads(entries["manifest.json"]) | words)

    return change


def lose_a_byte(entries):
    name = next(name for name in entries if name.startswith("tables/accounts.Person"))
    entries[name] = entries[name][:-1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lose_a_byte, "damaged"),
        (manifest_with(format=99), "found a dump of format 99, expected 1"),
        (manifest_with(migrations=[]), "other tables"),
        (lambda entries: entries.pop("manifest.json"), "found no manifest.json"),
    ],
    ids=["damaged", "format", "migrations", "no manifest"],
)
def test_a_dump_that_cannot_be_trusted_is_refused_and_nothing_is_changed(
    a_full_house, tmp_path, change, words
):
    path = tmp_path / "dump.zip"
    write_backup(path)
    damaged(path, change)
    with pytest.raises(BackupRefused, match=words):
        restore_backup(path, replace=True)
    assert Person.objects.filter(pk=a_full_house.pk).exists()


def test_a_file_that_is_no_dump_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Knotwork")
    with pytest.raises(BackupRefused, match="not a Knotwork backup"):
        restore_backup(tmp_path / "letter.txt")
    with pytest.raises(BackupRefused, match="no such file"):
        restore_backup(tmp_path / "nothing.zip")


def test_a_dump_that_cannot_be_written_leaves_nothing_behind(a_full_house, tmp_path, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("knotwork.website.backup._write", full)
    with pytest.raises(OSError, match="disk full"):
        write_backup(tmp_path / "dump.zip")
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".knotwork*")) == []


@pytest.mark.postgres
def test_a_dump_of_sqlite_goes_into_postgresql_and_both_dumps_are_equal(tmp_path):
    """An installation of its own on SQLite is filled and dumped by the command, restored here, and dumped again."""
    environment = os.environ | {"KNOTWORK_HOME": str(tmp_path / "home"), "KNOTWORK_DATABASE": ""}
    fill = "from tests.website.filled import fill; fill()"
    for arguments in (["-c", fill], ["-m", "knotwork.cli", "backup", str(tmp_path / "sqlite.zip")]):
        subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)
    empty()
    restore_backup(tmp_path / "sqlite.zip")
    write_backup(tmp_path / "postgresql.zip")
    assert len(tables_of(tmp_path / "sqlite.zip")) > 20
    assert tables_of(tmp_path / "sqlite.zip") == tables_of(tmp_path / "postgresql.zip")
