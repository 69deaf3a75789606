"""Walk the golden thread."""

from dataclasses import dataclass
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads
from knotwork.core.strands.models import Strand


@dataclass(frozen=True)
class Step:
    """One strand from where one stands: forwards or backwards, to a thing that this viewer may see."""

    relation: str
    is_forwards: bool
    bead: Bead


def steps_from(kind: str, public_id: UUID, viewer: Viewer) -> list[Step]:
    """All strands that touch this thing and whose other end this viewer may see, oldest first."""
    strands = list(Strand.objects.standing().touching(kind, public_id).order_by("made_at", "id"))
    ends = []
    for strand in strands:
        is_forwards = (strand.from_kind, strand.from_id) == (kind, public_id)
        other = (strand.to_kind, strand.to_id) if is_forwards else (strand.from_kind, strand.from_id)
        ends.append((strand.relation, is_forwards, other))
    seen = beads([other for _, _, other in ends], viewer)
    return [Step(relation, forwards, seen[other]) for relation, forwards, other in ends if other in seen]
