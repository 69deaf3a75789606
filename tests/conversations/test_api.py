"""The programs' door of the room: the same rules as the pages, a token instead of a cookie."""

import json
from uuid import uuid4

import pytest

from knotwork.conversations.models import (
    Participant,
    ParticipantToken,
    Statement,
    StatementState,
    VoteLogEntry,
)
from knotwork.programmes.models import Stage
from tests.builders import a_conversation, a_place, a_programme
from tests.conversations.build import a_participant, a_token, standing_votes
from tests.conversations.camps import camps, worked_out

pytestmark = pytest.mark.django_db


class Program:
    """A program that asks in JSON, as one participant if it was given a token."""

    def __init__(self, client, conversation, token=""):
        self.client, self.stem, self.token = client, f"/api/v1/conversations/{conversation.public_id}", token

    def headers(self):
        return {"authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path="", **words):
        return self.client.get(f"{self.stem}{path}", words, headers=self.headers())

    def post(self, path, **sent):
        body = json.dumps(sent)
        return self.client.post(
            f"{self.stem}{path}", body, content_type="application/json", headers=self.headers()
        )

    def delete(self, path):
        return self.client.delete(f"{self.stem}{path}", headers=self.headers())

    def begin(self):
        self.token = self.post("/participants").json()["token"]
        return self


@pytest.fixture
def conversation():
    return a_conversation(statements=3, results_after=2)


@pytest.fixture
def program(client, conversation):
    return Program(client, conversation).begin()


def test_conversations_that_everybody_may_see_are_listed_with_their_count(client):
    seen, hidden = a_conversation(statements=1), a_conversation(visibility=Stage.PROGRAMME)
    listed = client.get("/api/v1/conversations").json()
    assert [row["id"] for row in listed["items"]] == [str(seen.public_id)]
    assert listed["count"] == 1
    assert str(hidden.public_id) not in json.dumps(listed)


def test_a_list_is_read_page_by_page(client):
    programme = a_programme()
    for _ in range(3):
        a_conversation(programme)
    pages = [
        client.get("/api/v1/conversations", {"limit": 2, "offset": offset}).json() for offset in (0, 2, 4)
    ]
    assert [len(page["items"]) for page in pages] == [2, 1, 0]
    assert {page["count"] for page in pages} == {3}


@pytest.mark.parametrize("hidden", [{"visibility": Stage.ME}, {"stage": "draft"}])
def test_what_a_stranger_may_not_see_is_not_there(client, hidden):
    where = a_conversation(statements=1, **hidden)
    for path in ("", "/results", "/results/tables/statements"):
        answer = Program(client, where).get(path)
        assert answer.status_code == 404
        assert answer.json()["reason"]


def test_a_token_costs_nothing_and_nobody_joins_before_an_answer(program):
    asked = program.get("/next").json()
    assert asked["statement"]["text"].startswith("Statement number")
    assert not Participant.objects.exists()


def test_an_answer_is_kept_and_the_next_statement_comes_with_it(program, conversation):
    first = program.get("/next").json()["statement"]
    answer = program.post("/answers", statement=first["id"], answer="agree")
    assert answer.status_code == 201
    assert answer.json()["answered"] == 1
    assert answer.json()["statement"]["id"] != first["id"]
    assert [entry.value for entry in VoteLogEntry.objects.all()] == [1]


def test_a_later_answer_replaces_an_earlier_one(program, conversation):
    first = program.get("/next").json()["statement"]["id"]
    program.post("/answers", statement=first, answer="agree")
    program.post("/answers", statement=first, answer="pass")
    assert list(standing_votes(conversation).values()) == [0]
    assert program.get("/mine").json()["answers"] == [{"statement": first, "answer": "pass", "part": None}]


def test_an_answer_to_something_else_is_refused_in_words_and_nothing_is_kept(program):
    answer = program.post("/answers", statement=str(uuid4()), answer="agree")
    assert answer.status_code == 404
    assert "not in the conversation" in answer.json()["reason"]
    assert not Participant.objects.exists()


def test_an_answer_that_is_none_is_told_what_was_expected(program):
    first = program.get("/next").json()["statement"]["id"]
    answer = program.post("/answers", statement=first, answer="maybe")
    assert answer.status_code == 422
    assert answer.json()["reason"].startswith("answer: ")
    assert "disagree" in answer.json()["reason"]


def test_whoever_brings_no_token_is_asked_for_one(client, conversation):
    answer = Program(client, conversation).post("/answers", statement=str(uuid4()), answer="agree")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_browser_s_cookie_opens_nothing(client, conversation):
    token = a_token()
    a_participant(conversation, token)
    client.cookies["knotwork_browser"] = token
    assert Program(client, conversation).get("/mine").status_code == 401
    assert Program(client, conversation, token).get("/mine").status_code == 200


def test_a_closed_conversation_takes_no_answers(client):
    where = a_conversation(statements=1, stage="closed")
    answer = Program(client, where, "x" * 32).post(
        "/answers", statement=str(where.statements.get().public_id), answer="agree"
    )
    assert answer.status_code == 409
    assert "closed" in answer.json()["reason"]


def test_a_sensitive_place_refuses(client):
    place = a_place(is_sensitive=True)
    where = a_conversation(place.programme, place=place, statements=1)
    assert Program(client, where).post("/participants").status_code == 403


def test_somebody_adds_a_statement_and_reads_what_became_of_it(program):
    added = program.post("/statements", text="The last bus leaves too early.")
    assert added.status_code == 201
    assert added.json()["state"] == "waiting"
    Statement.objects.filter(author__isnull=False).update(state=StatementState.LIVE)
    assert program.get("/mine").json()["statements"][0]["state"] == "live"


def test_the_same_said_twice_by_two_is_refused_with_the_reason(client, conversation, program):
    program.post("/statements", text="The last bus leaves too early.")
    again = Program(client, conversation).begin().post("/statements", text="the last bus leaves too early")
    assert again.status_code == 409
    assert "said the same" in again.json()["reason"]


def test_results_come_after_enough_answers(program):
    assert program.get("/results").status_code == 403
    for _ in range(2):
        statement = program.get("/next").json()["statement"]["id"]
        following = program.post("/answers", statement=statement, answer="agree").json()
    assert following["may_see_results"]
    assert program.get("/results").status_code == 404  # allowed, and not worked out yet


def test_results_say_what_was_found_and_what_is_not_known(client):
    where = camps()
    worked_out(where)
    found = Program(client, where).get("/results").json()
    assert found["people"] == 50
    assert [group["letter"] for group in found["groups"]] == ["A", "B"]
    assert any("not the population" in unknown["why"] for unknown in found["unknowns"])
    assert found["method"] == "opinion"
    assert "statements" in found["tables"]


def test_a_table_has_the_rows_of_the_download(client):
    where = camps()
    worked_out(where)
    table = Program(client, where).get("/results/tables/group_statements", limit=4).json()
    page = f"/programmes/{where.programme.slug}/listen/{where.slug}/results/group_statements.csv"
    download = client.get(page).content.decode().splitlines()
    assert ",".join(table["columns"]) == download[0]
    assert table["count"] == len(download) - 1
    assert len(table["rows"]) == 4
    counts = [row[table["columns"].index("seen")] for row in table["rows"]]
    assert all(count % 5 == 0 for count in counts)


def test_a_table_that_is_none_is_not_there(client):
    where = camps()
    worked_out(where)
    assert Program(client, where).get("/results/tables/participants").status_code == 404


def test_somebody_who_asks_to_be_forgotten_is_not_known_any_more(program):
    statement = program.get("/next").json()["statement"]["id"]
    program.post("/answers", statement=statement, answer="agree")
    assert program.post("/mine/code").json()["code"].count(" ") == 2
    assert program.delete("/mine").status_code == 204
    assert program.get("/mine").status_code == 404
    assert not ParticipantToken.objects.exists()
    assert VoteLogEntry.objects.count() == 1


def test_answers_faster_than_a_person_reads_are_slowed_down(client, monkeypatch):
    monkeypatch.setattr("knotwork.conversations.services.participants.ANSWERS_IN_A_MINUTE", 2)
    program = Program(client, a_conversation(statements=4)).begin()
    statuses = []
    for _ in range(3):
        statement = program.get("/next").json()["statement"]["id"]
        answer = program.post("/answers", statement=statement, answer="pass")
        statuses.append(answer.status_code)
    assert statuses == [201, 201, 429]
    assert int(answer.headers["Retry-After"]) > 0


def test_what_is_no_json_is_said_so(client, conversation, program):
    answer = client.post(
        f"{program.stem}/answers", "{", content_type="application/json", headers=program.headers()
    )
    assert answer.status_code == 400
    assert answer.json()["status"] == 400
