"""The newest result as everybody may have it: pages, downloads and programs all take it from here."""

import polars as pl

from knotwork.conversations import exports, parts_apart, rules
from knotwork.conversations.analyses import KIND
from knotwork.conversations.models import Conversation
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView

UNGROUPED = ("statements", "consensus")
"""The tables that say nothing about groups of people."""


def published_snapshot(conversation: Conversation) -> SnapshotView | None:
    """The newest good result; none while it holds other counts than the conversation may publish now."""
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    if snapshot is None or snapshot.result["exact"] != conversation.publishes_votes:
        return None
    return snapshot


def published_tables(conversation: Conversation) -> tuple[str, ...]:
    """The names of the tables that everybody may have, in the order in which a page lists them."""
    if not rules.can_be_grouped(conversation):
        return UNGROUPED
    shows_parts = conversation.named_parts and not conversation.publishes_votes
    return (*exports.PUBLIC_TABLES, *(parts_apart.TABLES if shows_parts else ()))


def published_table(conversation: Conversation, snapshot: SnapshotView, name: str) -> pl.DataFrame | None:
    """One of these tables, with the words of the statements that are shown at this moment."""
    if name not in published_tables(conversation):
        return None
    frame = snapshots.table(snapshot.id, f"public_{name}")
    if frame is None:
        return None
    return parts_apart.with_names(exports.with_words(frame, conversation), conversation.named_parts)
