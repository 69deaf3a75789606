"""The six ways of leading across a system, each with two plain prompts, and what their answers are worth.

The names of the ways are those of Ghate, Lewis and Welbourn (2013); descriptions and prompts are our own. A prompt's
key never changes: answers are kept by it. Reworded so that it asks something else, it needs another key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

CANNOT_SAY = 0
LOWEST, HIGHEST = 1, 5

HOW_OFTEN: tuple[tuple[int, StrPromise], ...] = (
    (1, _("Never")),
    (2, _("Seldom")),
    (3, _("Sometimes")),
    (4, _("Often")),
    (5, _("Always")),
    (CANNOT_SAY, _("I cannot say")),
)


@dataclass(frozen=True)
class Prompt:
    """One thing that one does or does not: as one says it of oneself, and as a peer says it."""

    key: str
    of_oneself: StrPromise
    of_a_peer: StrPromise


@dataclass(frozen=True)
class Way:
    """One of the six ways."""

    key: str
    name: StrPromise
    about: StrPromise
    prompts: tuple[Prompt, ...]


WAYS: tuple[Way, ...] = (
    Way(
        "feeling",
        _("Feeling"),
        _("What one cares for, and whether others can tell."),
        (
            Prompt(
                "feeling.say_why",
                _("I say why this issue matters to me."),
                _("She or he says why this issue matters to her or him."),
            ),
            Prompt(
                "feeling.stay_with_anger",
                _("When somebody is angry or sad, I stay and listen."),
                _("When somebody is angry or sad, she or he stays and listens."),
            ),
        ),
    ),
    Way(
        "perceiving",
        _("Perceiving"),
        _("What one notices, also what is not on any paper."),
        (
            Prompt(
                "perceiving.who_is_missing",
                _("I notice who is not in the room."),
                _("She or he notices who is not in the room."),
            ),
            Prompt(
                "perceiving.go_and_see",
                _("I go and see for myself how things are for people."),
                _("She or he goes to see how things are for people."),
            ),
        ),
    ),
    Way(
        "thinking",
        _("Thinking"),
        _("How one holds something that nobody can know yet."),
        (
            Prompt(
                "thinking.say_not_know",
                _("I say so when I do not know."),
                _("She or he says so when she or he does not know."),
            ),
            Prompt(
                "thinking.change_mind",
                _("I change my mind when others show me something new."),
                _("She or he changes her or his mind when others show something new."),
            ),
        ),
    ),
    Way(
        "relating",
        _("Relating"),
        _("How one is with people of other organisations."),
        (
            Prompt(
                "relating.ask_before_telling",
                _("I ask before I tell."),
                _("She or he asks before telling."),
            ),
            Prompt(
                "relating.say_hard_things",
                _("I say hard things in a way that we can still work together."),
                _("She or he says hard things in a way that people can still work together."),
            ),
        ),
    ),
    Way(
        "doing",
        _("Doing"),
        _("What one does with others, small and soon."),
        (
            Prompt(
                "doing.try_small",
                _("I try something small before I plan something large."),
                _("She or he tries something small before planning something large."),
            ),
            Prompt(
                "doing.hand_over",
                _("I let somebody else lead what I could lead."),
                _("She or he lets somebody else lead what she or he could lead."),
            ),
        ),
    ),
    Way(
        "being",
        _("Being"),
        _("Who one is when it gets hard."),
        (
            Prompt(
                "being.stand_by_it",
                _("I stand by what we agreed, also in my own organisation."),
                _("She or he stands by what was agreed, also in her or his own organisation."),
            ),
            Prompt(
                "being.give_credit",
                _("I am content when others get the credit."),
                _("She or he is content when others get the credit."),
            ),
        ),
    ),
)

PROMPTS: tuple[Prompt, ...] = tuple(prompt for way in WAYS for prompt in way.prompts)
WAY_OF: tuple[int, ...] = tuple(number for number, way in enumerate(WAYS) for _prompt in way.prompts)
_VALUES = frozenset(value for value, _words in HOW_OFTEN)


def is_whole(answers: dict[str, int]) -> bool:
    """Whether every prompt has an answer of the scale, and nothing else stands among them."""
    return set(answers) == {prompt.key for prompt in PROMPTS} and set(answers.values()) <= _VALUES


def as_row(answers: dict[str, int]) -> list[float]:
    """The answers in the order of the prompts; NaN where somebody could not say."""
    given = [answers.get(prompt.key, CANNOT_SAY) for prompt in PROMPTS]
    return [float(value) if value != CANNOT_SAY else float("nan") for value in given]
