"""Try-outs, asked for in sentences."""

from knotwork.actions.models import TryOut
from knotwork.programmes.written import WrittenQuerySet


class TryOutQuerySet(WrittenQuerySet[TryOut]):
    """Try-outs, as sentences."""


def try_outs() -> TryOutQuerySet:
    """All try-outs of all programmes."""
    return TryOutQuerySet(TryOut)
