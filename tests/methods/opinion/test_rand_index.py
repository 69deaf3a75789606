import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.rand_index import adjusted_rand_index

LABELS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from("abc")), min_size=1, max_size=40)


def test_the_published_example_of_hubert_and_arabie_holds():
    # The contingency table of their section 3: an index of 0.3126 between two partitions of 13 objects.
    table = [[1, 1, 0], [1, 2, 1], [0, 0, 4]]
    pairs = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    assert adjusted_rand_index([a for a, _ in pairs], [b for _, b in pairs]) == pytest.approx(
        0.3126, abs=5e-5
    )


@given(LABELS)
def test_the_index_is_symmetric_and_at_most_one(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = adjusted_rand_index(one, other)
    assert found == pytest.approx(adjusted_rand_index(other, one))
    assert found <= 1 + 1e-12


@given(LABELS)
def test_a_grouping_agrees_with_itself_whatever_its_labels(pairs):
    labels = [a for a, _ in pairs]
    assert adjusted_rand_index(labels, [f"group {10 - a}" for a in labels]) == pytest.approx(1)


def test_groupings_of_different_people_are_refused():
    with pytest.raises(ValueError, match="got 2 and 3 labels"):
        adjusted_rand_index([1, 2], [1, 2, 3])
