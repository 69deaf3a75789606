"""Run what is due, and say that a worker lives."""

import logging
from datetime import datetime, timedelta

from knotwork.core import clock
from knotwork.core.schedule.models import Heartbeat, ScheduledJob
from knotwork.core.schedule.registry import Periodic, jobs

logger = logging.getLogger("knotwork.schedule")

ALIVE_WITHIN = timedelta(seconds=45)


def run_due() -> list[str]:
    """Run every job that is due and not claimed by another process; the names of those that ran.

    One SELECT tells what is due; a claim is one conditional UPDATE, so two processes never run the same turn. A job
    that fails is written down and logged, and is tried again at its next turn.
    """
    last_started = dict(ScheduledJob.objects.values_list("name", "last_started_at"))
    moment = clock.now()
    due = [
        job
        for job in jobs()
        if (started := last_started.get(job.name)) is None or started <= moment - job.every
    ]
    return [job.name for job in due if _claim(job, last_started.get(job.name)) and _run(job)]


def _claim(job: Periodic, seen: datetime | None) -> bool:
    ScheduledJob.objects.get_or_create(name=job.name)
    claimed = ScheduledJob.objects.filter(name=job.name, last_started_at=seen).update(
        last_started_at=clock.now()
    )
    return bool(claimed)


def _run(job: Periodic) -> bool:
    error = ""
    try:
        job.job()
    except Exception as problem:
        logger.exception("The job %s failed.", job.name)
        error = f"{type(problem).__name__}: {problem}"
    ScheduledJob.objects.filter(name=job.name).update(last_finished_at=clock.now(), last_error=error[:2000])
    return True


def beat(worker: str) -> None:
    """Write down that this worker is alive."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})


def workers_alive(names: tuple[str, ...]) -> dict[str, bool]:
    """For each named worker, whether it was heard of within the last 45 seconds."""
    recent = set(
        Heartbeat.objects.filter(at__gte=clock.now() - ALIVE_WITHIN, worker__in=names).values_list(
            "worker", flat=True
        )
    )
    return {name: name in recent for name in names}
