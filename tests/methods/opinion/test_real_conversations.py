"""Groups found from the votes alone, beside those that Polis published for seven conversations."""

from __future__ import annotations

import pytest

from knotwork.methods.opinion import OpinionOptions, analyse
from knotwork.methods.opinion.rand_index import adjusted_rand_index
from tests.methods.opinion.material import conversation, polis_groups


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("biodiversity", 0.90),
        ("vtaiwan", 0.80),
        ("austria", 0.94),
        ("brexit", 0.85),
        ("15-per-hour", 0.85),
        ("canadian", 0.88),
        ("bowling-green", 0.40),
    ],
)
def test_two_groups_agree_with_those_of_polis(name, least):
    result = analyse(conversation(name), OpinionOptions(groups=2))
    participants = result.to_frames()["participants"].drop_nulls("group")
    ours = dict(participants.select("participant", "group").iter_rows())
    theirs = polis_groups(name)
    both = sorted(ours.keys() & theirs.keys())
    assert adjusted_rand_index([ours[one] for one in both], [theirs[one] for one in both]) >= least


def test_bowling_green_is_said_not_to_settle_how_many_groups_there_are():
    result = analyse(conversation("bowling-green"))
    assert "groups_equally_good" in {notice.code for notice in result.notices}
    assert "2 or 3 groups fit equally well" in result.summary()


def test_every_conversation_gives_complete_tables():
    for name in ("biodiversity", "15-per-hour"):
        table = conversation(name)
        frames = analyse(table).to_frames()
        assert frames["participants"].height == len(table.participants)
        assert frames["statements"].height == frames["components"].height == len(table.statements)
        assert frames["statements"]["consensus_agree"].null_count() == 0
        assert frames["group_statements"].height == frames["groups"].height * len(table.statements)


@pytest.mark.parametrize("name", ["biodiversity", "15-per-hour", "canadian", "brexit"])
def test_the_seed_does_not_move_two_groups(name):
    one, other = (
        analyse(conversation(name), OpinionOptions(groups=2), seed=seed).grouping for seed in (1, 2)
    )
    assert (one.labels == other.labels).all()
