"""What goes with a person who is erased: her name under a signature. What was written together stays."""

from knotwork.calls.models import Appeal, DecisionSignature, SignOff


def forget_signatures(person: str) -> None:
    """Take the name of the person with this public id from what she signed, and herself from notes on decisions.

    The board, the day, the bid, the note and the decision stay.
    """
    SignOff.objects.filter(person__public_id=person).update(name="")
    DecisionSignature.objects.filter(person__public_id=person).update(name="")
    Appeal.objects.filter(by__public_id=person).update(by=None)
