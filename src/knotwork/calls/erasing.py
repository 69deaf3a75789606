"""What goes with a person who is erased: her name where she signed or sat. What was written together stays."""

from knotwork.calls.models import Appeal, Conflict, DecisionSignature, Reviewer, SignOff


def forget_signatures(person: str) -> None:
    """Take the name of the person with this public id from what she signed, and herself from notes on decisions.

    The board, the day, the bid, the note and the decision stay.
    """
    SignOff.objects.filter(person__public_id=person).update(name="")
    DecisionSignature.objects.filter(person__public_id=person).update(name="")
    Appeal.objects.filter(by__public_id=person).update(by=None)


def forget_reviewers(person: str) -> None:
    """Take her name, her organisations and what her conflicts say; scores and their reasons stay as the record."""
    Reviewer.objects.filter(person__public_id=person).update(name="", organisations="")
    Conflict.objects.filter(reviewer__person__public_id=person).update(why="")
