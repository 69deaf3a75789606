"""Calls and bids, asked for in sentences. What is sealed is decided here and nowhere else."""

from typing import Self

from django.db.models import Q, QuerySet

from knotwork.calls.models import Bid, BidStage, Call, CallStage, Conflict, Reviewer
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.querysets import standing_programme
from knotwork.programmes.standing import memberships_of, mine_of

HANDED_IN = (BidStage.SUBMITTED, BidStage.CHOSEN, BidStage.NOT_CHOSEN)
READERS = (Role.PROGRAMME_TEAM, Role.PANEL_REVIEWER)
"""Who reads bids once they are opened."""


class CallQuerySet(QuerySet[Call]):
    """Calls, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Published calls as far as they are shown; one that is being prepared only to the programme's team."""
        rows = self.standing().filter(standing_programme(viewer, "programme"))
        if viewer.is_administrator:
            return rows
        mine = mine_of(viewer)
        published = ~Q(stage=CallStage.DRAFT)
        shown = published & Q(visibility=Stage.PUBLIC)
        if mine.programmes:
            shown |= published & Q(programme_id__in=mine.programmes)
        if mine.looked_after:
            shown |= Q(programme_id__in=mine.looked_after)
        return rows.filter(shown)


class BidQuerySet(QuerySet[Bid]):
    """Bids, as sentences."""

    def written_by(self, viewer: Viewer) -> Self:
        """The bids that this person writes."""
        return self.none() if viewer.person_id is None else self.filter(authors__person_id=viewer.person_id)

    def opened(self) -> Self:
        """Bids that were handed in to a call whose bids have been opened."""
        return self.filter(
            stage__in=HANDED_IN, call__opened_at__isnull=False, call__withdrawn_at__isnull=True
        )

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own; for the sponsor's board the one that it is asked to sign; and, once opened, for those who judge.

        Nobody else: neither the programme's team nor an administrator reads a bid before the bids are opened, a bid
        that was never handed in stays with its authors, and a reviewer reads none before she has said which ones she
        must not judge, and those never.
        """
        own = Q(pk__in=self._own(viewer))
        opened = Q(stage__in=HANDED_IN, call__opened_at__isnull=False, call__withdrawn_at__isnull=True)
        if viewer.is_administrator:
            return self.filter(own | opened)
        if viewer.person_id is None:
            return self.none()
        judged = memberships_of(viewer).filter(role__in=READERS).values_list("programme_id", flat=True)
        judging = opened & Q(call__programme_id__in=list(judged))
        return self.filter(own | judging & ~_kept_from(viewer.person_id))

    def _own(self, viewer: Viewer) -> list[int]:
        """Few numbers, asked for apart: a person writes few bids, and a join would count one bid several times."""
        if viewer.person_id is None:
            return []
        mine = Q(authors__person_id=viewer.person_id) | Q(sign_off__person_id=viewer.person_id)
        return list(Bid.objects.filter(mine).values_list("pk", flat=True).distinct())


def _kept_from(person_id: int) -> Q:
    """Bids that this person must not judge, and all of a call whose panel she is on and has not declared for yet."""
    aside = Conflict.objects.filter(reviewer__person_id=person_id, ended_at__isnull=True)
    undeclared = Reviewer.objects.filter(person_id=person_id, declared_at__isnull=True, ended_at__isnull=True)
    return Q(pk__in=aside.values("bid_id")) | Q(call_id__in=undeclared.values("call_id"))


def calls() -> CallQuerySet:
    """All calls of all programmes."""
    return CallQuerySet(Call)


def bids() -> BidQuerySet:
    """All bids of all calls; nearly always followed by ``visible_to``."""
    return BidQuerySet(Bid)
