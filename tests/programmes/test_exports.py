"""What is shown can be taken away as a table, and no more than is shown."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client

from knotwork.programmes import services
from knotwork.programmes.exports import LEDGER_COLUMNS, PLACE_COLUMNS
from knotwork.programmes.models import LedgerKind, Stage
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.content.decode())))


def test_places_are_a_table_of_what_the_stranger_sees(client: Client) -> None:
    programme = a_programme()
    shown = a_place(programme, name="Northvale", issue="Later life, and who visits")
    a_place(programme, visibility=Stage.PROGRAMME)
    (row,) = rows(client, f"/programmes/{programme.slug}/places.csv")
    assert tuple(row) == PLACE_COLUMNS
    assert (row["place"], row["issue"], row["sensitive"]) == (
        "Northvale",
        "Later life, and who visits",
        "false",
    )
    assert row["address"].endswith(f"/places/{shown.slug}/")


def test_the_ledger_is_a_table_whose_amounts_are_the_entries(client: Client) -> None:
    programme = a_programme()
    gift = services.Gift(
        "Rooms", LedgerKind.IN_KIND, Decimal("12000.5"), contributor="Homes", is_approximate=True
    )
    services.add_entry(programme.pk, gift, by=ADMINISTRATOR)
    (row,) = rows(client, f"/programmes/{programme.slug}/ledger.csv")
    assert tuple(row) == LEDGER_COLUMNS
    assert (row["kind"], row["amount"], row["currency"]) == ("in_kind", "12000.50", "GBP")
    assert (row["contributor"], row["approximate"]) == ("Homes", "true")


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(client: Client) -> None:
    programme = a_programme()
    a_place(programme, name="=1+1")
    assert rows(client, f"/programmes/{programme.slug}/places.csv")[0]["place"] == "'=1+1"


@pytest.mark.parametrize("name", ["places.csv", "ledger.csv"])
def test_a_stranger_gets_no_table_of_a_programme_out_of_her_sight(client: Client, name: str) -> None:
    hidden = a_programme(visibility=Stage.PROGRAMME)
    assert client.get(f"/programmes/{hidden.slug}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["places.csv", "ledger.csv"])
def test_a_table_follows_a_former_address(client: Client, name: str) -> None:
    programme = a_programme(slug="one")
    services.move_programme(programme.pk, "two", by=ADMINISTRATOR)
    assert client.get(f"/programmes/one/{name}")["Location"] == f"/programmes/two/{name}"
