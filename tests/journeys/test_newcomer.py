"""Somebody who never heard of Knotwork looks round."""

import pytest


def test_a_newcomer_goes_from_home_to_a_place_and_finds_its_issue(visit):
    page = visit()
    page.goto("/")
    assert "Knotwork" in page.title()
    page.get_by_role("link", name="See the places").click()
    page.locator("main").get_by_role("link", name="Gloucestershire", exact=True).last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Gloucestershire"
    assert "cycle of obesity" in page.locator("main").inner_text()


def test_both_counts_of_sites_are_said(visit):
    page = visit()
    page.goto("/programmes/local-vision/")
    assert "25 stated, 24 listed" in page.locator("main").inner_text()


def test_the_map_is_walked_with_tab_and_opened_with_enter(visit):
    page = visit()
    page.goto("/programmes/local-vision/")
    page.locator("svg a").first.focus()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert first != second
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_theme_is_chosen_without_javascript_and_the_list_follows(visit):
    page = visit(java_script_enabled=False)
    page.goto("/programmes/local-vision/")
    page.get_by_role("link", name="food", exact=False).first.click()
    words = page.locator("main").inner_text()
    assert "Cornwall" in words
    assert "theme=" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sensitive_place_offers_help_and_a_quick_way_out(visit, scheme):
    page = visit(width=390, color_scheme=scheme)
    page.goto("/programmes/local-vision/places/hackney/")
    assert page.get_by_text("Help is there").is_visible()
    assert page.get_by_role("link", name="Leave this page now").is_visible()


def test_a_letter_to_the_team_is_thanked_for_and_kept(visit, administrator_state):
    page = visit()
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Contact the team").click()
    page.get_by_role("textbox", name="email", exact=False).fill("reader@example.org")
    page.get_by_role("textbox", name="message", exact=False).fill("How can our place join?")
    page.get_by_role("main").get_by_role("button").last.click()
    assert "next" in page.locator("main").inner_text()
