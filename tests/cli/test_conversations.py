from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.builders import a_programme

from knotwork.cli.conversations import conversations
from knotwork.conversations.models import Conversation

pytestmark = pytest.mark.django_db

COMMENTS = "comment-id,comment-body\n0,More benches\n1,Fewer cars\n"
VOTES = "timestamp,comment-id,voter-id,vote\n1,0,1,1\n2,1,1,-1\n3,0,2,0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "votes.csv").write_text(VOTES, encoding="utf-8")
    return tmp_path


def bring_in(folder: Path, *options: str) -> Result:
    given = ["import", str(folder), "--attribution", "By the Example Project", *options]
    return CliRunner().invoke(conversations, given)


def test_an_export_is_brought_in_and_worked_out(folder):
    programme = a_programme(slug="here", language="cy")
    result = bring_in(folder, "--programme", "here", "--question", "What now?")
    assert result.exit_code == 0, result.output
    assert (
        "2 people, 2 statements and 3 standing votes are in /programmes/here/listen/what-now/"
        in result.output
    )
    conversation = programme.conversations.get()
    assert (conversation.language, conversation.publishes_votes) == ("cy", False)


def test_open_data_is_said_on_the_command_line(folder):
    programme = a_programme(slug="here")
    bring_in(folder, "--programme", "here", "--question", "What now?", "--open-data")
    assert programme.conversations.get().publishes_votes


def test_the_topic_of_the_summary_is_the_question_unless_one_is_given(folder):
    programme = a_programme(slug="here")
    (folder / "summary.csv").write_text(
        "topic,Streets for everybody\nurl,https://pol.is/abc\n", encoding="utf-8"
    )
    bring_in(folder, "--programme", "here")
    conversation = programme.conversations.get()
    assert (conversation.question, conversation.source) == ("Streets for everybody", "https://pol.is/abc")


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (None, ("--programme", "nowhere", "--question", "?"), "--programme: found 'nowhere'"),
        (None, ("--programme", "here"), "--question: found 0 characters, expected 1 to 300"),
        ("0,7,1,1\n", ("--programme", "here", "--question", "?"), "votes.csv, row 5, column comment-id"),
        ("0,0,1\n", ("--programme", "here", "--question", "?"), "votes.csv, row 5: found 3 fields"),
    ],
)
def test_what_cannot_be_used_ends_with_status_2_and_one_message(folder, change, options, words):
    a_programme(slug="here")
    if change:
        (folder / "votes.csv").write_text(VOTES + change, encoding="utf-8")
    result = bring_in(folder, *options)
    assert result.exit_code == 2
    assert words in result.output
    assert not Conversation.objects.exists()


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    a_programme(slug="here")
    result = bring_in(tmp_path / "missing", "--programme", "here", "--question", "?")
    assert result.exit_code == 2
    assert "missing" in result.output
