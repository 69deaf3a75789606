"""Walks along the golden thread: both ways, bounded, through what the viewer may see."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.identifiers import new_public_id
from knotwork.core.strands import kinds
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation, Strand
from knotwork.core.strands.relations import READINGS, words_back, words_onwards
from knotwork.core.strands.services import tie, untie
from knotwork.core.strands.walk import Walk, walk_from

pytestmark = pytest.mark.django_db
KINDS = ("statement", "factor", "try_out", "story", "lesson", "uptake")
End = tuple[str, UUID]


@pytest.fixture
def hidden(monkeypatch):
    """Six kinds of things; whatever is put into the set cannot be seen."""
    monkeypatch.setattr(kinds, "_KINDS", {})
    unseen: set[UUID] = set()

    def resolver(kind):
        return lambda ids, viewer: [Bead(kind, i, f"a {kind}", "/") for i in ids if i not in unseen]

    for kind in KINDS:
        kinds.register(kind, resolver(kind), label=kind.capitalize())
    return unseen


@pytest.fixture
def thread(hidden) -> dict[str, End]:
    """The whole thread once: what somebody said, up to who took it up."""
    ends = {kind: (kind, new_public_id()) for kind in KINDS}
    for start, relation, end in (
        ("statement", Relation.BECAME, "factor"),
        ("try_out", Relation.ACTS_ON, "factor"),
        ("try_out", Relation.TOLD_IN, "story"),
        ("lesson", Relation.EVIDENCED_BY, "story"),
        ("uptake", Relation.ADOPTED_FROM, "lesson"),
    ):
        tie(ends[start], relation, ends[end], by=STRANGER)
    return ends


def walked(end: End, **bounds: int) -> Walk:
    found = walk_from(*end, STRANGER, **bounds)
    assert found is not None
    return found


def shape(found: Walk) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    return (
        [(one.bead.kind, one.distance) for one in found.before],
        [(one.bead.kind, one.distance) for one in found.after],
    )


def test_from_the_middle_the_thread_goes_both_ways(thread):
    assert shape(walked(thread["try_out"])) == (
        [("factor", -1), ("statement", -2)],
        [("story", 1), ("lesson", 2), ("uptake", 3)],
    )


def test_from_a_statement_everything_came_after_and_from_an_uptake_everything_before(thread):
    before, after = shape(walked(thread["statement"], steps=9))
    assert (before, [kind for kind, _ in after]) == ([], list(KINDS[1:]))
    before, after = shape(walked(thread["uptake"], steps=9))
    assert ([kind for kind, _ in before], after) == (list(reversed(KINDS[:-1])), [])


def test_each_thing_says_in_words_how_it_is_tied_to_the_nearer_one(thread):
    found = walked(thread["try_out"])
    said = {
        one.bead.kind: (one.ways[0].words, one.ways[0].near.kind) for one in (*found.before, *found.after)
    }
    assert said == {
        "factor": ("is acted on by", "try_out"),
        "statement": ("became", "factor"),
        "story": ("tells of", "try_out"),
        "lesson": ("is evidenced by", "story"),
        "uptake": ("was adopted from", "lesson"),
    }


def test_every_relation_reads_from_both_ends():
    assert set(READINGS) == set(Relation.values)
    words = [words_onwards(each) for each in Relation.values] + [words_back(each) for each in Relation.values]
    assert len(set(words)) == 2 * len(Relation.values)


def test_a_walk_ends_after_so_many_steps_and_says_that_it_goes_on(thread):
    found = walked(thread["statement"], steps=2)
    assert [one.bead.kind for one in found.after] == ["factor", "try_out"]
    assert found.goes_on
    assert not walked(thread["statement"], steps=9).goes_on


def test_a_circle_ends_where_it_began(thread):
    tie(thread["uptake"], Relation.BECAME, thread["statement"], by=STRANGER)
    found = walked(thread["try_out"], steps=9)
    met = [one.bead.kind for one in (*found.before, *found.after)]
    assert sorted(met) == sorted(set(KINDS) - {"try_out"})
    assert len(found.ties) == 6


def test_nothing_is_reached_through_what_the_viewer_may_not_see(thread, hidden):
    hidden.add(thread["story"][1])
    found = walked(thread["try_out"])
    assert [one.bead.kind for one in found.after] == []
    assert {tie.relation for tie in found.ties} == {"became", "acts_on"}


def test_from_a_thing_that_the_viewer_may_not_see_there_is_no_walk(thread, hidden):
    hidden.add(thread["factor"][1])
    assert walk_from(*thread["factor"], STRANGER) is None
    assert walk_from("dream", new_public_id(), STRANGER) is None


def test_two_ways_to_one_thing_are_both_said(thread, hidden):
    other = ("try_out", new_public_id())
    tie(other, Relation.ACTS_ON, thread["factor"], by=STRANGER)
    tie(other, Relation.TOLD_IN, thread["story"], by=STRANGER)
    found = walked(thread["factor"])
    story = next(one for one in found.after if one.bead.kind == "story")
    assert len(story.ways) == 2


def test_what_was_untied_is_not_walked(thread):
    strand = Strand.objects.get(relation=Relation.BECAME)
    untie(strand.public_id, by=STRANGER, reason="It was another bus.")
    assert walked(thread["factor"]).before == ()
    strand.refresh_from_db()
    assert strand.withdrawn_reason == "It was another bus."


def test_a_thing_with_very_many_ties_is_cut_short_and_says_so(thread):
    for _ in range(30):
        tie(("statement", new_public_id()), Relation.BECAME, thread["factor"], by=STRANGER)
    found = walked(thread["try_out"], most=20)
    assert found.goes_on
    assert walked(thread["try_out"], most=100).things == 35


def test_a_walk_asks_one_thing_for_each_step(thread):
    with CaptureQueriesContext(connection) as asked:
        walked(thread["try_out"])
    assert len(asked) <= 4
