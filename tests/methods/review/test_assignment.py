"""Who reads which bid."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from knotwork.methods.review import TooFewReadersError, assign_reviewers

PEOPLE = ["Ann", "Ben", "Cy", "Di", "Eve"]


@settings(deadline=None, max_examples=40)
@given(
    bids=some.integers(1, 12),
    each=some.integers(1, 3),
    conflicts=some.sets(some.tuples(some.sampled_from(PEOPLE), some.integers(0, 11)), max_size=14),
)
def test_every_bid_has_its_readers_and_nobody_reads_across_a_conflict(
    bids: int, each: int, conflicts
) -> None:
    names = [f"bid {number:02}" for number in range(bids)]
    apart = {(person, f"bid {number:02}") for person, number in conflicts}
    free = {bid: sum((person, bid) not in apart for person in PEOPLE) for bid in names}
    if min(free.values()) < each:
        with pytest.raises(TooFewReadersError):
            assign_reviewers(PEOPLE, names, each=each, conflicts=apart)
        return
    found = assign_reviewers(PEOPLE, names, each=each, conflicts=apart)
    assert list(found) == names
    assert all(len(set(readers)) == each for readers in found.values())
    assert not {(person, bid) for bid, readers in found.items() for person in readers} & apart
    assert found == assign_reviewers(reversed(PEOPLE), reversed(names), each=each, conflicts=apart)


@given(some.integers(1, 30), some.integers(1, 5))
@settings(deadline=None, max_examples=30)
def test_without_conflicts_loads_differ_by_one_at_most(bids: int, each: int) -> None:
    found = assign_reviewers(PEOPLE, map(str, range(bids)), each=each)
    loads = Counter(person for readers in found.values() for person in readers)
    assert max(loads.values()) - min(loads[person] for person in PEOPLE) <= 1


def test_where_conflicts_bind_the_others_read_more_and_no_more_than_they_must() -> None:
    names = [f"b{number}" for number in range(6)]
    apart = {(person, bid) for person in ("Ann", "Ben") for bid in names}
    found = assign_reviewers(PEOPLE, names, each=1, conflicts=apart)
    assert Counter(person for readers in found.values() for person in readers) == {"Cy": 2, "Di": 2, "Eve": 2}


def test_a_bid_that_too_few_can_read_is_named_with_how_many_could() -> None:
    with pytest.raises(TooFewReadersError, match="'east' needs 2 reviewers, and only 1") as refused:
        assign_reviewers(["Ann", "Ben"], ["east", "west"], each=2, conflicts={("Ann", "east")})
    assert (refused.value.bid, refused.value.free) == ("east", 1)


def test_no_bids_need_nobody_and_no_reviewers_can_read_nothing() -> None:
    assert assign_reviewers(["Ann"], [], each=1) == {}
    for people, each in (([], 1), (["Ann"], 0)):
        with pytest.raises(ValueError, match="Somebody has to read"):
            assign_reviewers(people, ["east"], each=each)


def test_who_alone_can_read_most_of_them_reads_them_all_the_same() -> None:
    names = [f"b{number}" for number in range(4)]
    found = assign_reviewers(["Ann", "Ben"], names, each=1, conflicts={("Ben", bid) for bid in names[1:]})
    assert found == {"b0": ("Ben",), "b1": ("Ann",), "b2": ("Ann",), "b3": ("Ann",)}


def test_pairs_that_are_to_stay_stay_and_the_rest_is_filled_up():
    kept = {("r1", "a"), ("r1", "b"), ("r1", "c")}
    chosen = assign_reviewers(["r1", "r2", "r3"], ["a", "b", "c"], each=2, kept=kept)
    assert all("r1" in readers and len(readers) == 2 for readers in chosen.values())


def test_a_bid_with_more_readers_than_asked_keeps_them_and_a_conflict_parts_them():
    kept = {("r1", "a"), ("r2", "a"), ("r3", "a")}
    assert assign_reviewers(["r1", "r2", "r3"], ["a"], each=1, kept=kept) == {"a": ("r1", "r2", "r3")}
    parted = assign_reviewers(["r1", "r2", "r3"], ["a"], each=1, kept=kept, conflicts={("r1", "a")})
    assert parted == {"a": ("r2", "r3")}
