from django_tasks import task

from knotwork.conversations.imports.requests import read_import


@task(queue_name="heavy")
def read_conversation_import(import_id: int) -> None:
    """Read the files that somebody handed in, and put the conversation into its programme."""
    read_import(import_id)
