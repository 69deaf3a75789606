from django_tasks import task

from knotwork.core.analyses import services


@task(queue_name="heavy")
def run_snapshot(snapshot_id: int) -> None:
    """Run one asked-for analysis."""
    services.run(snapshot_id)
