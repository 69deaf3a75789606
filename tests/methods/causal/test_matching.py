from hypothesis import given
from hypothesis import strategies as st

from knotwork.methods.causal.matching import alike, plain_words


def test_case_spaces_and_full_stops_mean_nothing():
    assert plain_words(" Fear  of Falling.") == plain_words("fear of falling")


def test_the_same_words_are_no_suggestion():
    assert alike(["Fear of falling", "fear of falling."]) == ()


def test_labels_that_share_half_of_their_words_are_suggested():
    labels = ["Trust in services", "Trust in local services", "Noise at night", ""]
    assert alike(labels) == ((0, 1),)


def test_numbers_count_and_short_words_do_not():
    assert alike(["Aged 65", "65 and over", "of in", "of at"]) == ()
    assert alike(["Aged 65", "65"]) == ((0, 1),)


@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_suggestion_joins_two_labels_that_differ(labels):
    for one, other in alike(labels):
        assert one < other
        assert plain_words(labels[one]) != plain_words(labels[other])
