"""Find notes, stories, leadership notes and lessons."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Value

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads, label_of
from knotwork.learning.kinds import ALL, PIECES, Kind, Tie, address_of, title_of
from knotwork.learning.queries.nouns import Part, Piece, TiedThing, is_made_up, place_ref
from knotwork.learning.queries.ties import tied_to
from knotwork.programmes.models import Written
from knotwork.programmes.querysets import places
from knotwork.programmes.standing import holds_a_role
from knotwork.programmes.written import WrittenQuerySet, can_change_written, can_write_for

NEWEST_FIRST = ("-written_at", "-id")
MOST = 200


def seen(kind: Kind, viewer: Viewer) -> WrittenQuerySet[Any]:
    """What the viewer may see of this kind."""
    return WrittenQuerySet(kind.model).visible_to(viewer)


def pieces_for(
    viewer: Viewer,
    *,
    programme: UUID | None = None,
    place: UUID | None = None,
    kind: str = "",
    most: int = MOST,
) -> list[Piece]:
    """What the viewer may see, newest first; of one programme, one place or one kind where named.

    One question finds the newest of all kinds, and one more for each kind among them reads the rows.
    """
    kinds = [each for each in PIECES.values() if kind in ("", each.code)]
    newest = _newest([_around(seen(each, viewer), programme, place) for each in kinds], kinds, most)
    found: dict[tuple[str, int], Piece] = {}
    for each in kinds:
        wanted = [pk for code, pk in newest if code == each.code]
        if wanted:
            rows = each.model._default_manager.filter(pk__in=wanted).select_related("programme", "place")
            found |= {(each.code, row.pk): piece_of(each, row) for row in rows}
    return [found[one] for one in newest if one in found]


def _newest(rows: list[WrittenQuerySet[Any]], kinds: list[Kind], most: int) -> list[tuple[str, int]]:
    """The kinds and numbers of the newest rows of several tables."""
    first, *others = [
        each.order_by()
        .annotate(of_kind=Value(kind.code))
        .values_list("of_kind", "pk", "written_at", "public_id")
        for each, kind in zip(rows, kinds, strict=True)
    ]
    together = first.union(*others, all=True) if others else first
    return [(code, pk) for code, pk, _at, _id in together.order_by("-written_at", "-public_id")[:most]]


def _around(rows: WrittenQuerySet[Any], programme: UUID | None, place: UUID | None) -> WrittenQuerySet[Any]:
    rows = rows.select_related("programme", "place")
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    return rows if place is None else rows.filter(place__public_id=place)


def piece_at(kind: str, programme_id: int, public_id: UUID, viewer: Viewer) -> Piece | None:
    """One piece of writing of a programme, or nothing that the viewer may see."""
    each = PIECES[kind]
    rows = _around(seen(each, viewer), None, None)
    row = rows.filter(programme_id=programme_id, public_id=public_id).first()
    return None if row is None else piece_of(each, row)


def may_change(kind: Kind, public_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer sees the doors to change this and to withdraw it."""
    row = _around(seen(kind, viewer), None, None).filter(public_id=public_id).first()
    return row is not None and bool(can_change_written(viewer, row))


def may_write(place_id: int, viewer: Viewer) -> bool:
    """Whether the viewer may write for this place."""
    if not holds_a_role(viewer):
        return False
    row = places().visible_to(viewer).select_related("programme").filter(pk=place_id).first()
    return row is not None and bool(can_write_for(viewer, row.programme, row))


def columns_of(kind: Kind, public_id: UUID, viewer: Viewer) -> dict[str, Any] | None:
    """What stands in the boxes, for changing it; nothing for whoever may not see it."""
    row = seen(kind, viewer).filter(public_id=public_id).first()
    if row is None:
        return None
    return {name: getattr(row, name) for name in (*kind.columns, "signed", "visibility", "language")}


def ties_of(piece: Piece, viewer: Viewer) -> list[TiedThing]:
    """What a piece of writing speaks of, as far as the viewer may see it."""
    return tied_things(PIECES[piece.kind], piece.public_id, viewer)


def helpers_of(piece: Piece, viewer: Viewer) -> list[TiedThing]:
    """What its writer says helped, as far as the viewer may see it."""
    helped_by = PIECES[piece.kind].helped_by
    return tied_things(PIECES[piece.kind], piece.public_id, viewer, tie_as=helped_by) if helped_by else []


def tied_things(kind: Kind, public_id: UUID, viewer: Viewer, *, tie_as: Tie | None = None) -> list[TiedThing]:
    """The things to which something of any kind is tied, by its first way or by another."""
    ends = list(tied_to(kind, public_id, viewer, tie_as=tie_as))
    found = beads(ends, viewer)
    return [_tied(found[end]) for end in ends if end in found]


def _tied(bead: Bead) -> TiedThing:
    return TiedThing(bead.kind, label_of(bead.kind), bead.public_id, bead.title, bead.url)


def beads_of(kind: str, public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Things of one kind as ends of strands."""
    rows = _around(seen(ALL[kind], viewer), None, None).filter(public_id__in=list(public_ids))
    return [_bead(ALL[kind], row) for row in rows]


def beads_of_place(kind: str, place: UUID, viewer: Viewer) -> list[Bead]:
    """Things of one kind of a place, newest first, for choosing one in a form."""
    rows = _around(seen(ALL[kind], viewer), None, place).order_by(*NEWEST_FIRST)
    return [_bead(ALL[kind], row) for row in rows]


def _bead(kind: Kind, row: Written) -> Bead:
    url = address_of(kind.code, row.programme.slug, row.public_id)
    place = row.place.public_id if row.place else None
    return Bead(kind.code, row.public_id, title_of(kind, row), url, row.programme.public_id, place)


def piece_of(kind: Kind, row: Written) -> Piece:
    """The row as it is read; empty boxes are left out."""
    parts = tuple(Part(heading, text) for name, heading in kind.parts if (text := getattr(row, name)))
    return Piece(
        kind=kind.code,
        label=kind.label,
        public_id=row.public_id,
        title=title_of(kind, row),
        url=address_of(kind.code, row.programme.slug, row.public_id),
        parts=parts,
        signed=row.signed,
        language=row.language,
        written_at=row.written_at,
        stage=row.visibility,
        programme=row.programme.short_name or row.programme.name,
        programme_slug=row.programme.slug,
        is_made_up=is_made_up(row.programme),
        place=place_ref(row.place, row.programme) if row.place else None,
        says_what_did_not_work=bool(getattr(row, "did_not_work", "")),
    )
