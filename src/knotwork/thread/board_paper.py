"""A paper for a board: what the steering page says, put into words once, for the page, the printer and .docx.

``paper_of`` makes it; ``read_paper`` gives a kept one back. Nothing is worked out again. The one thing that is looked
up is whether a place took its word back since: then the word is left out, here as everywhere.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from knotwork.drawing.loop_grid import LoopRow, loop_grid
from knotwork.drawing.picture import Picture
from knotwork.formats.documents import (
    Block,
    Bullets,
    Document,
    Heading,
    Image,
    Paragraph,
    Table,
    read,
)
from knotwork.programmes.models import LoopStage
from knotwork.programmes.queries import BoardPaperView, DecisionView, ProgrammeView, own_words_taken_back
from knotwork.programmes.standing import as_the_steering_group
from knotwork.support.queries import help_at
from knotwork.thread.steering import SteeringView, Tile

GRID = "loop-grid"
OWN_WORD, HELP = "own_word", "help"


def paper_of(view: SteeringView, *, title: str, introduction: str, language: str) -> Document:
    """The whole paper; ``introduction`` is what the programme's team says first, in its own words."""
    read_at = _day(view.read_at)
    lines = (
        view.programme.name,
        _("As read on %(day)s. What moved: since %(since)s.") % {"day": read_at, "since": _date(view.since)},
    )
    blocks: list[Block] = [*_first_words(introduction), *_where(view), *_places(view), *_decisions(view)]
    blocks += [*_ledger(view), *_about(view)]
    return Document(title, lines, language, tuple(blocks))


def quotes_of(view: SteeringView) -> dict[str, str]:
    """The places' own words, and what they ask for, that stand in the paper, by their ids."""
    words = [tile.own_word for tile in view.tiles if tile.own_word]
    asked = [each for tile in view.tiles for each in tile.asked]
    own = {f"{OWN_WORD}:{word.public_id}": word.sentence for word in words if word.public_id}
    return own | {f"{HELP}:{each.public_id}": each.sentence for each in asked if each.public_id}


def read_paper(paper: BoardPaperView, programme: ProgrammeView) -> Document:
    """The kept paper as it stands, without words that were taken back since."""
    quotes: Mapping[str, str] = paper.quotes
    texts = {quotes[key] for key in _taken_back(quotes, programme)}
    instead = _("[The place took this word back.]")

    def words(text: str) -> str:
        return instead if text in texts else text

    return read(paper.content, words)


def _taken_back(quotes: Mapping[str, str], programme: ProgrammeView) -> set[str]:
    """The keys of what the steering group may not read any more."""
    ids = {key: UUID(key.partition(":")[2]) for key in quotes}
    gone = own_words_taken_back([ids[key] for key in quotes if key.startswith(OWN_WORD)])
    group = as_the_steering_group(programme.id)
    own = {key for key, public_id in ids.items() if public_id in gone}
    asked = {key for key in quotes if key.startswith(HELP) and help_at(ids[key], group) is None}
    return own | asked


def picture_of(view: SteeringView) -> Picture:
    """Which place does what, at a glance."""
    stages = list(LoopStage)
    return loop_grid(
        [
            LoopRow(
                tile.place.name,
                frozenset(number for number, step in enumerate(tile.steps) if step.is_now),
            )
            for tile in view.tiles
        ],
        [str(stage.label) for stage in stages],
        name=GRID,
        texts=(
            _("Where the places are, by their own word"),
            _(
                "A row for each place and a column for each stage of the loop, with a large dot where it is now."
            ),
        ),
        place_column=_("Place"),
        marks=(_("here now"), ""),
    )


def _first_words(introduction: str) -> Iterator[Block]:
    paragraphs = [part.strip() for part in introduction.split("\n\n") if part.strip()]
    if paragraphs:
        yield Heading(_("In short"))
        yield from (Paragraph(part) for part in paragraphs)


def _where(view: SteeringView) -> Iterator[Block]:
    yield Heading(_("Where the places are"))
    yield Paragraph(
        _(
            "Each place says itself where it is. Places go back and forth; no stage is better than another, and the "
            "order is that of the alphabet."
        )
    )
    picture = picture_of(view)
    yield Image(GRID, picture.svg, picture.description, picture.title)


def _places(view: SteeringView) -> Iterator[Block]:
    yield Heading(_("Place by place"))
    for tile in view.tiles:
        yield Heading(tile.place.name, 2)
        yield from _one_place(tile)


def _one_place(tile: Tile) -> Iterator[Block]:
    if tile.place.issue:
        yield Paragraph(tile.place.issue, _("Its issue:"))
    if tile.own_word:
        said = {"stages": tile.own_word.stage_words, "day": _day(tile.own_word.at)}
        yield Paragraph(_("%(stages)s, said on %(day)s.") % said, _("Where it is:"))
        yield Paragraph(tile.own_word.sentence)
    else:
        yield Paragraph(_("It has not said."), _("Where it is:"))
    if tile.ledger:
        yield Paragraph(_("; ").join(tile.ledger) + ".", _("Ledger:"))
    for asked in tile.asked:
        yield Paragraph(asked.sentence, _("It asks for:"))
    if tile.moved:
        yield Paragraph("", _("What moved:"))
        yield Bullets(tuple(news.words for news in tile.moved))


def _decisions(view: SteeringView) -> Iterator[Block]:
    yield Heading(_("Decisions"))
    if view.due:
        yield Table(
            _("Decisions that are due"),
            (_("What"), _("Place"), _("By"), _("Who decides"), _("Between")),
            tuple(_row(decision) for decision in view.due),
        )
    else:
        yield Paragraph(_("No decision is due."))
    if view.taken:
        yield Table(
            _("Decisions that were taken"),
            (_("What"), _("Place"), _("On"), _("What was decided"), _("Why")),
            tuple(
                (d.what, d.place or _("whole programme"), _date(d.decided_on), d.outcome, d.reason)
                for d in view.taken
            ),
        )


def _row(decision: DecisionView) -> tuple[str, ...]:
    place, options = decision.place or _("whole programme"), "; ".join(decision.options)
    return decision.what, place, _date(decision.by_when), decision.who_decides, options


def _ledger(view: SteeringView) -> Iterator[Block]:
    yield Heading(_("Ledger of the programme"))
    rows = tuple((f"{sums.name} ({sums.currency})", *sums.in_words) for sums in view.ledger)
    if rows:
        columns = (_("How"), _("Pledged"), _("Agreed"), _("Received"), _("Spent"))
        yield Table(_("What partners promised and gave"), columns, rows, numbers=(1, 2, 3, 4))
        yield Paragraph(
            _(
                "Help in kind counts like money. Each amount stands in one column only: what was spent came before."
            )
        )
    else:
        yield Paragraph(_("The ledger is empty."))


def _about(view: SteeringView) -> Iterator[Block]:
    yield Heading(_("About this paper"))
    yield Paragraph(
        _(
            "It was made from the pages of the programme on %(day)s and does not change afterwards: what is new is a "
            "new version. It says what the steering group may see, and each place sees its own part first. It holds "
            "no scores. Public bodies may have to release it."
        )
        % {"day": _day(view.read_at)}
    )


def _day(moment: object) -> str:
    return dateformat.format(timezone.localtime(moment), "j F Y")  # type: ignore[arg-type]


def _date(day: object) -> str:
    return dateformat.format(day, "j F Y") if day else ""  # type: ignore[arg-type]
