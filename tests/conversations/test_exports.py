import io
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from knotwork.conversations.analyses import KIND
from knotwork.conversations.exports import PUBLIC_TABLES, as_text, public_tables
from knotwork.conversations.models import Statement, StatementState, Vote
from knotwork.conversations.vote_files import vote_rows
from knotwork.core import clock
from knotwork.core.analyses import queries as snapshots
from knotwork.core.events.models import Event
from knotwork.formats.polis import read_polis
from knotwork.methods.opinion import analyse, vote_table
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, signed_in
from tests.conversations.build import page
from tests.conversations.camps import camps, worked_out

pytestmark = pytest.mark.django_db


def taken(client, conversation, name: str) -> pl.DataFrame:
    response = client.get(f"{page('results', conversation)}{name}.csv")
    assert response.status_code == 200, response.status_code
    assert response["Content-Disposition"].startswith("attachment")
    return pl.read_csv(io.BytesIO(response.content))


@pytest.fixture
def small():
    conversation = camps((33, 20))
    worked_out(conversation)
    return conversation


@pytest.fixture
def published():
    conversation = camps((33, 20), publishes_votes=True)
    worked_out(conversation)
    return conversation


@pytest.mark.parametrize("name", PUBLIC_TABLES)
def test_a_download_parses_and_equals_the_snapshot(client, small, name):
    kept = snapshots.table(snapshots.newest_good(KIND, small.public_id).id, f"public_{name}")
    found = taken(client, small, name)
    assert found.drop("text", strict=False).columns == kept.columns
    assert found.drop("text", strict=False).height == kept.height
    for column in kept.columns:
        if kept[column].dtype == pl.Float64:
            assert found[column].cast(pl.Float64).to_list() == kept[column].to_list()
        else:
            assert found[column].cast(kept[column].dtype).to_list() == kept[column].to_list()


def test_exact_tables_are_those_of_the_method(client, published):
    snapshot = snapshots.newest_good(KIND, published.public_id)
    own = snapshots.table(snapshot.id, "statements")
    found = taken(client, published, "statements")
    for column in ("agree", "disagree", "pass", "seen", "consensus_agree", "divisiveness", "extremity"):
        assert found[column].to_list() == own[column].to_list()


def test_in_public_counts_are_multiples_of_five_and_small_ones_are_missing(client, small):
    exact = snapshots.table(snapshots.newest_good(KIND, small.public_id).id, "group_statements")
    found = taken(client, small, "group_statements")
    for name in ("agree", "disagree", "pass", "seen"):
        for true, shown in zip(exact[name], found[name], strict=True):
            assert shown is None if 0 < true < 5 else shown % 5 == 0
            # A part is the nearest five; a whole is made from the published parts, so that it tells no more.
            assert shown is None or abs(shown - true) <= (7 if name == "seen" else 2)


def test_shares_are_those_of_the_published_counts(client, small):
    found = taken(client, small, "statements").drop_nulls(["agree", "seen"])
    assert found["agree_share"].to_list() == (found["agree"] / found["seen"]).to_list()
    assert (found["agree_low"] <= found["agree_share"]).all()
    assert (found["agree_share"] <= found["agree_high"]).all()


def test_two_conversations_with_the_same_published_counts_publish_the_same():
    """Nothing in a public table comes from the exact counts: that is what keeps them unknown."""
    frames = analyse(vote_table(_votes(40, 40))).to_frames()
    other = analyse(vote_table(_votes(41, 41))).to_frames()
    one, two = (public_tables(each, exact=False) for each in (frames, other))
    for name in ("statements", "groups", "group_statements"):
        assert one[name].equals(two[name]), name


def _votes(first: int, second: int) -> pl.DataFrame:
    """Two camps that agree with all or none of ten statements, one of them by turns."""
    rows = [
        (who, what, 1 if (who < first) == (what % 2 == 0) else -1)
        for who in range(first + second)
        for what in range(10)
    ]
    return pl.DataFrame(rows, ["participant", "statement", "vote"], orient="row")


def test_fine_columns_are_left_out_in_public(client, small):
    found = taken(client, small, "statements")
    assert found["extremity"].null_count() == found.height
    assert found["priority"].null_count() == found.height
    representative = taken(client, small, "representative")
    assert representative["representativeness"].null_count() == representative.height


def test_common_ground_without_groups_is_missing():
    votes = _votes(10, 0).with_columns(pl.lit(1).alias("vote"))
    tables = public_tables(analyse(vote_table(votes)).to_frames(), exact=False)
    assert tables["statements"]["consensus_agree"].null_count() == 10
    assert tables["groups"].height == 0


def test_statements_that_are_not_shown_are_in_no_table(client, small):
    Statement.objects.filter(conversation=small, number=1).update(state=StatementState.NOT_SHOWN)
    for name in ("statements", "group_statements", "representative", "consensus"):
        assert 1 not in taken(client, small, name)["statement"].to_list()
    assert (
        "Statement number 1 is" not in client.get(f"{page('results', small)}statements.csv").content.decode()
    )


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@name", "\tx"])
def test_words_that_a_spreadsheet_would_run_are_made_words(words):
    assert as_text(words) == f"'{words}"
    assert as_text(f"a{words}") == f"a{words}"


def test_an_unknown_table_or_picture_is_not_found(client, small):
    for name in ("participants.csv", "public_statements.csv", "x.svg", "x.png", "components.csv"):
        assert client.get(f"{page('results', small)}{name}").status_code == 404


def test_before_there_is_a_result_a_download_leads_to_the_page_that_says_so(client):
    conversation = camps((9, 9))
    response = client.get(f"{page('results', conversation)}statements.csv")
    assert (response.status_code, response.url) == (303, page("results", conversation))


def test_the_picture_comes_as_svg_png_and_csv_with_its_credit(client, published):
    published.attribution = "By the Example Project, CC BY 4.0"
    published.save()
    address = f"{page('results', published)}opinion-landscape"
    svg, png, csv = (client.get(f"{address}.{kind}") for kind in ("svg", "png", "csv"))
    assert b"By the Example Project" in svg.content
    assert svg["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert png.content.startswith(b"\x89PNG")
    assert csv.content.splitlines()[1].startswith(b"Group A,33")


# Rows of votes


def test_published_votes_are_for_everybody_who_may_see_results(client, published):
    found = taken(client, published, "votes")
    assert found.columns == ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    assert found.height == 530
    assert not Event.objects.filter(verb="votes.exported").exists()


def test_votes_that_are_not_published_are_for_the_team_and_evaluators_and_are_logged(client, small):
    assert client.get(page("results-votes", small)).status_code == 403
    for role in (Role.PROGRAMME_TEAM, Role.EVALUATOR):
        signed_in(client, a_person(role, small.programme))
        assert taken(client, small, "votes").height == 530
    for role in (Role.MODERATOR, Role.FACILITATOR, Role.ANALYST, Role.STEERING_GROUP_MEMBER):
        signed_in(client, a_person(role, small.programme))
        assert client.get(page("results-votes", small)).status_code == 403
    assert Event.objects.filter(verb="votes.exported", subject_id=small.public_id).count() == 2


def test_asking_for_the_head_alone_is_not_logged(client, small):
    signed_in(client, a_person(Role.EVALUATOR, small.programme))
    assert client.head(page("results-votes", small)).status_code == 200
    assert not Event.objects.filter(verb="votes.exported").exists()


def test_numbers_of_people_are_drawn_anew_in_every_export(published):
    def rows_by_person(table: pl.DataFrame) -> list[list[int]]:
        return [group["vote"].to_list() for _who, group in table.group_by("voter-id", maintain_order=True)]

    one, two = vote_rows(published).vote_log(), vote_rows(published).vote_log()
    assert rows_by_person(one) != rows_by_person(two)
    assert sorted(rows_by_person(one)) == sorted(rows_by_person(two))


def test_times_are_cut_to_the_day_and_authors_are_not_named(published):
    Vote.objects.filter(conversation=published).update(at=clock.now() - timedelta(hours=1))
    table = vote_rows(published).vote_log()
    assert (table["timestamp"] % 86_400_000 == 0).all()
    assert "author-id" not in table.columns


def test_the_method_gives_the_same_groups_from_what_was_taken_away(client, published):
    files = {
        name: client.get(f"{page('results', published)}{name}").content
        for name in ("votes.csv", "comments.csv")
    }
    export = read_polis(files)
    statements = export.statements.select(
        "statement", pl.col("moderated").lt(0).alias("moderated_out"), "meta"
    )
    again = analyse(vote_table(export.votes, statements)).to_frames()
    own = snapshots.tables(snapshots.newest_good(KIND, published.public_id).id)
    assert again["groups"]["size"].to_list() == own["groups"]["size"].to_list()
    for column in ("agree", "disagree", "pass", "seen", "consensus_agree"):
        found, kept = again["statements"][column].to_numpy(), own["statements"][column].to_numpy()
        assert np.allclose(found, kept, rtol=0, atol=1e-12)


def test_an_export_of_statements_has_no_words_of_those_that_are_not_shown(client, published):
    Statement.objects.filter(conversation=published, number=1).update(state=StatementState.NOT_SHOWN)
    found = taken(client, published, "comments")
    row = found.filter(pl.col("comment-id") == 1).row(0, named=True)
    assert (row["moderated"], row["comment-body"] or "") == (-1, "")


def test_a_conversation_without_votes_gives_an_empty_table():
    assert vote_rows(a_conversation(statements=1)).vote_log().height == 0


def test_bridging_is_given_in_steps_of_five_answers_and_not_where_a_count_is_missing(client, small):
    exact = snapshots.table(snapshots.newest_good(KIND, small.public_id).id, "statements")
    found = taken(client, small, "statements")
    shown = 0
    for true, row in zip(exact["bridging"], found.iter_rows(named=True), strict=True):
        if None in (row["agree"], row["disagree"], row["pass"]):
            assert row["bridging"] is None
            continue
        step = max(0.01, 5 / row["seen"])
        assert abs(row["bridging"] / step - round(row["bridging"] / step)) < 1e-4
        assert abs(row["bridging"] - true) <= step / 2 + 1e-6
        assert row["bridging_low"] <= row["bridging"] <= row["bridging_high"]
        shown += 1
    assert shown >= 5


def test_published_votes_come_with_the_bridging_score_of_the_method(client, published):
    own = snapshots.table(snapshots.newest_good(KIND, published.public_id).id, "statements")
    found = taken(client, published, "statements")
    for column in ("bridging", "bridging_low", "bridging_high"):
        assert found[column].to_list() == own[column].to_list()
