import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.group_labels import by_size, carry_labels

PEOPLE = some.lists(
    some.tuples(some.sampled_from("ABC"), some.sampled_from(["", "A", "B", "C", "D"])), max_size=30
)


def test_the_largest_group_comes_first_and_the_earliest_member_breaks_ties():
    assert by_size(np.array([2, 0, 1, 1, 0, 2, 1]), 3).tolist() == [1, 2, 0, 0, 2, 1, 0]


def test_a_group_without_members_comes_last():
    assert by_size(np.array([2, 2, 0]), 3).tolist() == [0, 0, 1]


def test_people_keep_their_letter_when_the_sizes_turn():
    assert carry_labels("AAABB", "BBBAA") == {"A": "B", "B": "A"}


def test_a_new_group_takes_a_letter_that_was_not_in_use():
    assert carry_labels("AABC", "BBA ".replace(" ", "") + "A") == {"A": "B", "B": "A", "C": "C"}


def test_a_letter_is_given_again_only_when_all_were_in_use():
    previous = [chr(65 + i) for i in range(26)] + [""]
    current = ["A"] * 26 + ["B"]
    carried = carry_labels(current, previous)
    assert carried["A"] == "A"
    assert carried["B"] == "B"


def test_without_a_previous_page_all_keep_their_letters():
    assert carry_labels("AB", ["", ""]) == {"A": "A", "B": "B"}


@given(PEOPLE)
def test_as_many_people_as_possible_keep_their_letter(people):
    current, previous = [now for now, _ in people], [before for _, before in people]
    carried = carry_labels(current, previous)
    kept = sum(carried[now] == before for now, before in people)
    new = sorted(set(current))
    letters = sorted(set("ABCD") | set(new))
    best = max(
        sum(dict(zip(new, choice, strict=True))[now] == before for now, before in people)
        for choice in itertools.permutations(letters, len(new))
    )
    assert kept == best
    assert len(set(carried.values())) == len(carried)


def test_labels_of_different_people_are_refused():
    with pytest.raises(ValueError, match="got 1 and 2"):
        carry_labels("A", "AB")
