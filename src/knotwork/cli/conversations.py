"""Commands for conversations of this installation."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.django_setup import refuse, set_up_django

if TYPE_CHECKING:
    from knotwork.conversations.models import Conversation

LONGEST_QUESTION = 300


@click.group()
def conversations() -> None:
    """Conversations of this installation."""


@conversations.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--programme", required=True, help="The programme's word in its address, such as open-conversations."
)
@click.option(
    "--question", default="", help="What was asked. Default: the topic in the export's summary.csv."
)
@click.option("--attribution", required=True, help="Whom to name, in the words that the licence asks for.")
@click.option("--introduction", default="", help="A few words about the conversation.")
@click.option("--source", default="", help="An address where people can read more about it.")
@click.option(
    "--language", default="", help="The language of its statements, such as en. Default: the programme's."
)
@click.option("--open-data", is_flag=True, help="Its licence lets everybody have the votes row by row.")
def import_conversation(folder: Path, programme: str, **about: Any) -> None:
    """Bring a Polis export FOLDER into a programme as a closed conversation, and work its results out."""
    set_up_django()
    from knotwork.conversations.analyses import KIND
    from knotwork.conversations.imports.putting_in import ImportRefused
    from knotwork.core.analyses.services import run_now
    from knotwork.formats.problems import InputProblem

    began = time.monotonic()
    try:
        conversation = _put_in(folder, programme, about)
    except (InputProblem, ImportRefused) as problem:
        refuse(str(problem))
    else:
        run_now(KIND, conversation.public_id)
        people, statements = conversation.participants.count(), conversation.statements.count()
        click.echo(
            f"{people:,} people, {statements:,} statements and {conversation.votes.count():,} standing votes are in "
            f"/programmes/{programme}/listen/{conversation.slug}/ ({time.monotonic() - began:.1f} s)."
        )


def _put_in(folder: Path, slug: str, about: Mapping[str, Any]) -> Conversation:
    from knotwork.conversations.imports.putting_in import HeldElsewhere, ImportRefused, put_in
    from knotwork.core.accounts.viewer import Viewer
    from knotwork.formats.polis import read_polis
    from knotwork.programmes.querysets import programmes

    where = programmes().standing().filter(slug=slug).first()
    if where is None:
        raise ImportRefused(
            f"--programme: found {slug!r}, expected the address of a programme of this installation."
        )
    export = read_polis(folder)
    question = about["question"] or export.topic
    if not 1 <= len(question) <= LONGEST_QUESTION:
        raise ImportRefused(
            f"--question: found {len(question)} characters, expected 1 to {LONGEST_QUESTION} "
            "(without it the topic in summary.csv is taken)."
        )
    words = HeldElsewhere(
        programme=where,
        question=question,
        attribution=about["attribution"],
        introduction=about["introduction"],
        source=about["source"] or export.url,
        language=about["language"] or where.language,
        publishes_votes=about["open_data"],
    )
    return put_in(export, words, by=Viewer(is_administrator=True))
