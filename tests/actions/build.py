"""A place with its people, and try-outs as the services make them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from knotwork.actions import services
from knotwork.actions.models import TryOut
from knotwork.actions.services import PledgeWords, TryOutWords
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.identifiers import new_public_id
from knotwork.core.strands import kinds
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import Place, Role
from tests.programmes.build import ADMINISTRATOR, somebody

BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)
READY = TryOutWords(
    "The 4.40 home",
    what="Buses moves the 3.50 to 4.40.",
    expects="At least 8 more trips for every 1,000 passes.",
    how_seen="The ticket machine counts.",
    by_when=date(2026, 9, 30),
    stop_rule="Fewer than 8 riders a trip after 12 weeks.",
    signed="A scheduler",
    visibility="public",
)
COUNCIL_PAYS = PledgeWords("Northvale Council", "The cost of one bus", "cash", Decimal(9600))


def a_lead(place: Place) -> Viewer:
    return somebody(Role.PLACE_LEAD, place.programme, place)


def a_member(place: Place) -> Viewer:
    return somebody(Role.PLACE_MEMBER, place.programme, place)


def an_enabler(place: Place) -> Viewer:
    return somebody(Role.ENABLER, place.programme, place)


def planned(place: Place, words: TryOutWords = READY, *, by: Viewer = ADMINISTRATOR) -> UUID:
    """The public id of a try-out that is ready to start."""
    return services.plan(place.programme.pk, words, by=by, place_id=place.pk).public_id


def going(place: Place, words: TryOutWords = READY, *, by: Viewer = ADMINISTRATOR) -> UUID:
    """The public id of a try-out that started on 5 January 2026."""
    try_out = planned(place, words, by=by)
    services.start(try_out, by=by, at=BEFORE)
    return try_out


def row(try_out: UUID) -> TryOut:
    return TryOut.objects.get(public_id=try_out)


def known(monkeypatch: pytest.MonkeyPatch, kind: str, *titles: str) -> list[UUID]:
    """Things of another room that everybody may see, all of whatever place is asked for; gives their ids."""
    found = {new_public_id(): title for title in titles}

    def beads(public_ids: Any, _viewer: Viewer) -> list[Bead]:
        return [Bead(kind, each, found[each], f"/{kind}/{each}/") for each in public_ids if each in found]

    def of_place(_place: UUID, viewer: Viewer) -> list[Bead]:
        return beads(found, viewer)

    monkeypatch.setitem(kinds._KINDS, kind, kinds.Kind(kind, kind.capitalize(), beads, of_place))
    return list(found)
