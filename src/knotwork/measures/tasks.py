from django_tasks import task

from knotwork.measures.import_requests import read_import, write_import


@task(queue_name="heavy")
def read_series_import(import_id: int) -> None:
    """Read a file that somebody handed in, and say how it is read and what it would change."""
    read_import(import_id)


@task(queue_name="heavy")
def write_series_import(import_id: int) -> None:
    """Write the figures of a file that somebody has looked at."""
    write_import(import_id)
