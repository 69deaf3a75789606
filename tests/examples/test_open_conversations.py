import csv
import gzip
import io
from collections.abc import Iterator

import pytest
from django.db import transaction

from knotwork.conversations import rules
from knotwork.conversations.analyses import KIND, LANDSCAPE
from knotwork.conversations.exports import PUBLIC_TABLES
from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due
from knotwork.examples import open_conversations
from knotwork.examples.open_conversations import KEY, MATERIAL, PRACTICE_STATEMENTS, SHIPPED
from knotwork.examples.registry import in_silence
from knotwork.programmes.models import Programme, Provenance
from tests.conversations.build import page, press

pytestmark = pytest.mark.django_db
FILES = ("comments.csv.gz", "summary.csv.gz", "votes.csv.gz")
PEOPLE = {"biodiversity": 536, "brexit-consensus": 204, "seattle-minimum-wage": 339}
VOTES = {"biodiversity": 29_719, "brexit-consensus": 5_303, "seattle-minimum-wage": 2_872}


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Loaded once for all tests of this file, each of which undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        open_conversations.load(in_silence)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(_loaded_once: None, db: None) -> Programme:
    return Programme.objects.get(slug=KEY)


def held(programme: Programme) -> list[Conversation]:
    return list(programme.conversations.filter(held_elsewhere=True))


def comments_of(folder: str) -> list[dict[str, str]]:
    text = gzip.decompress((MATERIAL / folder / "comments.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.folder)
def test_what_is_shipped_holds_no_words_of_rejected_statements(one):
    assert sorted(path.name for path in (MATERIAL / one.folder).iterdir()) == list(FILES)
    for row in comments_of(one.folder):
        assert bool(row["comment-body"].strip()) == (row["moderated"] != "-1"), row["comment-id"]


def test_the_material_names_every_case_study_in_the_words_of_the_licence():
    text = " ".join((MATERIAL / "ATTRIBUTION.md").read_text(encoding="utf-8").replace(">", "").split())
    assert (
        "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 with "
        "Attribution to The Computational Democracy Project." in text
    )
    assert all(one.link in text for one in SHIPPED)


def test_three_conversations_and_one_to_practise_in_stand_in_the_programme(programme):
    assert programme.provenance == Provenance.OPEN_DATA
    assert {one.slug for one in held(programme)} == set(PEOPLE)
    assert programme.conversations.count() == 4


def test_people_and_votes_are_those_of_the_sources(programme):
    for one in held(programme):
        assert one.participants.count() == PEOPLE[one.slug]
        assert one.votes.count() == VOTES[one.slug]


def test_every_conversation_names_its_source_and_publishes_its_votes(programme):
    links = {one.slug: one.link for one in SHIPPED}
    for one in held(programme):
        assert one.publishes_votes
        assert one.attribution.endswith(links[one.slug])
        assert one.source == links[one.slug]


def test_results_are_worked_out_at_loading_and_nothing_is_due_afterwards(programme):
    for one in held(programme):
        snapshot = snapshots.newest_good(KIND, one.public_id)
        assert snapshot.result["people"] == PEOPLE[one.slug]
        assert LANDSCAPE in snapshots.pictures(snapshot.id)
    assert ask_for_due() == 0


def test_loading_again_changes_nothing(programme):
    before = sorted(Conversation.objects.values_list("public_id", flat=True))
    open_conversations.load(in_silence)
    assert sorted(Conversation.objects.values_list("public_id", flat=True)) == before


def test_it_can_be_taken_out_of_sight_and_brought_back(client, programme):
    open_conversations.withdraw()
    assert not open_conversations.is_there()
    assert client.get(page("results", held(programme)[0])).status_code == 404
    open_conversations.load(in_silence)
    assert open_conversations.is_there()
    assert programme.conversations.count() == 4


def test_a_stranger_reads_all_results_and_takes_all_tables(client, programme):
    for one in held(programme):
        address = page("results", one)
        for name in ("", "statements/", *(f"{table}.csv" for table in (*PUBLIC_TABLES, "votes", "comments"))):
            assert client.get(f"{address}{name}").status_code == 200, name
        assert len(client.get(address).content) < 250_000


def test_rejected_statements_have_no_words_and_are_in_no_table(client, programme):
    rejected = Statement.objects.filter(conversation__programme=programme, state=StatementState.NOT_SHOWN)
    assert rejected.count() == 185
    assert not rejected.exclude(text="").exists()
    for one in held(programme):
        numbers = set(rejected.filter(conversation=one).values_list("number", flat=True))
        for table in ("statements", "group_statements", "representative", "consensus"):
            text = client.get(f"{page('results', one)}{table}.csv").content.decode()
            found = {int(row["statement"]) for row in csv.DictReader(io.StringIO(text))}
            assert not found & numbers


def test_the_attribution_is_on_every_results_page(client, programme):
    for one in held(programme):
        text = client.get(page("results", one)).content.decode()
        assert "Attribution to The Computational Democracy Project" in text
        assert one.source in text


def test_practice_has_forty_statements_no_votes_and_says_what_it_is(client, programme):
    practice = programme.conversations.get(held_elsewhere=False)
    assert len(set(PRACTICE_STATEMENTS)) == practice.statements.count() == 40
    assert practice.votes.count() == 0
    about = client.get(page("about", practice)).content.decode()
    assert "This conversation is for practice." in about
    assert "Attribution to The Computational Democracy Project" in about


def test_anybody_can_practise(client, programme):
    practice = programme.conversations.get(held_elsewhere=False)
    assert rules.can_take_part(practice)
    press(client, practice.statements.first())
    assert practice.votes.count() == 1


def test_its_first_statements_were_let_through_where_they_were_written():
    moderated = {
        int(row["comment-id"]): row["moderated"] for row in comments_of("scoop-hivemind.biodiversity")
    }
    assert {moderated[number] for number in PRACTICE_STATEMENTS} == {"1"}
