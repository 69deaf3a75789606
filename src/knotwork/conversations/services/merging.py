"""Merging: of two statements that say the same one stays, and each person's later answer counts there.

The answers on the merged statement stay where they are and stay in the log. Those that count on the other one too are
appended to the log under it, with the moment at which they were given and with the merging that brought them. So
reading the log from its beginning still gives the votes that stand, and a merging can be undone to the last vote: its
entries are left out, and what the log says without them stands again.

Nothing here waits for voters and no voter waits for it: the lock on the conversation is of the kind that lets votes
pass. An answer to the merged statement that is being written at that very moment is brought over a minute later.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    Statement,
    StatementMerge,
    StatementState,
    Vote,
    VoteLogEntry,
)
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.services.statements import record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require

LATE_VOTES_WITHIN = timedelta(hours=1)
CAN_BE_MERGED = (StatementState.WAITING, StatementState.LIVE, StatementState.SECOND)

# The vote that stands is changed first and the log follows, as where a vote is cast: see services/voting.py.
_STAND = """
INSERT INTO conversations_vote (conversation_id, participant_id, statement_id, value, at)
SELECT v.conversation_id, v.participant_id, %s, v.value, v.at
FROM conversations_vote v
WHERE v.statement_id = %s
ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value, at = excluded.at
WHERE excluded.at > conversations_vote.at
RETURNING participant_id, value, at
"""
_LOG = """
INSERT INTO conversations_votelogentry (conversation_id, participant_id, statement_id, value, at, merge_id)
VALUES (%s, %s, %s, %s, %s, %s)
"""


def merge_statements(merged: Statement, into: Statement, *, by: Viewer) -> StatementMerge:
    """Let the answers of ``merged`` count for ``into``, which says the same; one vote per person, the later wins."""
    with transaction.atomic():
        conversation = _queue(merged.conversation_id)
        away, stays = _both(conversation, merged, into)
        require(rules.can_decide(by, away))
        if stays.state != StatementState.LIVE or away.state not in CAN_BE_MERGED or away.pk == stays.pk:
            raise NotTaken(_("Choose another statement that is shown. It takes over the answers."))
        moment = clock.now()
        merge = StatementMerge.objects.create(
            conversation=conversation, merged=away, into=stays, former_state=away.state, at=moment
        )
        away.flags.filter(settled_at__isnull=True).update(settled_at=moment)
        away.state, away.merged_into, away.reason = StatementState.MERGED, stays, "said_before"
        away.checked_at, away.asked_by = moment, None
        away.save(update_fields=["state", "merged_into", "reason", "checked_at", "asked_by"])
        _bring_over(merge)
        record_of("statement.merged", away, by, into=str(stays.public_id))
    return merge


def undo_merge(statement: Statement, *, by: Viewer) -> None:
    """Take a merging back: both statements stand as if it had never been, with every answer given since."""
    with transaction.atomic():
        conversation = _queue(statement.conversation_id)
        merge = StatementMerge.objects.filter(merged=statement, undone_at__isnull=True).first()
        if merge is None:
            raise NotTaken(_("This statement is not merged with another."))
        away, stays = _both(conversation, merge.merged, merge.into)
        require(rules.can_moderate(by, conversation))
        if stays.state == StatementState.MERGED:
            raise NotTaken(_("The other statement was merged too. Undo that first."))
        merge.undone_at = clock.now()
        merge.save(update_fields=["undone_at"])
        _take_back(merge)
        for other in StatementMerge.objects.filter(into=stays, undone_at__isnull=True):
            _bring_over(other)  # an answer that was later than theirs may just have gone
        away.state, away.merged_into, away.reason = merge.former_state, None, ""
        away.checked_at = clock.now() if away.state == StatementState.LIVE else None
        away.save(update_fields=["state", "merged_into", "reason", "checked_at"])
        record_of("statement.unmerged", away, by, into=str(stays.public_id))


def bring_over_late_votes() -> int:
    """Bring over answers that were being written while their statement was merged; how many mergings were looked at."""
    fresh = StatementMerge.objects.filter(undone_at__isnull=True, at__gt=clock.now() - LATE_VOTES_WITHIN)
    for merge_id, conversation_id in list(fresh.values_list("pk", "conversation_id")):
        with transaction.atomic():
            _queue(conversation_id)
            merge = StatementMerge.objects.get(pk=merge_id)
            if merge.undone_at is None:
                _bring_over(merge)
    return len(fresh)


def _queue(conversation_id: int) -> Conversation:
    """Mergings of one conversation wait for each other here, and for nothing else."""
    Conversation.objects.select_for_update(no_key=True).only("pk").get(pk=conversation_id)
    return Conversation.objects.select_related("programme", "place").get(pk=conversation_id)


def _both(conversation: Conversation, merged: Statement, into: Statement) -> tuple[Statement, Statement]:
    """Both rows as they are now, of this conversation, locked in one order so that no two acts lock each other out."""
    rows = Statement.objects.select_for_update(no_key=True).filter(conversation=conversation)
    found = {row.pk: row for row in rows.filter(pk__in=[merged.pk, into.pk]).order_by("pk")}
    if into.pk not in found or merged.pk not in found:
        raise NotTaken(_("Both statements must be of this conversation."))
    for row in found.values():
        row.conversation = conversation
    return found[merged.pk], found[into.pk]


def _bring_over(merge: StatementMerge) -> None:
    """Each person's answer to the merged statement, where she has given the other one no later answer."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [merge.into_id, merge.merged_id])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.executemany(
            _LOG,
            [
                (merge.conversation_id, participant, merge.into_id, value, at, merge.pk)
                for participant, value, at in sorted(rows)
            ],
        )


def _take_back(merge: StatementMerge) -> None:
    """What the log says of the other statement without the entries of mergings that were undone stands again.

    The votes are locked before the log is read, so that an answer on its way is in both or in neither.
    """
    votes = Vote.objects.filter(statement=merge.into_id)
    list(votes.select_for_update().order_by("pk").values_list("pk", flat=True))
    log = VoteLogEntry.objects.filter(conversation=merge.conversation_id, statement=merge.into_id)
    moved = set(log.filter(merge=merge).values_list("participant_id", flat=True))
    standing = log.filter(Q(merge__isnull=True) | Q(merge__undone_at__isnull=True))
    last: dict[int, tuple[int, Any]] = {}
    for who, value, at in standing.order_by("id").values_list("participant_id", "value", "at").iterator():
        if who in moved:
            last[who] = (value, at)
    for who in sorted(moved):
        if who in last:
            votes.filter(participant=who).update(value=last[who][0], at=last[who][1])
        else:
            votes.filter(participant=who).delete()
