"""The ledger as a workbook, out and in; statements for partners; and the pages around them."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.formats.sheets import Sheet, read_sheet, uploaded_file, write_sheets
from knotwork.programmes import queries, services
from knotwork.programmes.ledger_sheets import COLUMNS, ledger_sheets
from knotwork.programmes.models import LedgerEntry, LedgerImport, LedgerUnit, Role
from knotwork.programmes.services import Gift, counted
from knotwork.programmes.services.ledger_import import plan_of, stage_ledger, write_staged
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db

ROW: dict[str, Any] = {
    "what": "Rooms",
    "kind": "in kind",
    "state": "pledged",
    "amount": 120,
    "contributor": "The Forum",
}


def a_table(*rows: dict[str, Any], columns: tuple[str, ...] = COLUMNS) -> bytes:
    return write_sheets([Sheet("Ledger", columns, [[row.get(name) for name in columns] for row in rows])])


def brought_in(programme_id: int, content: bytes) -> Any:
    staged = stage_ledger(programme_id, "ledger.xlsx", content, by=ADMINISTRATOR)
    return write_staged(programme_id, staged, by=ADMINISTRATOR)


def refusal(content: bytes, programme_id: int | None = None) -> str:
    with pytest.raises(Refused) as refused:
        stage_ledger(programme_id or a_programme().pk, "ledger.xlsx", content, by=ADMINISTRATOR)
    assert not LedgerImport.objects.exists()
    return str(refused.value)


def the_whole(programme_id: int) -> bytes:
    return write_sheets(ledger_sheets(queries.ledger_of(programme_id, ADMINISTRATOR)))


def test_a_table_is_read_whole_and_shown_before_anything_is_written() -> None:
    place = a_place(name="Northvale")
    days = {
        "what": "Enabler",
        "kind": "in_kind",
        "state": "agreed",
        "quantity": 60,
        "unit": "days",
        "rate": 500,
    }
    content = a_table(ROW | {"place": "northvale"}, days)
    staged = stage_ledger(place.programme.pk, "ledger.xlsx", content, by=ADMINISTRATOR)
    assert not LedgerEntry.objects.exists()
    plan = plan_of(place.programme.pk, staged, by=ADMINISTRATOR)
    assert [(row.what, row.amount) for row in plan.new] == [("Rooms", "120.00"), ("Enabler", "30000.00")]
    write_staged(place.programme.pk, staged, by=ADMINISTRATOR)
    rows = LedgerEntry.objects.order_by("pk").values_list(
        "what", "amount", "state", "place__name", "quantity"
    )
    assert list(rows) == [
        ("Rooms", 120, "pledged", "Northvale", None),
        ("Enabler", 30000, "agreed", None, 60),
    ]
    assert verbs()[-1] == "ledger.brought_in"
    assert LedgerImport.objects.get().rows == []


def test_the_same_table_twice_changes_nothing_the_second_time() -> None:
    programme = a_programme()
    content = a_table(ROW, ROW, ROW | {"reference": "INV-7"})
    assert len(brought_in(programme.pk, content).new) == 3
    again = brought_in(programme.pk, content)
    assert (again.new, again.moved, again.known) == ((), (), 3)
    assert LedgerEntry.objects.count() == 3


def test_what_goes_out_comes_in_again_without_a_change() -> None:
    programme = a_programme()
    place = a_place(programme)
    services.add_entry(
        programme.pk, Gift("=Tea", "cash", Decimal("12.50"), place_id=place.pk), by=ADMINISTRATOR
    )
    gift = counted(
        "Days", Decimal("2.5"), LedgerUnit.DAYS, Decimal("310.40"), contributor="The Forum", state="pledged"
    )
    entry = services.add_entry(programme.pk, gift, by=ADMINISTRATOR)
    services.move_entry(programme.pk, entry, "agreed", part=Decimal(1), by=ADMINISTRATOR)
    before = the_whole(programme.pk)
    plan = brought_in(programme.pk, before)
    assert (plan.new, plan.moved, plan.known) == ((), (), 3)
    assert the_whole(programme.pk) == before


def test_a_later_state_in_the_table_moves_the_entry_on() -> None:
    programme = a_programme()
    brought_in(programme.pk, a_table(ROW))
    plan = brought_in(programme.pk, a_table(ROW | {"state": "received"}))
    assert [(row.state, was) for row, was in plan.moved] == [("received", "pledged")]
    assert LedgerEntry.objects.get().state == "received"
    words = refusal_after(programme.pk, a_table(ROW | {"state": "agreed"}))
    assert "row 2, column state: found agreed, expected received, where it stands, or later." in words


def refusal_after(programme_id: int, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        stage_ledger(programme_id, "ledger.xlsx", content, by=ADMINISTRATOR)
    return str(refused.value)


def test_a_table_that_says_something_else_of_an_entry_is_refused() -> None:
    programme = a_programme()
    named = ROW | {"reference": "INV-7"}
    brought_in(programme.pk, a_table(named))
    words = refusal_after(programme.pk, a_table(named | {"amount": 130}))
    assert words.startswith(
        "ledger.xlsx, row 2, column amount: found 130.00, expected 120.00, as in the ledger"
    )
    services.withdraw_entry(programme.pk, LedgerEntry.objects.get().public_id, "A mistake", by=ADMINISTRATOR)
    assert "an entry that was not taken out" in refusal_after(programme.pk, a_table(named))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": None}, "row 2, column what: found nothing, expected words"),
        ({"kind": "gold"}, "row 2, column kind: found gold, expected money or in kind"),
        ({"state": None}, "row 2, column state: found nothing, expected pledged or agreed"),
        ({"amount": None}, "column amount: found nothing, expected an amount, or how many at which rate"),
        ({"amount": -1}, "column amount: found -1, expected an amount from 0"),
        ({"amount": "many"}, "column amount: found many, expected a number"),
        ({"currency": "pounds"}, "column currency: found pounds, expected three letters"),
        ({"place": "Atlantis"}, "column place: found Atlantis, expected a place of this programme"),
        ({"quantity": 2}, "column unit: found nothing, expected how many, of what"),
        ({"quantity": 2, "unit": "days", "rate": 50}, "column amount: found 120, expected 100, which"),
        (
            {"quantity": 2, "unit": "days", "rate": 60, "kind": "money"},
            "column kind: found money, expected in kind",
        ),
        ({"quantity": "2.25", "unit": "days", "rate": "3.33"}, "no whole number of pence"),
        ({"unit": "moons"}, "column unit: found moons"),
        ({"approximate": "perhaps"}, "column approximate: found perhaps"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_place_and_nothing_is_kept(
    wrong: dict[str, Any], words: str
) -> None:
    assert words in refusal(a_table(ROW | wrong))


def test_tables_that_are_none_are_refused() -> None:
    assert "expected a zip file" in refusal(b"what,kind\n")
    assert "no rows" in refusal(a_table())
    assert "column shoe_size: found a column that a ledger does not have" in refusal(
        a_table(ROW, columns=("what", "kind", "state", "shoe_size"))
    )
    assert "column kind: found only the columns what, expected this column" in refusal(
        a_table(ROW, columns=("what",))
    )
    assert "it is in row 2 too" in refusal(a_table(ROW | {"reference": "a"}, ROW | {"reference": "a"}))


def test_a_table_that_was_written_or_replaced_waits_no_more() -> None:
    programme = a_programme()
    first = stage_ledger(programme.pk, "one.xlsx", a_table(ROW), by=ADMINISTRATOR)
    second = stage_ledger(programme.pk, "two.xlsx", a_table(ROW), by=ADMINISTRATOR)
    write_staged(programme.pk, second, by=ADMINISTRATOR)
    for gone in (first, second):
        with pytest.raises(Refused, match="not waiting any more"):
            write_staged(programme.pk, gone, by=ADMINISTRATOR)


def test_only_the_team_brings_a_table_in() -> None:
    programme = a_programme()
    with pytest.raises(Refused, match="Only the team"):
        stage_ledger(programme.pk, "l.xlsx", a_table(ROW), by=somebody(Role.STEERING_GROUP_MEMBER, programme))


def test_a_statement_holds_what_one_partner_gives_and_its_sums(client: Client) -> None:
    programme = a_programme()
    services.add_entry(
        programme.pk, Gift("Tea", "cash", Decimal(5), contributor="The Forum"), by=ADMINISTRATOR
    )
    gift = Gift("A bus", "cash", Decimal(9600), contributor="Buses", state="agreed")
    services.add_entry(programme.pk, gift, by=ADMINISTRATOR)
    buses = queries.ledger_of(programme.pk, STRANGER).entries[1].contributor_id
    page = client.get(f"/programmes/{programme.slug}/ledger/partners/{buses}/").content.decode()
    assert "Statement for Buses" in page
    assert "A bus" in page
    assert "Tea" not in page
    taken = client.get(f"/programmes/{programme.slug}/ledger/partners/{buses}/statement.xlsx")
    table = read_sheet(uploaded_file("statement.xlsx", taken.content))
    assert [(row.text("what"), row.decimal("amount")) for row in table.rows] == [("A bus", Decimal(9600))]
    assert (
        client.get(f"/programmes/{programme.slug}/ledger/partners/{programme.public_id}/").status_code == 404
    )


def test_the_page_of_the_ledger_shows_each_state_apart(client: Client) -> None:
    programme = a_programme()
    empty = client.get(f"/programmes/{programme.slug}/ledger/").content.decode()
    assert "Nothing is written in it yet" in empty
    for state, amount in (("pledged", 1), ("agreed", 20), ("received", 300), ("spent", 4000)):
        services.add_entry(programme.pk, Gift("Tea", "cash", Decimal(amount), state=state), by=ADMINISTRATOR)
    page = client.get(f"/programmes/{programme.slug}/ledger/").content.decode()
    for words in ("£1<", "£20<", "£300<", "£4,000<", "ledger.xlsx"):
        assert words in page
    assert client.get(f"/programmes/{programme.slug}/ledger.xlsx").content == the_whole(programme.pk)


def test_the_team_brings_a_table_in_by_two_pages(client: Client) -> None:
    programme = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    url = f"/programmes/{programme.slug}/manage/ledger/in/"
    wrong = client.post(url, {"file": SimpleUploadedFile("ledger.xlsx", a_table(ROW | {"kind": "gold"}))})
    assert wrong.status_code == 422
    assert "column kind: found gold" in wrong.content.decode()
    assert client.post(url, {"file": SimpleUploadedFile("ledger.csv", b"a")}).status_code == 422
    answer = client.post(url, {"file": SimpleUploadedFile("ledger.xlsx", a_table(ROW))})
    assert answer.status_code == 303
    assert "1 new, 0 move on, 0 stand" in client.get(answer.url).content.decode()
    assert "The table is in the ledger" in client.post(answer.url, follow=True).content.decode()
    assert LedgerEntry.objects.count() == 1


def test_the_team_writes_an_entry_at_a_rate_and_moves_a_part_of_it_on(client: Client) -> None:
    programme = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    new = f"/programmes/{programme.slug}/manage/ledger/new/"
    words = {"what": "Days", "kind": "in_kind", "state": "agreed", "currency": "GBP"}
    assert client.post(new, words).status_code == 422
    assert client.post(new, words | {"quantity": "60", "unit": "days", "rate": "500"}).status_code == 303
    entry = LedgerEntry.objects.get()
    move = f"/programmes/{programme.slug}/manage/ledger/{entry.public_id}/move/"
    assert "How many days of somebody" in client.get(move).content.decode()
    assert client.post(move, {"state": "pledged"}).status_code == 422
    assert client.post(move, {"state": "received", "part": "61"}).status_code == 422
    assert client.post(move, {"state": "received", "part": "10"}).status_code == 303
    amounts = LedgerEntry.objects.order_by("pk").values_list("state", "amount")
    assert list(amounts) == [("agreed", 25000), ("received", 5000)]


def test_a_workbook_of_many_rows_is_read() -> None:
    rows = [ROW | {"amount": number, "reference": f"r{number}"} for number in range(300)]
    assert len(brought_in(a_programme().pk, a_table(*rows)).new) == 300
