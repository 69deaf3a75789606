"""The newest result as everybody may have it: pages, downloads and programs all take it from here."""

import polars as pl

from knotwork.conversations import exports, leaving_out, parts_apart, reach_analysis, report_rules, rules
from knotwork.conversations.analyses import KIND
from knotwork.conversations.models import Conversation
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView

REACH_TABLE = "reach"
NAMES_OF_TABLES = (*exports.PUBLIC_TABLES, *parts_apart.TABLES, REACH_TABLE, leaving_out.TABLE)
UNGROUPED = ("statements", "consensus")
"""The tables that say nothing about groups of people."""


def published_snapshot(conversation: Conversation) -> SnapshotView | None:
    """The newest good result; none while it holds other counts than the conversation may publish now."""
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    if snapshot is None or snapshot.result["exact"] != conversation.publishes_votes:
        return None
    return snapshot


def published_tables(conversation: Conversation, snapshot: SnapshotView) -> tuple[str, ...]:
    """The names of the tables that everybody may have, in the order in which a page lists them."""
    tables = UNGROUPED
    if rules.can_be_grouped(conversation):
        shows_parts = conversation.named_parts and not conversation.publishes_votes
        tables = (*exports.PUBLIC_TABLES, *(parts_apart.TABLES if shows_parts else ()))
    leaves_out = bool((snapshot.result.get("left_out") or {}).get("rows"))
    return (*tables, leaving_out.TABLE) if leaves_out else tables


def reach_snapshot(conversation: Conversation) -> SnapshotView | None:
    """Who took part beside who lives here, as last worked out; none where it may not be shown now."""
    if not report_rules.can_show_background(conversation):
        return None
    return snapshots.newest_good(reach_analysis.KIND, conversation.public_id)


def published_table(conversation: Conversation, snapshot: SnapshotView, name: str) -> pl.DataFrame | None:
    """One of these tables, with the words of the statements that are shown at this moment."""
    source: SnapshotView | None = None
    if name == REACH_TABLE:
        source = reach_snapshot(conversation)
    elif name in published_tables(conversation, snapshot):
        source = snapshot
    frame = snapshots.table(source.id, f"public_{name}") if source else None
    if frame is None:
        return None
    return parts_apart.with_names(exports.with_words(frame, conversation), conversation.named_parts)
