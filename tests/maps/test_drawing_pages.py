"""Drawing on a map by forms, and who may."""

from typing import Any

import pytest
from django.test import Client

from knotwork.maps.models import Factor, Link, NamedLoop, Perspective, SystemMap
from knotwork.programmes.models import Role
from tests.builders import a_person, signed_in
from tests.maps.build import (
    LONELY,
    a_drawn_map,
    a_map,
    a_perspective,
    again,
    factor_called,
    html,
    some_factors,
    url,
    worked_out,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> SystemMap:
    return a_drawn_map()


@pytest.fixture
def member(client: Client, row: SystemMap) -> Client:
    return signed_in(client, a_person(Role.PLACE_MEMBER, row.programme, row.place))


def post(client: Client, address: str, **words: Any) -> Any:
    return client.post(address, words)


def test_a_stranger_is_asked_to_sign_in(client: Client, row: SystemMap) -> None:
    answer = client.get(url(row, "factor-new"))
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url


def test_somebody_of_another_place_gets_the_reason(client: Client, row: SystemMap) -> None:
    signed_in(client, a_person(Role.PLACE_MEMBER))
    answer = client.get(url(row, "factor-new"))
    assert answer.status_code == 403
    assert "Only people of this place" in answer.content.decode()


def test_a_stranger_sees_no_buttons(client: Client, row: SystemMap) -> None:
    assert "Add a factor" not in html(client, row)


def test_a_member_draws_and_does_not_change_the_words_of_the_map(member: Client, row: SystemMap) -> None:
    page = html(member, row)
    assert url(row, "factor-new") in page
    assert url(row, "change") not in page
    assert member.get(url(row, "change")).status_code == 403


def test_a_factor_is_added_and_read_next(member: Client, row: SystemMap) -> None:
    answer = post(member, url(row, "factor-new"), label="being invited", note="By somebody one knows.")
    added = factor_called(row, "being invited")
    assert (answer.status_code, answer.url) == (303, url(row, "factor", added.public_id))
    assert "By somebody one knows." in html(member, row, "factor", added.public_id)


def test_a_factor_that_stands_already_is_refused_at_the_form(member: Client, row: SystemMap) -> None:
    answer = post(member, url(row, "factor-new"), label="Hearing")
    assert answer.status_code == 422
    assert "stands on this map already" in answer.content.decode()


def test_a_factor_gets_other_words(member: Client, row: SystemMap) -> None:
    one = factor_called(row, "hearing")
    address = url(row, "factor-change", one.public_id)
    assert "hearing" in member.get(address).content.decode()
    post(member, address, label="hearing well")
    assert Factor.objects.get(pk=one.pk).label == "hearing well"


def test_a_factor_is_taken_off_the_map_with_a_reason(member: Client, row: SystemMap) -> None:
    one = factor_called(row, "hearing")
    address = url(row, "factor-withdraw", one.public_id)
    assert post(member, address, reason="").status_code == 422
    assert post(member, address, reason="Said twice.").url == url(row)
    assert Factor.objects.get(pk=one.pk).withdrawn_reason == "Said twice."


def test_a_perspective_is_added_and_put_right(member: Client, row: SystemMap) -> None:
    answer = post(member, url(row, "perspective-new"), name="Bus users", people=8)
    one = Perspective.objects.get(name="Bus users")
    assert answer.url == url(row, "perspective", one.public_id)
    post(member, url(row, "perspective-change", one.public_id), name="Bus users", people=9)
    assert Perspective.objects.get(pk=one.pk).people == 9
    assert member.get(url(row, "perspective-change", row.public_id)).status_code == 404


def test_a_link_is_drawn_in_a_perspective(member: Client, row: SystemMap) -> None:
    table = Perspective.objects.get()
    source, target = (factor_called(row, label).public_id for label in (LONELY[3], LONELY[2]))
    answer = post(
        member,
        url(row, "link-new"),
        perspective=table.public_id,
        source=source,
        target=target,
        sign=-1,
        weight=0.67,
        evidence="We counted.",
    )
    assert answer.url == url(row, "perspective", table.public_id)
    link = Link.objects.order_by("pk").last()
    assert link is not None
    assert (link.signed_weight, link.evidence) == (-0.67, "We counted.")


def test_the_link_form_begins_with_what_was_asked_for(member: Client, row: SystemMap) -> None:
    source = factor_called(row, "hearing").public_id
    page = member.get(f"{url(row, 'link-new')}?source={source}").content.decode()
    assert f'<option value="{source}" selected>' in page


def test_a_link_to_itself_is_refused_at_the_form(member: Client, row: SystemMap) -> None:
    one = factor_called(row, "hearing").public_id
    words = {"perspective": Perspective.objects.get().public_id, "source": one, "target": one, "sign": 1}
    answer = post(member, url(row, "link-new"), **words)
    assert answer.status_code == 422
    assert "from one factor to another" in answer.content.decode()


def test_without_factors_or_perspectives_the_link_form_says_what_comes_first(client: Client) -> None:
    row = a_map()
    signed_in(client, a_person(Role.PLACE_MEMBER, row.programme, row.place))
    assert "Add them to the map first" in html(client, row, "link-new")
    some_factors(row, "stress", "sleep")
    assert "Add one to the map first" in html(client, again(row), "link-new")
    a_perspective(row)
    assert "first." not in html(client, again(row), "link-new")


def test_a_link_is_taken_back_from_its_perspective(member: Client, row: SystemMap) -> None:
    link = Link.objects.order_by("pk")[3]
    address = url(row, "link-withdraw", link.public_id)
    assert address in html(member, row, "perspective", link.perspective.public_id)
    assert "More “hearing” → more “confidence to go out”" in member.get(address).content.decode()
    post(member, address, reason="A slip.")
    assert Link.objects.get(pk=link.pk).withdrawn_reason == "A slip."
    assert member.get(address).status_code == 404


def test_a_loop_gets_a_name_and_loses_it(member: Client, row: SystemMap) -> None:
    row = worked_out(row)
    address = f"{url(row, 'loop-name')}?loop=1%3E2%3E3"
    assert address in html(member, row, "loops").replace("&gt;", "%3E")
    assert "feeling lonely → confidence to go out" in member.get(address).content.decode()
    assert post(member, address, name="Out and about").url == url(row, "loops")
    loop = NamedLoop.objects.get()
    page = html(member, worked_out(row), "loops")
    assert "Out and about" in page
    assert url(row, "loop-unname", loop.public_id) in page
    post(member, url(row, "loop-unname", loop.public_id))
    assert NamedLoop.objects.get().withdrawn_at is not None


def test_a_loop_through_factors_that_are_not_there_is_not_found(member: Client, row: SystemMap) -> None:
    assert member.get(f"{url(row, 'loop-name')}?loop=1%3E99").status_code == 404


def test_what_is_no_loop_is_refused_at_the_form(member: Client, row: SystemMap) -> None:
    answer = post(member, f"{url(row, 'loop-name')}?loop=1%3E3", name="Wrong")
    assert answer.status_code == 422
    assert "so this is no loop" in answer.content.decode()
