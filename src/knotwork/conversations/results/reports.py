"""A report: everything that a page of results says at one moment, put together to be kept, and read again later.

``content_of`` makes the content: plain JSON of sentences, counts in words, and pictures, in the reader's language.
``read`` gives it back for a page. Nothing is worked out again on the way; only the words of a statement that was taken
down since are left out, because nobody may meet them again.

Content::

    {"question", "where", "facts": [[label, value]], "named": {number: text}, "sections": [
        {"key", "title", "paragraphs": [...], "items": [[strong, text]],
         "statements": [{"text", "language", "answers": [[line, short, bar]]}], "figures": [...]}]}
"""

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import dateformat, timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from knotwork.conversations.models import Conversation, Moderation, Report, Statement, StatementState
from knotwork.conversations.results.reach import ReachView
from knotwork.conversations.results.reading import ResultsView, StatementView
from knotwork.conversations.rules import reason_in_words
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.pages.figure import FigureView
from knotwork.core.pages.numbers import number_in_words
from knotwork.drawing.picture import Picture

Section = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """All that a report is made from, as the page of results has it."""

    conversation: Conversation
    snapshot: SnapshotView
    view: ResultsView
    reach: ReachView | None
    figure: FigureView | None
    snapshots: tuple[UUID, ...]


def content_of(found: Found, *, made_at: datetime) -> dict[str, Any]:
    """The whole report, ready to be kept."""
    view, conversation = found.view, found.conversation
    statements = [*view.agreed, *view.dividing, *view.shared, *view.apart]
    statements += [statement for group in view.groups for statement in group.statements]
    sections = [
        _section("in_short", _("In short"), paragraphs=view.sentences),
        _how_asked(conversation, view),
        _who(found.view, found.reach),
        *_of_groups(found),
        *_of_everybody(view),
        _not_shown(conversation),
        _section(
            "unknown",
            _("What we do not know"),
            items=[(unknown.what, str(unknown.why)) for unknown in view.unknowns],
        ),
        _methods(found, made_at),
    ]
    return {
        "question": conversation.question,
        "where": str(conversation.place or conversation.programme),
        "named": {str(statement.number): statement.text for statement in statements},
        "sections": sections,
    }


def _section(key: str, title: str, **parts: Iterable[Any]) -> Section:
    empty: Section = {"paragraphs": [], "items": [], "statements": [], "figures": []}
    return {"key": key, "title": title} | empty | {name: _plain(part) for name, part in parts.items()}


def _plain(part: Iterable[Any]) -> list[Any]:
    return [
        list(map(str, one)) if isinstance(one, tuple) else one if isinstance(one, dict) else str(one)
        for one in part
    ]


def _how_asked(conversation: Conversation, view: ResultsView) -> Section:
    """The question with its former wordings, when it was asked, and how it was moderated."""
    items = [(_("The question."), conversation.question)]
    items += [
        (
            _("Before."),
            _("Until %(day)s it was: “%(question)s” %(why)s")
            % {"day": _day(former.until), "question": former.question, "why": former.reason},
        )
        for former in conversation.former_wordings.all()
    ]
    if window := _window(conversation):
        items.append((_("When."), window))
    if conversation.held_elsewhere:
        items.append((_("Where."), _("It was held with another tool, and its votes were put in here.")))
    else:
        items.append(
            (_("Answers."), _("Agree, disagree or pass, to one statement at a time, without an account."))
        )
        items.append((_("Statements."), _of_statements(conversation, view)))
    return _section("how_asked", _("How it was asked"), items=items)


def _of_statements(conversation: Conversation, view: ResultsView) -> str:
    shown = _("%(count)s statements are shown.") % {"count": number_in_words(view.statement_count)}
    if not conversation.takes_statements:
        return _("%(shown)s People could not add their own.") % {"shown": shown}
    if conversation.moderation == Moderation.AFTER:
        return _("%(shown)s People could add their own, which moderators looked at afterwards.") % {
            "shown": shown
        }
    return _("%(shown)s People could add their own, which moderators looked at first.") % {"shown": shown}


def _window(conversation: Conversation) -> str:
    opened, closed = conversation.opens_at, conversation.closes_at
    if opened and closed:
        return _("From %(first)s to %(last)s.") % {"first": _day(opened), "last": _day(closed)}
    if closed:
        return _("Until %(last)s.") % {"last": _day(closed)}
    return _("From %(first)s.") % {"first": _day(opened)} if opened else ""


def _day(moment: datetime) -> str:
    return dateformat.format(timezone.localtime(moment), "j F Y")


def _who(view: ResultsView, reach: ReachView | None) -> Section:
    """Who took part and who was not heard; always of those who took part."""
    paragraphs = [
        _("%(people)s people took part. They are not the population: nobody drew a sample.")
        % {"people": number_in_words(view.people)}
        if view.people >= 5
        else _("Only a few people have taken part so far.")
    ]
    items: list[tuple[str, str]] = []
    for question in reach.questions if reach else ():
        items.append((f"{question.title}.", " ".join(question.sentences)))
    if reach is None or reach.why_not:
        unheard = next(iter(view.unknowns[1:2]), None)
        paragraphs += [str(unheard.why)] if unheard else []
    figures = [_kept(question.figure) for question in (reach.questions if reach else ()) if question.figure]
    return _section(
        "who", _("Who took part, and who was not heard"), paragraphs=paragraphs, items=items, figures=figures
    )


def _of_groups(found: Found) -> Iterator[Section]:
    view = found.view
    if not view.has_groups:
        return
    yield _section(
        "agreed", _("What was agreed across groups"), **_statements(view.agreed, _nothing_agreed())
    )
    yield _section("divides", _("What divides"), **_statements(view.dividing, _nothing_divides()))
    yield _section(
        "groups",
        _("The groups"),
        paragraphs=[_("A group is no party. Nobody joined it, and nobody is told in which one she is.")],
        figures=[_kept(found.figure)] if found.figure else [],
    )
    for group in view.groups:
        yield _section(
            f"group_{group.letter}",
            _("%(group)s: %(people)s") % {"group": group.name, "people": group.people},
            **_statements(group.statements, _("No statement sets this group apart.")),
        )


def _of_everybody(view: ResultsView) -> Iterator[Section]:
    if view.shared:
        yield _section("shared", _("What most people said"), **_statements(view.shared, ""))
    if view.apart:
        names = "; ".join(f"{part.name}: {part.people}" for part in view.parts)
        parts = _statements(view.apart, "") | {"paragraphs": [f"{names}."]}
        yield _section("parts", _("What each part of the people said"), **parts)


def _nothing_agreed() -> str:
    return _("There is no statement on which more than half of every group agree, or disagree.")


def _nothing_divides() -> str:
    return _("No statement sets the groups further apart than chance would.")


def _statements(statements: Iterable[StatementView], otherwise: str) -> dict[str, list[Any]]:
    kept = [_statement(statement) for statement in statements]
    return {"statements": kept, "paragraphs": [otherwise] if otherwise and not kept else []}


def _statement(statement: StatementView) -> dict[str, Any]:
    return {
        "text": statement.text,
        "language": statement.language,
        "answers": [
            {
                "line": html.unescape(strip_tags(str(answers.agree_line))),
                "short": answers.disagree_short,
                "bar": None if answers.bar is None else [answers.bar.agree, answers.bar.disagree_from],
            }
            for answers in statement.answers
        ],
    }


def _not_shown(conversation: Conversation) -> Section:
    """How many statements are not shown, for which of the published reasons."""
    rows = Statement.objects.filter(conversation=conversation, state=StatementState.NOT_SHOWN)
    counted = rows.values_list("reason").annotate(count=Count("pk")).order_by("-count", "reason")
    items = [
        (number_in_words(count), reason_in_words(reason) or _("No reason was given."))
        for reason, count in counted
    ]
    paragraphs = [] if items else [_("Every statement that people added is shown.")]
    return _section(
        "not_shown", _("Statements that are not shown, and why"), items=items, paragraphs=paragraphs
    )


def _methods(found: Found, made_at: datetime) -> Section:
    snapshot = found.snapshot
    words = {"version": snapshot.version, "seed": snapshot.seed, "day": _day(snapshot.finished_at)}
    paragraphs = [
        _(
            "People are placed by their votes alone (principal components), grouped by where they stand (k-means), and "
            "compared statement by statement. Method version %(version)s, seed %(seed)s, worked out on %(day)s. Ranges "
            "are Wilson's ranges of 95%%: how far a share could move with so few answers."
        )
        % words,
    ]
    if not found.view.is_exact:
        paragraphs.append(
            _(
                "So that nobody can be picked out, numbers of people are rounded to the nearest 5, and those below 5 "
                "are not given. Shares and ranges are worked out from the rounded numbers."
            )
        )
    if found.conversation.attribution:
        paragraphs.append(found.conversation.attribution)
    paragraphs.append(
        _(
            "This report was made on %(day)s from result %(id)s. It is not worked out again: what is new is a "
            "new version."
        )
        % {"day": _day(made_at), "id": snapshot.public_id}
    )
    return _section("methods", _("Methods and versions"), paragraphs=paragraphs)


def _kept(figure: FigureView) -> dict[str, Any]:
    """A figure with all that belongs to it, as it stands."""
    picture = figure.picture
    return {
        "picture": {
            "name": picture.name,
            "svg": picture.svg,
            "columns": list(picture.columns),
            "rows": [list(row) for row in picture.rows],
            "title": picture.title,
            "description": picture.description,
        },
        "sentence": str(figure.sentence),
        "uncertainty": str(figure.uncertainty),
        "source": str(figure.source),
        "method": str(figure.method),
        "as_of": figure.as_of.isoformat(),
    }


def read(report: Report) -> dict[str, Any]:
    """The content of a report for its page: figures as figures, and no words of statements taken down since."""
    content = dict(report.content)
    gone = _taken_down(report.conversation, content["named"])
    content["sections"] = [_read_section(section, gone) for section in content["sections"]]
    return content


def _taken_down(conversation: Conversation, named: Mapping[str, str]) -> tuple[str, ...]:
    live = Statement.objects.filter(
        conversation=conversation, state=StatementState.LIVE, number__in=list(named)
    )
    numbers = {str(number) for number in live.values_list("number", flat=True)}
    return tuple(text for number, text in named.items() if number not in numbers)


def _read_section(section: Mapping[str, Any], gone: tuple[str, ...]) -> dict[str, Any]:
    worded = {name: _without(part, gone) for name, part in section.items() if name != "figures"}
    return worded | {"figures": [_figure(kept) for kept in section["figures"]]}


def _without(part: Any, gone: tuple[str, ...]) -> Any:
    if isinstance(part, str):
        for text in gone:
            part = part.replace(text, _("[A statement that is not shown any more]"))
        return part
    if isinstance(part, list):
        return [_without(one, gone) for one in part]
    if isinstance(part, dict):
        return {name: _without(one, gone) for name, one in part.items()}
    return part


def _figure(kept: Mapping[str, Any]) -> FigureView:
    drawn = kept["picture"]
    picture = Picture(
        name=drawn["name"],
        svg=drawn["svg"],
        columns=tuple(drawn["columns"]),
        rows=tuple(tuple(row) for row in drawn["rows"]),
        title=drawn["title"],
        description=drawn["description"],
    )
    return FigureView(
        picture=picture,
        sentence=kept["sentence"],
        uncertainty=kept["uncertainty"],
        source=kept["source"],
        method=kept["method"],
        as_of=datetime.fromisoformat(kept["as_of"]),
    )
