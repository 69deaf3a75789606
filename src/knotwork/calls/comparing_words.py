"""The comparison in words, as a figure and as tables to take away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knotwork.calls.comparing import BidInMeeting, Meeting
from knotwork.calls.models import Call
from knotwork.core.pages.figure import Download, FigureView
from knotwork.core.pages.numbers import number_in_words
from knotwork.drawing.interval_rows import IntervalPoint, IntervalRow, IntervalScale, Mark, interval_rows
from knotwork.drawing.picture import Cell, Picture
from knotwork.methods.language import Agreement
from knotwork.methods.review import ALWAYS_IN, ALWAYS_OUT, DEPENDS
from knotwork.programmes.models import Provenance

COLUMNS = (
    "place", "reviews", "mean", "spread", "adjusted_mean", "rank", "rank_from", "rank_to", "share_of_draws",
    "stands", "hinges_on",
)  # fmt: skip
STANDS = {
    ALWAYS_IN: gettext_lazy("in whatever we do"),
    DEPENDS: gettext_lazy("depends"),
    ALWAYS_OUT: gettext_lazy("out"),
}
MARKS: dict[str, Mark] = {ALWAYS_IN: "dot", DEPENDS: "diamond", ALWAYS_OUT: "ring"}
KEPT = gettext_lazy("you stepped aside, or your own review is still to come")


def sentences_of(meeting: Meeting) -> list[str]:
    """What the meeting should know first: how many are sure, which depend and on whom, what is missing."""
    read = meeting.read()
    standing = {code: [each for each in read if _code(each) == code] for code in STANDS}
    words = []
    if read:
        words += [
            ngettext(
                "%(count)d bid is in whatever we do.",
                "%(count)d bids are in whatever we do.",
                len(standing[ALWAYS_IN]),
            )
            % {"count": len(standing[ALWAYS_IN])},
            *_of_those_that_depend(standing[DEPENDS]),
            ngettext("%(count)d bid is out.", "%(count)d bids are out.", len(standing[ALWAYS_OUT]))
            % {"count": len(standing[ALWAYS_OUT])},
        ]
    kept = sum(each.is_kept for each in meeting.bids)
    if kept:
        words.append(
            ngettext(
                "%(count)d bid is not counted here: you stepped aside from it, or have yet to hand in your review.",
                "%(count)d bids are not counted here: you stepped aside from them, or have yet to hand in your review.",
                kept,
            )
            % {"count": kept}
        )
    return words + _of_those_with_few_reviews(meeting.bids)


def agreement_in_words(found: Agreement | None) -> str:
    """What alpha says, without a verdict that a number cannot give."""
    if found is None:
        return _("It cannot be said: too few bids have two reviews, or no two scores differ.")
    if found.lower >= 0.8:
        return _("Reviewers use the scale alike. Where they differ, it is about the bid.")
    if found.alpha >= 0.667:
        return _("Reviewers agree well enough to rely on the order roughly, not on each place in it.")
    if found.upper <= 0:
        return _(
            "Reviewers agree no more than chance would have it. Talk about what the criteria mean first."
        )
    return _("Reviewers differ a good deal. Read the reasons before the numbers.")


def agreement_rows(meeting: Meeting) -> list[tuple[str, str, str, int | None]]:
    """Alpha of all criteria and of each, with its interval and how many bids on a criterion could be compared."""
    if meeting.compared is None:
        return []
    by_criterion = dict(meeting.compared.by_criterion)
    named = [(_("All criteria"), meeting.compared.agreement)]
    named += [(title, by_criterion[key]) for key, title, _weight in meeting.criteria if key in by_criterion]
    return [
        (
            title,
            _("cannot be said") if one is None else number_in_words(one.alpha, 2),
            "" if one is None else limits_of(one),
            None if one is None else one.units,
        )
        for title, one in named
    ]


def limits_of(found: Agreement) -> str:
    """The interval in words."""
    words = {"low": number_in_words(found.lower, 2), "high": number_in_words(found.upper, 2)}
    return _("%(low)s to %(high)s") % words


def rows_of(meeting: Meeting) -> list[tuple[Cell, ...]]:
    """A row for each bid in the order of the ranks; of one that is kept from the viewer its name and place alone."""
    return [_row(each) for each in meeting.bids]


def figure_of(call: Call, meeting: Meeting, files: tuple[Download, ...]) -> FigureView:
    """The bands of the ranks, with all that a reader needs to believe them, or to doubt them."""
    return FigureView(
        picture=picture_of(meeting),
        sentence=" ".join(sentences_of(meeting)),
        uncertainty=_(
            "The bars are the middle 90% of ranks in a thousand draws: other reviewers like these, and weights a "
            "little different. They know nothing of errors that all reviewers share."
        ),
        source=_("The scores that reviewers handed in"),
        method=_("Reviewers drawn again with replacement, weights around those of the call."),
        as_of=meeting.newest,
        downloads=files,
        mark_example=call.programme.provenance == Provenance.MADE_UP,
    )


def stands_in_words(each: BidInMeeting) -> str:
    """Where it stands, and on whom that hangs."""
    if each.is_kept:
        return str(KEPT)
    if each.ranked is None:
        return _("no review")
    words = str(STANDS[each.ranked.code])
    if each.hinges_on:
        return _("%(words)s: on %(names)s") % {"words": words, "names": _and(each.hinges_on)}
    return words


def picture_of(meeting: Meeting) -> Picture:
    """A row for each bid with its rank and its band, as all figures of this page show it."""
    last = max([2, *(each.ranked.rank for each in meeting.bids if each.ranked)])
    scale = IntervalScale(1, last, _("first"), _("last"), min(meeting.places + 0.5, last))
    columns = (
        _("Place"), _("Reviews"), _("Mean"), _("Spread"), _("Adjusted mean"), _("Rank"), _("Rank from"), _("Rank to"),
        _("Share of draws among the chosen"), _("Where it stands"), _("Depends on"),
    )  # fmt: skip
    title = _("Where the bids stand")
    about = _(
        "A row for each bid, from first to last, with its rank and the band of its rank. The dashed line is at the "
        "number of places: %(places)d. The same figures stand in the table."
    ) % {"places": meeting.places}
    return interval_rows(
        [_drawn(each) for each in meeting.bids],
        scale,
        (columns, tuple(rows_of(meeting))),
        name="rank-bands",
        texts=(title, about),
        marks=[(str(STANDS[code]), mark) for code, mark in MARKS.items()],
    )


def _drawn(each: BidInMeeting) -> IntervalRow:
    if each.ranked is None:
        return IntervalRow(each.name, (), _("No review was handed in."))
    rank = number_in_words(each.ranked.rank, 0 if each.ranked.rank % 1 == 0 else 1)
    if each.is_kept:
        return IntervalRow(each.name, (), f"{rank}: {KEPT}")
    point = IntervalPoint(each.ranked.rank, each.ranked.low, each.ranked.high, MARKS[each.ranked.code])
    return IntervalRow(each.name, (point,), rank)


def _row(each: BidInMeeting) -> tuple[Cell, ...]:
    if each.ranked is None:
        return (each.name, 0, *[None] * 7, stands_in_words(each), "")
    one = each.ranked
    if each.is_kept:
        return (each.name, *[None] * 4, one.rank, *[None] * 3, stands_in_words(each), "")
    measured = (one.mean, one.spread, one.adjusted, one.rank, one.low, one.high, one.chosen)
    names = "; ".join(each.hinges_on)
    return (each.name, one.reviews, *(round(value, 3) for value in measured), str(STANDS[one.code]), names)


def _of_those_that_depend(depending: list[BidInMeeting]) -> list[str]:
    if not depending:
        return [_("No bid depends.")]
    on_one = [each for each in depending if each.hinges_on]
    words = [
        ngettext("%(count)d bid depends.", "%(count)d bids depend.", len(depending))
        % {"count": len(depending)}
    ]
    for each in on_one:
        words.append(
            ngettext(
                "%(bid)s: without the scores of %(names)s it would be on the other side of the line.",
                "%(bid)s: without the scores of any one of %(names)s it would be on the other side of the line.",
                len(each.hinges_on),
            )
            % {"bid": each.name, "names": _and(each.hinges_on)}
        )
    return words


def _of_those_with_few_reviews(listed: Iterable[BidInMeeting]) -> list[str]:
    read = [each for each in listed if not each.is_kept]
    none = [each.name for each in read if each.ranked is None]
    one = [each.name for each in read if each.reviews == 1]
    words = [_("Nobody has handed in a review of %(names)s.") % {"names": _and(none)}] if none else []
    if one:
        words.append(
            _("Only one review was handed in of %(names)s: its place is one person's word.")
            % {"names": _and(one)}
        )
    return words


def _code(each: BidInMeeting) -> str:
    return "" if each.ranked is None else each.ranked.code


def _and(names: Iterable[str]) -> str:
    *before, last = names
    return _("%(before)s and %(last)s") % {"before": ", ".join(before), "last": last} if before else last
