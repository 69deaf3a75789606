"""Whoever asks whether something may be shown to everybody asks also whether it may be shown now."""

from pathlib import Path

import pytest

import knotwork

pytestmark = pytest.mark.pure

SOURCE = Path(knotwork.__file__).parent
ITS_HOME = "programmes/written.py"


def asking(word: str) -> set[str]:
    """The modules in which this question is asked."""
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if f"{word}(" in path.read_text(encoding="utf-8")
    } - {ITS_HOME}


def test_every_service_that_shows_something_to_everybody_asks_about_the_hold_before_an_election():
    assert asking("can_show") - asking("can_show_now") == set()


def test_the_rooms_of_the_house_ask():
    rooms = {path.split("/")[0] for path in asking("can_show_now")}
    assert {"actions", "conversations", "learning", "maps", "measures", "publications", "support"} <= rooms
