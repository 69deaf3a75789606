"""Counts of answers in words: shares with their likely ranges and how many answered, in the reader's language.

A page holds hundreds of these, so each pattern is translated once and each percentage is written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.pages.numbers import number_in_words, percent_in_words
from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.proportions import wilson_limits

EVERYBODY = ""
LEVEL = 0.95
Counts = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True)
class Bar:
    """Where a bar's colours end, in hundredths of its width."""

    agree: float
    passed: float

    @property
    def disagree_from(self) -> float:
        return round(self.agree + self.passed, 1)

    @property
    def disagree(self) -> float:
        return round(max(0.0, 100 - self.agree - self.passed), 1)


@dataclass(frozen=True)
class Answers:
    """How one group, or everybody, answered a statement.

    ``agree`` and ``disagree`` are shares in words, empty where too few people are behind them. The lines are whole
    sentences, made only where a page asks for them.
    """

    who: str
    people: str
    agree: str
    agree_range: str
    disagree: str
    disagree_range: str
    bar: Bar | None
    wording: Wording

    @property
    def agree_line(self) -> SafeString:
        return self.wording.line(self, self.agree, self.agree_range, agrees=True)

    @property
    def disagree_line(self) -> SafeString:
        return self.wording.line(self, self.disagree, self.disagree_range, agrees=False)

    @property
    def disagree_short(self) -> str:
        """What stands below a share of agreement."""
        if not self.disagree:
            return self.wording.few_short
        return self.wording.short % {"share": self.disagree, "range": self.disagree_range}

    @property
    def agree_cell(self) -> str:
        """The share of agreement for a narrow cell, with its verb and without its range."""
        return self.wording.agree_cell % {"share": self.agree} if self.agree else self.wording.few_agree_cell

    @property
    def disagree_cell(self) -> str:
        return (
            self.wording.disagree_cell % {"share": self.disagree} if self.disagree else self.wording.few_cell
        )

    @property
    def answered(self) -> str:
        return self.wording.answered % {"people": self.people}


def group_name(letter: str) -> str:
    """What a group is called: a letter and no more, since it is no party and nobody joined it."""
    return _("Group %(letter)s") % {"letter": letter}


def fewer_than_shown() -> str:
    """In place of a number of people that is too small to be given."""
    return _("fewer than %(count)s") % {"count": settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT}


def people_in_words(size: int) -> str:
    """``300 people``."""
    return ngettext("%(count)s person", "%(count)s people", size) % {"count": number_in_words(size)}


def rounded_in_words(people: int, *, exact: bool) -> str:
    """A number of people as it may be said in public: exact where votes are published, else about so many."""
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if exact:
        return number_in_words(people)
    if people < smallest:
        return fewer_than_shown()
    return _("about %(count)s") % {"count": number_in_words(smallest * round(people / smallest))}


def listed(words: list[str]) -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def answers_in_words(rows: Iterable[tuple[str, Counts]]) -> list[Answers]:
    """Counts (agree, disagree, pass, seen) of each ``who`` as shares with Wilson's limits.

    Where a count is too small to be given, so is its share.
    """
    given = list(rows)
    counts = np.array([[np.nan if cell is None else cell for cell in row] for _who, row in given], np.float64)
    agree, disagree, passed, seen = counts.reshape(-1, 4).T
    whole = np.where(seen > 0, seen, np.nan)
    wording = Wording()
    agreeing, disagreeing = wording.shares(agree, whole), wording.shares(disagree, whole)
    bars = _bars(agree / whole, passed / whole)
    return [
        Answers(
            wording.name(who),
            wording.people(answered),
            *agreeing[i],
            *disagreeing[i],
            bar=bars[i],
            wording=wording,
        )
        for i, ((who, _row), answered) in enumerate(zip(given, seen.tolist(), strict=True))
    ]


def _bars(agree: Floats, passed: Floats) -> list[Bar | None]:
    # Rounded counts need not add up: what does not fit is cut off at the end.
    ends = np.round(100 * np.array([agree, np.minimum(passed, 1 - agree)]), 1)
    return [None if green != green or grey != grey else Bar(green, grey) for green, grey in ends.T.tolist()]


class Wording:
    """The patterns of one page in one language, each looked up once, and each number written once."""

    def __init__(self) -> None:
        self._percent = cache(lambda percent: percent_in_words(percent / 100))
        self._number = cache(number_in_words)
        self.name = cache(lambda letter: group_name(letter) if letter else _("Everybody"))
        self._few = fewer_than_shown()
        self._range = _("%(low)s to %(high)s")
        self._agree = _("%(share)s of %(who)s agree (%(range)s; %(people)s answered)")
        self._disagree = _("%(share)s of %(who)s disagree (%(range)s; %(people)s answered)")
        self._few_agree = _("Too few of %(who)s agree for a figure (%(people)s answered)")
        self._few_disagree = _("Too few of %(who)s disagree for a figure (%(people)s answered)")
        self.agree_cell = _("%(share)s agree")
        self.disagree_cell = _("%(share)s disagree")
        self.few_agree_cell = _("too few agree")
        self.few_cell = _("too few disagree")
        self.answered = _("%(people)s answered")
        self.short = _("%(share)s disagree (%(range)s)")
        self.few_short = _("Too few disagree for a figure")

    def people(self, count: float) -> str:
        """A published number of people, or that it is too small."""
        return self._few if np.isnan(count) else self._number(int(count))

    def shares(self, count: Floats, whole: Floats) -> list[tuple[str, str]]:
        """The share and its range for each row, both empty where there is none."""
        low, high = wilson_limits(count, whole, LEVEL)
        # Halves are rounded up, as numbers in words are everywhere else.
        percents = np.floor(100 * np.array([count / whole, low, high]) + 0.5).T.tolist()
        percent = self._percent
        return [
            ("", "")
            if share != share
            else (
                percent(int(share)),
                self._range % {"low": percent(int(lower)), "high": percent(int(upper))},
            )
            for share, lower, upper in percents
        ]

    def line(self, answers: Answers, share: str, limits: str, *, agrees: bool) -> SafeString:
        """A sentence with its share in bold; nothing in it was written by people, and it is escaped all the same."""
        if share:
            pattern = self._agree if agrees else self._disagree
        else:
            pattern = self._few_agree if agrees else self._few_disagree
        words = {
            "share": f"<strong>{share}</strong>",
            "range": limits,
            "people": answers.people,
            "who": answers.who,
        }
        return mark_safe(escape(pattern) % words)  # noqa: S308 - figures, and names of groups that are ours
