"""The one who looks: what every ``visible_to`` takes."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from knotwork.core.accounts.models import Person


@dataclass(frozen=True)
class Viewer:
    """A person who signed in, or a stranger (``person_id`` is ``None``).

    ``remembered``: what was found out about her while one request is answered, such as the roles that she holds. Only
    the viewer of a request has such a memory; anybody else's roles are asked for anew each time.
    """

    person_id: int | None = None
    public_id: UUID | None = None
    is_administrator: bool = False
    remembered: dict[str, Any] | None = field(default=None, compare=False, repr=False)

    @property
    def is_stranger(self) -> bool:
        return self.person_id is None


STRANGER = Viewer()
_VIEWER = "knotwork.viewer"


def viewer_for(person: Person) -> Viewer:
    """The viewer that this person is."""
    return Viewer(person.pk, person.public_id, person.is_administrator)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks at this page; the same viewer, with her memory, as long as this request is answered."""
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return STRANGER
    before = request.META.get(_VIEWER)
    if isinstance(before, Viewer) and before == viewer_for(user):
        return before
    request.META[_VIEWER] = viewer = replace(viewer_for(user), remembered={})
    return viewer
