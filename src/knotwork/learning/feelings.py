"""How words on feelings are counted and made fit to show. Rows in, frozen results out.

A word is shown when at least five people said it in one quarter and that quarter is over. Everything else stays
unseen, for those of the place too: a rare word can give its speaker away, and a word that appears a moment after a
colleague was seen typing gives her away as well. Counts are rounded as everywhere (``methods.disclosure``).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from knotwork.methods.disclosure import publishable_counts

FEWEST = 5
MOST_WORDS = 3


@dataclass(frozen=True)
class SaidWord:
    """A word and about how many people said it (rounded to five)."""

    word: str
    people: int


@dataclass(frozen=True)
class QuarterOfWords:
    """One quarter of a year: about how many people gave words (``None``: fewer than five), and the words to show."""

    begins: date
    people: int | None
    words: tuple[SaidWord, ...]


def quarter_of(moment: datetime, time_zone: str) -> date:
    """The first day of the quarter of a year in which a moment falls, where the programme lives."""
    day = moment.astimezone(ZoneInfo(time_zone)).date()
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def tidy(word: str) -> str:
    """Letters, hyphens and apostrophes in single spaces; small letters."""
    letters = (
        c if c.isalpha() or unicodedata.category(c).startswith("M") or c in "-'’" else " " for c in word
    )
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split()).strip("-'’ ").lower()


def same_word(word: str) -> str:
    """What two ways of writing a word have in common: capitals and accents aside."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def words_to_show(
    given: Iterable[tuple[date, str, Sequence[str]]], *, running: date
) -> tuple[QuarterOfWords, ...]:
    """The quarters that are over, oldest first, from rows of (quarter, giver, words) in the order they were given.

    ``running`` is the quarter that is not over yet: nothing of it is shown.
    """
    standing: dict[date, dict[str, Sequence[str]]] = {}
    for quarter, giver, words in given:
        if quarter < running:
            standing.setdefault(quarter, {})[giver] = words
    return tuple(_quarter(quarter, tuple(standing[quarter].values())) for quarter in sorted(standing))


def _quarter(begins: date, given: Sequence[Sequence[str]]) -> QuarterOfWords:
    people = _published([len(given)])[0]
    spelled: dict[str, Counter[str]] = {}
    for words in given:
        for word in {same_word(word): word for word in words}.values():
            spelled.setdefault(same_word(word), Counter())[word] += 1
    keys = sorted(spelled)
    counts = _published([sum(spelled[key].values()) for key in keys])
    shown = [
        SaidWord(min(spelled[key], key=lambda word: (-spelled[key][word], word)), count)
        for key, count in zip(keys, counts, strict=True)
        if count
    ]
    return QuarterOfWords(begins, people, tuple(sorted(shown, key=lambda one: (-one.people, one.word))))


def _published(counts: list[int]) -> list[int | None]:
    rounded = publishable_counts(np.array(counts, dtype=np.int64), minimum=FEWEST).value
    return [None if np.isnan(value) else int(value) for value in rounded]
