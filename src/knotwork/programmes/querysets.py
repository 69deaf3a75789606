"""The nouns of a programme, asked for in sentences."""

from typing import Self

from django.db.models import Q, QuerySet

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import LedgerEntry, Place, Programme, Role, Stage
from knotwork.programmes.standing import memberships_of, staged_for


class ProgrammeQuerySet(QuerySet[Programme]):
    """Programmes, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Public programmes, and those in which the viewer holds a role now."""
        if viewer.is_administrator:
            return self.standing()
        everybody = Q(visibility=Stage.PUBLIC)
        if viewer.is_stranger:
            return self.standing().filter(everybody)
        mine = memberships_of(viewer).values("programme_id")
        return self.standing().filter(everybody | Q(pk__in=mine))


class PlaceQuerySet(QuerySet[Place]):
    """Places, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Places of a programme that the viewer may see, as far as each place itself is shown to her.

        The programme's own team sees all of its places: it looks after them.
        """
        within = self.standing().filter(programme__in=programmes().visible_to(viewer))
        shown = staged_for(viewer, programme="programme_id", place="id")
        if viewer.is_stranger:
            return within.filter(shown)
        mine_to_look_after = memberships_of(viewer).filter(role=Role.PROGRAMME_TEAM).values("programme_id")
        return within.filter(shown | Q(programme_id__in=mine_to_look_after))


class LedgerEntryQuerySet(QuerySet[LedgerEntry]):
    """Ledger entries, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Entries of programmes that the viewer may see; those of a place only if she may see that place.

        A pledge is seen by those who may see what it is for.
        """
        of_seen_places = Q(place__isnull=True) | Q(place__in=places().visible_to(viewer))
        return self.filter(staged_for(viewer), of_seen_places, programme__in=programmes().visible_to(viewer))


def programmes() -> ProgrammeQuerySet:
    """All programmes."""
    return ProgrammeQuerySet(Programme)


def places() -> PlaceQuerySet:
    """All places of all programmes."""
    return PlaceQuerySet(Place)


def ledger_entries() -> LedgerEntryQuerySet:
    """All entries of all ledgers."""
    return LedgerEntryQuerySet(LedgerEntry)
