"""A programme is begun, says what it is, moves, and goes out of sight."""

import pytest

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.models import Fact, Membership, Programme, Role, Stage
from knotwork.programmes.queries import MovedTo
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_programme, the_team_of, verbs

pytestmark = pytest.mark.django_db


def words(**given: object) -> services.ProgrammeWords:
    return services.ProgrammeWords(**{"name": "Warm evenings"} | given)  # type: ignore[arg-type]


def test_whoever_begins_a_programme_is_in_its_team() -> None:
    viewer = the_team_of(a_programme())
    made = services.create_programme(words(), by=viewer)
    membership = Membership.objects.get(programme_id=made.id)
    assert (membership.person_id, membership.role) == (viewer.person_id, Role.PROGRAMME_TEAM)
    assert verbs() == ["programme.created", "membership.granted"]


def test_a_new_programme_is_seen_by_its_people_only() -> None:
    viewer = the_team_of(a_programme())
    made = services.create_programme(words(), by=viewer)
    assert queries.programme_at(made.slug, STRANGER) is None
    assert the_programme(made.slug, viewer).visibility == Stage.PROGRAMME


def test_somebody_who_only_signed_in_cannot_begin_a_programme() -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        services.create_programme(words(), by=somebody())
    assert not Programme.objects.exists()


def test_the_address_is_made_from_the_short_name_and_is_free() -> None:
    slugs = [
        services.create_programme(words(short_name="Warm"), by=ADMINISTRATOR).slug,
        services.create_programme(words(short_name="Warm"), by=ADMINISTRATOR).slug,
        services.create_programme(words(name="New"), by=ADMINISTRATOR).slug,
    ]
    assert slugs == ["warm", "warm-2", "new-2"]


@pytest.mark.parametrize("slug", ["Warm Evenings", "new", "w/e", "a" * 81])
def test_an_address_that_cannot_be_one_is_refused(slug: str) -> None:
    with pytest.raises(Refused):
        services.create_programme(words(), by=ADMINISTRATOR, slug=slug)


def test_changing_nothing_writes_no_event() -> None:
    made = services.create_programme(words(), by=ADMINISTRATOR)
    assert not services.change_words(made.id, words(), by=ADMINISTRATOR)
    assert verbs() == ["programme.created"]


def test_changed_words_stand() -> None:
    made = services.create_programme(words(), by=ADMINISTRATOR)
    assert services.change_words(made.id, words(summary="Doors that stay open."), by=ADMINISTRATOR)
    assert the_programme(made.slug).summary == "Doors that stay open."
    assert services.words_of(made.id).summary == "Doors that stay open."


def test_the_team_of_another_programme_cannot_change_the_words() -> None:
    programme = a_programme()
    with pytest.raises(Refused, match="Only the team"):
        services.change_words(programme.pk, words(), by=the_team_of(a_programme()))


def test_aims_stand_in_their_order_without_empty_lines() -> None:
    programme = a_programme()
    assert services.set_aims(programme.pk, ["Second", " ", "First "], by=ADMINISTRATOR)
    assert the_programme(programme.slug).aims == ("Second", "First")
    assert not services.set_aims(programme.pk, ["Second", "First"], by=ADMINISTRATOR)
    assert verbs() == ["programme.aims_set"]


def test_an_old_address_leads_to_the_new_one_through_every_move() -> None:
    programme = a_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    services.move_programme(programme.pk, "three", by=ADMINISTRATOR)
    for old in ("one", "two"):
        assert queries.programme_at(old, STRANGER) == MovedTo("/programmes/three/")


def test_a_programme_can_move_back_to_where_it_was() -> None:
    programme = a_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    services.move_programme(programme.pk, "one", by=ADMINISTRATOR)
    assert the_programme("one", STRANGER).id == programme.pk
    assert queries.programme_at("two", STRANGER) == MovedTo("/programmes/one/")


def test_a_former_address_is_not_given_to_another_programme() -> None:
    programme = a_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="is taken"):
        services.create_programme(words(), by=ADMINISTRATOR, slug="one")


def test_a_former_address_of_a_programme_out_of_sight_tells_a_stranger_nothing() -> None:
    programme = a_programme(slug="one", visibility=Stage.PROGRAMME)
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    assert queries.programme_at("one", STRANGER) is None


def test_a_withdrawn_programme_is_out_of_sight_and_comes_back_whole() -> None:
    programme = a_programme()
    a_place(programme)
    services.withdraw_programme(programme.pk, "It was a mistake.", by=ADMINISTRATOR)
    assert queries.programme_at(programme.slug, ADMINISTRATOR) is None
    assert queries.places_of(programme.pk, ADMINISTRATOR) == ()
    services.restore_programme(programme.pk, by=ADMINISTRATOR)
    assert len(queries.places_of(programme.pk, STRANGER)) == 1
    assert verbs() == ["programme.withdrawn", "programme.restored"]


def test_only_an_administrator_withdraws_a_programme() -> None:
    programme = a_programme()
    with pytest.raises(Refused, match="Only an administrator"):
        services.withdraw_programme(programme.pk, "Because.", by=the_team_of(programme))


def test_nothing_in_a_withdrawn_programme_can_be_changed_by_its_team() -> None:
    programme = a_programme()
    team = the_team_of(programme)
    services.withdraw_programme(programme.pk, "It was a mistake.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="taken out of sight"):
        services.change_words(programme.pk, words(), by=team)


def test_a_fact_is_said_once_and_its_source_can_be_put_right() -> None:
    programme = a_programme()
    assert services.add_fact(programme.pk, "It rained.", "A diary", by=ADMINISTRATOR)
    assert not services.add_fact(programme.pk, "It rained.", "A diary", by=ADMINISTRATOR)
    assert services.add_fact(programme.pk, "It rained.", "The Met Office", by=ADMINISTRATOR)
    assert Fact.objects.get().source == "The Met Office"


def test_a_fact_about_a_place_of_another_programme_is_refused() -> None:
    with pytest.raises(Refused, match="does not belong"):
        services.add_fact(a_programme().pk, "It rained.", "A diary", place_id=a_place().pk, by=ADMINISTRATOR)


def test_an_unknown_programme_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="not known here"):
        services.set_aims(0, ["One"], by=ADMINISTRATOR)


def test_a_partner_takes_part_once_and_the_part_can_end() -> None:
    programme = a_programme()
    partner = services.Partner("Northvale  Homes", note="since May")
    assert services.add_partner(programme.pk, partner, by=ADMINISTRATOR)
    assert not services.add_partner(programme.pk, partner, by=ADMINISTRATOR)
    (shown,) = queries.partners_of(programme.pk)
    assert (shown.name, shown.part_words, shown.note) == ("Northvale Homes", "partner", "since May")
    services.end_partnership(programme.pk, shown.id, by=ADMINISTRATOR)
    services.end_partnership(programme.pk, shown.id, by=ADMINISTRATOR)
    assert queries.partners_of(programme.pk) == ()
    assert queries.organisation_names() == ("Northvale Homes",)
    assert verbs() == ["organisation.added", "partnership.added", "partnership.ended"]
