"""The two figures of this room: who took up what from whom, and words over time."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core import clock
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.picture import Picture
from knotwork.drawing.spread import Adoption, Outcome, SpreadWords, spread_network
from knotwork.drawing.words import WordsOfATime, words_over_time
from knotwork.learning import models
from knotwork.learning.feelings import FEWEST, QuarterOfWords
from knotwork.learning.queries import UptakeView

FILES = ("svg", "png", "csv")
_MOST_LETTERS = 200
_OUTCOMES: dict[str, Outcome] = {"copied": "copied", "adapted": "adapted", "dropped": "dropped"}


def spread_picture(uptakes: Sequence[UptakeView], *, name: str = "spread") -> Picture:
    """The network of these uptakes, of which the reader may read the lesson; oldest first."""
    words = SpreadWords(
        copied=str(models.Outcome.COPIED.label),
        adapted=str(models.Outcome.ADAPTED.label),
        dropped=str(models.Outcome.DROPPED.label),
        open=_("under way"),
        sent_back=_("an idea sent back"),
        columns=(
            _("From"),
            _("Lesson"),
            _("Taken up by"),
            _("For"),
            _("When"),
            _("How it went"),
            _("Sent back"),
        ),
    )
    return spread_network(
        [_adoption(uptake) for uptake in reversed(uptakes) if uptake.lesson is not None],
        name=name,
        title=_("From place to place"),
        description=_(
            "Places on the left, what they learned in the middle, and on the right each place that took it up and how "
            "that went. Lines that run back are ideas that were sent back. The table below holds the same."
        ),
        words=words,
    )


def _adoption(uptake: UptakeView) -> Adoption:
    assert uptake.lesson is not None
    return Adoption(
        origin=uptake.lesson.where,
        lesson=uptake.lesson.title,
        taker=uptake.place.name,
        issue=uptake.issue,
        outcome=_OUTCOMES.get(uptake.outcome, "open"),
        when=formats.date_format(uptake.written_at, "F Y"),
        sent_back=Truncator(uptake.sent_back).chars(_MOST_LETTERS),
        origin_url=uptake.lesson.where_url,
        lesson_url=uptake.lesson.url,
        taker_url=uptake.url,
    )


def spread_figure(uptakes: Sequence[UptakeView], programme: str, *, name: str = "spread") -> FigureView:
    """The network with its sentence; ``programme`` is the slug of the one whose lessons these are."""
    files = [reverse("learning:spread-file", kwargs={"programme": programme, "kind": kind}) for kind in FILES]
    return FigureView(
        picture=spread_picture(uptakes, name=name),
        sentence=_spread_sentence(uptakes),
        uncertainty=_(
            "These are counts, not estimates. Whoever took something up without saying so is not here."
        ),
        source=_("What the places wrote here themselves"),
        method=_("One box on the right for each place that said: we are taking this up."),
        as_of=clock.now(),
        downloads=tuple(Download(kind.upper(), url) for kind, url in zip(FILES, files, strict=True)),
        mark_example=any(uptake.is_made_up for uptake in uptakes),
        is_wide=True,
    )


def _spread_sentence(uptakes: Sequence[UptakeView]) -> str:
    times = len(uptakes)
    sentence = (
        ngettext(
            "Lessons were taken up %(count)d time: %(how)s.",
            "Lessons were taken up %(count)d times: %(how)s.",
            times,
        )
        if times
        else _("Nothing was taken up yet.")
    )
    counted = [
        (_("%(count)d copied"), "copied"),
        (_("%(count)d adapted"), "adapted"),
        (_("%(count)d dropped"), "dropped"),
        (_("%(count)d under way"), ""),
    ]
    how = [
        words % {"count": many}
        for words, outcome in counted
        if (many := sum(uptake.outcome == outcome for uptake in uptakes))
    ]
    back = sum(bool(uptake.sent_back) for uptake in uptakes)
    came_back = ngettext(
        "%(count)d idea came back to where a lesson was learned.",
        "%(count)d ideas came back to where a lesson was learned.",
        back,
    )
    said = sentence % {"count": times, "how": ", ".join(how)} if times else sentence
    return f"{said} {came_back % {'count': back}}" if back else said


def words_picture(quarters: Sequence[QuarterOfWords]) -> Picture:
    """The words of each quarter that is over, earliest first."""
    return words_over_time(
        [
            WordsOfATime(
                quarter_in_words(each.begins),
                _people_in_words(each),
                tuple((said.word, said.people) for said in each.words),
            )
            for each in quarters
        ],
        name="three-words",
        title=_("How the work feels, in words"),
        description=_(
            "For each quarter of a year the words that at least five people gave, larger where more gave them. "
            "The table below holds the same."
        ),
        columns=(_("When"), _("Word"), _("People, to the nearest 5")),
    )


def words_figure(
    quarters: Sequence[QuarterOfWords], programme: str, place: str, *, is_made_up: bool
) -> FigureView:
    """The words over time with their sentence."""
    where = {"programme": programme, "place": place}
    files = [reverse("learning:words-file", kwargs=where | {"kind": kind}) for kind in FILES]
    return FigureView(
        picture=words_picture(quarters),
        sentence=_words_sentence(quarters),
        uncertainty=_(
            "Counts of people are rounded to the nearest 5. They say how those felt who gave words, and nobody else."
        ),
        source=_("Up to three words that people of this place’s team gave, each once in a quarter of a year"),
        method=_("Words are shown when the quarter is over and at least %(count)d people gave them.")
        % {"count": FEWEST},
        as_of=clock.now(),
        downloads=tuple(Download(kind.upper(), url) for kind, url in zip(FILES, files, strict=True)),
        mark_example=is_made_up,
    )


def _words_sentence(quarters: Sequence[QuarterOfWords]) -> str:
    told = [each for each in quarters if each.words]
    if not told:
        return _("No word was given by enough people to be shown.")
    last = ", ".join(said.word for said in told[-1].words)
    when = quarter_in_words(told[-1].begins)
    if len(told) == 1:
        return _("%(when)s: %(words)s.") % {"when": when, "words": last}
    first = ", ".join(said.word for said in told[0].words)
    return _("From “%(first)s” (%(then)s) to “%(last)s” (%(now)s).") % {
        "first": first,
        "then": quarter_in_words(told[0].begins),
        "last": last,
        "now": when,
    }


def quarter_in_words(begins: date) -> str:
    """*January to March 2025*."""
    ends = date(begins.year, begins.month + 2, 1)
    return _("%(from)s to %(until)s") % {
        "from": formats.date_format(begins, "F"),
        "until": formats.date_format(ends, "F Y"),
    }


def _people_in_words(quarter: QuarterOfWords) -> str:
    if quarter.people is None:
        return _("Fewer than five people gave words, so none is shown.")
    people = _("About %(count)d people gave words.") % {"count": quarter.people}
    return people if quarter.words else f"{people} {_('No word was given by five of them.')}"
