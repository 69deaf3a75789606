"""What a piece of writing is tied to."""

from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import beads
from knotwork.core.strands.models import Strand
from knotwork.learning.kinds import Kind

End = tuple[str, UUID]


def tied_to(kind: Kind, public_id: UUID, viewer: Viewer) -> dict[End, UUID]:
    """What this is tied to and the viewer may see, with the strand of each."""
    if kind.tie is None:
        return {}
    here, there = ("from", "to") if kind.tie.begins_here else ("to", "from")
    strands = Strand.objects.standing().filter(
        **{f"{here}_kind": kind.code, f"{here}_id": public_id, "relation": kind.tie.relation.value}
    )
    ends = {
        (getattr(row, f"{there}_kind"), getattr(row, f"{there}_id")): row.public_id
        for row in strands.order_by("made_at", "id")
    }
    seen = beads(ends, viewer)
    return {end: strand for end, strand in ends.items() if end in seen}
