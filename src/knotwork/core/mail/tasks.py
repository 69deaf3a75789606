from django_tasks import task

from knotwork.core.mail.services import deliver_letter


@task(queue_name="quick")
def deliver(letter_id: int) -> None:
    """Send one letter."""
    deliver_letter(letter_id)
