"""The components: what a screen reader hears, and that nothing slips through unescaped."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from knotwork.core.pages.components import Fact, Knot, Step

NASTY = "<script>alert(1)</script>"


def show(source: str, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(Template("{% load pages %}" + source).render(Context(context)), "html.parser")


def include(component: str, /, **context: Any) -> BeautifulSoup:
    return show(f'{{% include "pages/components/{component}.html" %}}', **context)


def part(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_the_three_answers_are_buttons_of_equal_weight() -> None:
    buttons = include("answers").select("button")
    assert [button["value"] for button in buttons] == ["agree", "disagree", "pass"]
    assert {tuple(button["class"]) for button in buttons} == {("answer",)}


def test_percentage_stands_with_its_people_and_its_limits() -> None:
    words = show('{% stat "Agree" 0.84 low=0.8 high=0.88 n=412 %}').get_text(" ", strip=True)
    assert words == "Agree 84% of the 412 who took part Likely between 80% and 88%"


def test_estimate_without_limits_says_so() -> None:
    assert "No limits supplied" in show('{% stat "Visits" 5410 unit="number" %}').get_text()


def test_plain_count_needs_no_limits() -> None:
    page = show('{% stat "People" 12398 unit="count" of="of 48000" %}')
    assert page.get_text(" ", strip=True) == "People 12\u202f398 of 48000"


def test_number_that_is_not_known_is_a_dash() -> None:
    assert part(show('{% stat "Agree" value n=0 %}', value=None), ".stat__value").string == "–"


def test_done_notice_is_read_out_when_it_appears() -> None:
    page = show('{% notice "done" title="Saved" %}You can <em>close</em> this.{% endnotice %}')
    assert part(page, ".notice")["role"] == "status"
    assert part(page, "em").string == "close"


def test_other_notices_do_not_interrupt() -> None:
    assert not show('{% notice "warning" %}Few.{% endnotice %}').select("[role]")


@pytest.mark.parametrize(
    "source",
    [
        "{% notice 'info' title=word %}{{ word }}{% endnotice %}",
        "{% empty_state title=word %}{{ word }}{% endempty_state %}",
        "{% stat word word of=word note=word %}",
        "{% include 'pages/components/tag.html' with label=word kind=word %}",
        "{% include 'pages/components/button.html' with label=word url=word %}",
        "{% include 'pages/components/panel.html' with title=word text=word act=word url=word %}",
        "{% include 'pages/components/share.html' with title=word text=word url=word %}",
        "{% table word columns rows %}",
    ],
)
def test_words_of_people_are_escaped(source: str) -> None:
    page = show(source, word=NASTY, columns=[NASTY], rows=[[NASTY]])
    assert not page.select("script")
    assert "alert(1)" in str(page)


def test_crumbs_name_the_page_that_you_are_on() -> None:
    page = include("crumbs", crumbs=(("Start", "/"), ("Northvale", "")))
    assert part(page, "nav")["aria-label"] == "Where you are"
    assert part(page, "[aria-current=page]").string == "Northvale"


def test_no_crumbs_leave_no_empty_landmark() -> None:
    assert not include("crumbs").select("nav")


def test_change_link_says_what_it_changes() -> None:
    page = include("summary_list", facts=(Fact("Issue", "Lonely days", "Change", "/change/"),))
    assert part(page, "a").get_text() == "Change Issue"


def test_steps_say_which_are_done_and_which_is_now() -> None:
    page = include("steps", steps=(Step("One", state="done"), Step("Two", state="now"), Step("Three")))
    first, second, third = page.select("li")
    assert "(done)" in first.get_text()
    assert second["aria-current"] == "step"
    assert "aria-current" not in third.attrs


def test_the_point_of_the_thread_where_you_stand_is_no_link() -> None:
    page = include(
        "thread", knots=(Knot("Statement", "Said", "/s/"), Knot("Factor", "Days", "/f/", is_current=True))
    )
    assert [link["href"] for link in page.select("a")] == ["/s/"]
    assert part(page, "[aria-current=true] strong").string == "Days"


def test_pagination_keeps_the_rest_of_the_question() -> None:
    request = RequestFactory().get("/list/", {"topic": "buses", "page": "2"})
    context = RequestContext(request, {"page": Paginator(range(30), 10).page(2)})
    source = "{% include 'pages/components/pagination.html' %}"
    page = BeautifulSoup(Template(source).render(context), "html.parser")
    assert [link["href"] for link in page.select("a")] == ["?topic=buses&page=1", "?topic=buses&page=3"]


def test_list_on_one_page_has_no_pagination() -> None:
    assert not include("pagination", page=Paginator(range(3), 10).page(1)).select("nav")


def test_share_text_is_ready_and_follows_nobody() -> None:
    page = include(
        "share", title="Northvale", text="Say what you think & pass it on", url="https://k.example/n/"
    )
    assert part(page, "textarea").string == "Say what you think & pass it on\nhttps://k.example/n/"
    email = part(page, "a[href^='mailto:']")["href"]
    assert email == (
        "mailto:?subject=Northvale&body=Say%20what%20you%20think%20%26%20pass%20it%20on"
        "%0Ahttps%3A%2F%2Fk.example%2Fn%2F"
    )
    assert all(not link["href"].startswith("http") for link in page.select("a"))


def test_quick_exit_tells_the_next_site_nothing() -> None:
    link = part(include("quick_exit", url="https://weather.example/"), "a")
    assert "noreferrer" in link["rel"]


@pytest.mark.parametrize(
    ("kind", "word"), [("made-up", "Made up"), ("open-data", "Open data"), ("real-facts", "Real facts")]
)
def test_example_is_marked_by_its_kind(kind: str, word: str) -> None:
    assert part(include("example_mark", kind=kind), "strong").string == word


def test_page_about_nothing_in_particular_has_no_mark() -> None:
    assert not include("example_mark", kind=None).select("aside")


def test_progress_is_named_by_what_is_being_done() -> None:
    page = include("progress", name="map", label="Drawing", done=3, most=10)
    assert part(page, "progress")["aria-labelledby"] == part(page, "p")["id"]


def test_age_is_a_time_that_machines_can_read() -> None:
    assert "Not worked out yet" in include("age", moment=None).get_text()


def test_empty_table_says_that_it_is_empty() -> None:
    assert (
        "nothing to show yet"
        in show("{% table 'Votes' columns rows %}", columns=["A", "B"], rows=[]).get_text()
    )


def test_column_of_words_is_not_set_as_numbers() -> None:
    page = show(
        "{% table 'Votes' columns rows %}", columns=["A", "B"], rows=[["x", 1], ["y", "fewer than 5"]]
    )
    assert not page.select(".number")
