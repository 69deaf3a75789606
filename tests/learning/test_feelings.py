"""Counting words on feelings so that nobody can be picked out."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.learning.feelings import quarter_of, same_word, tidy, words_to_show

pytestmark = pytest.mark.pure

SPRING, SUMMER, AUTUMN = date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)


def rows(quarter: date, *words: list[str]) -> list[tuple[date, str, list[str]]]:
    return [(quarter, f"giver {number}", given) for number, given in enumerate(words)]


def test_a_word_is_shown_when_five_people_gave_it() -> None:
    [spring] = words_to_show(rows(SPRING, *[["stuck", "tired"]] * 4, ["stuck"]), running=SUMMER)
    assert [(said.word, said.people) for said in spring.words] == [("stuck", 5)]
    assert spring.people == 5


def test_where_fewer_than_five_gave_words_nothing_is_shown_nor_how_many_they_were() -> None:
    [spring] = words_to_show(rows(SPRING, *[["stuck"]] * 4), running=SUMMER)
    assert (spring.people, spring.words) == (None, ())


def test_nothing_of_the_running_quarter_is_shown() -> None:
    given_words = rows(SPRING, *[["stuck"]] * 9) + rows(SUMMER, *[["hopeful"]] * 9)
    assert [one.begins for one in words_to_show(given_words, running=SUMMER)] == [SPRING]
    assert [one.begins for one in words_to_show(given_words, running=AUTUMN)] == [SPRING, SUMMER]


def test_the_last_words_of_a_giver_count_and_each_giver_once() -> None:
    twice = [(SPRING, "one", ["stuck"]), (SPRING, "one", ["hopeful", "Hopeful"])]
    others = rows(SPRING, *[["hopeful"]] * 4)
    [spring] = words_to_show(twice + others, running=SUMMER)
    assert [(said.word, said.people) for said in spring.words] == [("hopeful", 5)]


def test_capitals_and_accents_make_no_other_word_and_the_commonest_spelling_is_shown() -> None:
    given_words = rows(SPRING, ["blasé"], ["blase"], ["blasé"], ["blase"], ["blasé"])
    [spring] = words_to_show(given_words, running=SUMMER)
    assert [said.word for said in spring.words] == ["blasé"]
    assert same_word("Épuisé") == same_word("epuise")


def test_the_word_of_most_people_comes_first() -> None:
    [spring] = words_to_show(
        rows(SPRING, *[["tired", "stuck", "curious"]] * 6, *[["stuck"]] * 4), running=SUMMER
    )
    assert [(said.word, said.people) for said in spring.words] == [
        ("stuck", 10),
        ("curious", 5),
        ("tired", 5),
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Stuck!! ", "stuck"),
        ("listened   to", "listened to"),
        ("worn-out", "worn-out"),
        ("07700 900123", ""),
        ("me@example.org", "me example org"),
        ("d’accord", "d’accord"),
    ],
)
def test_a_word_is_letters_in_single_spaces(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_quarter_begins_where_the_programme_lives() -> None:
    moment = datetime(2025, 3, 31, 23, 30, tzinfo=UTC)
    assert quarter_of(moment, "UTC") == date(2025, 1, 1)
    assert quarter_of(moment, "Europe/London") == SPRING


@given(
    st.lists(
        st.tuples(
            st.sampled_from([SPRING, SUMMER]),
            st.sampled_from("abcdefghij"),
            st.lists(st.sampled_from(["stuck", "tired", "curious", "Tired"]), max_size=3),
        ),
        max_size=60,
    )
)
def test_no_count_below_five_is_ever_shown(given_rows: list[tuple[date, str, list[str]]]) -> None:
    for quarter in words_to_show(given_rows, running=AUTUMN):
        last = {giver: words for day, giver, words in given_rows if day == quarter.begins}
        for said in quarter.words:
            people = sum(
                any(same_word(word) == same_word(said.word) for word in words) for words in last.values()
            )
            assert people >= 5
            assert said.people % 5 == 0
