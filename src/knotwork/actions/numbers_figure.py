"""The numbers that people entered for a try-out, as a picture beside its stop rule and what was predicted."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.actions.nouns import TryOutView
from knotwork.actions.queries.cycles import CycleView
from knotwork.actions.queries.stop_checks import CheckView, short
from knotwork.core.pages.days import short_months
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.run_chart import ChartPoint, ChartWords, Happening, RunChartFigures, run_chart

LONGEST_AT_FOOT = 160


def figure_of(try_out: TryOutView, check: CheckView, cycles: Sequence[CycleView]) -> FigureView | None:
    """The numbers with all that a reader needs to doubt them; nothing where none was entered."""
    if not check.numbers:
        return None
    return FigureView(
        picture=picture_of(try_out, check, cycles),
        sentence=_sentence(check),
        uncertainty=_("Those who take part counted. They gave no limits, so we cannot say how sure this is."),
        source=_("Those who take part in this try-out"),
        method=_(
            "Each number stands as it was entered for its day. Nothing is worked out from them. "
            "The line is where the stop rule says stop; it was drawn by those who try it out."
        ),
        as_of=max(each.entered_at for each in check.numbers),
        downloads=tuple(
            Download(kind.upper(), f"{try_out.url}numbers.{kind}") for kind in ("svg", "png", "csv")
        ),
        mark_example=try_out.is_made_up,
        is_wide=True,
    )


def picture_of(try_out: TryOutView, check: CheckView, cycles: Sequence[CycleView]) -> Picture:
    """The chart: it begins where the try-out began, and each prediction stands on the day from which it was fixed."""
    days = [each.on for each in check.numbers]
    points = [ChartPoint(each.on, float(each.value)) for each in check.numbers]
    began = try_out.started_on
    if began is not None and began < days[0]:
        points.insert(0, ChartPoint(began, None))
    counts = (check.rule.from_on, days[-1]) if check.rule.from_on < days[-1] else None
    figures = RunChartFigures(
        tuple(points),
        happenings=tuple(_predictions(try_out, cycles)),
        shade=counts,
        target=float(check.rule.threshold),
    )
    line = (
        _("The stop rule: below %(number)s") if check.rule.is_below else _("The stop rule: above %(number)s")
    )
    words = ChartWords(
        own=check.number_name,
        target=line % {"number": short(check.rule.threshold)},
        shade=_("Days on which the rule counts"),
        months=short_months(),
    )
    return run_chart(
        figures,
        words,
        _table(check),
        name=f"numbers-{try_out.public_id.hex[-12:]}",
        title=check.number_name[:1].upper() + check.number_name[1:],
        description=_(
            "Each number on its day, with the line of the stop rule and what was predicted before."
        ),
    )


def _predictions(try_out: TryOutView, cycles: Sequence[CycleView]) -> list[Happening]:
    """What was expected, in the words of those who expected it: no number is read out of them."""
    found = []
    if try_out.started_on is not None and try_out.expects:
        found.append(_said(try_out.started_on, _("It began. Expected: %(words)s"), try_out.expects))
    for each in cycles:
        if each.begun_on is not None:
            said = _("Cycle %(number)d began. Predicted: %%(words)s") % {"number": each.number}
            found.append(_said(each.begun_on, said, each.prediction))
    return found


def _said(day: date, sentence: str, words: str) -> Happening:
    return Happening(day, sentence % {"words": Truncator(" ".join(words.split())).chars(LONGEST_AT_FOOT)})


def _sentence(check: CheckView) -> str:
    last = check.numbers[-1]
    values = [each.value for each in check.numbers]
    words = ngettext(
        "One number was entered: %(last)s, on %(day)s.",
        "%(count)d numbers were entered, from %(lowest)s to %(highest)s. The last is %(last)s, on %(day)s.",
        len(values),
    )
    return words % {
        "count": len(values),
        "lowest": short(min(values)),
        "highest": short(max(values)),
        "last": last.words,
        "day": date_format(last.on, "j F Y"),
    }


def _table(check: CheckView) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (_("Day"), check.number_name, _("Note"))
    return columns, tuple((date_format(each.on, "j F Y"), each.words, each.note) for each in check.numbers)
