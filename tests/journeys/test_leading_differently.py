"""A place asks, two answer blind, the place says what it takes; a person reflects twice and is seen by nobody."""

import pytest

from tests.journeys.signing_in import invite_to_place, sign_in

LEARN = "/programmes/northvale/learn/"
EASTMERE = "/programmes/northvale/places/eastmere/"
FIRST, SECOND = "Look for what they mend.", "Ask first who hears."


def words_of(page):
    return page.locator("main").inner_text()


def send(page):
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


@pytest.fixture(scope="module")
def emails():
    return {
        "first": "gives-first@example.org",
        "second": "gives-second@example.org",
        "reflects": "reflects@example.org",
    }


def answer_twelve_lines(page, choice):
    for group in page.locator("main fieldset").all():
        group.get_by_label(choice, exact=True).check()
    send(page)


def test_a_place_posts_a_knot_two_others_answer_blind_and_the_place_says_what_it_takes(
    visit, administrator_state, emails
):
    host = visit(storage_state=administrator_state)
    host.goto(f"{LEARN}places/southfold/new/co-consulting/")
    host.locator("#id_title").fill("Who drives us home when nobody can?")
    host.get_by_label("Everybody").check()
    send(host)
    knot = host.url.split("?")[0]

    givers = {}
    for name in ("first", "second"):
        invite_to_place(visit, administrator_state, EASTMERE, emails[name])
        givers[name] = sign_in(visit, emails[name])
    for name, words, not_yet in (("first", FIRST, SECOND), ("second", SECOND, FIRST)):
        page = givers[name]
        page.goto(knot)
        assert "not shown yet" in words_of(page)
        assert not_yet not in words_of(page)
        page.get_by_role("link", name="Say how you see it").click()
        page.locator("#id_text").fill(words)
        page.get_by_label("Everybody").check()
        send(page)
        assert words in words_of(page)
    assert FIRST in words_of(givers["second"])

    host.goto(knot)
    assert FIRST not in words_of(host)
    host.get_by_role("link", name="Close the round now").click()
    send(host)
    assert FIRST in words_of(host)
    assert SECOND in words_of(host)
    host.get_by_role("link", name="Say what you take").click()
    host.locator("#id_takes").fill("We ask at the workshop.")
    send(host)
    stranger = visit(width=390, java_script_enabled=False)
    stranger.goto(knot)
    assert "We ask at the workshop." in words_of(stranger)


def test_a_person_reflects_twice_and_sees_herself_and_the_host_does_not_and_one_person_is_no_team(
    visit, administrator_state, emails
):
    invite_to_place(visit, administrator_state, EASTMERE, emails["reflects"])
    member = sign_in(visit, emails["reflects"])
    host = visit(storage_state=administrator_state)
    ways = f"{LEARN}places/eastmere/six-ways/"
    for moment, choice in (("At the start", "Seldom"), ("In the middle", "Often")):
        host.goto(f"{ways}ask/")
        host.get_by_label(moment).check()
        host.locator("#id_closes_at").fill(host.evaluate(IN_TWO_WEEKS))
        send(host)
        member.goto(f"{ways}reflect/")
        answer_twelve_lines(member, choice)
        assert "Nobody else is shown it." in words_of(member)
        host.goto(f"{ways}close/")
        send(host)
    assert "Fewer than five people answered both times" in words_of(host)
    member.goto(f"{ways}my-own/")
    assert "You, in the middle" in words_of(member)
    host.goto(f"{ways}my-own/")
    assert "You have not reflected here yet" in words_of(host)


IN_TWO_WEEKS = "new Date(Date.now() + 12096e5).toISOString().slice(0, 16)"


def test_of_six_people_a_stranger_sees_the_change_of_the_team_with_its_interval_self_reported(visit):
    page = visit(width=390, java_script_enabled=False)
    page.goto(f"{LEARN}places/northvale/six-ways/")
    words = words_of(page)
    assert "self-reported" in words
    assert "About 5 people of the team" in words
    assert page.locator("svg.picture--intervals").count() == 1
    page.goto(f"{LEARN}places/northvale/leading/")
    assert "People report that something here helped with" in words_of(page)
