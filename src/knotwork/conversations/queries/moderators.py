"""The people who may moderate a conversation."""

from django.db.models import Q

from knotwork.conversations.models import Conversation
from knotwork.conversations.rules import MODERATOR_ROLES
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Membership
from knotwork.programmes.standing import in_force


def moderators_of(conversation: Conversation) -> list[Person]:
    """Everybody with a role, in force now, that lets them moderate it; each once."""
    here = Q(place__isnull=True)
    if conversation.place_id is not None:
        here |= Q(place=conversation.place_id)
    roles = Membership.objects.filter(
        in_force(clock.now()), here, programme=conversation.programme_id, role__in=MODERATOR_ROLES
    )
    return list(Person.objects.filter(is_active=True, pk__in=roles.values("person_id")).order_by("pk"))


def other_moderators(conversation: Conversation, viewer: Viewer) -> list[Person]:
    """Those beside the viewer."""
    return [person for person in moderators_of(conversation) if person.public_id != viewer.public_id]
