"""A Polis export of a conversation in four files, Parquet, and who may take them."""

import csv
import io
import zipfile

import polars as pl
import pytest
from django.test import Client

from knotwork.conversations import vote_files
from knotwork.conversations.analyses import KIND
from knotwork.conversations.exports import PUBLIC_TABLES
from knotwork.conversations.models import Conversation, Participant, Statement
from knotwork.conversations.vote_files import summary_of, vote_rows
from knotwork.core.analyses import queries as snapshots
from knotwork.core.events.models import Event
from knotwork.formats.polis import read_polis
from knotwork.programmes.models import Role
from tests.builders import a_person, a_place, signed_in
from tests.conversations.build import page
from tests.conversations.camps import camps, words_of, worked_out

pytestmark = pytest.mark.django_db
OF_ROWS = ("votes.csv", "votes.parquet", "participants-votes.csv", "comments.csv", "summary.csv", "polis.zip")
LOGGED = ("votes.csv", "votes.parquet", "participants-votes.csv", "polis.zip")


@pytest.fixture
def published() -> Conversation:
    where = camps((33, 20), publishes_votes=True)
    worked_out(where)
    return where


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def taken(client: Client, where: Conversation, name: str) -> bytes:
    response = client.get(page("results", where) + name)
    assert response.status_code == 200, response.content
    assert response["Content-Disposition"].startswith("attachment")
    return response.content


def test_the_zip_is_a_polis_export_that_our_own_reader_reads(client, published):
    export = read_polis(unpacked(taken(client, published, "polis.zip")))
    assert export.topic == published.question
    assert export.votes.height == published.votes.count()
    assert export.statements.height == 10
    assert export.warnings == ()


def test_in_the_zip_a_person_bears_one_number_and_stands_in_her_group(client, published):
    files = unpacked(taken(client, published, "polis.zip"))
    rows, matrix = (pl.read_csv(files[name]) for name in ("votes.csv", "participants-votes.csv"))
    for person in matrix.iter_rows(named=True):
        own = rows.filter(pl.col("voter-id") == person["participant"])
        assert dict(own.select(pl.col("comment-id").cast(pl.String), "vote").iter_rows()) == {
            name: vote for name, vote in person.items() if name.isdigit() and vote is not None
        }
    assert sorted(matrix["group-id"].value_counts()["count"]) == [20, 33]
    summary = dict(csv.reader(io.StringIO(files["summary.csv"].decode())))
    assert (summary["voters"], summary["voters-in-conv"], summary["groups"]) == ("53", "53", "2")
    assert summary["views"] == ""


def test_rows_of_votes_are_for_the_team_and_each_time_is_logged(client):
    where = camps((33, 20))
    worked_out(where)
    for name in OF_ROWS:
        assert client.get(page("results", where) + name).status_code == 403
    signed_in(client, a_person(Role.EVALUATOR, where.programme))
    for name in OF_ROWS:
        taken(client, where, name)
        client.head(page("results", where) + name)
    assert Event.objects.filter(verb="votes.exported").count() == len(LOGGED)


def test_of_an_open_conversation_nobody_takes_rows_before_she_has_answered(client, published):
    Conversation.objects.filter(pk=published.pk).update(stage="open")
    for name in OF_ROWS:
        assert client.get(page("results", published) + name).status_code == 403


def test_a_summary_tells_no_small_number_of_people():
    where = camps((33, 20))
    worked_out(where)
    author = Participant.objects.filter(conversation=where).first()
    Statement.objects.filter(conversation=where, number=1).update(author=author)
    summary = summary_of(where, vote_rows(where), "https://example.org")
    assert (summary.voters, summary.commenters) == (55, None)


def test_in_a_place_that_became_sensitive_no_file_says_who_stands_in_which_group(published):
    place = a_place(published.programme, is_sensitive=True, help_text="Help", help_url="https://example.org")
    published.place = place
    published.save()
    assert vote_rows(published).groups == {}


def test_a_matrix_that_would_be_too_big_is_not_made(client, published, monkeypatch):
    monkeypatch.setattr(vote_files, "MOST_CELLS", 100)
    for name in ("participants-votes.csv", "polis.zip"):
        response = client.get(page("results", published) + name)
        assert response.status_code == 422
        assert "too big" in response.content.decode()


def test_votes_as_parquet_are_the_votes_with_their_types(client, published):
    frame = pl.read_parquet(taken(client, published, "votes.parquet"))
    assert frame.schema["datetime"] == pl.Date
    assert frame.height == published.votes.count()


@pytest.mark.parametrize("name", PUBLIC_TABLES)
def test_every_public_table_is_the_same_as_csv_and_as_parquet(client, published, name):
    of_csv = pl.read_csv(taken(client, published, f"{name}.csv"))
    of_parquet = pl.read_parquet(taken(client, published, f"{name}.parquet"))
    assert of_csv.columns == of_parquet.columns
    assert of_parquet.write_csv().encode() == taken(client, published, f"{name}.csv")


def test_what_is_no_table_is_not_found_as_parquet(client, published):
    assert client.get(page("results", published) + "participants.parquet").status_code == 404
    assert client.get(page("results", published) + "opinion-landscape.parquet").status_code == 404


def test_the_page_of_results_offers_each_table_twice_and_its_meaning(client, published):
    html = words_of(client, published)
    assert "statements.csv" in html
    assert "statements.parquet" in html
    assert "polis.zip" in html
    assert "/listen/data-dictionary/" in html


def test_the_rows_agree_with_the_result(published):
    kept = snapshots.tables(snapshots.newest_good(KIND, published.public_id).id)["statements"]
    comments = vote_rows(published).comments()
    assert comments["agrees"].to_list() == kept["agree"].to_list()
    assert comments["disagrees"].to_list() == kept["disagree"].to_list()
