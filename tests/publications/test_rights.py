"""What the editing tool may ask of a person, and what it is told."""

import pytest
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from knotwork.programmes.models import Role, Stage
from knotwork.publications.models import Publication
from tests.builders import a_person, a_programme
from tests.publications.build import a_publication

pytestmark = pytest.mark.django_db

ENTRY = "wagtailadmin.access_admin"


def test_a_person_passes_by_our_rules_and_never_by_a_flag():
    programme = a_programme()
    assert a_person(is_administrator=True).has_perm(ENTRY)
    assert a_person(Role.PROGRAMME_TEAM, programme).has_perms([ENTRY, "publications.add_publication"])
    assert not a_person(Role.PLACE_LEAD, programme).has_perm(ENTRY)
    assert not a_person(is_administrator=True).is_superuser


def test_what_no_room_grants_is_refused_even_to_an_administrator():
    administrator = a_person(is_administrator=True)
    assert not administrator.has_perm("accounts.delete_person")
    assert not administrator.has_perm("publications.delete_publication")


def test_an_account_that_ended_has_no_rights():
    assert not a_person(is_administrator=True, is_active=False).has_perm(ENTRY)


def test_the_team_of_a_withdrawn_programme_has_nothing_to_edit():
    from knotwork.core import clock

    programme = a_programme(withdrawn_at=clock.now())
    assert not a_person(Role.PROGRAMME_TEAM, programme).has_perm(ENTRY)


def test_the_tool_is_told_who_may_change_what_but_never_who_can():
    programme = a_programme()
    ours, theirs = a_publication(programme), a_publication(a_programme())
    member = a_person(Role.PROGRAMME_TEAM, programme)
    rights = policy_registry.get_by_type(Publication)
    assert rights.user_has_permission_for_instance(member, "change", ours)
    assert not rights.user_has_permission_for_instance(member, "change", theirs)
    assert not rights.user_has_permission_for_instance(member, "delete", ours)
    assert list(rights.instances_user_has_permission_for(member, "change")) == [ours]
    assert not rights.instances_user_has_any_permission_for(member, ["delete"]).exists()
    assert not rights.users_with_permission("change").exists()


def test_pages_and_collections_are_nobodys():
    administrator = a_person(is_administrator=True)
    for model in (Page, Collection):
        assert not policy_registry.get_by_type(model).user_has_any_permission(
            administrator, ["add", "change"]
        )
    assert policy_registry.get_by_type(Page).explorable_root_instance(administrator) is None


def test_the_rule_and_the_filter_of_the_editing_pages_say_the_same():
    from knotwork.core.accounts.viewer import viewer_for
    from knotwork.publications import rules

    programme = a_programme()
    people = [a_person(Role.PROGRAMME_TEAM, programme), a_person(is_administrator=True), a_person()]
    for stage in Stage:
        a_publication(programme, visibility=stage, author=people[0])
        a_publication(a_programme(), visibility=stage)
    for person in people:
        viewer = viewer_for(person)
        listed = set(Publication.objects.filter(rules.edited_by(viewer)))
        allowed = {row for row in Publication.objects.all() if rules.can(viewer, rules.Act.CHANGE, row)}
        assert listed == allowed
