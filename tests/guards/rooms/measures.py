"""Measures: their lines of the role matrix, one of everything, and what a stranger must not find."""

from typing import Any

from knotwork.core import clock
from knotwork.measures.models import NothingFits, Rebase, RivalCause, SeriesImport
from knotwork.programmes.models import Place, Programme, Role, Stage
from tests.builders import a_place, a_programme
from tests.guards.line import LEADS, PUBLIC, Line
from tests.measures.build import a_measure, an_indicator, worked_out

P, PL, M = ("programme",), ("programme", "place"), ("programme", "measure")
KEEPERS = LEADS | {Role.ANALYST}
THINKERS = KEEPERS | {Role.EVALUATOR, Role.ENABLER, Role.PLACE_MEMBER}

LINES: dict[str, Line] = {
    "measures:list": Line(PUBLIC),
    "measures:indicators": Line(PUBLIC),
    "measures:indicator": Line(PUBLIC, ("indicator",)),
    "measures:indicator-change": Line(KEEPERS, ("indicator",)),
    "measures:import": Line(KEEPERS, P),
    "measures:import-state": Line(KEEPERS, (*P, "series_import")),
    "measures:place": Line(PUBLIC, PL),
    "measures:choose": Line(KEEPERS, PL),
    "measures:nothing-fits": Line(KEEPERS, PL),
    "measures:measure": Line(PUBLIC, M),
    "measures:change": Line(KEEPERS, M),
    "measures:rival-cause": Line(THINKERS, M),
    "measures:rebase": Line(KEEPERS, M),
    "measures:set-aside": Line(KEEPERS, M),
    "measures:withdraw": Line(KEEPERS, M),
    "measures:take-up-again": Line(KEEPERS, M, method="post"),
    "measures:figure-svg": Line(PUBLIC, M),
    "measures:figure-png": Line(PUBLIC, M),
    "measures:figure-csv": Line(PUBLIC, M),
}
DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A public measure with its result, one that was set aside, and a file on its way in."""
    measure = worked_out(a_measure(place))
    file = SeriesImport.objects.create(programme=programme, file_name="figures.csv")
    return {
        "measure": measure.slug,
        "indicator": measure.indicator.public_id,
        "series_import": file.public_id,
    }


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in every box: shown to fewer than everybody, withdrawn, or of a sensitive place."""
    an_indicator(programme)
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        _secret(place, secret, visibility=stage)
    _secret(place, secret, withdrawn_at=clock.now(), withdrawn_reason=secret)
    sensitive = a_place(programme, is_sensitive=True)
    _secret(sensitive, secret, visibility=Stage.PUBLIC)
    hidden = a_programme(visibility=Stage.PROGRAMME)
    an_indicator(hidden, key="hidden", name=f"{secret} indicator", definition=secret, unit=secret)
    shown = a_measure(place, indicator_key="trips")
    RivalCause.objects.create(measure=shown, words=secret, checked=secret, withdrawn_at=clock.now())
    SeriesImport.objects.create(programme=programme, file_name=f"{secret}.csv", problem=secret)


def _secret(place: Place, word: str, **where: Any) -> None:
    boxes = ("title", "why", "sentence_before", "stop_rule", "signed", "set_aside_why")
    row = a_measure(place, indicator_key="trips", visibility=Stage.PROGRAMME.value)
    for box in boxes:
        setattr(row, box, f"{word} {box}")
    for name, value in where.items():
        setattr(row, name, value)
    row.save()
    worked_out(row)
    RivalCause.objects.create(measure=row, words=word, checked=word)
    Rebase.objects.create(measure=row, from_date="2026-01-01", cause=word)
    NothingFits.objects.create(programme=place.programme, place=place, words=word, signed=word, **where)
