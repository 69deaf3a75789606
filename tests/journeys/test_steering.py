"""A place says where it is and sees its tile first; the steering group reads the page; a board paper; an election."""

import re
from datetime import date, timedelta

import docx

from tests.journeys.signing_in import sign_in

WORD = "We go back to listening, because nobody has asked the night staff."


def begin_programme(host) -> str:
    """A programme of its own, shown to everybody, with two places; its path."""
    host.goto("/programmes/new/")
    host.get_by_label("What is the programme called?").fill("Living well together")
    host.get_by_label("Everybody").check()
    host.get_by_role("button", name="Begin").click()
    programme = re.search(r"/programmes/[^/]+/", host.url).group()
    for name in ("Westbrook", "Ashby Vale"):
        host.goto(f"{programme}manage/places/new/")
        host.get_by_label("What is the place called?").fill(name)
        host.get_by_label("What is its knotty issue?").fill("Who is alone here at night?")
        host.get_by_label("Everybody").check()
        host.get_by_role("main").get_by_role("button").first.click()
    return programme


def invite(host, programme: str, email: str, role: str, place: str = "", organisation: str = "") -> None:
    host.goto(f"{programme}manage/people/new/")
    host.get_by_label("Email address").fill(email)
    host.get_by_label("Role", exact=True).select_option(role)
    if place:
        host.get_by_label("For which place?").select_option(label=place)
        host.get_by_label("From which organisation?").fill(organisation)
    host.get_by_role("main").get_by_role("button").first.click()
    assert "role is given" in host.locator("main").inner_text()


def look_at_word(lead, sentence: str, *stages: str) -> str:
    """The place fills in its word and looks at its tile before anybody else; what stands on it."""
    for stage in stages:
        lead.get_by_label(stage).check()
    lead.get_by_label("Say it in one sentence").fill(sentence)
    lead.get_by_role("button", name="Look at it first").click()
    return lead.locator(".tile").inner_text()


def make_paper(host) -> str:
    """From the steering page, the team writes down what is due and makes a paper; its address."""
    host.get_by_role("link", name="Add a decision that is due").click()
    host.get_by_label("What has to be decided?").fill("Who pays for the night bus?")
    host.get_by_label("By which day?").fill("2031-01-29")
    host.get_by_label("Who decides?").fill("The board")
    host.get_by_role("button", name="Write it down").click()
    host.get_by_role("link", name="Make a board paper").click()
    host.get_by_label("In short").fill("One place has spoken.")
    host.get_by_role("button", name="Make the paper").click()
    return host.url


def test_from_a_places_own_word_to_a_paper_for_the_board(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    programme = begin_programme(host)
    invite(host, programme, "lead@westbrook.example.org", "place_lead", "Westbrook", "Westbrook Homes")
    invite(host, programme, "chair@board.example.org", "steering_group_member")
    tile_page = f"{programme}places/westbrook/steering/"

    lead = sign_in(visit, "lead@westbrook.example.org")
    lead.goto(f"{programme}places/westbrook/")
    lead.get_by_role("link", name="Where this place is").click()
    assert "Has not said yet" in lead.locator(".tile").inner_text()
    assert "A public body may have to release what is written here." in lead.locator("form#say").inner_text()
    looked_at = look_at_word(lead, WORD, "listening", "trying")
    assert "Listening and trying" in looked_at
    assert WORD in looked_at

    chair = sign_in(visit, "chair@board.example.org")
    chair.goto(f"{programme}steering/")
    assert WORD not in chair.locator("main").inner_text()  # the place looks first
    lead.get_by_role("button", name="Say it").click()
    chair.reload()
    tiles = chair.locator(".tile")
    assert [tile.split("\n")[0] for tile in tiles.all_inner_texts()] == ["Ashby Vale", "Westbrook"]
    assert tiles.last.inner_text() == looked_at == lead.locator(".tile").inner_text()
    assert not chair.get_by_role("link", name="Make a board paper").is_visible()

    host.goto(tile_page)
    assert "Only the place itself says where it is" in host.locator("main").inner_text()
    host.goto(f"{programme}steering/")
    chair.goto(make_paper(host))
    assert WORD in chair.locator("main").inner_text()
    with chair.expect_download() as download:
        chair.get_by_role("link", name="Take it away as a text document").click()
    document = docx.Document(str(download.value.path()))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert WORD in words
    assert "One place has spoken." in words
    assert "Who pays for the night bus?" in [cell.text for cell in document.tables[0].rows[1].cells]
    assert document.inline_shapes[0]._inline.docPr.get("descr")

    look_at_word(lead, "We learn that the night is long.", "learning")
    lead.get_by_role("button", name="Say it").click()
    chair.reload()
    assert "the night is long" not in chair.locator("main").inner_text()  # a paper stays as it was


def test_before_an_election_a_place_shows_nothing_new_and_is_told_why(visit, administrator_state):
    host = visit(storage_state=administrator_state)
    programme = begin_programme(host)
    invite(host, programme, "lead@ashby.example.org", "place_lead", "Ashby Vale", "Ashby Homes")
    host.goto(f"{programme}manage/")
    host.get_by_role("link", name="Set the days").click()
    today = date.today()
    host.get_by_label("First day").fill(str(today - timedelta(days=1)))
    host.get_by_label("Last day").fill(str(today + timedelta(days=20)))
    host.get_by_role("button", name="Set these days").click()
    assert "Things are held back until" in host.locator("main").inner_text()

    lead = sign_in(visit, "lead@ashby.example.org")
    lead.goto(f"{programme}learn/places/ashby-vale/new/story/")
    assert "election" in lead.locator(".example-mark").inner_text()
    lead.locator("textarea").first.fill("The night bus came, and somebody sang.")
    lead.get_by_label("Everybody", exact=True).check()
    lead.get_by_role("main").locator("form button[type=submit]").last.click()
    refusal = lead.locator("main").inner_text()
    assert "election" in refusal
    assert "ask the programme's team" in refusal
    lead.get_by_label("People of the programme").check()
    lead.get_by_role("main").locator("form button[type=submit]").last.click()
    assert "somebody sang" in lead.locator("main").inner_text()
