"""Five reviewers score sixty bids, one conflict is caught; 25 are chosen with two signatures; letters go out."""

import json
import os
import re
import subprocess
import sys
from decimal import Decimal

from tests.faults import faults_of
from tests.journeys.signing_in import sign_in
from tests.journeys.sixty_bids import (
    BIDS,
    HER_ORGANISATION,
    HERS,
    NEWCOMER,
    PLACES,
    SEATED,
    SECRET,
    pledges_of,
)

NARROW = 320


def run(installation, act: str):
    """An act of the services in the home of the installation."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KNOTWORK_", "DJANGO_"))}
    home = {"KNOTWORK_HOME": str(installation.home), "DJANGO_SETTINGS_MODULE": "knotwork.website.settings"}
    command = [sys.executable, "-m", "tests.journeys.sixty_bids", act]
    done = subprocess.run(command, env=kept | home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def words(page) -> str:
    return page.locator("main").inner_text()


def press(page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def as_somebody(visit, made, who: str, **more):
    """A browser in which this person is signed in."""
    cookie = made["cookies"][who] | {"domain": "127.0.0.1", "path": "/"}
    plain = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return visit(storage_state={"cookies": [cookie | plain], "origins": []}, **more)


def has_no_faults(visit, state, paths: list[str]) -> None:
    """axe finds nothing at 320 px in either colour scheme, and nothing runs over."""
    page = visit(storage_state=state, width=NARROW, bypass_csp=True)
    for path in paths:
        page.goto(path)
        assert faults_of(page) == [], path


def take_a_seat(visit, host, call: str):
    """The fifth reviewer is asked, comes in with a code, and declares nothing beyond what was found."""
    host.goto(f"{call}panel/")
    follow(host, "Add a reviewer")
    host.get_by_label("Name", exact=True).fill(NEWCOMER)
    host.get_by_label("Email address").fill("fay.firth@sixty.example")
    host.get_by_label("For which organisations does she work").fill(HER_ORGANISATION)
    press(host, "Ask her")
    assert "found: the same organisation" in words(host)
    assert f"Place {HERS:02}" in words(host)
    reviewer = sign_in(visit, "fay.firth@sixty.example")
    reviewer.goto(f"{call}reviews/")
    follow(reviewer, "Declare conflicts")
    assert f"Place {HERS:02}" in words(reviewer)
    press(reviewer, "Declare")
    return reviewer


def say_who_reads(host, call: str) -> None:
    """Five readers for each bid cannot be had, and the reason names the bid; three can."""
    host.goto(f"{call}panel/")
    follow(host, "Who reads which bid")
    host.get_by_label("How many read each bid?").fill("5")
    press(host, "Fill up")
    assert f"“Place {HERS:02}” needs 5 readers, and only 4" in words(host)
    host.get_by_label("How many read each bid?").fill("3")
    press(host, "Fill up")
    assert f"0 of {3 * BIDS} reviews are handed in" in words(host)


def read_one(visit, reviewer, call: str, place: str) -> None:
    """She sees nobody else's review before she has handed in hers, and theirs afterwards."""
    reviewer.goto(f"{call}reviews/")
    assert f"Place {HERS:02}" not in words(reviewer)
    reviewer.get_by_role("main").get_by_role("link", name=place, exact=True).click()
    assert SECRET not in words(reviewer)
    assert not any(name in words(reviewer) for name in SEATED)
    review = reviewer.url
    has_no_faults(visit, reviewer.context.storage_state(), [f"{call}reviews/", review])
    reviewer.get_by_role("radio", name="4 - well").first.check()
    press(reviewer, "Save")
    reviewer.goto(review)
    assert reviewer.get_by_role("radio", name="4 - well").first.is_checked()
    press(reviewer, "Save and hand in")
    press(reviewer, "Hand it in now")
    assert "“A knotty issue” has no reason yet" in words(reviewer)
    follow(reviewer, "Leave it as it is")
    for number, radios in enumerate(reviewer.get_by_role("radio", name="4 - well").all(), start=1):
        radios.check()
        reviewer.get_by_label(re.compile(rf"^{number}\. Why")).fill("It says who is missing.")
    press(reviewer, "Save and hand in")
    press(reviewer, "Hand it in now")
    reviewer.goto(f"{call}reviews/")
    reviewer.get_by_role("main").get_by_role("link", name=place, exact=True).click()
    assert SECRET in words(reviewer)


def lead_on(host, call: str, stage: str) -> None:
    host.goto(call)
    follow(host, "Lead on")
    assert stage in words(host)
    press(host, "Lead on")


def decide(visit, state, host, call: str) -> None:
    """A reason for each of the sixty, on as many pages as it takes; the first 25 are chosen."""
    host.goto(f"{call}decision/")
    follow(host, "Propose a decision")
    press(host, "Begin it")
    has_no_faults(visit, state, [f"{call}decision/lines/"])
    written = 0
    while True:
        for line in host.locator("main form section.panel").all():
            written += 1
            chosen = "chosen" if written <= PLACES else "not chosen this time"
            line.get_by_role("radio", name=chosen, exact=True).check()
            line.get_by_role("textbox").fill(f"Reason {written}.")
        host.get_by_label("How was it decided?").fill("The panel met once.")
        on = host.get_by_role("main").get_by_role("button", name="Keep it and go on", exact=True)
        if not on.count():
            break
        on.click()
    assert written == BIDS
    press(host, "Keep it")
    host.goto(f"{call}decision/")
    follow(host, "Put it before those who sign")
    press(host, "Put it before them")
    assert not host.get_by_role("main").get_by_role("link", name="Sign the decision").count()


def sign(page, call: str, name: str) -> None:
    page.goto(f"{call}decision/")
    follow(page, "Sign the decision")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("I have read the decision").check()
    press(page, "Sign it")


def send_letters(visit, state, host, call: str) -> None:
    """One letter is changed; all are sent, and there is nothing left to send."""
    host.goto(f"{call}letters/")
    host.get_by_role("main").get_by_role("link", name=re.compile(rf"Change it ?: Place {BIDS}")).click()
    host.get_by_label("Letter", exact=True).fill("Dear authors, not this time. Come back with the drivers.")
    press(host, "Save")
    host.goto(f"{call}letters/")
    has_no_faults(visit, state, [f"{call}letters/"])
    follow(host, "Send the letters")
    press(host, "Send them now")
    assert "They were sent, all together" in words(host)
    assert not host.get_by_role("main").get_by_role("link", name="Send the letters").count()


def write_and_answer(author, host, call: str, bid: str) -> None:
    """Authors read their letter and write a note; the team answers, and they read that too."""
    author.goto(f"{bid}letter/")
    assert "Come back with the drivers" in words(author)
    follow(author, "Write a note")
    author.get_by_label("Which fact").fill("The drivers were named on page two.")
    press(author, "Send the note")
    host.goto(f"{call}notes/")
    assert "The drivers were named" in words(host)
    host.get_by_role("main").get_by_role("link", name=re.compile("Answer it")).click()
    host.get_by_label("Your answer").fill("They were read. The decision stays.")
    press(host, "Send the answer")
    author.goto(f"{bid}letter/")
    assert "They were read. The decision stays." in words(author)


def places_stand_with_their_ledger(host) -> None:
    host.goto("/programmes/sixty-bids/")
    assert all(f"Place {number:02}" in words(host) for number in range(1, PLACES + 1))
    assert f"Place {PLACES + 1}" not in words(host)
    host.goto("/programmes/sixty-bids/ledger/")
    pledged = sum((sum(pledges_of(number)) for number in range(1, PLACES + 1)), Decimal(0))
    assert f"{pledged:,.2f}" in words(host)


def strangers_read_what_was_decided_and_no_more(visit, call: str) -> None:
    stranger = visit()
    stranger.goto(call)
    assert f"{PLACES} places were chosen" in words(stranger)
    assert all(name in words(stranger) for name in SEATED[:2])
    assert not re.search(rf"Place \d|Reason \d|{SECRET}|{SEATED[2]}|sixty\.invalid", words(stranger))
    for closed in ("bids/", "compare/", "panel/", "decision/", "letters/", "notes/"):
        stranger.goto(f"{call}{closed}")
        assert "/sign-in/" in stranger.url


def test_sixty_bids_are_judged_decided_and_told(visit, installation, administrator_state):
    made = run(installation, "fill")
    call, bids = made["call"], made["bids"]
    host = visit(storage_state=administrator_state)
    reviewer = take_a_seat(visit, host, call)
    say_who_reads(host, call)
    read_one(visit, reviewer, call, run(installation, "review")["hers"])
    host.goto(f"{call}panel/")
    assert f"{3 * BIDS} of {3 * BIDS} reviews are handed in" in words(host)
    lead_on(host, call, "reviewers compare")
    follow(host, "Compare the bids")
    assert re.search(r"\d+ bids are in whatever we do", words(host))
    lead_on(host, call, "being decided")
    decide(visit, administrator_state, host, call)
    has_no_faults(visit, administrator_state, [f"{call}{page}/" for page in ("panel", "compare", "decision")])
    for name in SEATED[:2]:
        sign(as_somebody(visit, made, name), call, name)
    author = as_somebody(visit, made, f"author-{BIDS}@sixty.invalid")
    author.goto(bids[-1])
    assert "not chosen" not in words(author)
    send_letters(visit, administrator_state, host, call)
    write_and_answer(author, host, call, bids[-1])
    places_stand_with_their_ledger(host)
    strangers_read_what_was_decided_and_no_more(visit, call)
