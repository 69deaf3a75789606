"""The self-test: honest, with its reasons, and it never stops anybody."""

from itertools import product

import pytest

from knotwork.calls.knotty import QUESTIONS, Reply, Verdict, how_knotty

KNOT = {asked.key: asked.knot for asked in QUESTIONS}
PLAN = {key: Reply.NO if reply == Reply.YES else Reply.YES for key, reply in KNOT.items()}


def test_a_knot_is_called_one_with_a_reason_for_each_answer():
    result = how_knotty(KNOT)
    assert (result.verdict, len(result.for_a_knot), result.for_a_plan) == (Verdict.KNOTTY, 5, ())


def test_it_says_that_a_project_plan_will_do():
    result = how_knotty(PLAN)
    assert (result.verdict, result.for_a_knot, len(result.for_a_plan)) == (Verdict.A_PLAN_WILL_DO, (), 5)


@pytest.mark.parametrize("answers", [{}, {"one_owner": "not_sure"}, {"other": "yes"}, {"one_owner": "maybe"}])
def test_without_answers_it_says_nothing(answers):
    assert how_knotty(answers).verdict == Verdict.UNANSWERED


def test_two_of_each_is_perhaps():
    mixed = dict(list(KNOT.items())[:2]) | dict(list(PLAN.items())[2:4])
    assert how_knotty(mixed).verdict == Verdict.PERHAPS


def test_whatever_is_answered_each_side_has_its_reasons_and_the_larger_decides():
    keys = [asked.key for asked in QUESTIONS]
    for replies in product(Reply, repeat=len(keys)):
        result = how_knotty(dict(zip(keys, replies, strict=True)))
        knot, plan = len(result.for_a_knot), len(result.for_a_plan)
        assert knot + plan == sum(reply != Reply.NOT_SURE for reply in replies)
        if result.verdict == Verdict.KNOTTY:
            assert knot > plan
        if result.verdict == Verdict.A_PLAN_WILL_DO:
            assert plan > knot
