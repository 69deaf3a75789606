"""What goes with a person who is erased: her name under a signature. What was written together stays."""

from knotwork.calls.models import SignOff


def forget_signatures(person: str) -> None:
    """Take the name of the person with this public id from what she signed; the board, the day and the bid stay."""
    SignOff.objects.filter(person__public_id=person).update(name="")
