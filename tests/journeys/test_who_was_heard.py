"""A resident says a little about herself, or not; a facilitator asks for it, and makes, publishes, prints a report."""

import pytest

from tests.faults import faults_of

NORTHVALE = "/programmes/northvale/listen/why-are-older-people-lonely-in-northvale/"
PHONE = {"width": 390, "height": 844, "java_script_enabled": False}
QUESTION = "What would make our street safer?"
AGES = "Under 50\n50 to 79\nMen aged 80 or over; 640"


@pytest.fixture
def host(visit, administrator_state):
    return visit(storage_state=administrator_state, bypass_csp=True)


def words_of(page):
    return page.locator("main").inner_text()


@pytest.fixture
def asked(host):
    """A conversation of the host's that asks for an age, with her own list; its address."""
    host.goto("/programmes/open-conversations/listen/new/")
    host.get_by_label("The question").fill(QUESTION)
    host.get_by_label("Statements to begin with").fill(
        "\n".join(f"Idea number {n} is good." for n in range(1, 7))
    )
    host.get_by_role("button", name="Prepare it").click()
    host.get_by_role("link", name="Who have we not heard?").click()
    host.get_by_role("group", name="Age").get_by_label("With my own list, below").check()
    host.get_by_text("Your own list of ages").click()
    host.locator("[name=age_own]").fill(AGES)
    host.get_by_role("button", name="Save").click()
    assert "where the numbers come from" in words_of(host)
    host.locator("[name=age_source]").fill("The register")
    host.get_by_role("button", name="Save").click()
    assert "from now on" in words_of(host)
    assert faults_of(host) == []
    host.get_by_role("link", name="Back to the conversation").click()
    host.get_by_role("button", name="Open it").click()
    return host.url.removesuffix("about/")


def test_a_resident_says_a_little_about_herself_after_three_answers_and_once(visit, asked):
    resident = visit(**PHONE)
    resident.goto(asked)
    for _ in range(3):
        assert "A little about you" not in words_of(resident)
        resident.get_by_role("button", name="Agree", exact=True).click()
    assert "How old are you?" in words_of(resident)
    boxes = resident.locator("button.answer")
    assert boxes.count() == 4
    assert len({boxes.nth(place).bounding_box()["height"] for place in range(4)}) == 1
    resident.get_by_role("button", name="Men aged 80 or over").click()
    resident.get_by_role("button", name="Agree", exact=True).click()
    assert "answered 4" in words_of(resident)

    looked_at = visit(width=390, bypass_csp=True)
    looked_at.goto(asked)
    for _ in range(3):
        looked_at.get_by_role("button", name="Pass", exact=True).click()
    assert faults_of(looked_at) == []
    looked_at.get_by_role("button", name="I would rather not say").click()
    assert looked_at.get_by_role("button", name="Agree", exact=True).is_visible()


def test_the_results_of_northvale_say_who_was_not_heard(visit):
    reader = visit(bypass_csp=True)
    reader.goto(f"{NORTHVALE}results/")
    said = words_of(reader)
    assert "Men aged 80 or over: fewer took part than live here." in said
    assert "Kettle Lane: fewer took part than live here." in said
    assert faults_of(reader) == []


def test_a_facilitator_makes_publishes_and_prints_a_report(visit, host):
    host.goto(f"{NORTHVALE}results/")
    host.get_by_role("link", name="See the reports").click()
    host.get_by_role("button", name="Make a report").click()
    assert "Draft" in words_of(host)
    address = host.url
    stranger = visit()
    assert stranger.goto(address).status == 404
    host.get_by_role("button", name="Publish this report").click()
    assert "Draft" not in words_of(host)
    for width in (320, 1280):
        host.set_viewport_size({"width": width, "height": 900})
        assert host.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of(host) == []

    assert stranger.goto(address).status == 200
    assert "Who took part, and who was not heard" in words_of(stranger)
    stranger.emulate_media(media="print")
    assert not stranger.locator(".site-header").is_visible()
    assert stranger.locator("#in_short").is_visible()
    assert stranger.pdf().startswith(b"%PDF")
