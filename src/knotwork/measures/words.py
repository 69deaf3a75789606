"""What the writing doors of this room take: an indicator, its figures, a choice, and what else may explain it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from knotwork.measures.models import Improvement, Polarity, Reading
from knotwork.programmes.models import Stage

OGL = "Open Government Licence v3.0"


@dataclass(frozen=True)
class IndicatorWords:
    """All that is said of an indicator. Each field means what it means in its table; ``key`` finds it again."""

    key: str
    name: str
    source: str
    definition: str = ""
    unit: str = ""
    polarity: str = Polarity.DEPENDS.value
    source_url: str = ""
    licence: str = ""
    attribution: str = ""
    vintage: str = ""
    is_indirect: bool = False


@dataclass(frozen=True)
class ObservationRow:
    """One value of one series. Its days are read from the label of its ``period`` unless they are given.

    ``period_until`` is the first day after the period. Limits are of 95 %; leave them out where none were supplied.
    """

    area_code: str
    period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    count: float | None = None
    denominator: float | None = None
    area_name: str = ""
    area_type: str = ""
    sex: str = ""
    age: str = ""
    category_type: str = ""
    category: str = ""
    note: str = ""
    period_from: date | None = None
    period_until: date | None = None


@dataclass(frozen=True)
class Changes:
    """What bringing figures in did, or would do: how many are new, differ from those held, or are held already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged
        )


@dataclass(frozen=True)
class NewBeginning:
    """That a chart begins anew on a day, and what is known to be different since."""

    from_date: date
    cause: str
    signed: str = ""


@dataclass(frozen=True)
class Choice:
    """What a place looks at. Fields mean what they mean in the table of measures; ``indicator_key`` names which.

    Without a title it bears the indicator's name; without an improvement, that of the indicator's polarity.
    ``rebase`` holds the days on which the chart begins anew, each with its cause.
    """

    indicator_key: str
    area_code: str
    why: str
    title: str = ""
    sex: str = ""
    age: str = ""
    compare_area_code: str = ""
    reading: str = Reading.THROUGH_TIME.value
    improvement: str = ""
    preset: str = "nhsr"
    target: float | None = None
    baseline: int | None = None
    rebase: tuple[NewBeginning, ...] = ()
    sentence_before: str = ""
    expected_from: date | None = None
    stop_rule: str = ""
    chosen_on: date | None = None
    work_began: date | None = None
    work_ended: date | None = None
    order: int = 0
    slug: str = ""
    signed: str = ""
    language: str = "en"
    visibility: str = Stage.PLACE.value


@dataclass(frozen=True)
class NothingFitsWords:
    """Why none of the series that are held fits the issue of a place."""

    words: str
    signed: str = ""
    language: str = "en"
    visibility: str = Stage.PLACE.value


@dataclass(frozen=True)
class CauseWords:
    """Something else that may have moved the measure; ``checked``: who looked into it, and what they found."""

    words: str
    from_date: date | None = None
    checked: str = ""
    signed: str = ""


IMPROVEMENT_OF = {
    Polarity.HIGH: Improvement.INCREASE,
    Polarity.LOW: Improvement.DECREASE,
    Polarity.DEPENDS: Improvement.NEUTRAL,
}

Progress = Callable[[int, int], None]
