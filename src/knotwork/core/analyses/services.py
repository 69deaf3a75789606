"""Ask for a run, run it, keep what it gave."""

import io
import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from knotwork.core import clock
from knotwork.core.analyses.models import Snapshot, SnapshotPicture, SnapshotState, SnapshotTable
from knotwork.core.analyses.registry import Analysis, Outcome, analyses, analysis_of

logger = logging.getLogger("knotwork.analyses")

KEPT = 3
GIVEN_UP_AFTER = timedelta(minutes=30)
NEVER_BEGUN_AFTER = timedelta(hours=6)
TRY_AGAIN_AFTER = timedelta(minutes=5)


def ask_for_due() -> int:
    """The tick: ask for one run for every subject whose input changed since its newest snapshot; how many."""
    give_up_on_lost_runs()
    return sum(
        ask(analysis.kind, subject)
        for analysis in analyses()
        for subject, state in analysis.subjects()
        if _is_due(analysis, subject, state)
    )


def _is_due(analysis: Analysis, subject: UUID, state: str) -> bool:
    newest = Snapshot.objects.of(analysis.kind, subject).newest_first().first()
    if newest is None:
        return True
    if newest.state in (SnapshotState.WAITING, SnapshotState.RUNNING):
        return False
    if newest.state == SnapshotState.FAILED and newest.finished_at is not None:
        # The same input would fail again at once: wait a little, so that a broken run never spins.
        return clock.now() - newest.finished_at >= TRY_AGAIN_AFTER
    return (newest.input_state, newest.method, newest.version) != (state, analysis.method, analysis.version)


def ask(kind: str, subject: UUID) -> bool:
    """Queue one run unless one is under way already (the debounce); whether one was queued."""
    from knotwork.core.analyses.tasks import run_snapshot

    analysis = analysis_of(kind)
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                kind=kind, subject=subject, method=analysis.method, version=analysis.version
            )
            run_snapshot.enqueue(snapshot.pk)
    except IntegrityError:
        return False
    return True


def run(snapshot_id: int) -> None:
    """Run one waiting snapshot. A failure is kept in words and the last good result stays the one that pages show."""
    started = clock.now()
    claimed = Snapshot.objects.filter(pk=snapshot_id, state=SnapshotState.WAITING).update(
        state=SnapshotState.RUNNING, started_at=started
    )
    if not claimed:
        return
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    try:
        outcome = analysis_of(snapshot.kind).run(snapshot.subject, seed=snapshot.seed)
        _keep(snapshot, outcome)
    except Exception as problem:
        logger.exception("The analysis %s of %s failed.", snapshot.kind, snapshot.subject)
        Snapshot.objects.filter(pk=snapshot.pk).update(
            state=SnapshotState.FAILED,
            finished_at=clock.now(),
            error=f"{type(problem).__name__}: {problem}"[:2000],
        )
        return
    prune(snapshot.kind, snapshot.subject)


def run_now(kind: str, subject: UUID) -> None:
    """Ask and run in this process; used when examples are loaded and by the command line."""
    analysis = analysis_of(kind)
    words = {"kind": kind, "subject": subject, "method": analysis.method, "version": analysis.version}
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(**words)
    except IntegrityError:
        return  # a worker has it in hand
    run(snapshot.pk)


def _keep(snapshot: Snapshot, outcome: Outcome) -> None:
    with transaction.atomic():
        for name, frame in outcome.tables.items():
            buffer = io.BytesIO()
            frame.write_parquet(buffer, compression="zstd")
            SnapshotTable.objects.create(snapshot=snapshot, name=name, parquet=buffer.getvalue())
        for language, pictures in outcome.pictures.items():
            for picture in pictures:
                SnapshotPicture.objects.create(
                    snapshot=snapshot,
                    language=language,
                    name=picture.name,
                    title=picture.title,
                    description=picture.description,
                    svg=picture.svg,
                    columns=list(picture.columns),
                    rows=[list(row) for row in picture.rows],
                )
        # A run that was given up on meanwhile stays so: another one may have begun.
        kept = Snapshot.objects.filter(pk=snapshot.pk, state=SnapshotState.RUNNING).update(
            state=SnapshotState.GOOD,
            input_state=outcome.state,
            result=dict(outcome.result),
            options=dict(outcome.options),
            finished_at=clock.now(),
        )
        if not kept:
            raise RuntimeError("This run took so long that it was given up on.")


def prune(kind: str, subject: UUID) -> None:
    """Keep the newest three good results and any that a report cites; failures older than the newest good one go."""
    good = list(Snapshot.objects.of(kind, subject).good().newest_first().values_list("pk", flat=True))
    spare = Snapshot.objects.of(kind, subject).filter(is_cited=False)
    spare.filter(pk__in=good[KEPT:]).delete()
    if good:
        spare.filter(state=SnapshotState.FAILED, pk__lt=good[0]).delete()


def cite(public_ids: Iterable[UUID]) -> None:
    """Keep these results for good, because a report was made from them."""
    Snapshot.objects.filter(public_id__in=public_ids).update(is_cited=True)


def give_up_on_lost_runs() -> int:
    """A run whose worker died never ends by itself: half an hour after it began it counts as failed; how many did.

    One that was asked for and never begun is waited for much longer: the queue may be long.
    """
    never_begun = Q(state=SnapshotState.WAITING, asked_at__lt=clock.now() - NEVER_BEGUN_AFTER)
    never_ended = Q(state=SnapshotState.RUNNING, started_at__lt=clock.now() - GIVEN_UP_AFTER)
    return Snapshot.objects.filter(never_begun | never_ended).update(
        state=SnapshotState.FAILED,
        finished_at=clock.now(),
        error="The worker stopped before this run was finished.",
    )
