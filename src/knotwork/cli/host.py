"""Commands for the one who hosts: is it well, back up, restore, and one worker."""

import sys
from pathlib import Path

import click

from knotwork.cli.django_setup import refuse, set_up_django


@click.command()
def check() -> None:
    """Is this installation healthy? Status 0 when it is, 1 when something needs mending."""
    set_up_django()
    from knotwork import __version__
    from knotwork.website.health import checks

    click.echo(f"knotwork {__version__}, Python {sys.version.split()[0]}")
    answers = checks()
    for answer in answers:
        click.echo(f"{'ok  ' if answer.is_well else 'MEND'}  {answer.name}: {answer.found}")
    sys.exit(0 if all(answer.is_well for answer in answers) else 1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything into FILE: a neutral dump, the same for SQLite and PostgreSQL."""
    set_up_django()
    from knotwork.website.backup import write_backup

    kept = write_backup(file)
    click.echo(f"{kept.rows:,} rows of {kept.tables} tables and {kept.files} files are in {file}.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Empty the installation first if it holds anything.")
def restore(file: Path, replace: bool) -> None:
    """Put FILE back into this installation, checked by its hashes before anything is written."""
    set_up_django()
    from knotwork.website.backup import BackupRefused
    from knotwork.website.restore import restore_backup

    try:
        kept = restore_backup(file, replace=replace)
    except BackupRefused as problem:
        refuse(str(problem))
    else:
        click.echo(f"{kept.rows:,} rows of {kept.tables} tables and {kept.files} files are back.")


@click.command()
@click.argument("email")
def erase(email: str) -> None:
    """Erase the person with this address: her address and every right go, what she did keeps its place under an id."""
    set_up_django()
    from knotwork.core.accounts import services
    from knotwork.core.accounts.models import Person
    from knotwork.core.accounts.viewer import STRANGER

    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        refuse(f"Nobody here has the address {email}.")
    else:
        services.erase(person, by=STRANGER)
        click.echo("Erased. Take a backup now, so that the list of those who were erased is in it.")


@click.command()
@click.argument("queue", type=click.Choice(["quick", "heavy"]))
def work(queue: str) -> None:
    """Work off one queue until told to stop. The quick worker also keeps the schedule."""
    set_up_django()
    from knotwork.website.workers import work_off

    work_off(queue)
