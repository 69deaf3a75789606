"""A stranger walks every link, list and file that she can reach, and finds nothing that is not hers to see."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest

from knotwork.conversations.models import ConversationStage, StatementState
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.feeds.registry import sources
from knotwork.core.search.queries import search
from knotwork.core.search.services import rebuild
from knotwork.programmes.models import LedgerEntry, LedgerKind, Provenance, Role, Stage
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement
from tests.guards.rooms import room_guards
from tests.guards.words import words_of

pytestmark = pytest.mark.django_db

SECRET = "Hush7Kettle"
LINK = re.compile(r'(?:href|src|action)="([^"]+)"')


def walk(client, starts=("/",), most=1500):
    """Every address within reach, with all words that it answered, breadth first."""
    seen, waiting, answers = set(starts), deque(starts), {}
    while waiting and len(answers) < most:
        path = waiting.popleft()
        answer = client.get(path)
        answers[path] = (answer.status_code, words_of(answer))
        links = LINK.findall(answers[path][1]) + (
            [answer.url] if answer.status_code in (301, 302, 303) else []
        )
        for link in links:
            target = urlsplit(urldefrag(unescape(link)).url)
            address = target.path + (f"?{target.query}" if target.query else "")
            is_ours = (
                not target.netloc and target.path.startswith("/") and not target.path.startswith("/static/")
            )
            if is_ours and address not in seen:
                seen.add(address)
                waiting.append(address)
    return answers


@pytest.fixture
def a_world_with_secrets():
    """A public programme full of things that are not public, and others that are hidden as a whole."""
    programme = a_programme(provenance=Provenance.OWN, mailbox=f"{SECRET.lower()}@example.org")
    place = a_place(programme)
    a_place(programme, name=f"{SECRET} place for the programme", visibility=Stage.PROGRAMME)
    a_place(programme, name=f"{SECRET} withdrawn place", withdrawn_at=clock.now())
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        hidden = a_programme(name=f"{SECRET} programme", visibility=stage)
        a_place(hidden, name=f"{SECRET} place")
        a_conversation(hidden, statements=2, question=f"{SECRET} question")
    a_programme(name=f"{SECRET} withdrawn programme", withdrawn_at=clock.now())
    a_person(Role.PLACE_LEAD, programme, place, email=f"{SECRET.lower()}-lead@example.org")
    conversation = a_conversation(programme, statements=6, place=place)
    a_statement(conversation, text=f"{SECRET} waiting", state=StatementState.WAITING)
    a_statement(conversation, text=f"{SECRET} not shown", state=StatementState.NOT_SHOWN, reason="personal")
    a_conversation(programme, statements=2, question=f"{SECRET} draft", stage=ConversationStage.DRAFT)
    a_conversation(programme, question=f"{SECRET} withdrawn", withdrawn_at=clock.now())
    a_conversation(programme, question=f"{SECRET} for the programme", visibility=Stage.PROGRAMME)
    closed = a_conversation(
        programme, statements=3, question="What was said?", stage=ConversationStage.CLOSED
    )
    a_statement(closed, text=f"{SECRET} rejected", state=StatementState.NOT_SHOWN)
    words = {"programme": programme, "kind": LedgerKind.CASH, "amount": 5}
    LedgerEntry.objects.create(what=f"{SECRET} mistake", withdrawn_at=clock.now(), **words)
    LedgerEntry.objects.create(what="tea", **words)
    for room in room_guards():
        room.hide_secrets(programme, place, SECRET)
    return programme


def test_a_stranger_reaches_much_finds_no_secret_and_no_link_that_leads_nowhere(client, a_world_with_secrets):
    answers = walk(client)
    assert len(answers) >= 15
    assert {path for path, (_, page) in answers.items() if SECRET.lower() in page.lower()} == set()
    assert {path: status for path, (status, _) in answers.items() if status in (404, 405, 500)} == {}


def test_the_walk_itself_sees_a_secret_when_there_is_one(client, a_world_with_secrets):
    a_place(a_world_with_secrets, name=f"{SECRET} public place")
    assert any(SECRET in page for _, page in walk(client).values())


def test_a_stranger_who_searches_for_a_secret_finds_nothing(client, a_world_with_secrets):
    rebuild()
    page = client.get("/search/", {"q": SECRET}).content.decode()
    assert "Nothing was found" in page
    assert search(SECRET, viewer_for(a_person(is_administrator=True)))


def test_no_feed_holds_a_secret(client, a_world_with_secrets):
    for room in ("all", *(source.room for source in sources())):
        assert SECRET.lower() not in client.get(f"/feeds/{room}.atom").content.decode().lower()
