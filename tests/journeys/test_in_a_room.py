"""In a room: a paper clerk at her keyboard, a screen that looks again, and an urgent question from template to done."""

import re
import time

import pytest

from tests.faults import faults_of

TRY_IT = "/programmes/open-conversations/listen/try-it-yourself-how-should-we-look-after-nature/"
STATEMENTS = 6


@pytest.fixture
def host(visit, administrator_state):
    """The host's browser; ``host(java_script_enabled=False)`` for one without scripts."""
    return lambda **words: visit(storage_state=administrator_state, **words)


def words_of(page):
    return " ".join(page.locator("main").inner_text().split())


def enter(page):
    """Send the form, and wait for the page that answers."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def make_pack(page, sheets=4):
    """A pack on the practice conversation; its letter."""
    page.goto(f"{TRY_IT}paper/")
    page.get_by_label("How many sheets").fill(str(sheets))
    page.get_by_label("Statements on a sheet").fill(str(STATEMENTS))
    page.get_by_role("button", name="Make the sheets").click()
    return re.search(r"Pack ([A-Z]+)", page.get_by_role("heading", name="Pack ", level=3).first.inner_text())[
        1
    ]


class Keyboard:
    """Types and counts."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def type(self, keys):
        self.strokes += len(keys)
        self.page.keyboard.type(keys)

    def press(self, key):
        self.strokes += 1
        self.page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_clerk_types_sheets_by_keyboard_alone_with_less_than_two_strokes_for_an_answer(host, scripts):
    page = host(java_script_enabled=scripts)
    letter = make_pack(page)
    page.goto(f"{TRY_IT}paper/type-in/?pile={letter}")
    keys = Keyboard(page)
    for number, answers in enumerate(("adpadp", "aadd-p", "123123"), start=1):
        if not scripts:
            page.get_by_label("Answers").focus()
        keys.type(answers)
        if scripts:
            assert "Complete: press Enter." in words_of(page)
        keys.press("Enter")
        page.get_by_role("heading", name=f"Read from sheet {letter}-{number:03d}").wait_for()
    assert keys.strokes == 3 * (STATEMENTS + 1)
    assert keys.strokes / (3 * STATEMENTS) < 2
    assert "2 agree, 2 disagree, 2 pass; nothing ticked at 0." in words_of(page)
    page.get_by_role("button", name="That was the last one").click()
    assert "Read from sheet" not in words_of(page)


def test_a_clerk_takes_the_last_sheet_back_puts_it_right_and_is_refused_a_double(host):
    page = host()
    letter = make_pack(page)
    page.goto(f"{TRY_IT}paper/type-in/?pile={letter}")
    page.keyboard.type("aaaaaa")
    enter(page)
    page.get_by_role("button", name="Take it back").click()
    assert f"Sheet {letter}-001 is taken back" in words_of(page)
    assert page.get_by_label("Answers").input_value() == "aaaaaa"
    for _ in range(2):
        page.keyboard.press("Backspace")
    page.keyboard.type("dd")
    enter(page)
    assert "4 agree, 2 disagree, 0 pass" in words_of(page)
    page.get_by_label("Sheet", exact=True).fill(f"{letter}-1")
    page.get_by_label("Answers").fill("pppppp")
    enter(page)
    assert "was typed in already" in words_of(page)
    assert page.get_by_label("Answers").input_value() == "pppppp"
    page.goto(f"{TRY_IT}paper/type-in/")
    page.get_by_role("button", name="That was the last one").click()


def test_a_short_pack_is_printed_on_paper_with_each_sheet_on_its_own(host):
    page = host()
    letter = make_pack(page, sheets=2)
    page.get_by_role("link", name=f"Print pack {letter}", exact=True).click()
    page.emulate_media(media="print")
    assert not page.get_by_role("heading", name=f"Pack {letter}").is_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.sheet *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16 * 96 / 72 - 0.1
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet')).breakAfter") == "page"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_a_screen_needs_no_scrolling(host, width, height):
    page = host(width=width, height=height)
    page.goto(f"{TRY_IT}screen/")
    page.get_by_role("button", name="show results").click()
    for name in ("question", "results"):
        page.goto(f"{TRY_IT}screen/{name}/?still=1")
        fits = page.evaluate(
            "[document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth,"
            " [...document.querySelectorAll('.screen, .screen__columns')]"
            ".every(part => part.scrollHeight <= part.clientHeight + 1)]"
        )
        assert fits == [True, True, True], name


def test_a_screen_that_nobody_touches_shows_a_new_result_after_people_answered(host, visit):
    """The screen looks again every 20 seconds; the result is worked out in between."""
    screen = host(width=1280, height=720)
    screen.goto(f"{TRY_IT}screen/question/")
    before = words_of(screen)
    people = [visit(java_script_enabled=False) for _ in range(6)]
    for page in people:
        page.goto(TRY_IT)
        for _ in range(2):
            page.get_by_role("button", name="Agree", exact=True).click()
    until = time.monotonic() + 45
    while words_of(screen) == before and time.monotonic() < until:
        screen.wait_for_timeout(1_000)
    assert "people have taken part" in words_of(screen)
    assert words_of(screen) != before


def test_axe_finds_nothing_on_what_a_room_uses(host):
    page = host(bypass_csp=True)
    letter = make_pack(page, sheets=1)
    page.get_by_role("link", name=f"Print pack {letter}", exact=True).click()
    pack = page.url
    found = {}
    for path in (
        pack,
        *(f"{TRY_IT}{end}" for end in ("paper/", "paper/type-in/", "screen/", "screen/question/")),
    ):
        page.goto(path)
        if faults := faults_of(page):
            found[path] = faults
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            found[path, "320"] = width
        page.set_viewport_size({"width": 1280, "height": 900})
    assert found == {}


def test_an_urgent_question_goes_from_its_template_to_done_in_the_feed(host, visit):
    page = host()
    page.goto("/programmes/open-conversations/listen/urgent/new/")
    page.get_by_label("Name of the template").fill("A path is closed")
    page.get_by_label("The question").fill("{what} is closed near {where}. What do you need today?")
    page.get_by_label("Statements").fill("I need another way round.\nI can wait a day.")
    page.get_by_label("Who agreed the words").fill("The walkers")
    page.get_by_role("button", name="Keep the template").click()

    began = time.monotonic()
    page.get_by_role("link", name="Ask it now A path is closed").first.click()
    page.get_by_label("What", exact=True).fill("The river path")
    page.get_by_label("Where", exact=True).fill("the mill")
    page.get_by_role("button", name="Ask it now").click()
    link = page.locator(".link-to-share__words a").get_attribute("href")
    assert time.monotonic() - began < 120
    looked_after = page.url

    resident = visit(java_script_enabled=False)
    resident.goto(link)
    assert "The river path is closed near the mill" in words_of(resident)
    for _ in range(2):
        resident.get_by_role("button", name="Disagree", exact=True).click()
    resident.get_by_role("link", name="I can offer something").click()
    resident.get_by_label("I can offer").fill("I have a key to the gate.")
    resident.get_by_role("button", name="Send my offer").click()
    assert "Your offer is with those who run this question" in words_of(resident)

    page.goto(looked_after)
    assert "I have a key to the gate." in words_of(page)
    page.get_by_role("textbox", name="Who will act").fill("The rangers open the upper gate.")
    page.get_by_role("button", name="Tell everybody").click()
    page.get_by_role("textbox", name="What was done").fill("The upper gate is open until Sunday.")
    page.get_by_role("button", name="It is done").click()
    assert "1 person offered something. What it was" in words_of(page)
    feed = resident.request.get("/feeds/conversations.atom").text()
    assert "Done: The river path is closed near the mill" in feed
    assert "The upper gate is open until Sunday." in feed
    assert "I have a key" not in feed
