"""What can be taken away from a map."""

import pytest
from django.test import Client

from knotwork.maps import services
from tests.maps.build import ADMINISTRATOR, a_drawn_map, a_map, a_perspective, factor_called, url, worked_out

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv; charset=utf-8")],
)
def test_pictures_can_be_taken_away(client: Client, kind: str, media_type: str) -> None:
    row = worked_out(a_drawn_map(attribution="Crown copyright"))
    one = factor_called(row, "hearing").public_id
    table = row.perspectives.get().public_id
    for address in (
        url(row, "picture", "story", kind),
        url(row, "picture", "whole-map", kind),
        url(row, "factor-picture", one, kind),
        url(row, "perspective-picture", table, kind),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)


def test_a_picture_bears_the_words_of_its_licence(client: Client) -> None:
    row = worked_out(a_drawn_map(attribution="Crown copyright"))
    answer = client.get(url(row, "picture", "story", "svg"))
    assert "Crown copyright" in answer.content.decode()
    assert "sandbox" in answer["Content-Security-Policy"]


def test_pictures_that_are_not_there_are_not_found(client: Client) -> None:
    row = a_drawn_map()
    assert client.get(url(row, "picture", "story", "svg")).status_code == 404
    row = worked_out(row)
    assert client.get(url(row, "picture", "story", "gif")).status_code == 404
    assert client.get(url(row, "perspective-picture", a_perspective(row, "Empty"), "svg")).status_code == 404


@pytest.mark.parametrize(
    ("table", "first"),
    [
        ("links", "source,target,source_label,target_label,sign,contested,n_all"),
        ("loops", "loop,length,sign,factors,strength,support,story"),
        ("factors", "factor,label,role,in_strength,out_strength"),
    ],
)
def test_tables_can_be_taken_away(client: Client, table: str, first: str) -> None:
    row = worked_out(a_drawn_map())
    answer = client.get(url(row, "table", table))
    assert answer.content.decode().startswith(first)
    assert row.slug in answer["Content-Disposition"]


def test_tables_that_are_not_there_are_not_found(client: Client) -> None:
    row = a_drawn_map()
    assert client.get(url(row, "table", "loops")).status_code == 404
    assert client.get(url(row, "table", "secrets")).status_code == 404


def test_the_whole_map_is_a_file_with_every_perspective(client: Client) -> None:
    content = client.get(url(a_drawn_map(), "file")).json()
    assert content["schema"] == "knotwork-map"
    assert [one["people"] for one in content["perspectives"]] == [6]


def test_nothing_of_a_withdrawn_map_can_be_taken_away(client: Client) -> None:
    row = worked_out(a_map())
    services.withdraw_map(row.pk, "A mistake.", by=ADMINISTRATOR)
    assert client.get(url(row, "file")).status_code == 404
    assert client.get(url(row, "table", "links")).status_code == 404
