"""A try-out from its plan to its end: a cycle, a pledge answered from a letter, a stop rule that speaks, a reason."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest

from tests.journeys.signing_in import invite_to_place, sign_in

EASTMERE = "/programmes/northvale/places/eastmere/"
TITLE = "A minibus after the choir"
TODAY = date.today()
ASKING = (
    "import django; django.setup(); "
    "from knotwork.actions.services import ask_about_due_pledges; print(ask_about_due_pledges())"
)


def words_of(page):
    return page.locator("main").inner_text()


def send(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def invite_to_organisation(visit, administrator_state, email, organisation):
    """The host gives somebody a role in the programme, from an organisation."""
    host = visit(storage_state=administrator_state)
    host.goto("/programmes/northvale/manage/people/new/")
    host.locator("#id_email").fill(email)
    host.locator("#id_role").select_option("organisation_member")
    host.locator("#id_organisation").fill(organisation)
    send(host)


def let_the_schedule_ask(installation):
    """What the schedule does every hour, at once; how many letters it wrote."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KNOTWORK_")}
    ended = subprocess.run(
        [sys.executable, "-c", ASKING],
        env=environment
        | {
            "KNOTWORK_HOME": str(installation.home),
            "KNOTWORK_ORIGIN": installation.address,
            "DJANGO_SETTINGS_MODULE": "knotwork.website.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ended.stdout.split()[-1])


def link_in_letter(visit, email):
    """The address in the letter that asks about a pledge."""
    letters = visit()
    letters.goto("/local-mail/")
    mine = letters.locator("article", has_text=email).filter(has_text="pledged something")
    found = re.search(r"https?://\S+(/try/answer/\S+)", " ".join(mine.all_inner_texts()))
    assert found, "no letter about the pledge came"
    return found.group(1)


@pytest.fixture
def member(visit, administrator_state):
    email = "choir-minibus@example.org"
    invite_to_place(visit, administrator_state, EASTMERE, email)
    return sign_in(visit, email)


def plan_it(page):
    """What is expected, when it stops, how the rule is checked; then it starts. Its address."""
    page.goto("/programmes/northvale/places/eastmere/try/new/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_expects").fill("Ten people ride it every week.")
    page.locator("#id_by_when").fill((TODAY + timedelta(days=90)).isoformat())
    page.locator("#id_stop_rule").fill("Fewer than 6 riders a trip from the first day on.")
    page.get_by_label("Everybody").check()
    send(page)
    address = page.url.split("?")[0]
    page.get_by_role("link", name="Let the stop rule speak up").click()
    page.locator("#id_number_name").fill("riders a trip")
    page.locator("#id_threshold").fill("6")
    page.locator("#id_from_on").fill(TODAY.isoformat())
    send(page)
    assert "is below 6" in words_of(page)
    page.get_by_role("link", name="Start it").click()
    send(page)
    return address


def begin_a_cycle(page):
    """A question and a prediction, which is fixed when it begins."""
    page.get_by_role("link", name="Plan a cycle").click()
    page.locator("#id_question").fill("Does anybody ride home with us?")
    page.locator("#id_prediction").fill("At least 6 on the first evening.")
    page.get_by_label("Begin at once").check()
    send(page)
    assert "We predicted, before" in words_of(page)


def write_down_a_pledge(page):
    """A partner's firm pledge, due in three days."""
    page.get_by_role("link", name="Add an offer or a pledge").click()
    page.locator("#id_organisation").fill("Eastmere College")
    page.locator("#id_what").fill("The minibus on Tuesdays")
    page.get_by_label("It is a firm pledge").check()
    page.locator("#id_amount").fill("400")
    page.locator("#id_due_on").fill((TODAY + timedelta(days=3)).isoformat())
    send(page)


def say_what_came_of_the_cycle(page):
    """What was seen, the number of the day, and what comes next."""
    page.get_by_role("link", name="Say what came of it").click()
    page.locator("#id_saw").fill("Two people rode it. The others were fetched by their daughters.")
    page.locator("#id_number").fill("2.5")
    page.locator("#id_number_on").fill(TODAY.isoformat())
    page.get_by_label("Let it go").check()
    page.locator("#id_why").fill("Nobody lacked a way home. They lacked a reason to stay.")
    send(page)


def stop_it_and_end_it(page):
    """People do, and say why each time."""
    page.get_by_role("link", name="Stop it early").click()
    page.locator("#id_why").fill("The rule said stop, and we agree.")
    send(page)
    page.get_by_role("link", name="End it").click()
    page.get_by_label("It does not stay").check()
    page.locator("#id_why").fill("We looked at the bus and not at the evening.")
    send(page)


def test_a_try_out_is_planned_pledged_for_counted_stopped_by_its_people_and_ended_with_a_reason(
    visit, installation, administrator_state, member
):
    address = plan_it(member)
    begin_a_cycle(member)
    write_down_a_pledge(member)

    partner = "transport@eastmere-college.example"
    invite_to_organisation(visit, administrator_state, partner, "Eastmere College")
    assert let_the_schedule_ask(installation) == 1
    assert let_the_schedule_ask(installation) == 0
    giver = visit(width=390, java_script_enabled=False)
    giver.goto(link_in_letter(visit, partner))
    assert "The minibus on Tuesdays" in words_of(giver)
    giver.get_by_label("Done: it has come").check()
    giver.locator("#id_words").fill("The keys are with the porter.")
    send(giver)
    assert "Thank you" in words_of(giver)
    member.goto(address)
    assert "The keys are with the porter." in words_of(member)
    assert "given, on the ledger" in words_of(member)

    say_what_came_of_the_cycle(member)
    stranger = visit(width=390, java_script_enabled=False)
    stranger.goto(address)
    assert "The stop rule says stop" in words_of(stranger)
    assert "Nothing stops by itself" in words_of(stranger)

    stop_it_and_end_it(member)
    stranger.goto(address)
    for said in ("stopped in week 1", "it does not stay", "We looked at the bus", "let it go"):
        assert said in words_of(stranger)
    assert "The stop rule says stop" not in words_of(stranger)

    stranger.goto("/programmes/northvale/try/portfolio/")
    assert stranger.get_by_role("link", name=TITLE).count()
    of_eastmere = stranger.get_by_role("row").filter(has_text="Eastmere").last
    assert of_eastmere.locator("td").last.inner_text() == "1"
