"""Try-outs, asked for in sentences."""

from typing import Self

from django.db.models import Q

from knotwork.actions.models import TryOut
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Stage
from knotwork.programmes.standing import memberships_of
from knotwork.programmes.written import WrittenQuerySet


class TryOutQuerySet(WrittenQuerySet[TryOut]):
    """Try-outs, as sentences."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What its stage shows this viewer; of a place with a sensitive issue nothing is shown to everybody.

        A place may become sensitive after something was shown, so this is asked again whenever it is read.
        """
        seen = super().visible_to(viewer)
        if viewer.is_administrator:
            return seen
        calm = Q(place__isnull=True) | Q(place__is_sensitive=False) | ~Q(visibility=Stage.PUBLIC)
        if not viewer.is_stranger:
            calm |= Q(programme_id__in=memberships_of(viewer).values("programme_id"))
        return seen.filter(calm)


def try_outs() -> TryOutQuerySet:
    """All try-outs of all programmes."""
    return TryOutQuerySet(TryOut)
