"""Return codes: written down on paper, read aloud over the phone, typed with cold fingers."""

from hypothesis import assume, given
from hypothesis import strategies as st

from knotwork.conversations import codes

fresh_codes = st.builds(codes.new_code)


@given(fresh_codes)
def test_a_new_code_has_eleven_characters_that_are_easy_to_read_aloud(code: str) -> None:
    assert len(code) == 11
    assert not set(code) & set("ILOU*~$=")


@given(fresh_codes)
def test_a_code_is_understood_as_it_is_shown(code: str) -> None:
    assert codes.understood(codes.grouped(code)) == code


@given(fresh_codes)
def test_a_code_is_understood_in_small_letters_with_hyphens_and_spaces(code: str) -> None:
    assert codes.understood(f"  {codes.grouped(code).lower().replace(' ', ' - ')} ") == code


@given(fresh_codes)
def test_letters_that_look_like_numbers_are_read_as_numbers(code: str) -> None:
    assert codes.understood(code.replace("0", "o").replace("1", "l")) == code
    assert codes.understood(code.replace("1", "I")) == code


@given(fresh_codes, st.integers(0, 10), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, position: int, wrong: str) -> None:
    assume(code[position] != wrong)
    assert codes.understood(code[:position] + wrong + code[position + 1 :]) is None


@given(fresh_codes, st.integers(0, 9))
def test_two_neighbours_that_changed_places_are_always_noticed(code: str, position: int) -> None:
    assume(code[position] != code[position + 1])
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert codes.understood(swapped) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_code_or_nothing(typed: str) -> None:
    understood = codes.understood(typed)
    assert understood is None or codes.understood(understood) == understood


def test_a_code_is_shown_in_groups_of_four_four_and_three() -> None:
    assert codes.grouped("7K2M9QXW4TC") == "7K2M 9QXW 4TC"


def test_a_code_is_spelled_for_people_who_listen() -> None:
    assert codes.spelled("7K2M9QXW4TC") == "7 K 2 M, 9 Q X W, 4 T C"


def test_two_codes_are_not_the_same() -> None:
    assert len({codes.new_code() for _ in range(200)}) == 200
