"""A second start finds out cheaply that nothing is left to do, and never believes so wrongly."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from knotwork.examples.models import ExampleLoad
from knotwork.examples.registry import examples
from knotwork.website import preparation
from knotwork.website.tables import missing_migrations, tables_are_current

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    preparation._mark().write_text(preparation._state_of_static_files(), encoding="ascii")
    for example in examples():
        ExampleLoad.objects.update_or_create(key=example.key, defaults={"version": example.version})


def test_a_prepared_installation_is_seen_as_such_with_two_questions(prepared):
    with CaptureQueriesContext(connection) as asked:
        assert preparation.is_prepared(with_demo=True)
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) <= 3


def test_a_migration_that_is_not_written_down_is_missing():
    MigrationRecorder(connection).record_unapplied("programmes", "0001_initial")
    assert missing_migrations() == {("programmes", "0001_initial")}
    assert not tables_are_current()


def test_a_static_file_that_changed_is_seen(prepared, settings, tmp_path):
    (tmp_path / ".collected").write_text("as it was", encoding="ascii")
    assert not preparation.is_prepared(with_demo=True)


def test_an_example_of_a_newer_version_is_seen(prepared):
    ExampleLoad.objects.filter(key=examples()[0].key).update(version=0)
    assert not preparation.is_prepared(with_demo=True)


def test_made_up_examples_that_are_there_are_still_to_be_left_out_where_nobody_wants_them(prepared):
    assert preparation.made_up()
    assert not preparation.is_prepared(with_demo=False)
    ExampleLoad.objects.filter(key__in=preparation.made_up()).update(left_out=True)
    assert preparation.is_prepared(with_demo=False)
