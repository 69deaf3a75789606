"""Templates of a call: three ways in which programmes have asked places, to begin with and to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.calls.services import CriterionWords, QuestionWords

Words = str | Promise


@dataclass(frozen=True)
class Preset:
    """What a template fills in. ``about`` says for whom it is meant."""

    key: str
    title: Words
    about: Words
    aims: Words
    number_of_places: int
    enabler_days: int | None
    learning_events: int | None
    eligibility: Words
    who_decides: Words
    needs_sign_off: bool
    has_interview: bool
    criteria: Sequence[CriterionWords]
    questions: Sequence[QuestionWords]


def presets() -> tuple[Preset, ...]:
    """All templates, in the order in which they are offered, in the reader's language."""
    return (_leading_together(), _test_learn_grow(), _one_place())


def preset_named(key: str) -> Preset:
    """The template with this key; the first one for any other word."""
    every = presets()
    return next((preset for preset in every if preset.key == key), every[0])


def _leading_together() -> Preset:
    return Preset(
        "local-vision",
        _("Places learn to lead together (Local Vision style)"),
        _("Many places, one knotty issue each, two leads from two organisations, an enabler beside them."),
        _("Places take on an issue that nobody can solve alone, and learn on it how to lead together."),
        10,
        60,
        4,
        _(
            "Any place where at least two organisations lead together, "
            "and whose health and wellbeing board is its sponsor."
        ),
        _(
            "A panel of reviewers scores each bid with a written reason. The team decides, with two signatures."
        ),
        True,
        False,
        (
            CriterionWords(
                str(_("A knotty issue")), str(_("Nobody can solve it alone, and it has come back before.")), 3
            ),
            CriterionWords(
                str(_("Leading together")),
                str(_("Two leads of two organisations, and what they would do differently.")),
                3,
            ),
            CriterionWords(
                str(_("Partners")),
                str(_("Who brings what, and whether those who live with the issue are among them.")),
                2,
            ),
            CriterionWords(
                str(_("What others could learn")), str(_("Whether another place could take it up.")), 1
            ),
        ),
        (
            QuestionWords(
                str(_("What is the issue, and why is it knotty?")),
                str(_("In plain words, as somebody who lives there would say it.")),
                300,
            ),
            QuestionWords(
                str(_("What has been tried before, and what happened?")),
                str(_("Include what did not work.")),
                250,
            ),
            QuestionWords(str(_("Who leads together, and what would they do differently?")), "", 250),
            QuestionWords(str(_("How would people who live with the issue take part?")), "", 200),
            QuestionWords(str(_("What would you notice in a year if it goes well?")), "", 150, False),
        ),
    )


def _test_learn_grow() -> Preset:
    return Preset(
        "test-learn-grow",
        _("Test, learn and grow"),
        _("Teams try small changes to a service quickly, and keep what works."),
        _(
            "Teams test small changes to a public service with those who use it, learn quickly, and grow what works."
        ),
        6,
        40,
        6,
        _("A team of people who run the service, with somebody who may decide about it."),
        _(
            "Reviewers score each bid with a written reason, then talk with the teams. "
            "The team of the programme decides."
        ),
        False,
        True,
        (
            CriterionWords(
                str(_("A change worth testing")), str(_("Clear who would notice it, and how.")), 3
            ),
            CriterionWords(
                str(_("Close to people")), str(_("Those who use the service help to shape the test.")), 2
            ),
            CriterionWords(str(_("Room to decide")), str(_("The team may change things within weeks.")), 2),
        ),
        (
            QuestionWords(
                str(_("What would you test first?")),
                str(_("Something small that can begin within a month.")),
                200,
            ),
            QuestionWords(str(_("Who would notice, and how would you know?")), "", 200),
            QuestionWords(str(_("What may your team decide by itself?")), "", 150),
            QuestionWords(str(_("When would you stop?")), "", 100),
        ),
    )


def _one_place() -> Preset:
    return Preset(
        "one-place",
        _("One place, one issue"),
        _("One place looks for the issue, or the neighbourhood, that it takes on next."),
        _("We look for one neighbourhood that takes on one issue together with us for a year."),
        1,
        20,
        None,
        _("Any neighbourhood or group of our place."),
        _("The partners of the place decide together, and say why."),
        False,
        False,
        (
            CriterionWords(str(_("It matters to those who live there")), "", 2),
            CriterionWords(str(_("People are ready to begin")), "", 1),
        ),
        (
            QuestionWords(str(_("What is the issue?")), str(_("In your own words.")), 200),
            QuestionWords(str(_("Who would work on it with us?")), "", 150),
        ),
    )
