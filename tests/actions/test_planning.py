"""A try-out is planned in a minute, changed until it starts, and what it expects stays from then on."""

from dataclasses import fields, replace
from datetime import date

import pytest

from knotwork.actions import services
from knotwork.actions.models import TryOut
from knotwork.actions.services import TryOutWords
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from tests.actions.build import BEFORE, COUNCIL_PAYS, READY, a_lead, a_member, an_enabler, going, planned, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db

OTHERWISE = {
    "expects": "Nothing at all.",
    "how_seen": "We shall feel it.",
    "by_when": date(2030, 1, 1),
    "stop_rule": "Never.",
}


def test_a_name_is_enough_to_plan_a_try_out() -> None:
    place = a_place()
    made = services.plan(place.programme.pk, TryOutWords("Open rooms"), by=a_member(place), place_id=place.pk)
    assert (made.slug, row(made.public_id).visibility) == ("open-rooms", "place")
    assert verbs() == ["try_out.planned"]


def test_two_try_outs_of_one_name_have_two_addresses_and_none_is_called_new() -> None:
    place = a_place()
    slugs = [
        services.plan(place.programme.pk, TryOutWords(title), by=ADMINISTRATOR).slug
        for title in ("Open rooms", "Open rooms", "New")
    ]
    assert slugs == ["open-rooms", "open-rooms-2", "new-2"]


def test_a_try_out_without_a_name_is_refused() -> None:
    place = a_place()
    with pytest.raises(Refused, match="Give it a name"):
        planned(place, TryOutWords("  "))


def test_a_stranger_and_somebody_of_another_place_plan_nothing() -> None:
    place = a_place()
    for viewer in (STRANGER, somebody(), a_lead(a_place(place.programme))):
        with pytest.raises(Refused, match="Only people of this place"):
            planned(place, by=viewer)
    assert not TryOut.objects.exists()


def test_a_try_out_of_a_sensitive_place_is_not_shown_to_everybody() -> None:
    place = a_place(is_sensitive=True)
    with pytest.raises(Refused, match="sensitive"):
        planned(place)
    try_out = planned(place, replace(READY, visibility="place"))
    with pytest.raises(Refused, match="sensitive"):
        services.change(try_out, READY, by=ADMINISTRATOR)


def test_until_it_starts_all_of_it_can_change() -> None:
    try_out = planned(a_place())
    wanted = TryOutWords("The 4.50 home", visibility="programme", **OTHERWISE)
    assert services.change(try_out, wanted, by=ADMINISTRATOR)
    assert services.words_of(try_out, ADMINISTRATOR) == wanted


def test_saying_the_same_again_changes_nothing() -> None:
    try_out = planned(a_place())
    assert not services.change(try_out, READY, by=ADMINISTRATOR)
    assert verbs() == ["try_out.planned"]


@pytest.mark.parametrize("box", OTHERWISE)
def test_after_the_start_nobody_changes_what_was_expected(box: str) -> None:
    try_out = going(a_place())
    with pytest.raises(Refused, match="fixed at the start"):
        services.change(try_out, replace(READY, **{box: OTHERWISE[box]}), by=ADMINISTRATOR)
    assert services.words_of(try_out, ADMINISTRATOR) == READY


def test_after_the_start_its_other_words_can_still_change() -> None:
    try_out = going(a_place())
    rest = {field.name for field in fields(TryOutWords)} - set(OTHERWISE)
    assert rest == {"title", "what", "signed", "visibility", "language"}
    wanted = replace(
        READY, title="The late bus", what="As it says.", signed="Buses", visibility="place", language="cy"
    )
    assert services.change(try_out, wanted, by=ADMINISTRATOR)


def test_no_act_after_the_start_touches_what_was_expected() -> None:
    try_out = going(a_place())
    services.say_what_happened(try_out, "Eleven riders.", by=ADMINISTRATOR)
    services.add_partner(try_out, "Northvale Buses", by=ADMINISTRATOR)
    services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
    services.say_what_must_change(try_out, "money", "Pay for minutes.", by=ADMINISTRATOR)
    services.stop(try_out, "The driver left.", by=ADMINISTRATOR)
    services.end(try_out, "abandoned", "No driver.", by=ADMINISTRATOR)
    stands = services.words_of(try_out, ADMINISTRATOR)
    assert {box: getattr(stands, box) for box in OTHERWISE} == {box: getattr(READY, box) for box in OTHERWISE}
    assert row(try_out).started_at == BEFORE


def test_a_member_changes_her_own_try_out_and_not_that_of_another() -> None:
    place = a_place()
    member = a_member(place)
    assert services.change(planned(place, by=member), replace(READY, title="Mine"), by=member)
    with pytest.raises(Refused, match="Only whoever planned"):
        services.change(planned(place), replace(READY, title="Hers"), by=member)


def test_an_enabler_plans_a_try_out_too() -> None:
    place = a_place()
    assert row(planned(place, by=an_enabler(place))).place == place


def test_what_one_may_not_see_one_cannot_change() -> None:
    place = a_place()
    secret = planned(place, replace(READY, visibility="me"), by=a_member(place))
    with pytest.raises(Refused, match="not known here"):
        services.change(secret, READY, by=a_lead(place))


def test_a_try_out_is_taken_out_of_sight_with_a_reason_and_stays_in_the_record() -> None:
    try_out = planned(a_place())
    with pytest.raises(Refused, match="why"):
        services.withdraw(try_out, " ", by=ADMINISTRATOR)
    services.withdraw(try_out, "Typed twice", by=ADMINISTRATOR)
    assert row(try_out).withdrawn_reason == "Typed twice"
    with pytest.raises(Refused, match="not known here"):
        services.start(try_out, by=ADMINISTRATOR)
    assert verbs() == ["try_out.planned", "try_out.withdrawn"]
