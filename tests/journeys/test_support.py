"""A place chooses who helps it, says that it is stuck, comes to a day of learning; and the ledger goes out and in."""

import re

import pytest
from icalendar import Calendar

from tests.journeys.signing_in import sign_in

SUPPORT = "/programmes/northvale/support/"
OF_EASTMERE = "/programmes/northvale/places/eastmere/support/"
NOTE = "The two leads ask each other first now. This is between us."
LEAD, ENABLER, ELSEWHERE = (f"{name}-of-support@example.org" for name in ("lead", "enabler", "elsewhere"))


def words_of(page):
    return page.locator("main").inner_text()


def send(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def invite(host, email, role, place=""):
    host.goto("/programmes/northvale/manage/people/new/")
    host.get_by_label("Email address").fill(email)
    host.get_by_label("Role").select_option(label=role)
    if place:
        host.get_by_label("For which place?").select_option(label=place)
    host.get_by_label("From which organisation?").fill(f"Organisation of {email}")
    send(host)
    assert "invite" in host.url or "done=invited" in host.url, words_of(host)


@pytest.fixture(scope="module")
def invited():
    """Whether the three of this journey were invited already."""
    return set()


@pytest.fixture
def three(visit, administrator_state, invited):
    """Browsers of a lead of Eastmere, of an enabler, and of somebody of Southfold."""
    if not invited:
        host = visit(storage_state=administrator_state)
        host.goto("/programmes/northvale/manage/")
        host.get_by_role("button", name=re.compile("End this role eastmerecollege@")).click()
        invite(host, LEAD, "lead of a place", "Eastmere")
        invite(host, ENABLER, "facilitator")
        invite(host, ELSEWHERE, "member of a place", "Southfold")
        invited.update((LEAD, ENABLER, ELSEWHERE))
    return tuple(sign_in(visit, email) for email in (LEAD, ENABLER, ELSEWHERE))


def test_a_place_chooses_its_enabler_and_her_note_stays_between_them(three, visit):
    lead, enabler, elsewhere = three
    enabler.goto(f"{SUPPORT}enablers/mine/")
    enabler.get_by_label("How do you want to be named?").fill("Kit")
    enabler.get_by_label("What are you good at?").fill("I listen, and I know caretakers.")
    enabler.get_by_label("How many days do you have?").fill("8")
    send(enabler)
    lead.goto(f"{SUPPORT}enablers/")
    lead.get_by_role("link", name="Ask Kit to help Eastmere").click()
    lead.get_by_label("What do you hope they can help with?").fill("Whom do we not hear on Sundays?")
    send(lead)
    assert "They were asked" in words_of(lead)
    elsewhere.goto(OF_EASTMERE)
    assert "Kit" not in words_of(elsewhere)

    enabler.goto(f"{SUPPORT}enablers/")
    enabler.get_by_role("button", name="Yes, I help").click()
    enabler.get_by_role("link", name=re.compile("Write down a visit")).click()
    enabler.get_by_label("On which day?").fill("2026-06-07")
    enabler.get_by_label("How many days did it take?").fill("1.5")
    enabler.get_by_label("Your note of it").fill(NOTE)
    send(enabler)
    stranger = visit(width=390, java_script_enabled=False)
    for page, reads in ((lead, True), (enabler, True), (elsewhere, False), (stranger, False)):
        page.goto(OF_EASTMERE)
        assert (NOTE in words_of(page)) is reads
    assert "Days used: 1.5" in words_of(elsewhere)


def test_a_place_says_that_it_is_stuck_is_answered_and_closes_it(three):
    lead, _enabler, elsewhere = three
    lead.goto(OF_EASTMERE)
    lead.get_by_role("link", name="Say that you are stuck").click()
    lead.get_by_label("What are you stuck with?").fill("Nobody opens the hall on Sundays.")
    send(lead)
    elsewhere.goto(SUPPORT)
    elsewhere.get_by_role("link", name="Eastmere asks for help").click()
    elsewhere.get_by_label("What may help?").fill("Ask who has the key, not who is in charge.")
    send(elsewhere)
    assert not elsewhere.get_by_role("link", name="We are not stuck any more").count()
    lead.goto(elsewhere.url.split("?")[0])
    assert "who has the key" in words_of(lead)
    lead.get_by_role("link", name="We are not stuck any more").click()
    lead.get_by_label("What helped?").fill("The caretaker's sister.")
    send(lead)
    assert "Not stuck any more" in words_of(lead)


def test_people_sign_up_for_a_learning_event_and_take_it_into_a_calendar(three, visit, administrator_state):
    lead = three[0]
    host = visit(storage_state=administrator_state)
    host.goto(f"{SUPPORT}events/new/")
    host.get_by_label("What is it called?").fill("Keys and halls")
    host.get_by_label("On which day?").fill("2099-03-29")
    host.get_by_label("From when?").fill("14:00")
    host.get_by_label("Until when?").fill("15:30")
    host.get_by_label("How many can come?").fill("1")
    send(host)
    lead.goto(SUPPORT)
    lead.get_by_role("link", name="Keys and halls").click()
    lead.get_by_role("button", name="Sign up").click()
    assert "You come." in words_of(lead)
    with lead.expect_download() as taken:
        lead.get_by_role("link", name="For your calendar (ICS)").click()
    (event,) = Calendar.from_ical(taken.value.path().read_bytes()).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart").hour) == ("Keys and halls", 13)


def test_the_ledger_goes_out_as_a_workbook_and_comes_in_again(visit, administrator_state, tmp_path):
    from openpyxl import load_workbook

    host = visit(storage_state=administrator_state)
    host.goto("/programmes/northvale/ledger/")
    before = words_of(host)
    with host.expect_download() as taken:
        host.get_by_role("link", name="The ledger as a workbook (XLSX)").click()
    path = tmp_path / "ledger.xlsx"
    taken.value.save_as(path)
    book = load_workbook(path)
    sheet = book["Ledger"]
    columns = [cell.value for cell in sheet[1]]
    new = {
        "what": "A hall on Sundays",
        "kind": "in kind",
        "state": "pledged",
        "quantity": 12,
        "unit": "rooms",
        "rate": 45,
    }
    sheet.append([new.get(name) for name in columns])
    book.save(path)
    for known in (0, 1):
        host.goto("/programmes/northvale/manage/ledger/in/")
        host.get_by_label("The file").set_input_files(path)
        send(host)
        assert f"{1 - known} new, 0 move on" in words_of(host)
        send(host)
        assert "The table is in the ledger" in words_of(host)
    host.goto("/programmes/northvale/ledger/")
    assert words_of(host) != before
    assert "£540" in words_of(host)
