"""Sixty bids, twenty-five chosen, two signatures, a letter to each: twenty-five places on the map with their ledger."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from knotwork.calls import services
from knotwork.calls.models import BidPartner, BidStage, CallStage
from knotwork.core.mail.models import Letter
from knotwork.programmes.models import Area, LedgerEntry, Place
from knotwork.programmes.queries import places_of
from knotwork.thread.maps import map_of_places
from tests.calls.build_decision import a_panel

pytestmark = pytest.mark.django_db
BIDS, CHOSEN = 60, 25
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-1.2, 53.0], [-1.0, 53.0], [-1.0, 53.2], [-1.2, 53.2], [-1.2, 53.0]]],
}


def test_twenty_five_of_sixty_bids_are_places_on_the_map_with_what_was_pledged():
    Area.objects.create(
        code="E06000999",
        name="Ferryfordshire",
        valid_from=date(2009, 4, 1),
        outline=SQUARE,
        longitude=-1.1,
        latitude=53.1,
    )
    panel = a_panel(BIDS, number_of_places=CHOSEN)
    for order, bid in enumerate(panel.call.bids.order_by("pk")):
        for organisation, amount in (("Council", order * 1000), ("The Works", order + Decimal("0.55"))):
            BidPartner.objects.create(bid=bid, organisation=organisation, what="Help", amount=amount)
    panel.told(chosen=CHOSEN)
    assert services.send_letters(panel.call.public_id, by=panel.team) == 0

    panel.call.refresh_from_db()
    assert panel.call.stage == CallStage.LETTERS
    assert panel.call.bids.filter(stage=BidStage.CHOSEN).count() == CHOSEN
    assert panel.call.bids.filter(stage=BidStage.NOT_CHOSEN).count() == BIDS - CHOSEN
    assert Letter.objects.filter(kind="bid_outcome").values("to").distinct().count() == BIDS
    assert Letter.objects.filter(kind="bid_outcome").count() == BIDS
    for place in Place.objects.select_related("bid"):
        pledged = place.bid.partners.aggregate(all=Sum("amount"))["all"]
        assert LedgerEntry.objects.filter(place=place).aggregate(all=Sum("amount"))["all"] == pledged
    shown = places_of(panel.call.programme_id, panel.team)
    drawn = map_of_places(shown, name="map")
    assert len(shown) == CHOSEN
    assert drawn is not None
    assert len(drawn.picture.rows) == CHOSEN
