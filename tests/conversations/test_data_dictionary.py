"""The data dictionary says what the columns are that are really there."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations.data_dictionary import HEADER, PUBLIC, ROWS, SUMMARY, TABLES, as_markdown, lines
from knotwork.conversations.models import Conversation, Participant
from tests.conversations.build import page
from tests.conversations.camps import worked_out
from tests.conversations.test_reach import compared, heard
from tests.conversations.test_vote_files import taken

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs/analysts/data-dictionary.md"


def with_everything() -> Conversation:
    """A conversation that has every public table."""
    where = heard((60, 36, 12), named_parts=["Leaders", "Residents"])
    Participant.objects.filter(conversation=where, number__lte=40).update(named_part=1)
    Participant.objects.filter(conversation=where, number__gt=40).update(named_part=2)
    Participant.objects.filter(conversation=where, number__lte=10).update(is_flagged=True)
    worked_out(where)
    return compared(where)


def test_every_column_of_every_public_table_is_explained_in_its_order(client: Client):
    where = with_everything()
    for table in PUBLIC:
        columns = pl.read_csv(taken(client, where, f"{table.name}.csv")).columns
        assert columns == [column.name for column in table.columns], table.name
    assert {table.name for table in PUBLIC} == {
        name.removesuffix(".csv").rpartition("/")[2]
        for name in client.get(page("results", where)).content.decode().split('"')
        if name.endswith(".csv") and "-" not in name.rpartition("/")[2]
    }


def test_every_column_of_the_rows_of_votes_is_explained(client: Client):
    where = heard((60, 36, 12), publishes_votes=True)
    for table in ROWS:
        columns = pl.read_csv(taken(client, where, f"{table.name}.csv")).columns
        assert [name for name in columns if not name.isdigit()] == [column.name for column in table.columns]
    names = [row[0] for row in csv.reader(io.StringIO(taken(client, where, "summary.csv").decode()))]
    assert names == [column.name for column in SUMMARY]


def test_every_column_has_a_meaning_a_unit_and_a_rounding_rule():
    for line in lines():
        assert all(line), line
        assert line[2].endswith("."), line


def test_the_page_of_the_documentation_is_made_from_it():
    # To write it anew: put as_markdown() of conversations/data_dictionary.py into the file.
    assert PAGE.read_text(encoding="utf-8") == as_markdown()


def test_everybody_can_read_it_and_take_it_away(client: Client):
    html = client.get(reverse("conversations:dictionary")).content.decode()
    for table in TABLES:
        assert f'id="of-{table.name}"' in html
    answer = client.get(reverse("conversations:dictionary-csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == 1 + sum(len(table.columns) for table in TABLES)
