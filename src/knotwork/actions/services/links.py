"""Tie a try-out into the golden thread: what it grew out of, what it acts on, what it is measured by."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.core.strands.kinds import beads
from knotwork.core.strands.models import Relation, Strand
from knotwork.core.strands.services import End, tie, untie
from knotwork.programmes.services.made import refuse

KIND = "try_out"


def act_on(try_out: UUID, factor: UUID, *, by: Viewer) -> UUID:
    """Say that it acts on a factor of a map. Returns the strand's public id, as all of these do."""
    return _tied(try_out, (KIND, try_out), Relation.ACTS_ON, ("factor", factor), by)


def measured_by(try_out: UUID, measure: UUID, *, by: Viewer) -> UUID:
    """Say that a measure would show whether it changes anything."""
    return _tied(try_out, (KIND, try_out), Relation.MEASURED_BY, ("measure", measure), by)


def grew_out_of(try_out: UUID, statement: UUID, *, by: Viewer) -> UUID:
    """Say that what somebody said became this try-out."""
    return _tied(try_out, ("statement", statement), Relation.BECAME, (KIND, try_out), by)


def untie_from(try_out: UUID, kind: str, other: UUID, *, by: Viewer) -> None:
    """Take back one of these three: ``kind`` is ``factor``, ``measure`` or ``statement``."""
    with transaction.atomic():
        require(may(by, Act.TIE, held_try_out(try_out, by)))
        strands = Strand.objects.standing().touching(KIND, try_out).touching(kind, other)
        tied_here = strands.filter(relation__in=[Relation.ACTS_ON, Relation.MEASURED_BY, Relation.BECAME])
        for public_id in tied_here.values_list("public_id", flat=True):
            untie(public_id, by=by)


def _tied(try_out: UUID, start: End, relation: Relation, end: End, by: Viewer) -> UUID:
    other = end if start == (KIND, try_out) else start
    with transaction.atomic():
        require(may(by, Act.TIE, held_try_out(try_out, by)))
        if other not in beads([other], by):
            raise refuse(_("What you tie to this try-out is not known here."))
        return tie(start, relation, end, by=by)
