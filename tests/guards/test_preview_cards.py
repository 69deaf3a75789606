"""Whatever page somebody passes on shows a card with a title and a description of its own."""

import re
from html import unescape

import pytest

from tests.guards.line import PUBLIC
from tests.guards.role_matrix import MATRIX
from tests.guards.test_role_matrix import DEPENDS, SIGNING, ask, world  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
# Doors, letters and what belongs to one browser are not passed on.
NOT_PASSED_ON = (
    SIGNING
    | DEPENDS
    | {
        "account_confirm_login_code",
        "local_mail",
        "refuse_mail",
        "contact_thanks",
        "programmes:contact-thanks",
    }
)
SITE = "Where a place works on a knotty issue together, and where every other place learns from it."


def card(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def public_pages(client, world):  # noqa: F811
    """Every page that a stranger may read, by the name of its route."""
    for name, line in MATRIX.items():
        if line.allowed == PUBLIC and line.method == "get" and name not in NOT_PASSED_ON:
            answer = ask(client, name, world)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield name, answer.content.decode()


def test_every_public_page_has_a_whole_preview_card(client, world):  # noqa: F811
    wanted = (
        "og:title",
        "og:description",
        "og:url",
        "og:image",
        "og:image:alt",
        "twitter:card",
        "description",
    )
    pages = dict(public_pages(client, world))
    assert len(pages) > 20
    lacking = {name: part for name, page in pages.items() for part in wanted if not card(page, part)}
    assert lacking == {}


def test_every_public_page_says_what_it_is_in_its_own_words(client, world):  # noqa: F811
    pages = dict(public_pages(client, world))
    untitled = {name for name, page in pages.items() if card(page, "og:title") in ("", "Knotwork")}
    undescribed = {name for name, page in pages.items() if SITE in card(page, "og:description")}
    assert (untitled - {"home"}, undescribed) == (set(), set())
