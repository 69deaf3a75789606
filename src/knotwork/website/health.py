"""Is this installation well? One list of checks for ``knotwork check``, ``/readyz`` and the host."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knotwork.core.schedule.services import workers_alive
from knotwork.examples.queries import examples_are_loaded
from knotwork.website.tables import missing_migrations

WORKERS = ("quick", "heavy")
LEAST_FREE_DISK = 200_000_000


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, whether it is well, and what was found in words."""

    name: str
    is_well: bool
    found: str


def checks() -> list[Check]:
    """All checks, in the order in which a host would mend them."""
    answers = [_database()]
    if answers[0].is_well:
        answers.append(_migrations())
    if all(answer.is_well for answer in answers):
        answers += [_examples(), *_workers()]
    return [*answers, _disk()]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return Check("database", False, f"{connection.vendor} does not answer: {problem}")
    return Check("database", True, f"{connection.vendor} answers")


def _migrations() -> Check:
    if missing := missing_migrations():
        return Check("migrations", False, f"{len(missing)} not applied; run knotwork up")
    return Check("migrations", True, "all applied")


def _examples() -> Check:
    if examples_are_loaded():
        return Check("examples", True, "loaded, or left out on purpose")
    return Check("examples", False, "not loaded; run knotwork up")


def _workers() -> list[Check]:
    alive = workers_alive(WORKERS)
    return [
        Check(f"worker {name}", is_alive, "alive" if is_alive else "not heard of in the last 45 seconds")
        for name, is_alive in alive.items()
    ]


def _disk() -> Check:
    free = shutil.disk_usage(settings.HOME).free
    return Check("disk", free >= LEAST_FREE_DISK, f"{free // 1_000_000:,} MB free in the home folder")


@require_safe
@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Migrated, examples loaded, workers alive: ready for people. Says which check fails, and no more."""
    answers = checks()
    is_ready = all(answer.is_well for answer in answers)
    body = {"ready": is_ready, "checks": {answer.name: answer.is_well for answer in answers}}
    return JsonResponse(body, status=200 if is_ready else 503)
