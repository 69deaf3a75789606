"""Our rules, as Wagtail asks for them. It has no users, groups or permissions of its own here."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.publications import rules
from knotwork.publications.models import Publication

GRANTED = frozenset(
    {"wagtailadmin.access_admin", "publications.add_publication", "publications.change_publication"}
)
_ACTIONS = {"add", "change", "view"}


def is_granted(person: Person, permission: str) -> bool:
    """Whether this person may use the editing pages for what is asked."""
    return permission in GRANTED and bool(rules.can_edit_somewhere(viewer_for(person)))


def publications_edited_by(viewer: Viewer) -> QuerySet[Publication]:
    """What the editing pages show to this viewer."""
    rows = Publication.objects.filter(rules.edited_by(viewer)).select_related("programme", "place")
    return rows.order_by("-written_at", "-pk")


class NothingIsYours(BasePermissionPolicy):
    """The answer for pages and collections. Wagtail's own would look for the groups that a ``Person`` has not."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Person]:
        return Person.objects.none()

    def explorable_root_instance(self, _user: Person) -> None:
        """Where a tree of pages would begin."""


class PublicationRights(NothingIsYours):
    """Wagtail's question 'may this user ...?' for publications, in the words that it asks with.

    Who may do what is not told the other way round: Wagtail would use it for letters and lists of people.
    """

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action in _ACTIONS and bool(rules.can_edit_somewhere(viewer_for(user)))

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Publication) -> bool:
        return action in _ACTIONS and bool(rules.can(viewer_for(user), rules.Act.CHANGE, instance))

    def instances_user_has_any_permission_for(
        self, user: Person, actions: Iterable[str]
    ) -> QuerySet[Publication]:
        if _ACTIONS.isdisjoint(actions):
            return Publication.objects.none()
        return publications_edited_by(viewer_for(user))
