"""Who have we not heard? In words: who took part beside who lives here, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.conversations import report_rules
from knotwork.conversations.models import BackgroundQuestion, Conversation
from knotwork.conversations.queries.background import asks_background
from knotwork.conversations.reach_analysis import KIND, instead_of, title_of
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.pages.figure import Download, FigureView
from knotwork.core.pages.numbers import number_in_words


@dataclass(frozen=True)
class ReachView:
    """What is known of who took part: sentences for each question, its figure, and who was not heard, by name."""

    questions: tuple["ReachQuestion", ...]
    not_heard: tuple[str, ...]
    table_url: str
    why_not: str = ""


@dataclass(frozen=True)
class ReachQuestion:
    """One question: its title, what was found, and its figure where enough people answered."""

    title: str
    sentences: tuple[str, ...]
    figure: FigureView | None


def reach_of(conversation: Conversation, *, asks: bool | None = None) -> ReachView | None:
    """What may be shown of it; ``None`` where nobody is asked about herself, which ``asks`` says if it is known."""
    if not (asks_background(conversation) if asks is None else asks):
        return None
    shown = report_rules.can_show_background(conversation)
    snapshot = snapshots.newest_good(KIND, conversation.public_id) if shown else None
    if snapshot is None:
        why = shown.reason or _("What people said about themselves is being worked out.")
        return ReachView((), (), "", why)
    pictures = snapshots.pictures(snapshot.id)
    questions = tuple(
        ReachQuestion(
            title_of(row["kind"]),
            tuple(sentences_of(row)),
            _figure(conversation, snapshot, row, pictures.get(f"reach-{row['kind']}")),
        )
        for row in snapshot.result["questions"]
    )
    address = _address(conversation, "results-table", "reach")
    return ReachView(questions, _not_heard(snapshot.result), address)


def _not_heard(result: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the choices that fewer gave than live here."""
    rows = (row for question in result["questions"] for row in question["rows"])
    return tuple(row["name"] for row in rows if row["verdict"] == "fewer")


def not_heard_in(public_id: UUID) -> str:
    """Who was not heard in a closed conversation, in a sentence for its place's page; else empty."""
    asking = Conversation.objects.filter(
        Exists(BackgroundQuestion.objects.filter(conversation=OuterRef("pk"))), public_id=public_id
    )
    conversation = asking.select_related("programme", "place").first()
    if conversation is None or not report_rules.can_show_background(conversation):
        return ""
    snapshot = snapshots.newest_good(KIND, public_id)
    names = _not_heard(snapshot.result) if snapshot else ()
    return _("Not heard enough: %(names)s.") % {"names": "; ".join(names)} if names else ""


def unknown_in_words(reach: ReachView | None) -> str:
    """What the results page says of who was not heard."""
    if reach is None:
        return _("Nobody was asked for an age, a home or a background, so we cannot say who is missing.")
    if reach.why_not:
        return reach.why_not
    if reach.not_heard:
        return _(
            "Fewer took part than live here of these: %(names)s. Below we say how many. About what we did not ask, we "
            "know nothing."
        ) % {"names": "; ".join(reach.not_heard)}
    if not any(question.figure for question in reach.questions):
        return _("People are asked about themselves, but too few have said something so far.")
    return _(
        "Nobody whom we asked about stands out as missing. About what we did not ask, and about those who would rather "
        "not say, we know nothing."
    )


def sentences_of(question: Mapping[str, Any]) -> list[str]:
    """What was found, in plain sentences; always of those who took part and said."""
    if question["people"] is None:
        return [_("Too few of those who took part have said so far. It is too early for figures.")]
    people = number_in_words(int(question["people"]))
    has_population = any(row["population"] is not None for row in question["rows"])
    found = [
        _("Of those who took part, about %(people)s gave an answer that is counted here.")
        % {"people": people}
    ]
    for verdict in ("fewer", "more"):
        found += [_one(row, verdict, people) for row in question["rows"] if row["verdict"] == verdict]
    if not has_population:
        found.append(_("We know no figures of the population, so we cannot say who is missing."))
    elif len(found) == 1:
        found.append(_("No difference from the people who live here is larger than chance would make it."))
    if question["distance"] is not None:
        found.append(
            _(
                "To be like the people who live here, about %(share)d in 100 of those who said would have to be others."
            )
            % {"share": _whole(100 * question["distance"])}
        )
    found += [
        _("%(name)s: %(count)s.") % {"name": row["name"], "count": instead_of(row)}
        for row in question["rows"]
        if row["share"] is None and row["verdict"] == "" and row["people"] is not None
    ]
    return found


def _one(row: Mapping[str, Any], verdict: str, people: str) -> str:
    """``Men aged 80 or over: fewer took part than live here. About 5 in 100 of those who said, 12 in 100 ...``"""
    words = {"name": row["name"], "population": _in_100(row["population"]), "people": people}
    if row["share"] is None:
        few = words | {"few": instead_of(dict(row))}
        return (
            _(
                "%(name)s: fewer took part than live here. They are %(few)s of the %(people)s who said, and "
                "%(population)s of the population."
            )
            % few
        )
    words["share"] = _in_100(row["share"])
    if verdict == "fewer":
        return (
            _(
                "%(name)s: fewer took part than live here. They are about %(share)s of those who said, and "
                "%(population)s of the population."
            )
            % words
        )
    return (
        _(
            "%(name)s: more took part than one would expect. They are about %(share)s of those who said, and "
            "%(population)s of the population."
        )
        % words
    )


def _in_100(share: float) -> str:
    """``5 in 100``; of less than one, in 1,000."""
    if 0 < share < 0.01:
        return _("%(count)d in 1,000") % {"count": max(1, _whole(1000 * share))}
    return _("%(count)d in 100") % {"count": _whole(100 * share)}


def _whole(number: float) -> int:
    """Halves are rounded up, as everywhere on pages."""
    return int(number + 0.5)


def population_in_words(question: Mapping[str, Any]) -> str:
    """Where the population figures come from and how old they are."""
    if not question["source"]:
        return _("No population figures are known")
    if not question["year"]:
        return _("Population: %(source)s") % {"source": question["source"]}
    return _("Population: %(source)s, figures of %(year)s") % {
        "source": question["source"],
        "year": question["year"],
    }


def _figure(
    conversation: Conversation, snapshot: SnapshotView, question: Mapping[str, Any], picture: Any
) -> FigureView | None:
    if picture is None:
        return None
    names = ("results-svg", "results-png", "results-table")
    return FigureView(
        picture=picture,
        sentence=sentences_of(question)[0],
        uncertainty=_(
            "The line on a bar says how far the share could move with so few answers (Wilson’s range of 95%). "
            "Those who would rather not say are in no bar. Numbers of people are rounded to 5, and those "
            "below 5 are not given."
        ),
        source=_("What people said of themselves. %(population)s")
        % {"population": population_in_words(question)},
        method=_("Shares beside the population's, version %(version)s") % {"version": snapshot.version},
        as_of=snapshot.finished_at,
        downloads=tuple(
            Download(label, _address(conversation, name, picture.name))
            for label, name in zip(("SVG", "PNG", "CSV"), names, strict=True)
        ),
    )


def _address(conversation: Conversation, page: str, name: str) -> str:
    return reverse(f"conversations:{page}", args=[conversation.programme.slug, conversation.slug, name])
