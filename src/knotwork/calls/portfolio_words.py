"""What a choice would cover in words and as tables to take away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knotwork.calls.comparing import BidInMeeting
from knotwork.calls.portfolio import Choice, ChosenBy, People, Portfolio
from knotwork.core import clock
from knotwork.drawing.picture import Cell
from knotwork.formats.sheets import Sheet
from knotwork.programmes.regions import REGIONS_SOURCE

COLUMNS = ("what", "name", "chosen", "all", "years", "source")
CHOSEN_BY = {
    ChosenBy.TICKS: gettext_lazy("These are the bids that were ticked."),
    ChosenBy.PLACES: gettext_lazy("These are the first of the order."),
    ChosenBy.DECISION: gettext_lazy("These are the bids that the decision chooses."),
    ChosenBy.LINE: gettext_lazy("These are the first of the order, as many as the call has places."),
}


def people_rows(found: Portfolio) -> list[tuple[str, Cell, int, int]]:
    """The people of the chosen bids and of all, with how many bids are known in full and how many not."""
    return [
        (label, _("not known") if one.sum is None else one.sum, one.known, one.unknown)
        for label, one in ((_("Chosen"), found.chosen_people), (_("All bids"), found.all_people))
    ]


def years_in_words(years: tuple[int, ...]) -> str:
    """Of which years the figures are, and how old the oldest."""
    if not years:
        return _("No official figures are held for these areas.")
    old = clock.now().year - years[0]
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return ngettext(
        "Figures of the middle of %(span)s, up to %(old)d year old.",
        "Figures of the middle of %(span)s, up to %(old)d years old.",
        old,
    ) % {"span": span, "old": old}


def table_of(found: Portfolio, choice: Choice, listed: Iterable[BidInMeeting]) -> list[tuple[Cell, ...]]:
    """All of it as one table: counts of bids, then of people, then which bids are chosen."""
    chosen, every = found.chosen_people, found.all_people
    years, source = " ".join(str(year) for year in found.years), "; ".join(found.sources)
    return [
        *(("theme", one.label, one.chosen, one.all, "", "") for one in found.themes),
        *(("region", one.label, one.chosen, one.all, "", REGIONS_SOURCE) for one in found.regions),
        ("people", "people who live there", chosen.sum, every.sum, years, source),
        ("bids", "all areas known", chosen.known, every.known, "", ""),
        ("bids", "an area not known", chosen.unknown, every.unknown, "", ""),
        *(("bid", each.name, int(each.public_id in choice.bids), 1, "", "") for each in listed),
    ]


def sheets_of(found: Portfolio, choice: Choice, listed: Iterable[BidInMeeting]) -> list[Sheet]:
    """The same as a workbook, with a sheet for each question."""
    counts = ("name", "chosen", "all")
    people = ("bids", "people", "known_in_full", "not_known", "years", "source")
    return [
        Sheet(_("Themes"), counts, [(one.label, one.chosen, one.all) for one in found.themes]),
        Sheet(
            _("Regions"),
            (*counts, "source"),
            [(one.label, one.chosen, one.all, REGIONS_SOURCE) for one in found.regions],
        ),
        Sheet(_("People"), people, [_people(found, *row) for row in _of_both(found)]),
        Sheet(_("Bids"), ("name", "chosen"), [(each.name, each.public_id in choice.bids) for each in listed]),
    ]


def _of_both(found: Portfolio) -> list[tuple[str, People]]:
    return [("chosen", found.chosen_people), ("all", found.all_people)]


def _people(found: Portfolio, name: str, one: People) -> tuple[Cell, ...]:
    years = " ".join(str(year) for year in found.years)
    return (name, one.sum, one.known, one.unknown, years, "; ".join(found.sources))
