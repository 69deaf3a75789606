"""A measure's result in sentences: what was found, how sure we are, and what is not said because it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.pages.numbers import number_in_words
from knotwork.measures.models import Measure, Reading
from knotwork.methods.indicators import reasons, trend
from knotwork.methods.indicators.spc import SHORT

Result = Mapping[str, Any]

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Finding:
    """What a reader is told of a measure: the short word for lists, and the sentences for its own page."""

    code: str
    short: str
    sentences: tuple[str, ...]
    uncertainty: str
    stamps: tuple[str, ...]


def finding_of(measure: Measure, result: Result | None) -> Finding:
    """The result of a measure in words; before the first result, that it is not there yet."""
    if result is None:
        waiting = _("Being worked out.")
        return Finding("waiting", waiting, (waiting,), "", ())
    if not result["points"]:
        nothing = _("No figures are held for this yet.")
        return Finding("nothing", nothing, (nothing,), "", ())
    if result["reading"] == Reading.BY_DECILE:
        return _of_gap(measure, result)
    return _of_time(measure, result)


def amount(value: float | None, unit: str) -> str:
    """A value with its unit: *35.6%*, *81.3 years*."""
    if value is None:
        return _("no figure")
    size = abs(value)
    is_whole = (
        abs(value - round(value)) < 1e-9
    )  # what one processor works out as 10, another does as 9.999999999999998
    number = number_in_words(value, 0 if size >= 1000 or is_whole else 1 if size >= 1 else 2)
    if unit.startswith("%"):
        return f"{number}{unit}"
    return f"{number} {unit}".strip()


def period_in_words(label: str) -> str:
    """A month as people write it; every other label as the source has it."""
    found = _MONTH.fullmatch(label)
    return date_format(date(int(found[1]), int(found[2]), 1), "F Y") if found else label


def _of_time(measure: Measure, result: Result) -> Finding:
    code = result["finding"]
    if code == "changed":
        code = result["run"]["variation"]
    sentences = [
        _latest(measure, result),
        _moved(code, result),
        *_around(result, measure.indicator.unit),
        *_ends(code, result),
        *_stood_out(code, result),
        *_trend(result),
        *_beside(result),
        *_target(result),
    ]
    return Finding(code, _short(code), tuple(sentences), _sure(result), _stamps(measure, result))


def _latest(measure: Measure, result: Result) -> str:
    last, unit = result["last"], measure.indicator.unit
    words = _("%(area)s, %(period)s: %(value)s") % {
        "area": result["names"][0],
        "period": period_in_words(last["period"]),
        "value": amount(last["value"], unit),
    }
    if last["lower"] is not None and last["upper"] is not None:
        words += " " + _("(likely between %(low)s and %(high)s)") % {
            "low": amount(last["lower"], ""),
            "high": amount(last["upper"], ""),
        }
    return f"{words}."


def _short(code: str) -> str:
    return {
        "improvement": _("Changed for the better, by more than the usual ups and downs"),
        "concern": _("Changed for the worse, by more than the usual ups and downs"),
        "neutral": _("Changed by more than the usual ups and downs"),
        "no_more": _("No more than the usual ups and downs"),
        "too_few": _("Too few points to say"),
        "overlapping": _("Periods overlap: no ups and downs are read"),
    }[code]


def _moved(code: str, result: Result) -> str:
    if code == "too_few":
        words = ngettext(
            "Too few points to say whether it moved by more than the usual ups and downs: there is %(count)d, and "
            "%(enough)d are needed.",
            "Too few points to say whether it moved by more than the usual ups and downs: there are %(count)d, and "
            "%(enough)d are needed.",
            result["points"],
        )
        return words % {"count": result["points"], "enough": SHORT}
    return {
        "improvement": _("The newest figure is more than the usual ups and downs, and on the better side."),
        "concern": _("The newest figure is more than the usual ups and downs, and on the worse side."),
        "neutral": _(
            "The newest figure is more than the usual ups and downs. Whether that is good, it does not say."
        ),
        "no_more": _("The newest figure is no more than the usual ups and downs."),
        "overlapping": _(
            "Each figure puts several years together or shares days with the next, so they rise and fall together. We "
            "draw them, and do not say whether they moved by more than the usual ups and downs."
        ),
    }[code]


def _around(result: Result, unit: str) -> list[str]:
    """The level before a change was expected, and since: what was asked before anybody looked."""
    found = result.get("around")
    if found is None or not found["before"][0] or not found["since"][0]:
        return []
    return [
        _(
            "Before %(day)s it was around %(before)s (%(n)d points), since then around %(since)s (%(m)d points)."
        )
        % {
            "day": date_format(date.fromisoformat(found["day"]), "j F Y"),
            "before": amount(round(found["before"][1], 1), ""),
            "since": amount(round(found["since"][1], 1), unit),
            "n": found["before"][0],
            "m": found["since"][0],
        }
    ]


def _ends(code: str, result: Result) -> list[str]:
    """Where there are too few points for a run chart: whether the limits of the first and the last figure overlap."""
    said = result.get("ends")
    if code != "too_few" or said is None or result["points"] < 2:
        return []
    if said == "alike":
        return [
            _("The limits of the first and the last figure overlap: nobody can tell yet whether it changed.")
        ]
    return [
        _(
            "The limits of the first and the last figure do not overlap, so it seems to have moved between them."
        )
    ]


def _stood_out(code: str, result: Result) -> list[str]:
    run = result.get("run")
    if run is None:
        return []
    found = []
    if run["stood_out"] and code == "no_more":
        words = ngettext(
            "Earlier, %(count)d of its %(all)d points stood out.",
            "Earlier, %(count)d of its %(all)d points stood out.",
            run["stood_out"],
        )
        found.append(words % {"count": run["stood_out"], "all": result["points"]})
    if run["last_is_short"]:
        found.append(
            _("The last part of the chart has fewer than %(enough)d points, so its range will still move.")
            % {"enough": SHORT}
        )
    return found


def _trend(result: Result) -> list[str]:
    found = result.get("trend")
    if found is None:
        return []
    if found["trend"] == "":
        why = _why_no_trend().get(found["reason"], "")
        return [_("Recent trend: cannot be worked out. %(why)s") % {"why": why}] if why else []
    if found["trend"] == "no_change":
        return [_("Recent trend: no clear change over the last five periods.")]
    rising = found["trend"] == "increasing"
    return [
        {
            ("better", True): _("Recent trend: rising over the last five periods, which is better."),
            ("better", False): _("Recent trend: falling over the last five periods, which is better."),
            ("worse", True): _("Recent trend: rising over the last five periods, which is worse."),
            ("worse", False): _("Recent trend: falling over the last five periods, which is worse."),
            ("", True): _("Recent trend: rising over the last five periods."),
            ("", False): _("Recent trend: falling over the last five periods."),
        }[found["better_or_worse"], rising]
    ]


def _why_no_trend() -> dict[str, str]:
    """The method's reasons in plain words; where limits are missing the stamp says so already."""
    return {
        trend.TOO_FEW: _("There are fewer than five periods."),
        trend.MULTI_YEAR: _("The periods last several years or overlap."),
        trend.INDIRECT: _(
            "The figures are held against the country of each year, so they have no line of their own."
        ),
        trend.ALL_COUNTED: _("A count is as large as the number of people it is taken from."),
        trend.NO_WIDTH: _("The limits of a figure do not lie apart."),
        reasons.NO_LIMITS: _("The source gives no limits."),
    }


def _beside(result: Result) -> list[str]:
    other = result.get("other")
    if other is None:
        return []
    name = result["names"][1]
    if not other["period"]:
        return [_("%(area)s has no figure for the same period.") % {"area": name}]
    words = _("%(area)s in the same period: %(value)s.") % {"area": name, "value": amount(other["value"], "")}
    said = {
        "above": _("The limits do not overlap: higher than there."),
        "below": _("The limits do not overlap: lower than there."),
        "alike": _("The limits overlap, so we do not say that they differ."),
        "no_limits": _("Without limits we do not say whether the difference is more than chance."),
    }
    return [f"{words} {said[other['difference']]}"]


def _target(result: Result) -> list[str]:
    code = result.get("run", {}).get("assurance", "")
    if not code:
        return []
    return [
        {
            "passes": _("Its usual range lies wholly on the good side of the target."),
            "fails": _(
                "Its usual range lies wholly on the wrong side of the target. Without a change it will not be met."
            ),
            "inconsistent": _(
                "Its usual range reaches to both sides of the target: it will be met at times, by chance."
            ),
        }[code]
    ]


def _sure(result: Result) -> str:
    words = (
        _("The thin bars are 95% limits: the true value is likely to lie within them.")
        if result["has_limits"]
        else _("No limits supplied. So we use only methods that need none.")
    )
    if "run" not in result:
        return words
    return (
        words
        + " "
        + _(
            "The usual range comes from the figures’ own ups and downs. Chance alone puts the newest point outside the "
            "usual in about 2 charts of 100."
        )
    )


def _stamps(measure: Measure, result: Result) -> tuple[str, ...]:
    found = []
    if is_later(measure, result):
        found.append(_("Later than the programme"))
    if not result["has_limits"]:
        found.append(_("No limits supplied"))
    if result.get("overlaps"):
        found.append(_("Overlapping periods"))
    return tuple(found)


def is_later(measure: Measure, result: Result) -> bool:
    """Whether all figures are of a time after the work had ended."""
    first = result.get("first") or result.get("last")
    if measure.work_ended is None or first is None:
        return False
    return date.fromisoformat(first["from"]) > measure.work_ended


def _of_gap(measure: Measure, result: Result) -> Finding:
    gap, unit = result["gap"], measure.indicator.unit
    if gap["sii"] is None:
        nothing = _("The gap cannot be worked out from these figures.")
        return Finding("nothing", nothing, (nothing,), nothing, _stamps(measure, result))
    way = -1 if gap["sii"] < 0 else 1
    size = amount(way * gap["sii"], unit)
    sentences = [
        _("In %(area)s, %(period)s, the most and the least deprived people are %(gap)s apart.")
        % {"area": result["names"][0], "period": period_in_words(result["last"]["period"]), "gap": size}
    ]
    limits = gap["lower"] is not None
    if limits:
        low, high = sorted((way * gap["lower"], way * gap["upper"]))
        sentences.append(
            _("The gap is likely between %(low)s and %(high)s.")
            % {"low": amount(low, ""), "high": amount(high, "")}
        )
    other = result.get("other_gap")
    if other and other["sii"] is not None:
        sentences.append(
            _("In %(area)s as a whole the gap is %(gap)s.")
            % {"area": result["names"][1], "gap": amount(way * other["sii"], unit)}
        )
    sure = (
        _("The thin bars are 95% limits of each tenth; those of the gap follow from them.")
        if limits
        else _("No limits supplied. So we use only methods that need none.")
    )
    short = _("A gap of %(gap)s between the most and the least deprived") % {"gap": size}
    return Finding("gap", short, tuple(sentences), sure, _stamps(measure, result))


def method_of(measure: Measure, result: Result) -> str:
    """Which method made the figure, for the line under it."""
    if measure.reading == Reading.BY_DECILE:
        return method_before(measure)
    if "run" not in result:
        return _("The published figures, joined by a line; recent trend where five years have limits")
    rules = _("Run chart (XmR), rules %(preset)s") % {"preset": result["run"]["preset"]}
    return (
        _("%(rules)s; recent trend of the last five years") % {"rules": rules} if "trend" in result else rules
    )


def method_before(measure: Measure) -> str:
    """By which method it is judged, whatever the figures turn out to be."""
    if measure.reading == Reading.BY_DECILE:
        return _("Slope index of inequality: a straight line through the tenths, weighted by their people")
    return _("Run chart (XmR), rules %(preset)s; recent trend of yearly figures with limits") % {
        "preset": measure.preset
    }
