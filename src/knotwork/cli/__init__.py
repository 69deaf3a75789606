"""The ``knotwork`` command.

Each subcommand is loaded when it is called and not before, so that an analyst who works with files never
waits for the website's libraries, and never needs them.
"""

from __future__ import annotations

from importlib import import_module

import click

from knotwork import __version__

__all__ = ["COMMANDS", "LazyGroup", "main"]

# name: (where its command lives, what it is for - shown by --help without loading it)
COMMANDS = {
    "up": ("knotwork.cli.up:up", "Set up the database, load the examples once, serve and work."),
    "check": ("knotwork.cli.host:check", "Is this installation healthy?"),
    "backup": ("knotwork.cli.host:backup", "Write everything into one file."),
    "restore": ("knotwork.cli.host:restore", "Put a backup back into an installation."),
    "erase": ("knotwork.cli.host:erase", "Erase a person."),
    "work": ("knotwork.cli.host:work", "Run one worker."),
    "conversations": ("knotwork.cli.conversations:conversations", "Bring in conversations held elsewhere."),
    "opinion": ("knotwork.cli.opinion:opinion", "Analyse conversations of statements and votes."),
    "maps": ("knotwork.cli.maps:maps", "Work with causal maps: loops, merging, other formats."),
    "measures": ("knotwork.cli.measures:measures", "Work with indicators: limits, run charts, trends."),
}


class LazyGroup(click.Group):
    """A group that imports the module of a subcommand only when that subcommand is used."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="knotwork")
def main() -> None:
    """Where a place works on a knotty issue together, and where every other place learns from it."""
