"""The made-up loop in five minutes, and people of a place who write, take up and follow."""

import json
import re
from xml.etree import ElementTree

import pytest

from tests.journeys.signing_in import invite_to_place, sign_in

NORTHVALE = "/programmes/northvale/places/northvale/"
EASTMERE = "/programmes/northvale/places/eastmere/"
WRITING = "/programmes/northvale/learn/places/eastmere/new/"
SECRET = "Our first Sunday was a failure, and we want only our peers to know."


def words_of(page):
    return page.locator("main").inner_text()


def send(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_loop_is_walked_page_by_page_from_home_and_every_page_says_that_it_is_made_up(visit, width):
    page = visit(width=width, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="See the loop in five minutes").click()
    page.get_by_role("link", name="Begin the walk").click()
    seen = []
    while True:
        strip = page.get_by_role("complementary").filter(has_text="A walk through the loop")
        seen.append(strip.locator(".walk__title").inner_text())
        assert page.locator("h1").is_visible()
        if "/come-back/" not in page.url and "/learn/spread/" not in page.url:
            assert page.get_by_text("Northvale is not a real place").is_visible()
        onward = strip.get_by_role("link", name=re.compile("^Next:"))
        if not onward.count():
            break
        onward.click()
    assert len(seen) == len(set(seen)) == 14
    assert "What we do not know" in seen[-1]


def test_the_rider_comes_back_and_reads_that_her_statement_became_the_4_40_and_follows_it_back(visit):
    page = visit(width=390, java_script_enabled=False)
    page.goto("/come-back/?walk=13")
    page.get_by_label("code", exact=False).first.fill("440B VSH0 MEJ")
    page.get_by_role("button", name="Come back").click()
    assert re.search(r"became\W+The 4\.40 home", words_of(page))
    assert page.locator(".walk__title").is_visible()
    page.get_by_role("link", name="Follow its thread").first.click()
    page.locator("ol.thread").get_by_role("link", name="The 4.40 home").first.click()
    assert page.locator("h1").inner_text() == "The 4.40 home"
    page.get_by_role("main").get_by_role(
        "link", name="The last bus leaves before lunch club ends."
    ).first.click()
    page.wait_for_url("**/listen/**")
    assert "What would make later life less lonely here?" in words_of(page)


@pytest.fixture(scope="module")
def member_email():
    return "member-of-eastmere@example.org"


def test_a_member_writes_a_note_a_story_for_peers_and_a_leadership_note_and_a_stranger_sees_what_is_public(
    visit, administrator_state, member_email
):
    invite_to_place(visit, administrator_state, EASTMERE, member_email)
    member = sign_in(visit, member_email)

    member.goto(f"{WRITING}note/")
    member.locator("#id_text").fill("Seventeen people came on the fourth Sunday.")
    member.get_by_label("Everybody").check()
    send(member)
    assert "Seventeen people" in words_of(member)

    member.goto(f"{WRITING}story/")
    member.locator("#id_happened").fill(SECRET)
    member.locator("#id_did_not_work").fill("Nobody had asked the drivers.")
    member.get_by_label("People of the programme", exact=False).check()
    send(member)
    assert SECRET in words_of(member)
    story = member.url

    member.goto(f"{WRITING}leadership-note/")
    assert "Who may read this?" in words_of(member)
    member.locator("#id_did").fill("I let the students plan the Sunday.")
    member.get_by_label("Everybody").check()
    send(member)
    assert "students plan" in words_of(member)

    stranger = visit()
    stranger.goto("/programmes/northvale/learn/places/eastmere/")
    assert "Seventeen people" in words_of(stranger)
    assert "I let the students plan the Sunday." in words_of(stranger)
    assert SECRET not in words_of(stranger)
    assert stranger.goto(story).status == 404


def test_another_place_takes_up_a_lesson_and_the_origin_sees_it(visit, administrator_state, member_email):
    email = "taker-up@example.org"
    invite_to_place(visit, administrator_state, EASTMERE, email)
    member = sign_in(visit, email)
    member.goto("/learn/")
    member.get_by_role("main").get_by_role("link", name="Ask the scheduler").first.click()
    lesson = member.url
    member.get_by_role("link", name=re.compile("taking (this|it) up|take (this|it) up", re.I)).first.click()
    member.locator("#id_issue").fill("Who sits alone in the canteen?")
    send(member)
    stranger = visit()
    stranger.goto(lesson)
    assert "Who sits alone in the canteen?" in words_of(stranger)
    stranger.goto("/programmes/northvale/learn/places/northvale/")
    assert "Who sits alone in the canteen?" in words_of(stranger)


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_a_reader_follows_a_place_and_its_feed_is_what_readers_expect(visit, ending):
    page = visit(width=390)
    page.goto(NORTHVALE)
    page.get_by_role("link", name="Follow this place").first.click()
    boxes = page.get_by_role("main").locator("input, textarea")
    addresses = [boxes.nth(number).input_value().strip() for number in range(boxes.count())]
    (address,) = (each for each in addresses if each.endswith(f".{ending}"))
    answer = page.request.get(address)
    assert answer.status == 200
    if ending == "atom":
        assert_is_atom(answer.text())
    else:
        feed = json.loads(answer.text())
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert all(
            item["id"] and (item.get("content_text") or item.get("content_html")) for item in feed["items"]
        )
    assert SECRET not in answer.text()


ATOM = "{http://www.w3.org/2005/Atom}"


def assert_is_atom(text):
    """What RFC 4287 asks of a feed and its entries."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for part in (feed, *entries):
        for tag in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{tag}")) == 1, tag
        assert moment.match(part.findtext(f"{ATOM}updated"))
        assert part.find(f"{ATOM}link") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert feed.find(f"{ATOM}author") is not None or all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    )


def test_a_reader_finds_what_she_may_see_by_words(visit):
    page = visit(width=390, java_script_enabled=False)
    page.goto("/search/?q=pudding")
    page.get_by_role("main").get_by_role("link", name="Now I stay and wash up").first.click()
    assert "pudding" in words_of(page)


def test_the_obesity_map_is_walked_by_keyboard_alone(visit):
    page = visit(java_script_enabled=False)
    page.goto("/map/")
    page.get_by_role("main").get_by_role("link", name="Obesity: a national map").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/open-maps/**")
    walked = 0
    for _ in range(3):
        page.locator("svg a").first.focus()
        page.keyboard.press("Tab")
        address = page.evaluate("document.activeElement.getAttribute('href')")
        assert "/factors/" in address
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")
        assert page.locator("h1").is_visible()
        assert 1 <= page.locator("main svg a").count() <= 9
        walked += 1
    assert walked == 3


HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,"
    "Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,"
    "Count,Denominator,Value note,Recent Trend\n"
)
ROW = "90366,Walking to school,E92000001,England,{code},{name},UA,Persons,5-10 yrs,,,{year},{value},,,,,,,,\n"


def fingertips(values):
    rows = [
        ROW.format(code=code, name=name, year=2015 + number, value=value)
        for code, name in (("E92000001", "England"), ("E06000014", "York"))
        for number, value in enumerate(values)
    ]
    return (HEADER + "".join(rows)).encode()


def hand_in(page, content):
    page.goto("/programmes/northvale/measure/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "fingertips.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.locator("#id_source").fill("Made up for a journey")
    page.get_by_role("button", name="Show me how it is read").click()


def test_an_analyst_brings_fingertips_figures_in_after_a_look_and_a_broken_file_changes_nothing(
    visit, administrator_state
):
    analyst = visit(storage_state=administrator_state)
    hand_in(analyst, fingertips([41.0, 42.5, 43.0, 42.0, 44.5]))
    assert "10" in words_of(analyst)
    assert "Walking to school" in words_of(analyst)
    analyst.get_by_role("button", name="Write these figures").click()
    assert "10 were added" in words_of(analyst)

    hand_in(analyst, fingertips([41.0, 42.5, 43.0, 42.0, 44.5]))
    assert "Write these figures" not in words_of(analyst) or "Would be added" in words_of(analyst)

    hand_in(analyst, fingertips([41.0, "many", 43.0]).replace(b"Area Code", b"Somewhere", 1))
    words = words_of(analyst)
    assert "fingertips.csv, row 1, column Area Code: found" in words
    assert "nothing is kept" in words
