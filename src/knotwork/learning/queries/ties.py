"""What a piece of writing is tied to."""

from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import beads
from knotwork.core.strands.models import Strand
from knotwork.learning.kinds import Kind, Tie

End = tuple[str, UUID]


def tied_to(kind: Kind, public_id: UUID, viewer: Viewer, *, tie_as: Tie | None = None) -> dict[End, UUID]:
    """What this is tied to and the viewer may see, with the strand of each; by the kind's first way or another."""
    way = tie_as or kind.tie
    if way is None:
        return {}
    here, there = ("from", "to") if way.begins_here else ("to", "from")
    strands = Strand.objects.standing().filter(
        **{f"{here}_kind": kind.code, f"{here}_id": public_id, "relation": way.relation.value}
    )
    ends = {
        (getattr(row, f"{there}_kind"), getattr(row, f"{there}_id")): row.public_id
        for row in strands.order_by("made_at", "id")
    }
    seen = beads(ends, viewer)
    return {end: strand for end, strand in ends.items() if end in seen}
