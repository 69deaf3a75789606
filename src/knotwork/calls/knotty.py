"""Is this knotty? A short self-test that may answer: no, a project plan will do. It never stops anybody.

A knotty issue has no owner who could solve it alone, no agreed cause, and comes back after it was mended. An issue that
one organisation can solve, whose cause is agreed, and that others have solved in a way that can be copied is better
served by a plan with a date and somebody who does it. The test adds up nothing clever: each answer that speaks for a
plan or for a knot is counted, and shown with its reason. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reply(StrEnum):
    """What one can answer."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class Verdict(StrEnum):
    """What the test says."""

    KNOTTY = "knotty"
    PERHAPS = "perhaps"
    A_PLAN_WILL_DO = "a_plan_will_do"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Asked:
    """One question. ``knot`` is the answer that speaks for a knot, and the two reasons say why."""

    key: str
    words: str | Promise
    knot: Reply
    for_a_knot: str | Promise
    for_a_plan: str | Promise


QUESTIONS = (
    Asked(
        "one_owner",
        _("Could one organisation solve it alone, if it had the money?"),
        Reply.NO,
        _("Nobody can solve it alone."),
        _("One organisation could solve it, so it needs somebody who does it rather than many who talk."),
    ),
    Asked(
        "agreed_cause",
        _("Do those who deal with it agree on what causes it?"),
        Reply.NO,
        _("People see different causes, so no plan would start in the right place."),
        _("The cause is agreed, so the next step is to act on it."),
    ),
    Asked(
        "comes_back",
        _("Has it come back after somebody thought it was solved?"),
        Reply.YES,
        _("It came back, so something keeps it in place."),
        _("It has not come back yet, so what worked once may still work."),
    ),
    Asked(
        "copied",
        _("Has another place solved it in a way that you could copy?"),
        Reply.NO,
        _("There is nothing to copy."),
        _("Another place has done it. Ask them first."),
    ),
    Asked(
        "many_change",
        _("Would many people have to do something differently, in several organisations or at home?"),
        Reply.YES,
        _("Many people would have to change what they do."),
        _("Few people would have to change, so they can be asked directly."),
    ),
)


@dataclass(frozen=True)
class Result:
    """The verdict with the reasons for both sides, in the order of the questions."""

    verdict: Verdict
    for_a_knot: tuple[str | Promise, ...]
    for_a_plan: tuple[str | Promise, ...]


def how_knotty(answers: Mapping[str, str]) -> Result:
    """What these answers (key -> reply) say. One may leave some out; an unsure answer speaks for neither side."""
    said = [(asked, answers.get(asked.key, "")) for asked in QUESTIONS]
    decided = [(asked, reply) for asked, reply in said if reply in (Reply.YES, Reply.NO)]
    knot = tuple(asked.for_a_knot for asked, reply in decided if reply == asked.knot)
    plan = tuple(asked.for_a_plan for asked, reply in decided if reply != asked.knot)
    return Result(_verdict(len(knot), len(plan)), knot, plan)


def _verdict(knot: int, plan: int) -> Verdict:
    if not knot and not plan:
        return Verdict.UNANSWERED
    if plan >= 3 and plan > knot:
        return Verdict.A_PLAN_WILL_DO
    return Verdict.KNOTTY if knot >= 3 and knot > plan else Verdict.PERHAPS
