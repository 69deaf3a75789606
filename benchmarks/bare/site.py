"""The bare site: its settings, its one page, and the server that ours is served with, with as many processes."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from knotwork.cli import processes
from knotwork.website import configuration

HOME = Path(os.environ["KNOTWORK_HOME"])
STATEMENTS = 100
VALUES = {"agree": 1, "pass": 0, "disagree": -1}


def _database() -> dict[str, object]:
    if configuration.value_of("KNOTWORK_DATABASE"):
        return configuration.database(HOME) | {"CONN_MAX_AGE": None}
    own = configuration.sqlite(HOME / "bare.sqlite3")
    quick = own["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
    return own | {"OPTIONS": own["OPTIONS"] | {"init_command": quick}}


settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["benchmarks.bare"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": _database()},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - Django wants its settings first

from benchmarks.bare.models import Statement, Vote  # noqa: E402


def vote(request: HttpRequest) -> HttpResponse:
    """Write the vote where it stands, and say the next statement that this person has not met."""
    said = request.POST
    Vote.objects.bulk_create(
        [Vote(person=said["person"], statement_id=int(said["statement"]), value=VALUES[said["answer"]])],
        update_conflicts=True,
        unique_fields=["person", "statement"],
        update_fields=["value"],
    )
    met = Vote.objects.filter(person=said["person"]).values("statement")
    following = Statement.objects.exclude(pk__in=met).order_by("pk").first()
    return JsonResponse({"statement": following and following.pk, "text": following and following.text})


urlpatterns = [path("vote", vote), path("livez", lambda request: HttpResponse("well"))]
application = get_wsgi_application()


def prepare() -> None:
    """The two tables, and the statements."""
    from django.db import connection

    with connection.schema_editor() as tables:
        tables.create_model(Statement)
        tables.create_model(Vote)
    Statement.objects.bulk_create(Statement(pk=n, text=f"Statement {n}") for n in range(1, STATEMENTS + 1))


def serve(port: int) -> None:
    """The server that ours is served with, until it is killed."""
    os.setsid()
    processes.serve(f"{__name__}:application", "127.0.0.1", port)
