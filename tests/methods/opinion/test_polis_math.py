"""Polis' own result for the same votes, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from knotwork.formats.conversation_input import read_conversation
from knotwork.methods.opinion import OpinionOptions, OpinionResult, analyse
from knotwork.methods.opinion.k_means import centres_of, weighted_k_means_step
from tests.methods.opinion.material import POLIS_MATH, polis_math


def polis_groups_of_people() -> dict[str, str]:
    base = polis_math()["base-clusters"]
    members = dict(zip(base["id"], base["members"], strict=True))
    return {
        str(person): str(group["id"])
        for group in polis_math()["group-clusters"]
        for cluster in group["members"]
        for person in members[cluster]
    }


@pytest.fixture(scope="module")
def result() -> OpinionResult:
    return analyse(read_conversation(POLIS_MATH).table, OpinionOptions(given=polis_groups_of_people()))


def of_each_statement(result: OpinionResult, name: str) -> np.ndarray:
    return np.array([polis_math()[name][statement] for statement in result.table.statements])


def test_the_centre_is_that_of_polis(result):
    # Inside, Polis counts agree as -1: its centre and its map are mirrored.
    assert np.abs(result.landscape.mean + polis_math()["pca"]["center"]).max() <= 1e-12


def test_each_component_points_the_way_of_polis(result):
    cosine = np.sum(np.array(polis_math()["pca"]["comps"]) * result.landscape.components, axis=1)
    assert np.abs(cosine).min() >= 0.999999


def test_people_stand_where_polis_saw_them(result):
    base = polis_math()["base-clusters"]
    way = np.sign(np.sum(np.array(polis_math()["pca"]["comps"]) * result.landscape.components, axis=1))
    place = dict(zip(result.table.participants, -way * result.landscape.positions, strict=True))
    for members, x, y in zip(base["members"], base["x"], base["y"], strict=True):
        centre = np.mean([place[str(person)] for person in members], axis=0)
        assert np.abs(centre - [x, y]).max() <= 1e-4


def test_statements_have_the_extremity_of_polis(result):
    assert result.landscape.extremity == pytest.approx(polis_math()["pca"]["comment-extremity"], abs=1e-9)


def test_group_aware_consensus_is_that_of_polis(result):
    consensus = of_each_statement(result, "group-aware-consensus")
    assert np.abs(consensus - result.common_ground.consensus_agree).max() <= 1e-12


def test_priorities_are_those_of_polis(result):
    assert result.priority == pytest.approx(of_each_statement(result, "comment-priorities"), rel=1e-4)


def test_representative_statements_are_those_of_polis_in_order_and_direction(result):
    for name, chosen in zip(result.grouping.names, result.representative, strict=True):
        ours = [(int(result.table.statements[one.statement]), one.direction) for one in chosen]
        assert ours == [(one["tid"], one["repful-for"]) for one in polis_math()["repness"][name]]


def test_representative_figures_are_those_of_polis(result):
    for name, chosen in zip(result.grouping.names, result.representative, strict=True):
        for ours, theirs in zip(chosen, polis_math()["repness"][name], strict=True):
            assert ours.probability == pytest.approx(theirs["p-success"])
            assert ours.probability_test == pytest.approx(theirs["p-test"])
            assert ours.representativeness == pytest.approx(theirs["repness"])
            assert ours.representativeness_test == pytest.approx(theirs["repness-test"], rel=1e-6)


@pytest.mark.parametrize("direction", ["agree", "disagree"])
def test_consensus_lists_are_those_of_polis(result, direction):
    ours = [result.table.statements[one.statement] for one in result.consensus if one.direction == direction]
    assert ours == [str(one["tid"]) for one in polis_math()["consensus"][direction]]


def test_the_partition_of_polis_is_a_fixed_point_of_the_weighted_step():
    base = polis_math()["base-clusters"]
    points, weights = np.column_stack([base["x"], base["y"]]), np.array(base["count"], float)
    position = {identifier: place for place, identifier in enumerate(base["id"])}
    labels = np.empty(len(points), np.int64)
    for group, cluster in enumerate(polis_math()["group-clusters"]):
        labels[[position[member] for member in cluster["members"]]] = group
    centres = centres_of(points, weights, labels, 3)
    assert centres == pytest.approx(np.array([one["center"] for one in polis_math()["group-clusters"]]))
    after, moved = weighted_k_means_step(points, weights, centres)
    assert (after == labels).all()
    assert moved == pytest.approx(centres)


def test_whom_polis_groups_we_group_too_unless_they_never_had_seven_votes(result):
    # Polis keeps people whom it let in while fewer than fifteen qualified: its result depends on history.
    talking = set(result.table.participants.filter(result.grouping.in_conversation.tolist()).cast(int))
    kept_by_history = set(polis_math()["in-conv"]) - talking
    assert talking < set(polis_math()["in-conv"])
    assert all(polis_math()["user-vote-counts"][str(person)] < 7 for person in kept_by_history)
