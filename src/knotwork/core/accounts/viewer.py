"""The one who looks: what every ``visible_to`` takes."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from knotwork.core.accounts.models import Person


@dataclass(frozen=True)
class Viewer:
    """A person who signed in, or a stranger (``person_id`` is ``None``)."""

    person_id: int | None = None
    public_id: UUID | None = None
    is_administrator: bool = False

    @property
    def is_stranger(self) -> bool:
        return self.person_id is None


STRANGER = Viewer()


def viewer_for(person: Person) -> Viewer:
    """The viewer that this person is."""
    return Viewer(person.pk, person.public_id, person.is_administrator)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks at this page."""
    user = getattr(request, "user", None)
    return viewer_for(user) if isinstance(user, Person) else STRANGER
