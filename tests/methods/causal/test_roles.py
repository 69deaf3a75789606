import pytest

from knotwork.methods.causal.graph import signed_graph
from knotwork.methods.causal.roles import roles
from tests.methods.causal.maps import the_obesity_map

pytestmark = pytest.mark.pure


def test_a_factor_drives_receives_does_both_or_stands_alone():
    links = [("1", "2", 1, 0.5, 1.0), ("2", "3", -1, -0.25, 1.0)]
    found = roles(signed_graph(["1", "2", "3", "4"], links))
    assert found.role == ("driver", "ordinary", "receiver", "alone")
    assert found.out_strength.tolist() == [0.5, 0.25, 0, 0]
    assert found.in_strength.tolist() == [0, 0.5, 0.25, 0]


def test_nothing_stands_alone_on_the_obesity_map():
    found = roles(the_obesity_map())
    assert "alone" not in found.role
    assert sum(found.in_strength) == sum(found.out_strength) == 296
