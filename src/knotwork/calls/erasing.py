"""What goes with a person who is erased: her name under a signature. What was written together stays."""

from knotwork.calls.models import Conflict, Reviewer, SignOff


def forget_signatures(person: str) -> None:
    """Take the name of the person with this public id from what she signed; the board, the day and the bid stay."""
    SignOff.objects.filter(person__public_id=person).update(name="")


def forget_reviewers(person: str) -> None:
    """Take her name, her organisations and what her conflicts say; scores and their reasons stay as the record."""
    Reviewer.objects.filter(person__public_id=person).update(name="", organisations="")
    Conflict.objects.filter(reviewer__person__public_id=person).update(why="")
