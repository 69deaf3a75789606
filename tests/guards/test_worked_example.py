"""The worked example says what the code of today finds."""

import json

import pytest
from docs import worked_example

pytestmark = pytest.mark.pure


def test_the_tables_of_the_worked_example_are_those_of_today():
    page = worked_example.PAGE.read_text(encoding="utf-8")
    assert set(worked_example.tables()) == {mark[2] for mark in worked_example.MARK.finditer(page)}
    assert worked_example.filled(page) == page, "Run python -m docs.worked_example."


def test_the_worked_example_finds_no_difference_once_the_groups_are_the_same():
    found = worked_example.tables()["same_groups"]
    assert "largest difference in group-aware consensus | 0 |" in found
    assert "2 of 2" in found
    assert "| the same |" in found


def test_the_figures_of_the_other_program_are_kept_with_its_version():
    peer = json.loads(worked_example.PEER.read_text(encoding="utf-8"))
    assert peer["version"]
    assert len(peer["groups"]) == 441
