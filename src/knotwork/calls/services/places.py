"""Bids become places, in one step: nothing that stands in a bid is typed a second time."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.lines import lines_of
from knotwork.calls.models import Bid, BidStage, Brings
from knotwork.calls.querysets import bids as all_bids
from knotwork.calls.services.rows import held_call, record_of_bid
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import Refused
from knotwork.programmes import services as programme_services
from knotwork.programmes.models import LedgerKind, Role, Stage
from knotwork.programmes.services import Gift, Grant, Made, Partner, PlaceWords
from knotwork.programmes.services.made import refuse

_GIVEN_AS = {
    Brings.CASH: LedgerKind.CASH,
    Brings.IN_KIND: LedgerKind.IN_KIND,
    Brings.PEOPLE: LedgerKind.IN_KIND,
}


def make_places(call: UUID, bids: Iterable[UUID], *, by: Viewer) -> list[Made]:
    """Make a place of each of these bids, all or none; one that is a place already stays as it is.

    Its name, issue, sponsor and areas come along, its partners with what they pledged on the ledger, its two leads and
    the others who wrote it, and the member of the sponsor's board who signed. The place is shown to the people of the
    programme first; its leads show it to everybody when they are ready.
    """
    wanted = list(bids)
    with transaction.atomic():
        row = held_call(call, by)
        found = {
            bid.public_id: bid
            for bid in all_bids()
            .opened()
            .filter(call=row, public_id__in=wanted)
            .select_related("place", "sign_off__person")
            .prefetch_related("partners", "authors")
        }
        if missing := [each for each in wanted if each not in found]:
            raise refuse(
                _("%(count)d of these bids are not among those handed in to this call.")
                % {"count": len(missing)}
            )
        return [_place_of(found[each], by) for each in wanted]


def _place_of(bid: Bid, by: Viewer) -> Made:
    if bid.place is not None:
        Bid.objects.filter(pk=bid.pk).update(stage=BidStage.CHOSEN)
        return Made(bid.place.pk, bid.place.public_id, bid.place.slug)
    programme_id = bid.call.programme_id
    words = PlaceWords(
        bid.place_name,
        issue=bid.issue,
        sponsor=bid.sponsor,
        themes=lines_of(bid.themes),
        visibility=Stage.PROGRAMME.value,
    )
    made = programme_services.add_place(programme_id, words, by=by)
    periods = [period for line in lines_of(bid.areas) for period in _area_named(line)]
    if periods:
        programme_services.set_areas(made.id, list(dict.fromkeys(periods)), by=by)
    for order, partner in enumerate(bid.partners.all()):
        programme_services.add_partner(
            programme_id, Partner(partner.organisation, order=order), by=by, place_id=made.id
        )
        if partner.amount is not None:
            gift = Gift(
                what=partner.what or str(Brings(partner.brings).label),
                kind=_GIVEN_AS[Brings(partner.brings)].value,
                amount=partner.amount,
                currency=partner.currency,
                contributor=partner.organisation,
                source=_("Pledged in the bid to “%(call)s”") % {"call": bid.call.title[:200]},
                place_id=made.id,
            )
            programme_services.add_pledge(programme_id, gift, by=by, shown_to=Stage.PROGRAMME.value)
    _people_of(bid, made, by)
    Bid.objects.filter(pk=bid.pk).update(place_id=made.id, stage=BidStage.CHOSEN)
    record_of_bid("bid.became_place", bid, by, place=str(made.public_id))
    return made


def _area_named(line: str) -> list[programme_services.AreaPeriod]:
    """The area of this line, or nothing: a name that no list of areas knows must not stop a decision of a panel."""
    try:
        return programme_services.areas_named([line])
    except Refused:
        return []


def _people_of(bid: Bid, made: Made, by: Viewer) -> None:
    programme_id = bid.call.programme_id
    for author in bid.authors.filter(person__blanked_at__isnull=True):
        role = Role.PLACE_LEAD if author.is_lead else Role.PLACE_MEMBER
        grant = Grant(role, made.id, author.organisation)
        programme_services.grant_membership(programme_id, author.person_id, grant, by=by)
    signing = getattr(bid, "sign_off", None)
    if signing is not None and signing.signed_at is not None and signing.person.blanked_at is None:
        grant = Grant(Role.SPONSOR_BOARD_MEMBER, made.id, bid.sponsor or signing.board)
        programme_services.grant_membership(programme_id, signing.person_id, grant, by=by)
