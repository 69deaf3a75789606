"""One word for one thing: every noun of the code has its line in the glossary."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices

from knotwork.conversations.models import VoteValue
from knotwork.core.strands.models import Relation
from knotwork.programmes.models import Role, Stage

pytestmark = pytest.mark.pure

PAGE = Path(__file__).parents[2] / "docs/glossary.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)


def sections() -> list[list[tuple[str, str, str]]]:
    """The rows of each table: word, code, meaning."""
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    return [[row for row in ROW.findall(part) if row[0] != "Word"] for part in parts]


def rows() -> list[tuple[str, str, str]]:
    return [row for section in sections() for row in section]


def names_in_code() -> set[str]:
    return {name for _, code, _ in rows() for name in re.findall(r"`([^`]+)`", code)}


def our_nouns() -> set[str]:
    """The names of our models, and of the closed lists of words that stand beside them."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("knotwork.")]
    lists = {
        name
        for model in ours
        for name, value in vars(__import__(model.__module__, fromlist=["*"])).items()
        if isinstance(value, type) and issubclass(value, Choices) and value.__module__.startswith("knotwork.")
    }
    return {model.__name__ for model in ours} | lists


def test_every_model_and_every_closed_list_is_in_the_glossary() -> None:
    assert our_nouns() - names_in_code() == set()


@pytest.mark.parametrize("words", [Role, Stage, Relation, VoteValue])
def test_every_word_of_a_closed_list_is_in_the_glossary(words: type[Choices]) -> None:
    assert {f"{words.__name__}.{member.name}" for member in words} - names_in_code() == set()


def test_the_words_are_sorted() -> None:
    for section in sections():
        words = [word.casefold() for word, _, _ in section]
        assert [(one, other) for one, other in pairwise(words) if one > other] == []


def test_no_word_stands_twice() -> None:
    words = [word.casefold() for word, _, _ in rows()]
    assert sorted(words) == sorted(set(words))


def test_every_meaning_is_one_sentence() -> None:
    assert [meaning for _, _, meaning in rows() if not meaning.endswith(".") or ". " in meaning] == []
