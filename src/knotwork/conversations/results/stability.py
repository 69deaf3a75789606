"""How sure the groups of a result are, in plain words: what drawing the people anew says, and what it does not."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.results.words import group_name
from knotwork.core.pages.numbers import number_in_words, percent_in_words

STABLE, FAIRLY_STABLE = 0.9, 0.7
"""The least agreement (adjusted Rand index) for which the words hold."""
TENTHS = (
    gettext_lazy("fewer than one in ten people stay"),
    gettext_lazy("about one in ten people stays"),
    gettext_lazy("about two in ten people stay"),
    gettext_lazy("about three in ten people stay"),
    gettext_lazy("about four in ten people stay"),
    gettext_lazy("about half of the people stay"),
    gettext_lazy("about six in ten people stay"),
    gettext_lazy("about seven in ten people stay"),
    gettext_lazy("about eight in ten people stay"),
    gettext_lazy("about nine in ten people stay"),
    gettext_lazy("nearly everybody stays"),
)


def stability_in_words(result: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for the top of the page; none where nobody was drawn anew."""
    if found := result.get("stability"):
        drawn_anew = _("Drawn anew %(times)s times from those who took part, %(people)s in their group.") % {
            "times": number_in_words(found["resamples"]),
            "people": TENTHS[round(10 * found["stays"])],
        }
        yield f"{_judgement(found['index'])} {drawn_anew}"


def unsure_groups_in_words(result: Mapping[str, Any]) -> str:
    """Why nobody knows whether the groups would stay the same, and which group is the least sure."""
    found = result.get("stability")
    if not found:
        return _("How stable they are, had somewhat different people come, is not measured.")
    letter, overlap = min(found["groups"], key=lambda group: group[1])
    spread = _(
        "We drew new people from those who took part. That shows how much hangs on single people. It is not a margin "
        "of error: others, who did not come, may stand elsewhere."
    )
    least = _("The least sure is %(group)s: on average %(share)s of it comes out again.") % {
        "group": group_name(letter),
        "share": percent_in_words(overlap),
    }
    return f"{spread} {least}"


def uncertainty_in_words(result: Mapping[str, Any]) -> str:
    """What goes with the picture of the groups."""
    stable = " ".join(stability_in_words(result)) or _("How stable the groups are is not measured.")
    axes = _("The map shows the two directions in which people differ most, not all of them.")
    return f"{stable} {axes}"


def why_this_number_in_words(result: Mapping[str, Any]) -> str:
    """What to make of the shown number of groups where others fit equally well."""
    shown = {"shown": number_in_words(len(result["groups"]))}
    if result.get("stability"):
        often = _("We show %(shown)s: they come out most often when people are drawn anew.") % shown
        return f"{often} {_('Read them as one way of looking.')}"
    return _("We show %(shown)s: read them as one way of looking.") % shown


def _judgement(index: float) -> str:
    if index >= STABLE:
        return _("The groups are stable.")
    if index >= FAIRLY_STABLE:
        return _("The groups are fairly stable.")
    return _("The groups are not stable: read them as one way of looking.")
