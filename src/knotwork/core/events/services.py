"""The one way to write down that something happened."""

import re
from uuid import UUID

from django.db import transaction

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events import verbs
from knotwork.core.events.models import Event

_FIXED_WORD = re.compile(r"[a-z0-9_.:-]{1,60}\Z")


class NotAnEvent(ValueError):  # noqa: N818 - what was handed in is not an event
    """Raised when an event would carry an unknown verb, free text, or stand outside a transaction."""


def record(
    verb: str,
    *,
    subject_kind: str,
    subject_id: UUID,
    by: Viewer,
    programme: UUID | None = None,
    place: UUID | None = None,
    details: dict[str, str] | None = None,
) -> None:
    """Append one event inside the transaction of the write that it tells of.

    ``details`` holds uuids and fixed lower-case words only; anything that looks like prose is refused, because
    events are never erased.
    """
    if not verbs.is_known(verb):
        raise NotAnEvent(f"Nobody registered the verb {verb!r}.")
    if not transaction.get_connection().in_atomic_block:
        raise NotAnEvent(f"{verb} must be recorded inside the transaction of its write.")
    for key, value in (details or {}).items():
        if not _FIXED_WORD.match(value):
            raise NotAnEvent(f"{verb}: the detail {key!r} is not a uuid or a fixed word.")
    Event.objects.create(
        verb=verb,
        by=by.public_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        programme=programme,
        place=place,
        details=details or {},
    )
