import pytest

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.identifiers import new_public_id
from knotwork.core.strands import kinds, queries, services
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", {})
    hidden = set()

    def resolver(kind):
        return lambda ids, viewer: [Bead(kind, i, f"{kind} {i}", f"/{kind}/") for i in ids if i not in hidden]

    for kind in ("wish", "deed"):
        kinds.register(kind, resolver(kind))
    return hidden


@pytest.fixture
def tied(two_kinds):
    start, end = ("wish", new_public_id()), ("deed", new_public_id())
    return start, end, services.tie(start, Relation.BECAME, end, by=STRANGER)


def test_a_strand_is_walked_forwards_and_backwards(tied):
    start, end, _ = tied
    forwards, backwards = queries.steps_from(*start, STRANGER), queries.steps_from(*end, STRANGER)
    assert [(step.is_forwards, step.bead.kind) for step in forwards] == [(True, "deed")]
    assert [(step.is_forwards, step.bead.kind) for step in backwards] == [(False, "wish")]


def test_the_same_strand_tied_twice_stands_once(tied):
    start, end, public_id = tied
    assert services.tie(start, Relation.BECAME, end, by=STRANGER) == public_id


def test_a_strand_that_was_untied_is_not_walked_and_can_be_tied_anew(tied):
    start, end, public_id = tied
    services.untie(public_id, by=STRANGER)
    services.untie(public_id, by=STRANGER)
    assert queries.steps_from(*start, STRANGER) == []
    assert services.tie(start, Relation.BECAME, end, by=STRANGER) != public_id


def test_a_strand_to_a_thing_that_the_viewer_may_not_see_is_not_walked(tied, two_kinds):
    start, end, _ = tied
    two_kinds.add(end[1])
    assert queries.steps_from(*start, STRANGER) == []


def test_a_strand_to_a_kind_that_no_room_registered_is_refused(two_kinds):
    with pytest.raises(ValueError, match="No room registered"):
        services.tie(("wish", new_public_id()), Relation.BECAME, ("dream", new_public_id()), by=STRANGER)


def test_a_thing_does_not_lead_to_itself(two_kinds):
    start = ("wish", new_public_id())
    with pytest.raises(ValueError, match="itself"):
        services.tie(start, Relation.BECAME, start, by=STRANGER)
