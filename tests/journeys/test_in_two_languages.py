"""A resident on a small phone without JavaScript meets what others said; another takes part in Welsh and comes back."""

import re

import pytest

TRY_IT = "/programmes/open-conversations/listen/try-it-yourself-how-should-we-look-after-nature/"
PHONE = {"width": 390, "height": 844, "java_script_enabled": False}


@pytest.fixture
def resident(visit):
    return visit(**PHONE)


def words_of(page):
    return page.locator("main").inner_text()


def test_she_meets_what_others_said_and_agrees_with_it_instead(resident):
    resident.goto(TRY_IT)
    said = resident.locator(".statement").inner_text()
    resident.get_by_role("button", name="Pass", exact=True).click()
    assert "You have answered 1" in words_of(resident)
    assert said not in words_of(resident)

    another = resident.locator(".statement").inner_text()
    resident.get_by_role("link", name="Say something yourself").click()
    resident.get_by_label("What do you think?").fill(f"I say: {another}"[:200])
    resident.get_by_role("button", name="Send it", exact=True).click()
    assert "Did somebody say this already?" in words_of(resident)
    assert another in words_of(resident)
    assert resident.get_by_role("button", name="Mine is different: send it").is_visible()

    card = resident.locator("article.card").filter(has_text=another).first
    card.get_by_role("button", name="Agree", exact=True).click()
    assert "You have answered 2" in words_of(resident)
    resident.get_by_role("link", name="Stop for today").click()
    assert "That is enough, thank you" in words_of(resident)
    resident.get_by_role("link", name="What became of what you said").click()
    assert "You have not said anything of your own." in words_of(resident)


def test_in_welsh_from_the_link_to_the_fate_read_with_a_code(resident, visit):
    resident.goto(TRY_IT)
    resident.get_by_role("button", name="Cymraeg").click()
    assert resident.locator("html").get_attribute("lang") == "cy"
    assert "Dywedodd rhywun hyn. Ydych chi’n cytuno?" in words_of(resident)
    resident.get_by_role("button", name="Cytuno", exact=True).click()
    assert "Rydych chi wedi ateb 1." in words_of(resident)

    resident.get_by_role("link", name="Dweud rhywbeth eich hun").click()
    resident.get_by_label("Beth yw eich barn chi?").fill("Mae angen gwrychoedd gwyllt ger llwybr yr ysgol.")
    assert resident.get_by_label("Cymraeg").is_checked()
    resident.get_by_role("button", name="Ei anfon", exact=True).click()
    assert "Bydd cymedrolwr yn edrych arno." in words_of(resident)

    resident.get_by_role("link", name="Cael cod").click()
    resident.get_by_role("button", name="Gwneud cod").click()
    code = resident.locator("code").inner_text()

    elsewhere = visit(**PHONE)
    elsewhere.goto("/come-back/")
    elsewhere.get_by_role("button", name="Cymraeg").click()
    elsewhere.get_by_label("Eich cod").fill(code)
    elsewhere.get_by_role("button", name="Dod yn ôl").click()
    assert "Croeso’n ôl" in words_of(elsewhere)
    fate = elsewhere.get_by_role("listitem").filter(has_text="gwrychoedd gwyllt").first
    assert re.search("Yn aros", fate.inner_text())
    assert fate.locator("p[lang=cy]").first.is_visible()


def test_an_address_for_the_results_is_left_and_taken_out(resident):
    resident.goto(TRY_IT)
    resident.get_by_role("button", name="Agree", exact=True).click()
    resident.get_by_role("link", name="Stop for today").click()
    resident.get_by_role("link", name="Leave an email address").click()
    for button, words in (
        ("Write to me once", "We write to you once"),
        ("Take my address out", "it is deleted now"),
    ):
        resident.get_by_label("Your email address").fill("resident@example.org")
        resident.get_by_role("button", name=button).click()
        assert words in words_of(resident)
