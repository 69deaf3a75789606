"""Who have we not heard? What people said of themselves beside the population -> a snapshot that pages can read.

What people said of themselves is never joined with how they voted: this analysis reads the two counts that it needs and
nothing of single people, and what it keeps is published already: rounded, small counts hidden, a single hidden one with
another. That holds where votes are published exactly, too.
"""

from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from knotwork.conversations import report_rules
from knotwork.conversations.exports import as_text
from knotwork.conversations.models import BackgroundKind, Conversation
from knotwork.conversations.queries.background import SaidOfThemselves, background_states, said_of_themselves
from knotwork.conversations.queries.people import people_who_answered
from knotwork.core.analyses import registry
from knotwork.core.analyses.registry import Outcome
from knotwork.core.one_moment import one_moment
from knotwork.core.pages.numbers import percent_in_words
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.reach_bars import ReachBar, ReachWords, reach_bars
from knotwork.methods.opinion.reach import REACH_VERSION, Reach, ReachOptions, reach

KIND = "reach"

TABLE = "public_reach"


class ReachAnalysis:
    """Who took part in a conversation beside who lives there, by each question that people were asked."""

    kind = KIND
    method = "reach"
    version = REACH_VERSION

    def subjects(self) -> list[tuple[UUID, str]]:
        """Every conversation of which it may be shown, and the state of what people said."""
        return [
            (row.public_id, state)
            for row, state in background_states()
            if report_rules.can_show_background(row)
        ]

    def run(self, subject: UUID, *, seed: int) -> Outcome:
        """Count, compare, draw; the seed is not used, because nothing here is left to chance."""
        with one_moment():
            conversation = Conversation.objects.select_related("programme", "place").get(public_id=subject)
            states = {row.public_id: state for row, state in background_states()}
            said = said_of_themselves(conversation)
            people = people_who_answered(conversation)
        smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
        options = ReachOptions(minimum=smallest, base=smallest, took_part=people)
        found = [(question, _reached(question, options)) for question in said]
        return Outcome(
            state=states.get(subject, ""),
            result={"questions": [_shown(question, result) for question, result in found]},
            tables={TABLE: _table(found)},
            pictures=_pictures(found),
            options={"level": options.level, "fewest": options.fewest},
        )


def register() -> None:
    """Called when the room starts."""
    registry.register(ReachAnalysis())


def _reached(question: SaidOfThemselves, options: ReachOptions) -> Reach:
    figures = [np.nan if people is None else float(people) for people in question.population]
    return reach(np.array(question.counts, np.int64), figures, options)


def _shown(question: SaidOfThemselves, found: Reach) -> dict[str, Any]:
    """Every number that pages show of one question, as it is published."""
    rows = found.to_frame().with_columns(name=pl.Series(question.names))
    return {
        "kind": question.kind.value,
        "words": question.words,
        "source": question.source,
        "year": question.year,
        "people": _number(found.people),
        "distance": _number(found.distance),
        "rows": rows.to_dicts(),
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _table(found: list[tuple[SaidOfThemselves, Reach]]) -> pl.DataFrame:
    """All questions in one table, as everybody may have it."""
    return pl.concat(
        result.to_frame().select(
            pl.lit(question.kind.value).alias("question"),
            "choice",
            pl.Series("name", [as_text(name) for name in question.names]),
            pl.exclude("choice", "is_small"),
            pl.lit(as_text(question.source)).alias("population_source"),
            pl.lit(question.year, pl.Int64).alias("population_year"),
        )
        for question, result in found
    )


def _pictures(found: list[tuple[SaidOfThemselves, Reach]]) -> dict[str, tuple[Picture, ...]]:
    pictures: dict[str, tuple[Picture, ...]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pictures[language] = tuple(
                picture_of(question, result) for question, result in found if not np.isnan(result.people)
            )
    return pictures


def title_of(kind: str) -> str:
    """What a figure of this kind of question is called."""
    return {
        BackgroundKind.AGE.value: _("How old those who took part are"),
        BackgroundKind.AREA.value: _("Where those who took part live"),
        BackgroundKind.ROLE.value: _("Who those who took part are"),
    }[kind]


def picture_of(question: SaidOfThemselves, found: Reach) -> Picture:
    """The bars of one question."""
    has_population = not np.isnan(found.population).all()
    bars = [_bar(name, row) for name, row in zip(question.names, found.to_frame().to_dicts(), strict=True)]
    words = ReachWords(
        _("Of those who took part and said so"),
        _("Of those who live here") if has_population else "",
    )
    title = title_of(question.kind.value)
    description = (
        _("For each choice two bars: the share of those who took part, and the share of the population.")
        if has_population
        else _("For each choice a bar: the share of those who took part.")
    )
    table = (_columns(), tuple(_row(bar) for bar in bars))
    return reach_bars(bars, words, table, name=f"reach-{question.kind.value}", texts=(title, description))


def _bar(name: str, row: dict[str, Any]) -> ReachBar:
    share, population = row["share"], row["population"]
    return ReachBar(
        label=name,
        share=share,
        low=row["lower"],
        high=row["upper"],
        population=population,
        share_words="" if share is None else percent_in_words(share),
        population_words="" if population is None else percent_in_words(population),
        instead=instead_of(row),
    )


def instead_of(row: dict[str, Any]) -> str:
    """What stands in the place of a share that is not given."""
    if row["is_small"]:
        return _("fewer than %(count)d people") % {"count": settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT}
    if row["people"] is not None:
        return _("about %(count)d people; not compared") % {"count": row["people"]}
    return _("not given, so that nobody can be counted")


def _columns() -> tuple[str, ...]:
    return (
        _("Choice"),
        _("Share of those who said, in %"),
        _("From"),
        _("To"),
        _("Share of the population, in %"),
    )


def _row(bar: ReachBar) -> tuple[Cell, ...]:
    figures = (bar.share, bar.low, bar.high, bar.population)
    return (bar.label, *(None if figure is None else round(100 * figure, 1) for figure in figures))
