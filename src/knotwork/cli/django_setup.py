"""Start Django for a command, and turn what a host can mend into one line."""

import os
import sys

import click


def set_up_django() -> None:
    """Load the settings; a setting that cannot be understood ends the command with status 2 and one message."""
    from knotwork.website.configuration import BadSetting

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knotwork.website.settings")
    try:
        import django

        django.setup()
    except BadSetting as problem:
        refuse(str(problem))


def refuse(message: str) -> None:
    """Say what is wrong on standard error and end with status 2."""
    click.echo(message, err=True)
    sys.exit(2)
