import pytest

from knotwork.core.rules import ALLOWED, Decision, Refused, require


def test_a_refused_decision_is_falsy_and_carries_its_reason():
    decision = Decision(False, "The conversation is closed.")
    assert not decision
    assert decision.reason == "The conversation is closed."


def test_requiring_what_is_refused_raises_with_the_reason():
    with pytest.raises(Refused, match="closed"):
        require(Decision(False, "The conversation is closed."))


def test_requiring_what_is_allowed_goes_on():
    require(ALLOWED)
