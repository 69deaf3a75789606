"""All components on one page: who may see it, and what axe says of it in both schemes."""

import mimetypes
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, Page, Route
from tests.faults import faults_of

from knotwork.core.accounts.models import Person
from knotwork.core.pages import errors
from knotwork.core.pages.gallery import gallery_context

POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'"
WIDTHS = (320, 390, 1280)


@pytest.mark.django_db
def test_stranger_does_not_see_the_components() -> None:
    response = Client().get("/house/components/")
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert b"Only administrators" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(("is_administrator", "status"), [(True, 200), (False, 403)])
def test_only_administrators_see_the_components(is_administrator: bool, status: int) -> None:
    person = Person.objects.create(email="ann@example.org", is_administrator=is_administrator)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/house/components/")
    assert response.status_code == status
    assert response["Cache-Control"] in ("private, no-store", "no-store")


def test_search_engines_are_kept_out_of_the_house_only() -> None:
    response = Client().get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert b"Disallow: /house/" in response.content
    assert b"Disallow: /\n" not in response.content


def test_browsers_that_ask_unbidden_get_a_picture() -> None:
    response = Client().get("/favicon.ico")
    assert response.status_code == HTTPStatus.FOUND
    assert finders.find(response["Location"].removeprefix(settings.STATIC_URL))


def test_gallery_with_all_components_stays_light() -> None:
    assert len(rendered("/gallery").encode()) < 250_000


def rendered(path: str) -> str:
    """The page for one of our made-up paths; nothing is served, so that no port and no database is needed."""
    request = RequestFactory().get("/house/components/")
    request.user = Person(email="somebody.with.a.long.name@northvale-council.example.org")
    if path == "/participant":
        source = "{% extends 'pages/participant.html' %}{% block main %}<h1>One thing</h1>{% endblock %}"
        page = engines["django"].from_string(source)
        return page.render({"quick_exit_url": "https://weather.example/", "page_title": "One thing"}, request)
    if path == "/refused":
        return errors.permission_denied(request, PermissionError("Only leads can do this.")).content.decode()
    if path == "/lost":
        return errors.page_not_found(request).content.decode()
    return render_to_string("pages/gallery.html", gallery_context(), request)


def serve(page: Page, path: str) -> None:
    """Give the browser our page and our static files, under our policy, and nothing else.

    The page is rendered beforehand: a fault in it shall fail the test, not keep the browser waiting.
    """
    body = rendered(path)

    def answer(route: Route) -> None:
        asked_for = urlsplit(route.request.url).path
        if not asked_for.startswith(settings.STATIC_URL):
            route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": POLICY})
            return
        found = finders.find(asked_for.removeprefix(settings.STATIC_URL))
        if not isinstance(found, str):
            route.fulfill(status=HTTPStatus.NOT_FOUND)
            return
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)

    page.route("**/*", answer)
    page.goto(f"http://knotwork.test{path}")


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """The browser of all tests in this process: the library allows one."""
    return chromium


def opened_page(browser: Browser, path: str, *, width: int = 390) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    serve(page, path)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/gallery", "/participant", "/refused", "/lost"])
def test_axe_finds_nothing_and_nothing_runs_over(browser: Browser, path: str, width: int) -> None:
    page = opened_page(browser, path, width=width)
    page.evaluate("for (const fold of document.querySelectorAll('details.more')) fold.open = true")
    # axe is put into the page by the browser's own door, which the page's policy does not reach.
    found = faults_of(page)
    page.context.close()
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_every_target_is_large_enough_for_a_thumb(browser: Browser, width: int) -> None:
    page = opened_page(browser, "/gallery", width=width)
    small = page.evaluate("""() => {
        const targets = 'button, .button, summary, select, textarea, .field input, nav a, .site-footer li a';
        const size = (element) => (element.closest('.field label') ?? element).getBoundingClientRect();
        return [...document.querySelectorAll(targets)]
            .filter((element) => element.getClientRects().length > 0 && size(element).height < 47.9)
            .map((element) => element.outerHTML.slice(0, 120));
    }""")
    page.context.close()
    assert small == []


@pytest.mark.browser
def test_the_three_answers_have_one_size_and_one_colour(browser: Browser) -> None:
    page = opened_page(browser, "/gallery", width=1280)
    looks = page.evaluate("""() => [...document.querySelectorAll('.answer')].map((answer) => {
        const style = getComputedStyle(answer), box = answer.getBoundingClientRect();
        const {color, backgroundColor, borderColor, fontWeight} = style;
        return [box.width, box.height, color, backgroundColor, borderColor, fontWeight].join();
    })""")
    page.context.close()
    assert len(looks) == 3
    assert len(set(looks)) == 1


@pytest.mark.browser
def test_buttons_can_be_read_in_colours_that_the_reader_forces(browser: Browser) -> None:
    page = opened_page(browser, "/gallery")
    page.emulate_media(forced_colors="active")
    looks = page.evaluate("""() => {
        const buttons = [...document.querySelectorAll('.button, .answer, .skip-link')];
        return buttons.map((button) => {
        const {color, backgroundColor} = getComputedStyle(button);
        return [color, backgroundColor]; });
    }""")
    page.context.close()
    assert looks
    assert all(color != ground for color, ground in looks)


@pytest.mark.browser
def test_menu_opens_by_keyboard_and_without_a_script(browser: Browser) -> None:
    page = opened_page(browser, "/gallery", width=390)
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".menu__panel .account button", state="visible")
    page.context.close()


@pytest.mark.browser
def test_page_keeps_to_its_own_policy(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    serve(page, "/gallery")
    context.close()
    assert said == []
