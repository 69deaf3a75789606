"""What a steering group reads: one small tile for each place, all alike, in the order of the alphabet.

Everything is read through the eyes of the steering group, whoever asks. So a place that looks at its own tile sees
exactly what the group sees of it, and no tile can show the team more than the group. Nothing is scored or ranked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.ledger import Account, StateSums, money
from knotwork.programmes.models import LoopStage
from knotwork.programmes.queries import (
    DecisionView,
    OwnWordView,
    PlaceSummary,
    ProgrammeView,
    accounts_by_place,
    decisions_of,
    own_words_in,
    places_of,
)
from knotwork.programmes.standing import as_the_steering_group
from knotwork.support.queries import open_help
from knotwork.thread.latest import News, moved_in_places

PERIODS = (30, 90, 365)
PERIOD = 90
"""How many days back 'what moved' reaches, unless another of the three is chosen: about a quarter of a year."""


@dataclass(frozen=True)
class Asked:
    """Something that a place asks for, in its own words."""

    sentence: str
    at: datetime
    url: str = ""
    public_id: UUID | None = None


@dataclass(frozen=True)
class Step:
    """One stage of the loop on a tile, and whether the place says that it is there now."""

    words: str
    is_now: bool


@dataclass(frozen=True)
class Tile:
    """One place as the steering group sees it."""

    place: PlaceSummary
    own_word: OwnWordView | None
    ledger: tuple[str, ...]
    moved: tuple[News, ...]
    asked: tuple[Asked, ...]
    decisions: tuple[DecisionView, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The loop, always the same five in the same order."""
        now = self.own_word.stages if self.own_word else ()
        return tuple(Step(str(stage.label), stage.value in now) for stage in LoopStage)

    @property
    def next_decision(self) -> DecisionView | None:
        return self.decisions[0] if self.decisions else None


@dataclass(frozen=True)
class SteeringView:
    """The whole page. ``due`` are all decisions that wait, ``taken`` those that were taken in the period."""

    programme: ProgrammeView
    tiles: tuple[Tile, ...]
    ledger: tuple[StateSums, ...]
    due: tuple[DecisionView, ...]
    taken: tuple[DecisionView, ...]
    days: int
    since: date
    read_at: datetime

    @property
    def asking(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self.tiles if tile.asked)

    @property
    def moving(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self.tiles if tile.moved)

    @property
    def speaking(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self.tiles if tile.own_word)

    def tile_of(self, place_id: int) -> Tile | None:
        return next((tile for tile in self.tiles if tile.place.id == place_id), None)


def steering_view(programme: ProgrammeView, *, days: int = PERIOD) -> SteeringView:
    """Everything that the steering group of a programme reads, in a number of questions that no place adds to."""
    group, moment = as_the_steering_group(programme.id), clock.now()
    since = moment - timedelta(days=days)
    places = sorted(places_of(programme.id, group), key=lambda place: place.name.casefold())
    words, accounts = own_words_in(programme.id, group), accounts_by_place(programme.id, group)
    moved, decisions = moved_in_places(programme.public_id, group, since), decisions_of(programme.id, group)
    asked = asked_for(programme, group)
    due = tuple(decision for decision in decisions if decision.is_due)
    return SteeringView(
        programme=programme,
        tiles=tuple(
            Tile(
                place=place,
                own_word=words.get(place.id),
                ledger=in_short(accounts.of_places.get(place.id, ())),
                moved=tuple(moved.get(place.public_id, ())),
                asked=asked.get(place.public_id, ()),
                decisions=tuple(decision for decision in due if decision.place_id == place.id),
            )
            for place in places
        ),
        ledger=accounts.by_kind,
        due=due,
        taken=tuple(d for d in decisions if d.decided_on is not None and d.decided_on >= since.date()),
        days=days,
        since=since.date(),
        read_at=moment,
    )


def tile_with(tile: Tile, word: OwnWordView) -> Tile:
    """The same tile with another word on it, to be looked at before it is said."""
    return replace(tile, own_word=word)


def asked_for(programme: ProgrammeView, viewer: Viewer) -> Mapping[UUID, tuple[Asked, ...]]:
    """The open requests for help of all places, in the places' own words, by the number of the place."""
    asked: dict[UUID, list[Asked]] = {}
    for each in open_help(programme.id, viewer):
        asked.setdefault(each.where.public_id, []).append(
            Asked(each.words, each.asked_at, each.url, each.public_id)
        )
    return {place: tuple(words) for place, words in asked.items()}


def in_short(accounts: tuple[Account, ...]) -> tuple[str, ...]:
    """The sums of a place as short lines: what came, and apart from it what is only promised."""
    lines = []
    for account in accounts:
        if account.sums:
            lines.append(_("%(amount)s came") % {"amount": account.total_words})
        if promised := (*account.pledged, *account.agreed):
            amount = sum((part.amount for part in promised), Decimal(0))
            is_rough = any(part.is_approximate for part in promised)
            words = money(amount, account.currency, is_approximate=is_rough)
            lines.append(_("%(amount)s promised") % {"amount": words})
    return tuple(lines)
