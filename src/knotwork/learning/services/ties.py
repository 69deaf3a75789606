"""Tie a piece of writing to the things of the place that it speaks of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import beads
from knotwork.core.strands.services import tie, untie
from knotwork.learning.kinds import Kind, Tie
from knotwork.learning.queries.ties import End, tied_to
from knotwork.programmes.models import Written
from knotwork.programmes.services.made import refuse


def set_ties(
    kind: Kind, row: Written, wanted: Sequence[End], *, by: Viewer, tie_as: Tie | None = None
) -> None:
    """Tie it to exactly these, of all that the writer may see; what she cannot see stays tied.

    ``tie_as`` is another way to be tied than the kind's first: what helped.
    """
    way = tie_as or kind.tie
    here: End = (kind.code, row.public_id)
    standing = tied_to(kind, row.public_id, by, tie_as=tie_as)
    new = [end for end in dict.fromkeys(wanted) if end not in standing]
    if new and (way is None or any(end[0] not in way.others for end in new)):
        raise refuse(_("This cannot be tied to a thing of that kind."))
    seen = beads(new, by)
    for end in new:
        if end not in seen:
            raise refuse(_("One of the things that this is tied to is not there any more."))
        assert way is not None
        start, finish = (here, end) if way.begins_here else (end, here)
        place = row.place.public_id if row.place else None
        tie(start, way.relation, finish, by=by, programme=row.programme.public_id, place=place)
    for end, strand in standing.items():
        if end not in wanted:
            untie(strand, by=by)
