"""A facilitator prepares a conversation and opens it, a moderator decides by keyboard, an invited person takes part."""

import re

from tests.journeys.signing_in import sign_in

PROGRAMME = "/programmes/open-conversations/"
SEEDS = "Buses matter most.\nNeighbours matter more than apps.\nBenches help people to get out."
PHONE = {"width": 390, "height": 844, "java_script_enabled": False}


def prepare(page, question: str, *, by_invitation: bool = False) -> str:
    """Prepare and open a conversation on the set-up page; its address."""
    page.goto(f"{PROGRAMME}listen/new/")
    page.get_by_label("The question").fill(question)
    page.get_by_label("Statements to begin with").fill(SEEDS)
    if by_invitation:
        page.get_by_label("By invitation").check()
    page.get_by_role("button", name="Prepare it").click()
    page.get_by_role("button", name="Open it").click()
    return page.url.removesuffix("about/")


def invite(host, role: str, email: str) -> None:
    host.goto(f"{PROGRAMME}manage/people/new/")
    host.get_by_label("email", exact=False).first.fill(email)
    host.get_by_label("role", exact=False).first.select_option(role)
    host.get_by_role("main").get_by_role("button").first.click()


def say(visit, where: str, words: str) -> None:
    resident = visit(**PHONE)
    resident.goto(f"{where}add/")
    resident.locator("textarea").first.fill(words)
    resident.get_by_role("button", name="Send it").click()
    if (mine := resident.get_by_role("button", name="Mine is different: send it")).is_visible():
        mine.click()  # somebody said nearly the same, which is shown first
    assert "Waiting" in resident.locator("main").inner_text()


def press_when_ready(page, key: str) -> None:
    """Keys work once the statement has the focus."""
    page.locator("[data-keys]:focus").wait_for()
    page.keyboard.press(key)


def test_a_moderator_decides_four_by_keyboard(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    where = prepare(host, "What would make evenings here better?")
    invite(host, "moderator", "keys@example.org")
    invite(host, "moderator", "second@example.org")
    for words in (
        "A warm room each evening would help.",
        "Mr Smith of number 12 is to blame.",
        "The bus is what matters most.",
        "Could there be a lamp in the park?",
    ):
        say(visit, where, words)
    moderator = sign_in(visit, "keys@example.org")
    moderator.goto(f"{where}moderate/")
    assert "4 statements to look at" in moderator.locator("main").inner_text()
    press_when_ready(moderator, "s")
    moderator.get_by_text("3 statements to look at").wait_for()
    press_when_ready(moderator, "1")
    moderator.keyboard.press("x")
    moderator.get_by_text("2 statements to look at").wait_for()
    press_when_ready(moderator, "m")
    moderator.keyboard.press("ArrowDown")
    moderator.keyboard.press("Tab")
    moderator.keyboard.press("Enter")
    moderator.get_by_text("1 statement to look at").wait_for()
    press_when_ready(moderator, "o")
    moderator.get_by_text("waits for the second opinion that you asked for").wait_for()

    host.goto(f"{where}moderate/")
    assert "Another moderator asks for your opinion." in host.locator("main").inner_text()
    host.get_by_role("button", name="Show it").click()
    host.goto(f"{where}moderation/")
    log = host.locator("main").inner_text()
    assert "merged a statement" in log
    assert "second opinion" in log
    assert "Smith" not in log


def test_without_scripts_the_same_page_works_by_its_buttons(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    where = prepare(host, "What would make mornings here better?")
    say(visit, where, "A bench at the stop would help.")
    plain = visit(storage_state=administrator_state, java_script_enabled=False)
    plain.goto(f"{where}moderate/")
    assert not plain.get_by_text("Keys, while the statement has the focus").is_visible()
    plain.get_by_role("button", name="Show it").click()
    assert "nothing to look at" in plain.locator("main").inner_text()


def test_an_invited_person_takes_part_with_the_code_of_her_letter(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    where = prepare(host, "What makes a home feel safe?", by_invitation=True)
    host.goto(f"{where}invitations/")
    host.get_by_label("How many codes").fill("2")
    host.get_by_role("button", name="Make the codes").click()
    code = re.search(r"\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{3}\b", host.locator("main").inner_text()).group()

    guest = visit(**PHONE)
    guest.goto(where)
    guest.get_by_role("link", name="I have an invitation").click()
    guest.get_by_label("The code of your invitation").fill(code.lower())
    guest.get_by_role("button", name="Go on").click()
    assert "What makes a home feel safe?" in guest.locator("main").inner_text()
    guest.get_by_role("button", name="Take part").click()
    guest.get_by_role("button", name="Agree", exact=True).click()
    assert "answered 1" in guest.locator("main").inner_text()

    other = visit(**PHONE)
    other.goto("/invited/")
    other.get_by_label("The code of your invitation").fill(code)
    other.get_by_role("button", name="Go on").click()
    assert "has been used" in other.locator("main").inner_text()
