"""A team opens a call from a template; a place writes a bid and its board signs; the deadline passes, bids open."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.signing_in import sign_in

PROGRAMME = "/programmes/open-conversations/"
LONDON = ZoneInfo("Europe/London")
PHONE = {"width": 320, "height": 700}


def press(page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def publish(host) -> str:
    """Prepare a call from the first template and publish it; its address."""
    host.goto(f"{PROGRAMME}calls/new/?template=local-vision")
    host.get_by_label("What is the call named?").fill("Places that lead together")
    host.get_by_label("What does a bid answer?").fill("What is the issue? | 20 | In plain words.")
    press(host, "Prepare it")
    follow(host, "Publish it")
    press(host, "Publish it now")
    return host.url.split("?")[0]


def come_in(visit, call: str):
    """Somebody without an account begins a bid; her browser, signed in."""
    stranger = visit(**PHONE)
    stranger.goto(call)
    follow(stranger, "Begin a bid")
    stranger.get_by_label("Your email address").fill("author@ferryford.example")
    press(stranger, "Go on")
    assert "/sign-in/" in stranger.url
    return sign_in(visit, "author@ferryford.example")


def write(author, call: str) -> str:
    """A bid with three partners; its address."""
    author.goto(call)
    follow(author, "Begin a bid")
    author.get_by_label("What is the place called?").fill("Ferryford")
    author.get_by_label("What is the knotty issue").fill("Children stop cycling at eleven.")
    author.get_by_label("Which organisation sponsors it?").fill("Ferryford Council")
    press(author, "Begin")
    bid = author.url.split("?")[0]
    author.get_by_role("main").get_by_role("link", name=re.compile("Write ?: What is the issue")).click()
    author.get_by_role("textbox", name="What is the issue?").fill(
        "The road, the bags and the looks hold it in place."
    )
    author.get_by_text("Saved.", exact=True).wait_for()
    follow(author, "Back to the bid")
    assert "hold it in place" in author.locator("main").inner_text()
    for organisation in ("Ferryford School", "The Wheel Works", "St Ann's Hall"):
        follow(author, "Add a partner")
        author.get_by_label("Which organisation?").fill(organisation)
        author.get_by_label("What is it worth in money?").fill("250.50")
        press(author, "Add it")
    return bid


def sign(visit, author, bid: str) -> None:
    """The board gets a letter, reads and signs."""
    follow(author, "Ask the board to sign")
    author.get_by_label("Which board?").fill("Health and Wellbeing Board")
    author.get_by_label("Email address of a member of the board").fill("board@ferryford.example")
    press(author, "Ask")
    board = sign_in(visit, "board@ferryford.example")
    board.goto(bid)
    follow(board, "Sign for the board")
    board.get_by_label("Your name").fill("Dr A. Member")
    board.get_by_label("I have read the bid").check()
    press(board, "Sign")
    assert "Signed by Dr A. Member" in board.locator("main").inner_text()


def test_from_a_template_to_opened_bids(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    call = publish(host)
    author = come_in(visit, call)
    bid = write(author, call)
    sign(visit, author, bid)
    author.goto(bid)
    follow(author, "Hand it in")
    press(author, "Hand it in now")
    assert re.search(r"\b[0-9A-Z]{8}\b", author.locator("main").inner_text())

    assert host.request.get(bid).status == 404
    assert host.request.get(f"{call}bids/").status == 403
    now = datetime.now(UTC)
    wait = timedelta(minutes=1 if now.second < 40 else 2)
    soon = (now + wait).astimezone(LONDON).replace(second=0, microsecond=0)
    host.goto(f"{call}deadline/")
    host.get_by_label("New deadline: day").fill(soon.strftime("%Y-%m-%d"))
    host.get_by_label("New deadline: time").fill(soon.strftime("%H:%M"))
    host.get_by_label("Why is it moved?").fill("Everybody is ready.")
    press(host, "Move it")
    until_then = (soon - datetime.now(UTC)).total_seconds()
    host.wait_for_timeout(max(until_then, 0) * 1000 + 500)
    host.goto(call)
    assert "sealed" in host.locator("main").inner_text()
    follow(host, "Open the bids")
    press(host, "Open them now")
    follow(host, "Read the bids")
    assert "Ferryford" in host.locator("main").inner_text()
    assert "3 partners" in host.locator("main").inner_text()


def test_the_pages_of_a_call_fit_a_narrow_phone_without_scripts(visit):
    page = visit(java_script_enabled=False, **PHONE)
    for path in (
        "/calls/",
        "/programmes/northvale/calls/first-call/",
        "/programmes/northvale/calls/first-call/knotty/",
    ):
        page.goto(path)
        assert page.get_by_role("heading", level=1).is_visible()
