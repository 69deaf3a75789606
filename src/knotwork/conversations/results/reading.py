"""A snapshot as people read it: sentences first, then groups, common ground and what divides; nothing is counted here.

Counts and shares come from the published numbers in the snapshot; words of statements come from the database now, so
that a statement that was taken down since is left out wherever it stood.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.leaving_out import LeftOutView, left_out_in_words
from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.conversations.queries import Mended
from knotwork.conversations.results.parts import PartView, answers_of_parts, parts_in_words, ways_in_words
from knotwork.conversations.results.reach import ReachView, unknown_in_words
from knotwork.conversations.results.stability import (
    stability_in_words,
    unsure_groups_in_words,
    why_this_number_in_words,
)
from knotwork.conversations.results.words import (
    EVERYBODY,
    Answers,
    answers_in_words,
    fewer_than_shown,
    group_name,
    listed,
    people_in_words,
    rounded_in_words,
)
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.pages.numbers import number_in_words
from knotwork.methods.opinion.group_labels import LETTERS


@dataclass(frozen=True)
class StatementView:
    """A statement with the answers to it. ``direction`` is what a group or all of them mostly said."""

    number: int
    text: str
    language: str
    answers: tuple[Answers, ...]
    direction: str = ""
    thread_url: str = ""
    mended: tuple[Mended, ...] = ()


@dataclass(frozen=True)
class GroupView:
    """A group: its name, its people in words, and what sets it apart."""

    letter: str
    name: str
    people: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class Unknown:
    """Something that the figures do not say: what it is, and why."""

    what: str
    why: str


@dataclass(frozen=True, eq=False)
class ResultsView:
    """Everything that the results page says. Two are the same only if they are one, which is cheap to know."""

    people: int
    has_groups: bool
    is_exact: bool
    sentences: tuple[str, ...]
    unknowns: tuple[Unknown, ...]
    groups: tuple[GroupView, ...]
    agreed: tuple[StatementView, ...]
    dividing: tuple[StatementView, ...]
    shared: tuple[StatementView, ...]
    bridging: tuple[StatementView, ...]
    statement_count: int
    parts: tuple[PartView, ...] = ()
    apart: tuple[StatementView, ...] = ()
    left_out: LeftOutView | None = None


Live = tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class _Given:
    """All that the words of a results page depend on; ``result`` belongs to its snapshot and is not compared."""

    snapshot: UUID
    reader_language: str
    may_group: bool
    live: Live
    parts: tuple[str, ...]
    not_heard: str
    result: Mapping[str, Any] = field(compare=False)


def results_of(
    conversation: Conversation, snapshot: SnapshotView, reach: ReachView | None = None
) -> ResultsView:
    """Read a snapshot of this conversation into words, with the statements that are shown at this moment.

    ``reach`` is who took part, where people are asked about themselves.
    """
    left_out = (snapshot.result.get("left_out") or {}).get("rows", [])
    named = {int(number) for number in (*snapshot.result["rows"], *snapshot.result.get("part_rows", {}))}
    named |= {number for number, *_shares in left_out}
    live = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE, number__in=named)
    return _worded(
        _Given(
            snapshot=snapshot.public_id,
            reader_language=get_language() or "",
            may_group=bool(rules.can_be_grouped(conversation)),
            live=tuple(live.order_by("number").values_list("number", "text", "language")),
            parts=tuple(conversation.named_parts),
            not_heard=unknown_in_words(reach),
            result=snapshot.result,
        )
    )


@lru_cache(maxsize=64)
def _worded(given: _Given) -> ResultsView:
    """What many people read at once is put into words once."""
    result = given.result
    letters = [letter for letter, _size in result["groups"]] if given.may_group else []
    statements = _statement_views(result, letters, given.live)
    agreed = _chosen(statements, result["agreed"] if letters else [])
    dividing = _chosen(statements, [(number, "") for number in result["dividing"]] if letters else [])
    groups = tuple(
        GroupView(
            letter,
            group_name(letter),
            people_in_words(size),
            _own_first(letter, _chosen(statements, result["sets_apart"].get(letter, []))),
        )
        for letter, size in (result["groups"] if letters else [])
    )
    is_tiny = result["people"] < settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    why_not = result["why_no_groups"] if given.may_group else "sensitive"
    sentences = (
        _sentences(result, groups, agreed, dividing) if letters else [_without_groups(result, why_not)]
    )
    names = given.parts if given.may_group else ()
    return ResultsView(
        people=result["people"],
        has_groups=bool(letters),
        is_exact=result["exact"],
        sentences=tuple(
            filter(
                None,
                [sentences[0], ways_in_words(result), _named_groups(result, given.parts), *sentences[1:]],
            )
        ),
        unknowns=tuple(_unknowns(result, agreed, given.not_heard, has_groups=bool(letters))),
        groups=groups,
        agreed=agreed,
        dividing=dividing,
        shared=() if letters or is_tiny else _chosen(statements, result["shared"]),
        bridging=_bridging(result, statements, agreed) if given.may_group and not is_tiny else (),
        statement_count=result["shown"],
        parts=parts_in_words(result, names),
        apart=tuple(_apart(result, names, given.live)) if names else (),
        left_out=left_out_in_words(
            result, {number: (text, language) for number, text, language in given.live}
        ),
    )


def _bridging(
    result: Mapping[str, Any], statements: Mapping[int, StatementView], agreed: tuple[StatementView, ...]
) -> tuple[StatementView, ...]:
    """What people agree with who otherwise disagree, unless it stands among what all groups agree on already."""
    known = {one.number for one in agreed}
    chosen = _chosen(statements, [(number, "agree") for number in result.get("bridging", [])])
    return tuple(one for one in chosen if one.number not in known)


def _named_groups(result: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Who the groups are, where they are the parts that people named and not what the votes gave."""
    if not result.get("named_groups"):
        return ""
    said = [
        _("%(group)s are %(name)s") % {"group": group_name(letter), "name": names[LETTERS.index(letter)]}
        for letter, _size in result["groups"]
        if LETTERS.index(letter) < len(names)
    ]
    return _("The groups are those that people named themselves: %(groups)s.") % {"groups": listed(said)}


def _apart(result: Mapping[str, Any], names: tuple[str, ...], live: Live) -> Iterator[StatementView]:
    """The statements on which the named parts stand furthest apart, with the answers of each part."""
    words = {number: (text, language) for number, text, language in live}
    for number in result.get("apart", []):
        if number in words:
            rows = [(int(part), tuple(counts)) for part, counts in result["part_rows"][str(number)].items()]
            yield StatementView(number, *words[number], tuple(answers_of_parts(rows, names)))


def _own_first(letter: str, statements: tuple[StatementView, ...]) -> tuple[StatementView, ...]:
    """Under a group's name its own answers come before those of the others."""
    own = group_name(letter)
    return tuple(
        replace(one, answers=tuple(sorted(one.answers, key=lambda answers: answers.who != own)))
        for one in statements
    )


def _statement_views(result: Mapping[str, Any], letters: list[str], live: Live) -> dict[int, StatementView]:
    """The statements that the page names, with the answers of each group, or of everybody, worked out all at once."""
    whose = letters or [EVERYBODY]
    named = [row for row in live if str(row[0]) in result["rows"]]
    flat = [
        (who, tuple(result["rows"][str(number)][who])) for number, _text, _language in named for who in whose
    ]
    words = answers_in_words(flat)
    return {
        number: StatementView(number, text, language, tuple(words[at * len(whose) : (at + 1) * len(whose)]))
        for at, (number, text, language) in enumerate(named)
    }


def _chosen(
    statements: Mapping[int, StatementView], pairs: Iterable[tuple[int, str]]
) -> tuple[StatementView, ...]:
    found = []
    for number, direction in pairs:
        if number in statements:
            found.append(replace(statements[number], direction=direction))
    return tuple(found)


def _sentences(
    result: Mapping[str, Any],
    groups: tuple[GroupView, ...],
    agreed: tuple[StatementView, ...],
    dividing: tuple[StatementView, ...],
) -> list[str]:
    """What was found, the most important first."""
    people = number_in_words(result["people"])
    found = [
        _(
            "Of the %(people)s people who took part, %(placed)s answered often enough to be placed beside others."
        )
        % {"people": people, "placed": placed_in_words(result)},
        (
            _("They are compared in %(count)s groups: %(groups)s.")
            if result.get("named_groups")
            else _("By their votes they stand in %(count)s groups: %(groups)s.")
        )
        % {
            "count": number_in_words(len(groups)),
            "groups": listed(
                [_("%(group)s with %(people)s") % {"group": one.name, "people": one.people} for one in groups]
            ),
        },
        *stability_in_words(result),
    ]
    if agreed:
        found.append(
            _("All groups are of one mind, most clearly here: %(statement)s")
            % {"statement": _in_short(agreed[0])}
        )
    else:
        found.append(_("There is no statement on which more than half of every group agree, or disagree."))
    if dividing:
        found.append(_("What divides the groups most: %(statement)s") % {"statement": _in_short(dividing[0])})
    return found


def _without_groups(result: Mapping[str, Any], why_not: str) -> str:
    if result["people"] < settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT:
        return _("Only a few people have taken part so far. It is too early to say anything.")
    took_part = _("%(people)s people took part.") % {"people": number_in_words(result["people"])}
    why = {
        "sensitive": _("The issue is a sensitive one, so no groups and no pictures of people are made."),
        "early": _("It is too early to say who voted alike: too few of them have answered often enough."),
    }.get(
        result["why_no_groups"],
        _("Their votes do not fall into groups: opinions do not stand far enough apart."),
    )
    return f"{took_part} {why}"


def placed_in_words(result: Mapping[str, Any]) -> str:
    """How many could be placed: rounded unless votes are published, and never to more than took part."""
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if result["exact"]:
        return number_in_words(result["placed"])
    most = result["people"] // smallest * smallest
    return rounded_in_words(min(result["placed"], most), exact=False)


def _in_short(statement: StatementView) -> str:
    """The words of a statement with each group's share: of those who agree, or who disagree if all of them do."""
    disagrees = statement.direction == "disagree"
    shares = [
        _("%(share)s of %(group)s (%(range)s; %(people)s answered)")
        % {"share": share, "group": one.who, "range": limits, "people": one.people}
        if share
        else _("%(few)s of %(group)s (%(people)s answered)")
        % {"few": fewer_than_shown(), "group": one.who, "people": one.people}
        for one in statement.answers
        for share, limits in [
            (one.disagree, one.disagree_range) if disagrees else (one.agree, one.agree_range)
        ]
    ]
    words = _("“%(text)s” Disagree: %(shares)s.") if disagrees else _("“%(text)s” Agree: %(shares)s.")
    return words % {"text": statement.text, "shares": listed(shares)}


def _unknowns(
    result: Mapping[str, Any], agreed: tuple[StatementView, ...], not_heard: str, *, has_groups: bool
) -> Iterator[Unknown]:
    """What the figures do not say."""
    yield Unknown(
        _("What other people think."),
        _(
            "Those who took part are not the population. They came by themselves and nobody drew a sample, "
            "so no figure here says how many people in all think so."
        ),
    )
    yield Unknown(_("Who was not heard."), not_heard)
    if has_groups:
        yield from _unknown_about_groups(result, agreed)
    if result["not_shown"]:
        yield Unknown(
            _("What some statements said."),
            _(
                "Moderators did not let %(count)s statements through. They are shown nowhere "
                "and do not shape the groups."
            )
            % {"count": number_in_words(result["not_shown"])},
        )


def _unknown_about_groups(result: Mapping[str, Any], agreed: tuple[StatementView, ...]) -> Iterator[Unknown]:
    if doubtful := [one for one in agreed if one.number in result.get("look_twice", [])]:
        yield Unknown(
            _("Whether all that we call agreed is."),
            _(
                "There are two ways to find what people share: one looks at groups, the other does not. On some "
                "statements they do not say the same. Look twice at: %(statements)s"
            )
            % {"statements": " ".join(f"“{one.text}”" for one in doubtful)},
        )
    if result["equally_good"]:
        numbers = [number_in_words(number) for number in result["equally_good"]]
        either = _("%(first)s or %(last)s") % {"first": ", ".join(numbers[:-1]), "last": numbers[-1]}
        yield Unknown(
            _("How many groups there are."),
            _("%(numbers)s groups fit the votes equally well.") % {"numbers": either}
            + f" {why_this_number_in_words(result)}",
        )
    yield Unknown(_("Whether the groups would stay the same."), unsure_groups_in_words(result))
    if left := result["people"] - result["placed"]:
        yield Unknown(
            _("Where the others stand."),
            _(
                "%(count)s of those who took part answered too few statements to be placed. They are in no group."
            )
            % {"count": rounded_in_words(left, exact=result["exact"]).capitalize()},
        )
