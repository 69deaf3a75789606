"""Every page within reach, by a stranger and by the host: axe finds nothing, and nothing runs over at 320 px."""

import re
from collections import deque

import pytest

from tests.faults import faults_of

TRY_IT = "/programmes/open-conversations/listen/try-it-yourself-how-should-we-look-after-nature/"
# One address of each shape is enough: places share a template, so do conversations and files.
SAME_SHAPE = [
    (re.compile(r"/places/(?!hackney|dorset)[\w-]+/"), "/places/*/"),
    (re.compile(r"/listen/(?!biodiversity|try|new)[\w-]+/"), "/listen/*/"),
    (re.compile(r"/(role|people|partners|ledger)/[\w-]{2,}/(end|withdraw)/"), r"/\1/*/\2/"),
    (re.compile(r"/thread/[a-z_]+/[0-9a-f-]{36}/"), "/thread/*/*/"),
    (re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/"), "/*/"),
    (re.compile(r"/(map|try|library)/(?!new/)[\w-]+/"), r"/\1/*/"),
    (re.compile(r"/measure/(?!places|indicators|import)[\w-]+/"), "/measure/*/"),
    (re.compile(r"/programmes/(?!local-vision|open-conversations|new)[\w-]+/"), "/programmes/*/"),
    (re.compile(r"\?.*$"), "?"),
]
A_FILE = re.compile(r"\.(csv|svg|png|txt|ico|atom|json|parquet|zip)$|/files/|mailto:|sms:|/change/")


def shape_of(path):
    for pattern, shape in SAME_SHAPE:
        path = pattern.sub(shape, path)
    return path


_KNOWN = {}


def within_reach(page, who, most=80):
    """One address of every shape that links lead to, breadth first; looked for once for each of the two."""
    if who not in _KNOWN:
        _KNOWN[who] = _within_reach(page, most)
    return _KNOWN[who]


def _within_reach(page, most):
    found, waiting = (
        {},
        deque(["/", TRY_IT, "/house/components/", "/come-back/", "/local-mail/", "/nothing-here/"]),
    )
    while waiting and len(found) < most:
        path = waiting.popleft()
        if shape_of(path) in found or A_FILE.search(path):
            continue
        answer = page.request.get(path)
        if "text/html" not in answer.headers.get("content-type", "") or answer.status in (403, 405):
            continue
        found[shape_of(path)] = path
        waiting.extend(re.findall(r'href="(/(?!static/)[^"#]*)"', answer.text()))
    return sorted(found.values())


@pytest.fixture(params=["stranger", "host"])
def who(request):
    return request.param


@pytest.fixture
def walker(request, visit, who):
    if who == "stranger":
        return visit
    state = request.getfixturevalue("administrator_state")
    return lambda **words: visit(storage_state=state, **words)


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page_in_light_and_in_dark(walker, who, width):
    page = walker(width=width, bypass_csp=True)
    found = {}
    for path in within_reach(page, who):
        page.goto(path)
        if faults := faults_of(page):
            found[path] = faults
    assert found == {}


def test_axe_finds_nothing_on_the_way_of_somebody_who_takes_part_in_either_language(visit):
    page = visit(width=320, bypass_csp=True)
    found = {}

    def look(name):
        if faults := faults_of(page):
            found[name] = faults

    page.goto(TRY_IT)
    page.get_by_role("button", name="Pass", exact=True).click()
    look("statement")
    said = page.locator(".statement").inner_text()
    page.goto(f"{TRY_IT}add/")
    page.get_by_label("What do you think?").fill(f"I say: {said}"[:200])
    page.get_by_role("button", name="Send it", exact=True).click()
    look("what others said")
    page.goto(f"{TRY_IT}change/")
    look("change")
    page.get_by_role("button", name="Cymraeg").click()
    for name in ("", "add/", "end/", "letter/", "yours/", "code/", "forget/", "about/"):
        page.goto(f"{TRY_IT}{name}")
        look(f"Welsh {name}")
    assert found == {}


def test_at_320_px_nothing_runs_over_and_no_page_breaks_the_policy_or_asks_anything_of_another_address(
    walker, who, installation
):
    page = walker(width=320)
    asked, problems, wider = [], [], {}
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text) if "Policy" in message.text else None)
    for path in within_reach(page, who):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wider[path] = width
    assert wider == {}
    assert [url for url in asked if not url.startswith(installation.address)] == []
    assert problems == []
