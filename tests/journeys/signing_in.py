"""Coming in with an emailed code, as everybody with an account does."""

import re
import time


def invite_to_place(visit, administrator_state, place_path, email):
    """The host invites somebody to a place as a member."""
    host = visit(storage_state=administrator_state)
    host.goto(f"{place_path}manage/invite/")
    host.locator("input[type=email]").first.fill(email)
    host.get_by_role("main").get_by_role("button").first.click()
    assert "role is given" in host.locator("main").inner_text()


def sign_in(visit, email):
    """Ask for a code, read the letter, type it; the page of a fresh browser that is signed in."""
    page = visit()
    page.goto("/sign-in/")
    page.get_by_label("Your email address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    letters = visit()
    until, code = time.monotonic() + 20, None
    while code is None and time.monotonic() < until:
        letters.goto("/local-mail/")
        mine = letters.locator("article", has_text=email).filter(has_text="code")
        code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", " ".join(mine.all_inner_texts()))
    assert code, "no letter with a code came"
    page.get_by_label("The code").fill(code.group())
    page.get_by_role("button", name="Sign in").click()
    return page
