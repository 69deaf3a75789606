import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from knotwork.conversations.exports import PUBLIC_TABLES
from knotwork.conversations.imports import putting_in
from knotwork.conversations.imports import requests as import_requests
from knotwork.conversations.imports.forms import ImportForm
from knotwork.conversations.imports.putting_in import HeldElsewhere, ImportRefused, put_in, remove_left_behind
from knotwork.conversations.models import (
    Conversation,
    ConversationImport,
    ConversationStage,
    ImportState,
    Participant,
    Statement,
    StatementState,
    Vote,
    VoteLogEntry,
)
from knotwork.conversations.queries import conversations
from knotwork.conversations.vote_arrays import states_of_voted
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.events.models import Event
from knotwork.core.uploads.models import Upload
from knotwork.examples.open_conversations import MATERIAL
from knotwork.formats.polis import ConversationExport, read_polis
from knotwork.programmes.models import Role
from tests.builders import a_person, a_programme, signed_in
from tests.conversations.build import page, replayed_log, standing_votes
from tests.conversations.camps import worked_out

pytestmark = pytest.mark.django_db
SOMEBODY = Viewer(is_administrator=True)

COMMENTS = """timestamp,comment-id,author-id,moderated,comment-body
1000,0,1,1,More benches
3000,1,1,0,"Fewer cars, please"
3000,2,2,-1,Something of Zanzibar
"""
VOTES = """timestamp,comment-id,voter-id,vote
2000,0,1,1
4000,0,2,-1
5000,1,2,0
6000,0,2,1
7000,2,3,-1
"""


def export(**files: str) -> ConversationExport:
    given = {"comments.csv": COMMENTS, "votes.csv": VOTES} | {
        f"{name.replace('_', '-')}.csv": text for name, text in files.items()
    }
    return read_polis({name: text.encode() for name, text in given.items() if text})


def bring_in(brought: ConversationExport | None = None, **words: object) -> Conversation:
    about = HeldElsewhere(
        **({"programme": a_programme(), "question": "What now?", "attribution": "Us"} | words)
    )
    return put_in(brought or export(), about, by=SOMEBODY)


def nothing_is_left() -> bool:
    nouns = (Conversation, Participant, Statement, Vote, VoteLogEntry)
    return not any(noun.objects.exists() for noun in nouns)


# What comes in


@pytest.mark.parametrize("folder", sorted(path.name for path in MATERIAL.iterdir() if path.is_dir()))
def test_a_real_export_comes_in_vote_by_vote(folder):
    brought = read_polis(MATERIAL / folder)
    conversation = bring_in(brought)
    votes = brought.votes.with_columns(pl.col("participant", "statement").cast(pl.Int64)).sort(
        "time", maintain_order=True
    )
    last = votes.unique(["participant", "statement"], keep="last")
    columns = ("participant__number", "statement__number", "value")
    assert sorted(Vote.objects.values_list(*columns)) == sorted(
        last.select("participant", "statement", "vote").rows()
    )
    log = VoteLogEntry.objects.order_by("id").values_list(*columns)
    assert list(log) == votes.select("participant", "statement", "vote").rows()
    assert conversation.statements.count() == brought.statements.height
    assert conversation.participants.count() == votes["participant"].n_unique()


def test_the_last_vote_wins_and_the_log_keeps_all():
    conversation = bring_in()
    assert VoteLogEntry.objects.count() == 5
    assert standing_votes(conversation) == replayed_log(conversation)
    second = conversation.participants.get(number=2)
    vote = Vote.objects.get(participant=second, statement__number=0)
    assert (vote.value, vote.at) == (1, datetime.fromtimestamp(6, UTC))


def test_a_rejected_statement_is_kept_without_its_words():
    conversation = bring_in()
    rejected = conversation.statements.get(number=2)
    assert (rejected.text, rejected.state) == ("", StatementState.NOT_SHOWN)
    assert rejected.votes.count() == 1
    assert not Statement.objects.filter(text__contains="Zanzibar").exists()


def test_statements_that_nobody_rejected_are_shown():
    conversation = bring_in()
    live = conversation.statements.filter(state=StatementState.LIVE)
    assert dict(live.values_list("number", "text")) == {0: "More benches", 1: "Fewer cars, please"}


def test_statements_from_before_the_first_vote_were_put_in_by_the_hosts():
    conversation = bring_in()
    assert list(conversation.statements.filter(is_seed=True).values_list("number", flat=True)) == [0]


def test_statements_about_the_person_are_marked():
    text = COMMENTS.replace("comment-body", "is-meta,comment-body").replace("1,More", "1,true,More")
    text = text.replace('0,"Fewer', '0,false,"Fewer').replace("-1,Something", "-1,false,Something")
    conversation = bring_in(export(comments=text))
    assert list(
        conversation.statements.filter(is_about_the_person=True).values_list("number", flat=True)
    ) == [0]


def test_authors_who_never_voted_are_participants_too():
    conversation = bring_in(export(comments=COMMENTS.replace("3000,1,1,", "3000,1,9,")))
    assert conversation.statements.get(number=1).author.number == 9
    assert conversation.participants.get(number=9).votes.count() == 0


def test_the_conversation_is_closed_held_elsewhere_and_says_whom_to_name():
    conversation = bring_in(attribution="By the Example Project", source="https://example.org/study")
    assert (conversation.stage, conversation.held_elsewhere) == (ConversationStage.CLOSED, True)
    assert (conversation.attribution, conversation.source) == (
        "By the Example Project",
        "https://example.org/study",
    )
    assert conversation.opens_at == datetime.fromtimestamp(2, UTC)
    assert conversation.closes_at == datetime.fromtimestamp(8, UTC)


def test_votes_are_public_only_if_the_importer_says_that_they_are_open_data():
    assert not bring_in().publishes_votes
    assert bring_in(publishes_votes=True).publishes_votes


def test_two_of_one_question_get_two_addresses():
    programme = a_programme()
    slugs = {bring_in(programme=programme).slug for _number in range(3)}
    assert slugs == {"what-now", "what-now-2", "what-now-3"}


def test_a_grid_of_last_votes_comes_in_at_the_time_of_the_import():
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.moved_to(moment):
        conversation = bring_in(export(votes="", participants_votes="participant,0,1\n1,1,\n2,-1,0\n"))
    assert sorted(Vote.objects.values_list("participant__number", "statement__number", "value")) == [
        (1, 0, 1),
        (2, 0, -1),
        (2, 1, 0),
    ]
    assert {vote.at for vote in Vote.objects.all()} == {moment}
    assert (conversation.opens_at, conversation.statements.filter(is_seed=True).count()) == (None, 0)


def test_one_event_tells_of_it():
    conversation = bring_in()
    event = Event.objects.get(verb="conversation.imported")
    assert (event.subject_id, event.programme) == (conversation.public_id, conversation.programme.public_id)


# All or nothing


def test_while_it_comes_in_nobody_sees_it_and_nothing_is_worked_out(monkeypatch):
    seen = []

    def look(*_done: int) -> None:
        seen.append((conversations().visible_to(SOMEBODY).count(), len(states_of_voted())))

    about = HeldElsewhere(programme=a_programme(), question="What now?", attribution="Us")
    put_in(export(), about, by=SOMEBODY, progress=look)
    assert seen[0] == (0, 0)
    assert conversations().visible_to(STRANGER).count() == 1


@pytest.mark.parametrize("step", ["_fill_people", "_fill_statements", "_insert", "record"])
def test_a_failure_at_any_step_leaves_nothing(monkeypatch, step):
    def breaks(*_anything: object, **_words: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(putting_in, step, breaks)
    with pytest.raises(RuntimeError):
        bring_in()
    assert nothing_is_left()


def test_many_votes_come_in_batch_by_batch(monkeypatch):
    monkeypatch.setattr(putting_in, "ROWS_AT_ONCE", 2)
    conversation = bring_in()
    assert (conversation.votes.count(), VoteLogEntry.objects.count(), conversation.participants.count()) == (
        4,
        5,
        3,
    )


def test_what_a_killed_import_left_behind_goes_after_some_hours():
    left = putting_in._stage(HeldElsewhere(a_programme(), "What now?", "Us"), (None, None))
    assert remove_left_behind() == 0
    with clock.moved_to(clock.now() + timedelta(hours=7)):
        assert remove_left_behind() == 1
    assert not Conversation.objects.filter(pk=left.pk).exists()


def test_a_conversation_that_is_shown_is_never_removed_as_left_behind():
    conversation = bring_in()
    putting_in.remove_staged(conversation.pk)
    assert Conversation.objects.filter(pk=conversation.pk).exists()


BAD = {
    "a vote on an unknown statement": (
        {"votes": VOTES + "8000,7,1,1\n"},
        "votes.csv, row 7, column comment-id: found a vote on statement 7, expected one of the 3 statements",
    ),
    "a column of the grid for an unknown statement": (
        {"votes": "", "participants_votes": "participant,0,7\n1,1,1\n"},
        "participants-votes.csv, column 7: found votes on statement 7",
    ),
    "no statements": ({"comments": ""}, "The statements are missing. Add the file comments.csv"),
    "a statement without words that nobody rejected": (
        {"comments": COMMENTS.replace("More benches", "")},
        "comments.csv, row 2, column comment-body: found 0 characters",
    ),
    "a statement that is too long": (
        {"comments": COMMENTS.replace("More benches", "x" * 1001)},
        "found 1001 characters, expected 1 to 1000",
    ),
    "people that are no numbers": (
        {"votes": VOTES.replace("2000,0,1,1", "2000,0,anna,1")},
        "Row 2, participant: found anna, expected a whole number from 0.",
    ),
    "a number that no table can hold": (
        {"votes": VOTES.replace("2000,0,1,1", "2000,0,99999999999,1")},
        "Row 2, participant: found 99999999999",
    ),
    "two votes at one time": (
        {"votes": VOTES.replace("6000,0,2,1", "4000,0,2,1")},
        "Participant 2 gave two different votes on statement 0 at the same time",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_become_a_conversation_is_refused_in_words(what):
    files, words = BAD[what]
    with pytest.raises(ImportRefused) as refusal:
        bring_in(export(**files))
    assert words in str(refusal.value)
    assert nothing_is_left()


# Handing files in


@pytest.fixture
def programme():
    return a_programme(slug="here")


@pytest.fixture
def team(client, programme):
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))


def hand_in(client, programme, files: dict[str, tuple[str, bytes]] | None = None, **words: object):
    given = files or {"comments": ("comments.csv", COMMENTS.encode()), "votes": ("votes.csv", VOTES.encode())}
    uploads = {field: SimpleUploadedFile(name, content) for field, (name, content) in given.items()}
    form = {"question": "What now?", "attribution": "By the Example Project", "source": ""} | words
    return client.post(reverse("conversations:import", args=[programme.slug]), form | uploads)


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_team_hands_files_in_and_finds_the_conversation(team, programme, settings):
    response = hand_in(team, programme)
    assert response.status_code == 303
    row = ConversationImport.objects.get()
    assert row.state == ImportState.DONE, row.problem
    text = team.get(response.url).content.decode()
    assert reverse("conversations:results", args=["here", "what-now"]) in text
    conversation = Conversation.objects.get()
    assert (conversation.votes.count(), conversation.publishes_votes) == (4, False)
    assert Event.objects.filter(verb="import.asked").count() == 1


def test_files_are_forgotten_when_they_are_read(team, programme, settings):
    """They hold the words of rejected statements."""
    hand_in(team, programme)
    assert not Upload.objects.exists()
    assert stored_files(settings) == []
    assert ConversationImport.objects.get().uploads == {}


def test_files_may_be_compressed_and_bear_any_name(team, programme):
    files = {
        "comments": ("ours.CSV.GZ", gzip.compress(COMMENTS.encode())),
        "votes": ("all of them.csv.gz", gzip.compress(VOTES.encode())),
        "summary": ("s.csv", b"topic,Streets\nurl,https://pol.is/abc\n"),
    }
    hand_in(team, programme, files)
    assert ConversationImport.objects.get().state == ImportState.DONE
    assert Conversation.objects.get().source == "https://pol.is/abc"


def test_open_data_is_open_if_the_importer_says_so(team, programme):
    hand_in(team, programme, publishes_votes="on")
    assert Conversation.objects.get().publishes_votes


def test_a_note_says_that_a_grid_has_no_times(team, programme):
    files = {
        "comments": ("comments.csv", COMMENTS.encode()),
        "participants_votes": ("p.csv", b"participant,0\n1,1\n"),
    }
    response = hand_in(team, programme, files)
    assert "which has no times" in team.get(response.url).content.decode()


BROKEN = {
    "a binary file": (
        b"\x00\x01\x02\xff" * 50,
        "votes.csv: found a binary file, expected a CSV file in UTF-8.",
    ),
    "wrong columns": (b"who,what\n1,2\n", "votes.csv, row 1, column timestamp"),
    "a row that is cut": (VOTES.encode() + b"9000,0\n", "votes.csv, row 7: found 2 fields, expected 4"),
    "a vote that is none": (
        VOTES.encode() + b"9000,0,1,5\n",
        "votes.csv, row 7, column vote: found 5, expected 1, 0 or -1.",
    ),
    "a vote on an unknown statement": (
        VOTES.encode() + b"9000,8,1,1\n",
        "row 7, column comment-id: found a vote on statement 8",
    ),
    "no votes": (b"timestamp,comment-id,voter-id,vote\n", "votes.csv: found no votes"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_in_words_and_leaves_nothing(team, programme, settings, what):
    content, words = BROKEN[what]
    files = {"comments": ("comments.csv", COMMENTS.encode()), "votes": ("votes.csv", content)}
    response = hand_in(team, programme, files)
    row = ConversationImport.objects.get()
    assert row.state == ImportState.REFUSED
    assert words in row.problem
    text = team.get(response.url).content.decode()
    assert "Nothing was kept." in text
    assert nothing_is_left()
    assert not Upload.objects.exists()
    assert stored_files(settings) == []
    assert Event.objects.filter(verb="import.refused").count() == 1


def test_a_file_that_only_says_that_it_is_compressed_is_refused_and_leaves_nothing(team, programme, settings):
    files = {"votes": ("votes.csv", VOTES.encode()), "comments": ("comments.csv.gz", b"not gzip at all")}
    response = hand_in(team, programme, files)
    assert response.status_code == 422
    assert "is not what its name says" in response.content.decode()
    assert not ConversationImport.objects.exists()
    assert not Upload.objects.exists()
    assert stored_files(settings) == []


def test_a_file_that_grows_beyond_bounds_when_unpacked_is_refused(team, programme, monkeypatch):
    monkeypatch.setattr(import_requests, "LARGEST_UNPACKED", 100)
    files = {
        "comments": ("c.csv", COMMENTS[:80].encode()),
        "votes": ("v.csv.gz", gzip.compress(VOTES.encode() * 10)),
    }
    hand_in(team, programme, files)
    assert "more when unpacked" in ConversationImport.objects.get().problem


def test_files_that_are_too_large_together_are_refused_at_the_door(team, programme, monkeypatch):
    monkeypatch.setattr("knotwork.conversations.imports.forms.LARGEST_IMPORT", 200)
    response = hand_in(team, programme)
    assert response.status_code == 422
    assert "We take at most" in response.content.decode()
    assert not ConversationImport.objects.exists()


def test_files_of_other_kinds_are_refused_at_the_door(team, programme):
    files = {"comments": ("comments.pdf", b"%PDF-1.7"), "votes": ("votes.csv", VOTES.encode())}
    response = hand_in(team, programme, files)
    assert response.status_code == 422
    assert (
        "Choose a file that ends in .csv or .csv.gz. This one is called comments.pdf."
        in response.content.decode()
    )


def test_without_votes_the_form_says_which_file_is_missing():
    form = ImportForm({"question": "?", "attribution": "us"}, {"comments": SimpleUploadedFile("c.csv", b"x")})
    assert "Choose votes.csv" in str(form.errors["votes"])


def test_something_unforeseen_is_said_to_be_ours_and_leaves_nothing(team, programme, monkeypatch, settings):
    def breaks(*_anything: object, **_words: object) -> None:
        raise RuntimeError("secret details")

    monkeypatch.setattr(import_requests, "put_in", breaks)
    hand_in(team, programme)
    row = ConversationImport.objects.get()
    assert row.state == ImportState.REFUSED
    assert "not with your files" in row.problem
    assert "secret" not in row.problem
    assert stored_files(settings) == []


def test_an_import_is_read_once_only(team, programme):
    hand_in(team, programme)
    import_requests.read_import(ConversationImport.objects.get().pk)
    assert Conversation.objects.count() == 1


def test_an_import_whose_worker_was_stopped_is_given_up_after_an_hour(team, programme):
    row = programme.conversation_imports.create(question="What now?", state=ImportState.RUNNING)
    address = reverse("conversations:import-state", args=["here", row.public_id])
    assert "Look again" in team.get(address).content.decode()
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert "The reading was stopped" in team.get(address).content.decode()


def test_the_same_file_handed_in_elsewhere_is_not_removed_with_it(team, programme, settings):
    from knotwork.core.uploads.services import store

    kept = store(SimpleUploadedFile("votes.csv", VOTES.encode()), by=STRANGER)
    hand_in(team, programme)
    assert [path.name for path in stored_files(settings)] == [kept.sha256]


def test_only_the_team_and_facilitators_may_bring_conversations_in(client, programme):
    address = reverse("conversations:import", args=["here"])
    assert client.get(address).status_code == 302
    for role in Role:
        signed_in(client, a_person(role, programme))
        allowed = role in (Role.PROGRAMME_TEAM, Role.FACILITATOR)
        assert client.get(address).status_code == (200 if allowed else 403), role


def test_an_import_of_another_programme_is_not_found(team, programme):
    row = a_programme().conversation_imports.create(question="What now?")
    assert team.get(reverse("conversations:import-state", args=["here", row.public_id])).status_code == 404


def test_the_words_of_a_rejected_statement_are_on_no_page_and_in_no_export(client, programme):
    """A walk over every page that shows statements, as an administrator, who may open all of them."""
    votes = [
        f"{1000 * who + what},{what},{who},{1 if (who < 12) == (what != 2) else -1}"
        for who in range(24)
        for what in range(3)
    ]
    signed_in(client, a_person(is_administrator=True))
    log = "\n".join(["timestamp,comment-id,voter-id,vote", *votes]).encode()
    hand_in(
        client,
        programme,
        {"comments": ("c.csv", COMMENTS.encode()), "votes": ("v.csv", log)},
        publishes_votes="on",
    )
    conversation = Conversation.objects.get()
    assert worked_out(conversation)["not_shown"] == 1
    results = page("results", conversation)
    for name in (
        "results",
        "results-statements",
        "about",
        "take-part",
        "moderate",
        "moderation-log",
        "set-up",
    ):
        response = client.get(page(name, conversation))
        assert response.status_code in (200, 403), name
        assert b"Zanzibar" not in response.content, name
    for name in (*PUBLIC_TABLES, "votes", "comments"):
        response = client.get(f"{results}{name}.csv")
        assert response.status_code == 200, name
        assert b"Zanzibar" not in response.content, name
    assert not any(
        "Zanzibar" in str(row) for noun in (Statement, ConversationImport) for row in noun.objects.values()
    )
