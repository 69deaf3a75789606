"""What is worked out of a map, and when."""

import pytest

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due, run_now
from knotwork.maps import services
from knotwork.maps.analyses import KIND, MapAnalysis
from knotwork.maps.models import Factor
from knotwork.maps.querysets import factors_on
from tests.maps.build import (
    ADMINISTRATOR,
    LONELY,
    a_drawn_map,
    a_map,
    again,
    factor_called,
    some_factors,
    worked_out,
)

pytestmark = pytest.mark.django_db


def newest(system_map):
    found = snapshots.newest_good(KIND, system_map.public_id)
    assert found is not None, snapshots.latest_failure(KIND, system_map.public_id)
    return found


def test_loops_roles_and_links_are_kept_as_tables() -> None:
    row = worked_out(a_drawn_map())
    tables = snapshots.tables(newest(row).id)
    assert tables["loops"].select("factors", "sign", "length", "story").rows() == [("1>2>3", 1, 3, True)]
    assert dict(tables["factors"].select("label", "role").iter_rows())["hearing"] == "driver"
    assert tables["links"].height == 4


def test_the_result_counts_what_the_page_says() -> None:
    result = newest(worked_out(a_drawn_map())).result
    assert (result["loops"], result["reinforcing"], result["balancing"]) == (1, 1, 0)
    assert (result["up_to"], result["hit_cap"]) == (8, False)
    assert result["opening"] == [["1", "2", "3"]]


def test_the_whole_map_and_the_story_are_drawn() -> None:
    pictures = snapshots.pictures(newest(worked_out(a_drawn_map())).id)
    assert set(pictures) == {"story", "whole-map"}
    assert "hearing" not in pictures["story"].svg
    assert "hearing" in pictures["whole-map"].svg


def test_where_each_factor_stands_is_written_to_it_and_stays_the_same() -> None:
    row = worked_out(a_drawn_map())
    first = list(factors_on(row).values_list("x", "y"))
    assert all(None not in spot for spot in first)
    Factor.objects.filter(map=row).update(x=0.0)
    run_now(KIND, row.public_id)
    assert list(factors_on(row).values_list("x", "y")) == first


def test_an_edit_makes_a_new_run_due_and_a_run_does_not() -> None:
    row = worked_out(a_drawn_map())
    assert ask_for_due() == 0
    some_factors(row, "being invited")
    assert ask_for_due() == 1
    assert ask_for_due() == 0


def test_a_map_without_factors_and_a_withdrawn_one_are_not_worked_out() -> None:
    a_map()
    services.withdraw_map(a_drawn_map().pk, "A mistake.", by=ADMINISTRATOR)
    assert MapAnalysis().subjects() == []


def test_a_map_with_several_factors_is_one_subject() -> None:
    row = a_drawn_map()
    assert [public_id for public_id, _state in MapAnalysis().subjects()] == [row.public_id]


def test_a_map_without_links_has_no_story() -> None:
    row = a_map()
    some_factors(row, "stress")
    row = worked_out(row)
    assert set(snapshots.pictures(newest(row).id)) == {"whole-map"}
    assert newest(row).result["loops"] == 0


def test_a_map_whose_factors_are_all_gone_is_worked_out_to_nothing() -> None:
    row = a_map()
    services.withdraw_factor(row.pk, some_factors(row, "stress")[0], "A slip.", by=ADMINISTRATOR)
    assert snapshots.pictures(newest(worked_out(row)).id) == {}


def test_a_loop_with_a_name_opens_the_page_as_long_as_its_links_stand() -> None:
    row = a_drawn_map()
    around = [factor_called(row, label).public_id for label in LONELY[:3]]
    services.name_loop(row.pk, around, "Out and about", by=ADMINISTRATOR)
    assert newest(worked_out(row)).result["opening"] == [["1", "2", "3"]]
    services.withdraw_factor(row.pk, around[0], "Said twice.", by=ADMINISTRATOR)
    assert newest(worked_out(again(row))).result["opening"] == []
