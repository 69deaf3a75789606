import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.routing import (
    FIRST_VOTERS,
    META_PRIORITY,
    RESERVED,
    draw_statement,
    open_statements,
    priorities,
)

FLAGS = some.lists(some.booleans(), min_size=6, max_size=6).map(np.array)


def test_a_new_statement_is_worth_more_than_an_old_one_of_the_same_kind():
    new, old = priorities(
        np.array([0, 50]), np.array([0, 0]), np.array([0, 100]), np.zeros(2), np.zeros(2, bool)
    )
    assert new == pytest.approx((0.25 * 9) ** 2)
    assert old < new


def test_a_statement_about_the_person_has_its_own_priority():
    assert priorities(np.array([1]), np.array([1]), np.array([2]), np.zeros(1), np.array([True])) == [
        META_PRIORITY
    ]


@given(some.integers(0, 50), some.integers(0, 50), some.integers(0, 50), some.floats(0, 20))
def test_every_statement_has_a_chance(agree, disagree, passed, extremity):
    seen = agree + disagree + passed
    found = priorities(
        np.array([agree]), np.array([passed]), np.array([seen]), np.array([extremity]), np.zeros(1, bool)
    )
    assert found[0] > 0


@given(
    FLAGS,
    FLAGS,
    FLAGS,
    some.lists(some.integers(0, 20), min_size=6, max_size=6).map(np.array),
    some.integers(0, 99),
)
def test_nobody_is_asked_what_is_hidden_or_seen_or_first_her_own(visible, seen, own, voters, turn):
    candidates = open_statements(visible, seen, own, voters)
    drawn = draw_statement(np.ones(6), candidates, voters, turn=turn, random=np.random.default_rng(turn))
    assert (drawn is None) == (not candidates.any())
    if drawn is not None:
        assert visible[drawn]
        assert not seen[drawn]
        if own[drawn]:
            assert not (visible & ~seen & ~own).any()
            assert voters[drawn] > 0


def test_the_draw_follows_the_priorities():
    random, priority = np.random.default_rng(0), np.array([1.0, 0.0, 3.0])
    candidates, voters = np.ones(3, bool), np.full(3, 50)
    draws = [draw_statement(priority, candidates, voters, turn=0, random=random) for _ in range(4000)]
    assert np.bincount(draws, minlength=3) / 4000 == pytest.approx([0.25, 0, 0.75], abs=0.03)


def test_the_same_seed_draws_the_same():
    arguments = (np.arange(1.0, 9), np.ones(8, bool), np.full(8, 20))
    one, other = (
        [draw_statement(*arguments, turn=turn, random=np.random.default_rng([7, turn])) for turn in range(20)]
        for _ in range(2)
    )
    assert one == other


@pytest.mark.parametrize("waiting_before_it", [0, 3])
def test_a_new_statement_reaches_its_first_voters_within_a_bounded_number_of_draws(waiting_before_it):
    # 300 old statements whose priorities would starve it for ever, and some new ones that came before.
    old = 300
    voters = np.concatenate([np.full(old, 500), np.zeros(waiting_before_it + 1, np.int64)])
    priority = np.concatenate([np.full(old, 1e9), np.full(waiting_before_it + 1, 1e-9)])
    bound = RESERVED * FIRST_VOTERS * (waiting_before_it + 1)
    random = np.random.default_rng(2)
    for turn in range(bound):
        # Every draw is by somebody who has seen nothing yet, and she votes.
        drawn = draw_statement(priority, np.ones(len(voters), bool), voters, turn=turn, random=random)
        voters[drawn] += 1
    assert voters[-1] >= FIRST_VOTERS


def test_a_target_on_the_end_of_the_scale_falls_on_the_last_candidate():
    class AlwaysAtTheEnd:
        def random(self) -> float:
            return 1.0

    drawn = draw_statement(
        np.ones(3), np.array([True, True, False]), np.full(3, 50), turn=0, random=AlwaysAtTheEnd()
    )
    assert drawn == 1


def test_in_a_whole_conversation_nobody_is_asked_twice_no_author_is_first_and_late_thoughts_are_heard():
    # Eighty people, ten of whom add a statement after their fifth answer; everybody is asked fifteen at most.
    random = np.random.default_rng(5)
    authors: list[int] = [-1] * 20
    voters, asked = np.zeros(20, np.int64), np.zeros((80, 20), bool)
    bounds: dict[int, int] = {}
    draws_for: dict[int, int] = {}
    for turn in range(15 * 80):
        person = turn % 80
        if turn >= 400 and turn % 40 == 0 and len(authors) < 30:
            before = int((voters < FIRST_VOTERS).sum())
            bounds[len(authors)] = RESERVED * FIRST_VOTERS * (before + 1)
            draws_for[len(authors)] = 0
            authors.append(person)
            voters, asked = np.append(voters, 0), np.column_stack([asked, np.zeros(80, bool)])
        own = np.array([author == person for author in authors])
        candidates = open_statements(np.ones(len(authors), bool), asked[person], own, voters)
        # Old statements are worth a thousand times as much as the new ones.
        priority = np.where(np.arange(len(authors)) < 20, 1000.0, 1.0)
        drawn = draw_statement(priority, candidates, voters, turn=turn, random=random)
        for late in [one for one in draws_for if voters[one] < FIRST_VOTERS and candidates[one]]:
            draws_for[late] += 1
        if drawn is None:
            continue
        assert not asked[person, drawn]
        assert authors[drawn] != person or voters[drawn] > 0
        asked[person, drawn] = True
        voters[drawn] += 1
    assert asked.sum(axis=1).max() == 15
    assert len(bounds) == 10
    for late, bound in bounds.items():
        assert voters[late] >= FIRST_VOTERS
        assert draws_for[late] <= bound
