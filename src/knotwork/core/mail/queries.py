"""Read the letters that stayed on this machine."""

from dataclasses import dataclass
from datetime import datetime

from knotwork.core.mail.models import Letter, LetterState


@dataclass(frozen=True)
class KeptLetter:
    """A letter that no mail server took."""

    to: str
    subject: str
    body: str
    written_at: datetime


def kept_letters(*, most: int = 50) -> list[KeptLetter]:
    """The newest letters that were kept on this machine because no mail server is set."""
    rows = Letter.objects.filter(state=LetterState.KEPT).order_by("-written_at", "-id")[:most]
    return [KeptLetter(row.to, row.subject, row.body, row.written_at) for row in rows]
