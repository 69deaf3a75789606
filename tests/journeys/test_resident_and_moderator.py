"""A resident answers on her phone, without JavaScript and without an account; a moderator looks at what she said."""

import re
import time

import pytest

from tests.journeys.signing_in import sign_in

TRY_IT = "/programmes/open-conversations/listen/try-it-yourself-how-should-we-look-after-nature/"
PHONE = {"width": 390, "height": 844, "java_script_enabled": False}
IDEA = "Let hedges grow wild beside the school path."


@pytest.fixture
def resident(visit):
    return visit(**PHONE)


def answer(page, times, name="Agree"):
    for _ in range(times):
        page.get_by_role("button", name=name, exact=True).click()


def test_she_gives_her_first_answer_on_the_first_page_that_she_opens(resident):
    resident.goto(TRY_IT)
    assert resident.get_by_role("button", name="Agree", exact=True).is_visible()
    answer(resident, 1, "Pass")
    assert "answered 1" in resident.locator("main").inner_text()


def test_with_scripts_the_next_statement_takes_the_place_of_the_one_she_answered(visit):
    page = visit(width=390)
    page.goto(TRY_IT)
    navigations = []
    page.on("framenavigated", lambda frame: navigations.append(frame.url))
    seen = {page.locator(".statement").inner_text()}
    for count in range(1, 4):
        answer(page, 1)
        assert f"answered {count}" in page.locator("main").inner_text()
        assert page.title().startswith(f"{count} answered")
        assert page.evaluate("document.activeElement.id") == "main"
        seen.add(page.locator(".statement").inner_text())
    assert len(seen) == 4
    assert navigations == []
    page.reload()
    assert "answered 3" in page.locator("main").inner_text()
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no way to the server')) }")
    answer(page, 1)
    page.get_by_text("answered 4").wait_for()
    assert navigations  # the browser sent the form itself


def test_the_three_answers_have_equal_weight(resident):
    resident.goto(TRY_IT)
    boxes = [resident.get_by_role("button", name=name, exact=True) for name in ("Agree", "Disagree", "Pass")]
    sizes = {(box.bounding_box()["width"], box.bounding_box()["height"]) for box in boxes}
    assert len(sizes) == 1
    assert {box.get_attribute("class") for box in boxes} == {boxes[0].get_attribute("class")}


def test_she_sees_no_results_before_she_has_answered(resident):
    answered = resident.goto(f"{TRY_IT}results/")
    assert answered.status == 403
    assert "answer" in resident.locator("main").inner_text()


def results_words(page):
    page.goto(f"{TRY_IT}results/")
    return page.locator("main").inner_text()


def test_she_answers_ten_adds_one_takes_a_code_and_comes_back_to_see_results_and_her_statement_shown(
    visit, chromium, installation, administrator_state
):
    resident = visit(**PHONE)
    resident.goto(TRY_IT)
    for name in ["Agree", "Disagree", "Pass", "Agree", "Agree"] * 2:
        answer(resident, 1, name)
    resident.get_by_role("link", name="Say something yourself").click()
    resident.locator("textarea, input[type=text]").first.fill(IDEA)
    resident.get_by_role("button", name="Send it").click()
    assert "Waiting" in resident.locator("main").inner_text()
    resident.get_by_role("link", name="Get a code").click()
    resident.get_by_role("button", name="Make a code").click()
    code = resident.locator("code").inner_text()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z ]{11,14}", code), code

    elsewhere = visit(**PHONE)
    elsewhere.goto("/come-back/")
    elsewhere.get_by_label("code", exact=False).first.fill(code.lower())
    elsewhere.get_by_role("button", name="Come back").click()
    assert "You have answered 10 statements" in elsewhere.locator("main").inner_text()

    until = time.monotonic() + 30
    while "took part" not in results_words(elsewhere) and time.monotonic() < until:
        elsewhere.wait_for_timeout(500)
    assert "took part" in results_words(elsewhere)

    moderate(visit, installation, administrator_state)
    elsewhere.goto(f"{TRY_IT}yours/")
    assert "Others can answer it" in elsewhere.locator("main").inner_text()


def moderate(visit, installation, administrator_state):
    """The host invites a moderator; she signs in with the code from her letter and accepts the statement."""
    host = visit(storage_state=administrator_state)
    host.goto("/programmes/open-conversations/manage/people/new/")
    host.get_by_label("email", exact=False).first.fill("moderator@example.org")
    host.get_by_label("role", exact=False).first.select_option("moderator")
    host.get_by_role("main").get_by_role("button").first.click()

    moderator = sign_in(visit, "moderator@example.org")
    moderator.goto(f"{TRY_IT}moderate/")
    while IDEA not in moderator.locator("main").inner_text():  # others wait too
        moderator.get_by_role("link", name="Leave it for later").click()
    moderator.get_by_role("button", name=re.compile("Show|Accept")).first.click()
    assert IDEA not in moderator.locator("main").inner_text()
    moderator.goto(f"{TRY_IT}moderation/")
    assert "moderator@" not in moderator.locator("main").inner_text()


def test_a_code_that_is_not_known_is_said_kindly_and_what_was_typed_is_kept(resident):
    resident.goto("/come-back/")
    resident.get_by_label("code", exact=False).first.fill("0000-0000-000")
    resident.get_by_role("button", name="Come back").click()
    assert resident.get_by_role("alert").is_visible()
    assert resident.locator("input[type=text]").first.input_value() == "0000-0000-000"
