import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import landscape, subspace, vote_parts
from knotwork.methods.opinion.landscape import Landscape, landscape_of
from knotwork.methods.partitions import InlineEngine, open_engine
from tests.methods.opinion.material import conversation, made_votes, matrices, table_from_matrix, vote_table


def same(one: Landscape, other: Landscape) -> bool:
    names = ("mean", "components", "positions", "extremity", "shares")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)


def by_definition(matrix: list[list[int | None]]) -> tuple[np.ndarray, np.ndarray]:
    """The centred votes as a full matrix, and the scale of each person's position."""
    votes = np.array([[np.nan if cell is None else cell for cell in row] for row in matrix], float)
    voted = ~np.isnan(votes).all(axis=0)
    votes = votes[:, voted]
    centred = np.nan_to_num(votes - np.nansum(votes, axis=0) / (~np.isnan(votes)).sum(axis=0))
    seen = (~np.isnan(votes)).sum(axis=1)
    scale = np.sqrt(votes.shape[1] / np.maximum(seen, 1))
    return centred, scale


@given(matrices())
def test_positions_follow_from_the_formula(matrix):
    centred, scale = by_definition(matrix)
    found = landscape_of(table_from_matrix(matrix))
    voted = ~np.isnan(found.mean)
    assert found.positions == pytest.approx(
        scale[:, None] * (centred @ found.components[:, voted].T), abs=1e-9
    )


@given(matrices())
def test_components_are_orthonormal_and_explain_most(matrix):
    centred, _ = by_definition(matrix)
    found = landscape_of(table_from_matrix(matrix))
    values = np.linalg.svd(centred, compute_uv=False) ** 2
    total = values.sum()
    expected = values[:2] / total if total > 0 else np.zeros(2)
    assert found.shares[: len(expected)] == pytest.approx(expected, abs=1e-9)
    length = np.linalg.norm(found.components, axis=1)
    assert length == pytest.approx(np.where(found.shares > 0, 1, 0), abs=1e-9)
    assert abs(found.components[0] @ found.components[1]) < 1e-9


@given(matrices())
def test_the_largest_loading_of_each_component_is_positive(matrix):
    components = landscape_of(table_from_matrix(matrix)).components
    for component in components:
        largest = np.abs(component).max()
        first = component[np.argmax(np.abs(component) >= largest * (1 - 1e-9))]
        assert first >= 0


@given(matrices(), some.integers(1, 6))
def test_the_number_of_partitions_changes_no_byte(matrix, workers):
    table = table_from_matrix(matrix)
    assert same(landscape_of(table), landscape_of(table, engine=InlineEngine(workers)))


def test_worker_processes_change_no_byte():
    table = conversation("15-per-hour")
    with open_engine("processes") as engine:
        assert same(landscape_of(table), landscape_of(table, engine=engine))


def test_zeroed_columns_count_as_passed_by_everybody():
    matrix = [[1, -1, None], [-1, 1, None], [1, None, 1]]
    plain = table_from_matrix([row[:2] for row in matrix])
    zeroed = table_from_matrix(matrix, moderated_out=[False, False, True])
    one, other = landscape_of(plain), landscape_of(zeroed)
    assert other.mean[2] == 0
    assert other.components[:, 2].tolist() == [0, 0]
    # M grows from 2 to 3 and every n by 1: p scales by sqrt(3 / 3) over sqrt(2 / 2) for the first two people.
    assert other.positions[:2] == pytest.approx(one.positions[:2])
    assert other.positions[2] == pytest.approx(one.positions[2] * np.sqrt(3 / 2) / np.sqrt(2 / 1))


def test_a_statement_about_the_person_is_left_out_of_the_map():
    found = landscape_of(table_from_matrix([[1, 1], [-1, -1]], meta=[False, True]))
    assert found.components[:, 1].tolist() == [0, 0]


def test_a_statement_nobody_voted_on_has_no_mean_and_no_extremity():
    found = landscape_of(table_from_matrix([[1, None], [-1, None]]))
    assert np.isnan(found.mean[1])
    assert found.extremity[1] == 0


def test_where_all_votes_are_alike_nobody_stands_apart():
    found = landscape_of(table_from_matrix([[1, 1], [1, 1]]))
    assert not found.positions.any()
    assert not found.components.any()
    assert found.shares.tolist() == [0, 0]


def test_an_empty_conversation_has_an_empty_landscape():
    votes = pl.DataFrame(schema={"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int8})
    found = landscape_of(vote_table(votes))
    assert found.positions.shape == (0, 2)
    assert found.components.shape == (2, 0)


def test_many_people_are_cut_into_partitions(monkeypatch):
    monkeypatch.setattr(vote_parts, "PEOPLE_PER_PARTITION", 10)
    loaders = vote_parts.parts_of(vote_table(made_votes(35, 4, seen=1.0))).loaders
    assert [load().people for load in loaders] == [8, 9, 9, 9]


def test_the_solver_for_two_vectors_agrees_with_the_full_one(monkeypatch):
    table = conversation("15-per-hour")
    full = landscape_of(table)
    monkeypatch.setattr(landscape, "MOST_SOLVED_IN_FULL", 1)
    pair = landscape_of(table)
    assert pair.positions == pytest.approx(full.positions, abs=1e-9)


@pytest.fixture
def _many_statements(monkeypatch):
    monkeypatch.setattr(landscape, "MOST_PAIRED", 10)


@pytest.mark.usefixtures("_many_statements")
def test_subspace_iteration_agrees_with_the_exact_components(monkeypatch):
    table = vote_table(made_votes(300, 80, camps=3))
    iterated = landscape_of(table, seed=3)
    monkeypatch.setattr(landscape, "MOST_PAIRED", 5000)
    exact = landscape_of(table)
    assert iterated.settled
    assert iterated.components == pytest.approx(exact.components, abs=1e-6)
    assert iterated.shares == pytest.approx(exact.shares, rel=1e-9)


@pytest.mark.usefixtures("_many_statements")
def test_partitions_change_no_byte_of_subspace_iteration():
    table = vote_table(made_votes(120, 30))
    assert same(landscape_of(table), landscape_of(table, engine=InlineEngine(5)))


@pytest.mark.usefixtures("_many_statements")
def test_subspace_iteration_says_when_it_has_not_settled(monkeypatch):
    monkeypatch.setattr(subspace, "MOST_STEPS", 2)
    assert not landscape_of(vote_table(made_votes(60, 30))).settled


@pytest.mark.usefixtures("_many_statements")
def test_subspace_iteration_settles_where_there_is_one_direction_only():
    matrix: list[list[int | None]] = [[1] * 12, [-1] * 12, [1] * 12]
    found = landscape_of(table_from_matrix(matrix))
    assert found.settled
    assert found.shares == pytest.approx([1, 0], abs=1e-9)
