"""The host's commands, as she types them."""

import pytest
from click.testing import CliRunner
from tests.builders import a_person

from knotwork.cli import host
from knotwork.core.accounts.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda command, *arguments: runner.invoke(command, [str(argument) for argument in arguments])


def test_a_backup_is_written_and_put_back(run, tmp_path):
    person = a_person()
    written = run(host.backup, tmp_path / "dump.zip")
    assert written.exit_code == 0, written.output
    Person.objects.all().delete()
    restored = run(host.restore, tmp_path / "dump.zip", "--replace")
    assert restored.exit_code == 0, restored.output
    assert Person.objects.get().email == person.email


def test_a_restore_over_something_is_refused_with_status_2(run, tmp_path):
    a_person()
    run(host.backup, tmp_path / "dump.zip")
    refused = run(host.restore, tmp_path / "dump.zip")
    assert refused.exit_code == 2
    assert "--replace" in refused.output


def test_check_names_what_needs_mending_and_ends_with_status_1(run):
    ended = run(host.check)
    assert ended.exit_code == 1
    assert "MEND  worker quick" in ended.output
    assert "ok    database" in ended.output


def test_a_person_is_erased_by_her_address(run):
    person = a_person(email="ada@example.org")
    assert run(host.erase, "Ada@example.org").exit_code == 0
    person.refresh_from_db()
    assert person.email.endswith("@invalid")
    again = run(host.erase, "ada@example.org")
    assert again.exit_code == 2
    assert "Nobody here" in again.output
