"""The built-in example *Library of Local Vision*: the four entries of the programme's archive, in our own words.

What is shipped lies in ``material/local_vision/archive.toml``. One entry asks its readers a question; its
conversation is open, begins with statements of ours, and lets leaders and residents answer apart.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from knotwork.conversations import services as conversation_services
from knotwork.conversations.models import Conversation, ConversationStage
from knotwork.examples.local_vision import KEY as LOCAL_VISION
from knotwork.examples.local_vision import MATERIAL
from knotwork.examples.registry import BY_THE_HOUSE, Example, Progress
from knotwork.programmes.models import Programme, Stage
from knotwork.programmes.querysets import programmes
from knotwork.publications import services
from knotwork.publications.models import Publication

KEY = "local-vision-library"


def load(progress: Progress) -> None:
    """Bring the entries in, or up to date; nothing where the programme itself was left out."""
    programme = programmes().standing().filter(slug=LOCAL_VISION).first()
    if programme is None:
        return
    about = _archive()
    with transaction.atomic():
        # The newest is listed first, so the first of the archive is put in last.
        for number, entry in enumerate(reversed(about["entries"])):
            progress(f"Library: {entry['title']}", number, len(about["entries"]))
            _entry(programme, entry, about["posted_by"])
        _question(programme, about["question"])
    progress("Library", len(about["entries"]), len(about["entries"]))


def withdraw() -> None:
    """Take the entries out of sight and close the question."""
    for row in _rows().filter(withdrawn_at__isnull=True):
        services.withdraw(row.pk, "The example was removed.", by=BY_THE_HOUSE)
        for conversation in Conversation.objects.filter(public_id=row.question_conversation):
            if conversation.stage == ConversationStage.OPEN:
                conversation_services.close_conversation(conversation, by=BY_THE_HOUSE)


def is_there() -> bool:
    """Whether any of the entries stands."""
    return _rows().filter(withdrawn_at__isnull=True).exists()


def _entry(programme: Programme, entry: Mapping[str, Any], posted_by: str) -> None:
    words = services.PublicationWords(
        title=entry["title"],
        kind=entry["kind"],
        teaser=entry["teaser"],
        body=entry["body"],
        written_by=tuple(entry.get("written_by", ())),
        signed=posted_by,
        published=entry.get("published", ""),
        is_teaser_only=entry.get("is_teaser_only", False),
        topics=tuple(entry["topics"]),
        visibility=Stage.PUBLIC.value,
    )
    stands = _rows().filter(slug=entry["slug"]).first()
    if stands is None:
        services.add(programme.pk, words, by=BY_THE_HOUSE, slug=entry["slug"])
        return
    if stands.withdrawn_at is not None:
        services.bring_back(stands.pk, by=BY_THE_HOUSE)
    services.change(stands.pk, replace(words, place_id=stands.place_id), by=BY_THE_HOUSE)


def _question(programme: Programme, about: Mapping[str, Any]) -> None:
    """The question to leaders: the one place where its conversation is set up."""
    row = _rows().get(slug=about["of"])
    conversation = Conversation.objects.filter(public_id=row.question_conversation).first()
    if conversation is None:
        wanted = conversation_services.SetUp(
            question=about["question"],
            introduction=about["introduction"],
            seeds=tuple(about["starters"]),
            parts_question=about["parts_question"],
            parts=tuple(about["parts"]),
        )
        conversation = conversation_services.set_up_conversation(programme, wanted, by=BY_THE_HOUSE)
    if conversation.stage != ConversationStage.OPEN:
        conversation_services.open_conversation(conversation, by=BY_THE_HOUSE)
    services.ask_a_question(row.pk, conversation.public_id, by=BY_THE_HOUSE)


def _rows() -> Any:
    slugs = [entry["slug"] for entry in _archive()["entries"]]
    return Publication.objects.filter(programme__slug=LOCAL_VISION, slug__in=slugs)


def _archive() -> dict[str, Any]:
    return tomllib.loads((MATERIAL / "local_vision" / "archive.toml").read_text(encoding="utf-8"))


EXAMPLE = Example(KEY, "Library of Local Vision", 1, load, withdraw, is_there, order=12)
