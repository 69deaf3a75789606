"""In words: in which ways people took part, and what each named part of them said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from knotwork.conversations.models import Way
from knotwork.conversations.results.words import Answers, Counts, answers_in_words, listed, rounded_in_words
from knotwork.core.pages.numbers import number_in_words


@dataclass(frozen=True)
class PartView:
    """One part by its name, with its people in words."""

    name: str
    people: str


def ways_in_words(result: Mapping[str, Any]) -> str:
    """``They took part in these ways: about 300 online, about 95 on paper.``; empty when all came online."""
    ways = result.get("ways", [])
    if not any(way != Way.ONLINE for way, _count in ways):
        return ""
    said = [
        _("%(count)s %(way)s") % {"count": _some(count, exact=result["exact"]), "way": Way(way).label}
        for way, count in ways
    ]
    return _("They took part in these ways: %(ways)s.") % {"ways": listed(said)}


def _some(count: int | None, *, exact: bool) -> str:
    return _("some") if count is None else rounded_in_words(count, exact=exact)


def parts_in_words(result: Mapping[str, Any], names: Sequence[str]) -> tuple[PartView, ...]:
    """Each part with how many people named it."""
    views = []
    for part, people in result.get("parts", []):
        if part > len(names):
            continue
        if people is None:
            words = _("too few for a number")
        elif people:
            words = _("about %(count)s people") % {"count": number_in_words(people)}
        else:
            words = _("nobody yet")
        views.append(PartView(names[part - 1], words))
    return tuple(views)


def answers_of_parts(rows: Sequence[tuple[int, Counts]], names: Sequence[str]) -> list[Answers]:
    """The answers of parts, each under its part's name; ``rows`` hold a part from 1 and its counts."""
    known = [(part, counts) for part, counts in rows if part <= len(names)]
    worded = answers_in_words([("", counts) for _part, counts in known])
    return [
        replace(answers, who=names[part - 1]) for (part, _counts), answers in zip(known, worded, strict=True)
    ]


def few_said_which() -> str:
    """Why no answers are shown apart."""
    return _(
        "Too few people said which they are. Answers are shown apart once at least %(count)s of each have answered a "
        "statement alike."
    ) % {"count": number_in_words(settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT)}
