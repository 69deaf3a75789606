"""What became of what somebody said: shown or not and why, and what it led to along the golden thread."""

from dataclasses import dataclass
from datetime import datetime

from knotwork.conversations.models import Participant, Statement, StatementState
from knotwork.conversations.rules import reason_in_words
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead, label_of
from knotwork.core.strands.queries import tied_among
from knotwork.core.strands.walk import Walk, walk_from

STEPS = 3
MOST_NAMED = 4
_DEED = "try_out"


@dataclass(frozen=True)
class LedTo:
    """One thing that came of a statement, with the name of its kind."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True)
class Fate:
    """What became of a statement, for its author.

    ``became`` is the deed that it led to or, while there is none, what it turned into; ``further`` is what else came
    of it; ``reply`` is what a moderator wrote to her alone; ``merged_with`` is another statement that says the same,
    for which the answers to hers count.
    """

    text: str
    language: str
    state: str
    state_in_words: str
    reason: str
    at: datetime
    reply: str = ""
    became: LedTo | None = None
    further: tuple[LedTo, ...] = ()
    thread_url: str = ""
    merged_with: str = ""


def fates_of(participant: Participant, viewer: Viewer) -> list[Fate]:
    """What became of what she said, in the order in which she said it."""
    rows = list(Statement.objects.filter(author=participant).select_related("merged_into").order_by("number"))
    shown = [row.public_id for row in rows if row.state == StatementState.LIVE]
    tied = tied_among("statement", shown)
    return [_fate(row, viewer, is_tied=row.public_id in tied) for row in rows]


def fate_of(row: Statement, viewer: Viewer) -> Fate:
    """What became of a statement that is shown, for whoever reads it."""
    return _fate(row, viewer, is_tied=True)


def _fate(row: Statement, viewer: Viewer, *, is_tied: bool) -> Fate:
    walk = walk_from("statement", row.public_id, viewer, steps=STEPS) if is_tied else None
    became = _became(walk) if walk else None
    return Fate(
        row.text,
        row.language,
        row.state,
        row.get_state_display(),
        reason_in_words(row.reason),
        row.checked_at or row.created_at,
        reply=row.reply if row.state == StatementState.NOT_SHOWN else "",
        became=_led_to(became) if became else None,
        further=_further(walk, became) if walk and became else (),
        thread_url=thread_url("statement", row.public_id) if became else "",
        merged_with=_merged_with(row),
    )


def _merged_with(row: Statement) -> str:
    """The words under which her answers count now, as far as they are shown."""
    into = row.merged_into
    while into is not None and into.merged_into is not None:
        into = into.merged_into
    return into.text if into is not None and into.state == StatementState.LIVE else ""


def _became(walk: Walk) -> Bead | None:
    """The nearest try-out; without one the nearest thing at all."""
    deeds = [one.bead for one in walk.after if one.bead.kind == _DEED]
    nearest = [one.bead for one in walk.after]
    return next(iter([*deeds, *nearest]), None)


def _further(walk: Walk, became: Bead) -> tuple[LedTo, ...]:
    others = [one.bead for one in walk.after if one.bead != became]
    return tuple(_led_to(bead) for bead in others[:MOST_NAMED])


def _led_to(bead: Bead) -> LedTo:
    return LedTo(bead.title, bead.url, label_of(bead.kind))
