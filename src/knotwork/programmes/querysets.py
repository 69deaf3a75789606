"""The nouns of a programme, asked for in sentences."""

from typing import Self

from django.db.models import Q, QuerySet

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import LedgerEntry, Place, Programme, Stage
from knotwork.programmes.standing import mine_of, staged_for


def standing_programme(viewer: Viewer, programme: str = "") -> Q:
    """A programme that the viewer may see; ``programme`` names the row's column, or is empty for the row itself."""
    at = f"{programme}__" if programme else ""
    stands = Q(**{f"{at}withdrawn_at__isnull": True})
    if viewer.is_administrator:
        return stands
    seen, mine = Q(**{f"{at}visibility": Stage.PUBLIC}), mine_of(viewer).programmes
    if mine:
        seen |= Q(**{f"{programme}_id__in" if programme else "id__in": mine})
    return stands & seen


def standing_place(viewer: Viewer, place: str = "") -> Q:
    """A place that is shown to the viewer; whether she may see its programme is asked beside it."""
    at = f"{place}__" if place else ""
    stands = Q(**{f"{at}withdrawn_at__isnull": True})
    if viewer.is_administrator:
        return stands & ~Q(**{f"{at}visibility": Stage.ME})
    mine, shown = mine_of(viewer), Q(**{f"{at}visibility": Stage.PUBLIC})
    if mine.programmes:
        shown |= Q(**{f"{at}visibility": Stage.PROGRAMME, f"{at}programme_id__in": mine.programmes})
    if mine.places:
        shown |= Q(**{f"{at}visibility": Stage.PLACE, f"{at}id__in": mine.places})
    if mine.looked_after:
        shown |= Q(**{f"{at}programme_id__in": mine.looked_after})
    return stands & shown


def seen_around(viewer: Viewer) -> Q:
    """Of rows with a ``programme`` and perhaps a ``place``: those around which the viewer may see both.

    The tables are joined, which the database answers best; a question within the question cost a page more than all
    of its reading.
    """
    of_seen_places = Q(place__isnull=True) | standing_place(viewer, "place")
    return standing_programme(viewer, "programme") & of_seen_places


class ProgrammeQuerySet(QuerySet[Programme]):
    """Programmes, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Public programmes, and those in which the viewer holds a role now."""
        return self.filter(standing_programme(viewer))


class PlaceQuerySet(QuerySet[Place]):
    """Places, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Places of a programme that the viewer may see, as far as each place itself is shown to her.

        The programme's own team sees all of its places: it looks after them.
        """
        return self.filter(standing_place(viewer), standing_programme(viewer, "programme"))


class LedgerEntryQuerySet(QuerySet[LedgerEntry]):
    """Ledger entries, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Entries of programmes that the viewer may see; those of a place only if she may see that place.

        A pledge is seen by those who may see what it is for.
        """
        return self.filter(staged_for(viewer), seen_around(viewer))


def programmes() -> ProgrammeQuerySet:
    """All programmes."""
    return ProgrammeQuerySet(Programme)


def places() -> PlaceQuerySet:
    """All places of all programmes."""
    return PlaceQuerySet(Place)


def ledger_entries() -> LedgerEntryQuerySet:
    """All entries of all ledgers."""
    return LedgerEntryQuerySet(LedgerEntry)
