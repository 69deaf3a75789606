"""Journeys: people of flesh and blood, played by Chromium, in a real installation with its examples."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.installation import Installation, start, wait_until_ready
from tests.tables import tables_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Installation]:
    """One installation with its examples for all journeys."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock():
        tables_in(home / "knotwork.sqlite3")
    running = start(home)
    wait_until_ready(running)
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(autouse=True)
def people_wait_for_the_page_they_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that leads to another page, or sends a form, is over when what it asked for is there, and not before."""
    click = Locator.click

    def click_and_wait(self: Locator, **words: Any) -> None:
        with _what_it_leads_to(self.page) as (asked, arrived):
            click(self, **words)
            self.page.wait_for_timeout(40)  # a browser asks for the next page a moment after the click
            for _ in range(750):
                if len(arrived) >= bool(asked):
                    break
                self.page.wait_for_timeout(20)
        self.page.wait_for_load_state()
        self.page.locator("main[aria-busy]").wait_for(state="detached")

    monkeypatch.setattr(Locator, "click", click_and_wait)


@contextmanager
def _what_it_leads_to(page: Page) -> Iterator[tuple[list[Any], list[Any]]]:
    """Pages that are asked for while the block runs, and what came of it: a page, a file, or nothing."""
    asked: list[Any] = []
    arrived: list[Any] = []

    def ask(request: Any) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            asked.append(request)

    def arrive(frame: Any) -> None:
        if frame == page.main_frame:
            arrived.append(frame)

    def come_to_nothing(what: Any) -> None:  # a file to take away, or a page that never came
        arrived.append(what)

    listeners = {
        "request": ask,
        "framenavigated": arrive,
        "download": come_to_nothing,
        "requestfailed": come_to_nothing,
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield asked, arrived
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


@pytest.fixture
def visit(chromium: Any, installation: Installation) -> Iterator[Callable[..., Any]]:
    """``visit(width=390, java_script_enabled=False)`` gives a page of a fresh browser; an error on it is a failure."""
    contexts, problems = [], []

    def fresh_page(width: int = 1280, height: int = 900, **words: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=installation.address,
            locale="en-GB",
            **words,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        return page

    yield fresh_page
    for context in contexts:
        context.close()
    assert not [words for words in problems if "status of 4" not in words]


@pytest.fixture(scope="session")
def administrator_state(chromium: Any, installation: Installation) -> dict[str, Any]:
    """The host uses the start link once; what her browser then holds, for every journey that needs her."""
    context = chromium.new_context(base_url=installation.address)
    page = context.new_page()
    page.goto(installation.start_path)
    page.get_by_label("Your email address").fill("host@example.org")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(installation.address + "/")
    state = context.storage_state()
    context.close()
    return dict(state)
