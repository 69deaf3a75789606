"""The figures of leading differently: how a team changed, one's own view, and what stood beside what in time."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.pages.days import short_months
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.interval_rows import (
    IntervalPoint,
    IntervalRow,
    IntervalScale,
    Mark,
    interval_rows,
)
from knotwork.drawing.picture import Picture
from knotwork.drawing.time_line import Happening, time_line
from knotwork.learning.figures.learned import FILES
from knotwork.learning.models import Moment, Rater
from knotwork.learning.queries import Development, OwnView, TeamChange, WayChange
from knotwork.learning.queries.development import LANES, NOTES, ROUNDS, SESSIONS, SUPPORT
from knotwork.learning.ways import HIGHEST, LOWEST, WAYS
from knotwork.methods.reflection.change import ALL_ALIKE

_MARKS: dict[str, Mark] = {Moment.START.value: "ring", Moment.MIDDLE.value: "square", Moment.END.value: "dot"}


def change_picture(change: TeamChange) -> Picture:
    """The change of a team in each way, with its interval."""
    furthest = float(HIGHEST - LOWEST)
    rows = [
        IntervalRow(
            str(each.way.name),
            () if each.mean is None else (IntervalPoint(each.mean, each.lower, each.upper),),
            _hidden(each.reason) if each.mean is None else _signed(each.mean),
        )
        for each in change.ways
    ]
    return interval_rows(
        rows,
        IntervalScale(-furthest, furthest, _("less often"), _("more often"), rest=0.0),
        (
            (
                _("Way"),
                _("Change"),
                _("From"),
                _("To"),
                _("People, to the nearest 5"),
                _("Not shown because"),
            ),
            tuple(
                (str(each.way.name), each.mean, each.lower, each.upper, each.people, _hidden(each.reason))
                for each in change.ways
            ),
        ),
        name=f"change-{change.moment}-{change.rater}",
        texts=(_change_title(change), _change_description(change)),
    )


def _change_title(change: TeamChange) -> str:
    how = {
        (Moment.MIDDLE.value, Rater.SELF.value): _("From the start to the middle, self-reported"),
        (Moment.END.value, Rater.SELF.value): _("From the start to the end, self-reported"),
        (Moment.MIDDLE.value, Rater.PEERS.value): _("From the start to the middle, as peers see it"),
        (Moment.END.value, Rater.PEERS.value): _("From the start to the end, as peers see it"),
    }
    return how[(change.moment, change.rater)]


def _change_description(change: TeamChange) -> str:
    return _(
        "For each of six ways of leading a point: how much the same people moved on average on a scale from "
        "never (1) to always (5). The line through it is the likely range. The table below holds the same."
    )


def change_figure(change: TeamChange, programme: str, place: str, *, is_made_up: bool) -> FigureView:
    """The change with its sentence, always with the word 'self-reported' or 'as peers see it'."""
    where = {"programme": programme, "place": place, "moment": change.moment, "rater": change.rater}
    files = [reverse("learning:reflections-file", kwargs=where | {"kind": kind}) for kind in FILES]
    by_peers = change.rater == Rater.PEERS
    return FigureView(
        picture=change_picture(change),
        sentence=_change_sentence(change.ways, by_peers=by_peers),
        uncertainty=_(
            "The lines are 95% intervals for people such as these. Where most stay as they were and a few move "
            "far, such intervals miss a little more often. Those who answered only once are not in it."
        ),
        source=_("Peers, each by a link for one answer, at least three for each person")
        if by_peers
        else _("Self-reported: what people of this place’s team say of themselves"),
        method=_(
            "Mean change of the same people with Student’s interval, worked out once when the round had "
            "closed. Shown from five people; numbers of people are rounded to 5. It says nothing about why."
        ),
        as_of=change.made_at,
        downloads=tuple(Download(kind.upper(), url) for kind, url in zip(FILES, files, strict=True)),
        mark_example=is_made_up,
    )


def _change_sentence(ways: Sequence[WayChange], *, by_peers: bool) -> str:
    moved = [each for each in ways if each.lower is not None and each.upper is not None]
    more = [str(each.way.name) for each in moved if each.lower and each.lower > 0]
    less = [str(each.way.name) for each in moved if each.upper and each.upper < 0]
    people = max((each.people for each in moved if each.people), default=0)
    who = (
        _("About %(count)d people of the team, as their peers see them:")
        if by_peers
        else _("About %(count)d people of the team, self-reported:")
    )
    words = [who % {"count": people}]
    if more:
        words.append(_("more often %(ways)s.") % {"ways": ", ".join(more)})
    if less:
        words.append(_("less often %(ways)s.") % {"ways": ", ".join(less)})
    if len(more) + len(less) < len(moved):
        words.append(
            _("For the others we cannot tell.")
            if more or less
            else _("we cannot tell whether anything changed.")
        )
    return " ".join(words)


def _hidden(reason: str) -> str:
    if not reason:
        return ""
    if reason == ALL_ALIKE:
        return _("Not shown: all changed alike, so it would be everybody’s own answer.")
    return _("Not shown: fewer than five people answered both times.")


def _signed(value: float) -> str:
    shown = formats.number_format(abs(value), 1)
    return shown if value == 0 else f"{'+' if value > 0 else '−'}{shown}"


def own_picture(view: OwnView) -> Picture:
    """One's own answers, and those of peers where enough answered, way by way."""
    columns = [_("Way")]
    for moment in view.moments:
        words = str(Moment(moment).label)
        columns += [_("You, %(moment)s") % {"moment": words}] if moment in view.own else []
        columns += [_("Peers, %(moment)s") % {"moment": words}] if moment in view.peers else []
    rows, table = [], []
    for number, way in enumerate(WAYS):
        points, cells = [], []
        for moment in view.moments:
            for given, mark in ((view.peers, "diamond"), (view.own, _MARKS[moment])):
                if moment in given and given[moment][number] is not None:
                    points.append(IntervalPoint(float(given[moment][number] or 0), mark=mark))  # type: ignore[arg-type]
            cells += [given[moment][number] for given in (view.own, view.peers) if moment in given]
        rows.append(IntervalRow(str(way.name), tuple(points), "" if points else _("You could not say.")))
        table.append((str(way.name), *cells))
    marks: list[tuple[str, Mark]] = [
        (_("You, %(moment)s") % {"moment": str(Moment(moment).label)}, _MARKS[moment])
        for moment in view.moments
        if moment in view.own
    ]
    if view.peers:
        marks.append((_("Peers"), "diamond"))
    return interval_rows(
        rows,
        IntervalScale(float(LOWEST), float(HIGHEST), _("never"), _("always")),
        (tuple(columns), tuple(table)),
        name="own-reflection",
        texts=(
            _("How you see yourself"),
            _(
                "For each of six ways of leading, how often, from never (1) to always (5). The table below holds "
                "the same."
            ),
        ),
        marks=marks,
    )


def own_figure(view: OwnView, *, is_made_up: bool) -> FigureView:
    """One's own view. It has no file to take away: an address for it would be one more way in."""
    return FigureView(
        picture=own_picture(view),
        sentence=_("What you said of yourself. Nobody else is shown this."),
        uncertainty=_(
            "Each point is an average of two answers of one person. A step more or less may be the day."
        ),
        source=_("Your own answers, and those of your peers where at least three could say"),
        method=_("The average of the prompts of each way; “I cannot say” is left out."),
        as_of=clock.now(),
        mark_example=is_made_up,
    )


def development_picture(happenings: Sequence[Development]) -> Picture:
    """What happened when; a line joins a note with what its writer says helped."""
    lanes = {
        SESSIONS: _("Sessions"),
        ROUNDS: _("Co-consulting"),
        SUPPORT: _("Support"),
        NOTES: _("Differently as leaders"),
    }
    named = {(each.kind, each.public_id): each.title for each in happenings}
    table = tuple(
        (
            formats.date_format(each.day, "j F Y"),
            lanes[each.lane],
            each.title,
            "; ".join(named[key] for key in each.helped_by if key in named),
        )
        for each in happenings
    )
    return time_line(
        [
            Happening(
                f"{each.kind}:{each.public_id}",
                lanes[each.lane],
                each.day,
                each.title,
                each.url,
                tuple(f"{kind}:{public_id}" for kind, public_id in each.helped_by),
            )
            for each in happenings
        ],
        [lanes[lane] for lane in LANES],
        short_months(),
        ((_("When"), _("What"), _("Title"), _("Its writer says that this helped")), table),
        name="development",
        texts=(
            _("What people did together, and what they then did differently"),
            _(
                "Time runs from left to right. Each mark is one session, round, piece of support or leadership note. "
                "A line joins a note with what its writer says helped. The table below holds the same."
            ),
        ),
    )


def development_figure(
    happenings: Sequence[Development], programme: str, place: str, *, is_made_up: bool
) -> FigureView:
    """The time line with its sentence: what people report, and never what made what."""
    where = {"programme": programme, "place": place}
    files = [reverse("learning:development-file", kwargs=where | {"kind": kind}) for kind in FILES]
    notes = [each for each in happenings if each.lane == NOTES]
    helped = sum(bool(each.helped_by) for each in notes)
    return FigureView(
        picture=development_picture(happenings),
        sentence=_("People report that something here helped with %(helped)d of %(notes)d leadership notes.")
        % {"helped": helped, "notes": len(notes)},
        uncertainty=_(
            "This is what people say helped, not proof that it did. Much that helps leaves no mark here, and that "
            "two things stand near each other in time says nothing."
        ),
        source=_("What people of this place wrote here, as far as you may read it"),
        method=_(
            "Sessions that were held, rounds and support by their day, beside leadership notes by theirs."
        ),
        as_of=clock.now(),
        downloads=tuple(Download(kind.upper(), url) for kind, url in zip(FILES, files, strict=True)),
        mark_example=is_made_up,
        is_wide=True,
    )
