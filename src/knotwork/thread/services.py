"""Acts that span rooms: tie things of two rooms together, untie them, make one of another. One transaction each."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.services import TryOutWords, act_on, add_partner, plan
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision, Refused, require
from knotwork.core.strands import services as strands
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation, Strand
from knotwork.maps.queries import ListedMap, maps_for
from knotwork.maps.services import add_factor
from knotwork.measures.services import choose_measure
from knotwork.measures.words import Choice as MeasureChoice
from knotwork.programmes.rules import Act, can
from knotwork.thread.belonging import Belonging
from knotwork.thread.ties import Choice


def can_tie(viewer: Viewer, where: Belonging) -> Decision:
    """May the viewer say what led to what here? Whoever may write for the place."""
    if where.programme is None or where.place is None:
        return Decision(False, _("Only things of a place can be tied together here."))
    return can(viewer, Act.WRITE, where.programme, where.place.id)


def tie_here(here: Bead, choice: Choice, where: Belonging, *, by: Viewer) -> UUID:
    """Tie the thing at hand to another thing of its place; saying it twice changes nothing."""
    require(can_tie(by, where))
    assert where.programme is not None  # the rule asked for both
    assert where.place is not None
    mine, other = (here.kind, here.public_id), (choice.other.kind, choice.other.public_id)
    start, end = (mine, other) if choice.from_here else (other, mine)
    return strands.tie(
        start,
        choice.relation,
        end,
        by=by,
        programme=where.programme.public_id,
        place=where.place.public_id,
    )


def maps_to_draw_on(here: Bead, where: Belonging, viewer: Viewer) -> list[ListedMap]:
    """The place's own maps, for a statement that could become a factor on one of them."""
    if here.kind != "statement" or where.place is None or not can_tie(viewer, where):
        return []
    listed = maps_for(viewer, place=where.place.public_id)
    return [one for one in listed if not one.made_elsewhere]


def make_factor(here: Bead, map_id: int, label: str, where: Belonging, *, by: Viewer) -> UUID:
    """Put a factor on a map and say that the statement became it: both, or neither. The factor's public id."""
    require(can_tie(by, where))
    if map_id not in {one.id for one in maps_to_draw_on(here, where, by)}:
        raise Refused(Decision(False, _("This statement cannot become a factor of that map.")))
    assert where.programme is not None  # the rule asked for both
    assert where.place is not None
    with transaction.atomic():
        factor = add_factor(map_id, label, by=by)
        strands.tie(
            (here.kind, here.public_id),
            Relation.BECAME,
            ("factor", factor),
            by=by,
            programme=where.programme.public_id,
            place=where.place.public_id,
        )
    return factor


def make_try_out(here: Bead, words: TryOutWords, where: Belonging, *, by: Viewer) -> UUID:
    """Plan a try-out of the place and say that the statement became it: both, or neither. Its public id."""
    return _made_of(
        here,
        Relation.BECAME,
        "try_out",
        lambda programme, place: plan(programme, words, by=by, place_id=place).public_id,
        where,
        by,
    )


def make_try_out_on(
    here: Bead, words: TryOutWords, partners: Iterable[str], where: Belonging, *, by: Viewer
) -> UUID:
    """Plan a try-out of the place that acts on a factor, with those who take part: all or nothing. Its public id."""
    require(can_tie(by, where))
    if here.kind != "factor":
        raise Refused(Decision(False, _("Only a factor of a map can be acted on.")))
    assert where.programme is not None  # the rule asked for both
    assert where.place is not None
    with transaction.atomic():
        made = plan(where.programme.id, words, by=by, place_id=where.place.id).public_id
        for name in partners:
            add_partner(made, name, by=by)
        act_on(made, here.public_id, by=by)
    return made


def make_measure(here: Bead, choice: MeasureChoice, where: Belonging, *, by: Viewer) -> UUID:
    """Let the place look at a measure and say that it measures what the statement speaks of. Its public id."""
    return _made_of(
        here,
        Relation.MEASURED_BY,
        "measure",
        lambda _programme, place: choose_measure(place, choice, by=by),
        where,
        by,
    )


def _made_of(
    here: Bead,
    relation: Relation,
    kind: str,
    make: Callable[[int, int], UUID],
    where: Belonging,
    by: Viewer,
) -> UUID:
    """Make a thing of the place from a statement and tie the two, in one transaction."""
    require(can_tie(by, where))
    if here.kind != "statement":
        raise Refused(Decision(False, _("Only a statement can become this in one step.")))
    assert where.programme is not None  # the rule asked for both
    assert where.place is not None
    with transaction.atomic():
        made = make(where.programme.id, where.place.id)
        strands.tie(
            (here.kind, here.public_id),
            relation,
            (kind, made),
            by=by,
            programme=where.programme.public_id,
            place=where.place.public_id,
        )
    return made


def can_untie(viewer: Viewer, strand: Strand, where: Belonging) -> Decision:
    """Whoever tied it may untie it, and so may whoever writes for the place."""
    if viewer.public_id is not None and strand.made_by == viewer.public_id:
        return ALLOWED
    return can_tie(viewer, where)


def untie_here(strand: Strand, where: Belonging, reason: str, *, by: Viewer) -> None:
    """Withdraw a strand, with the reason for those who look after the record."""
    with transaction.atomic():
        require(can_untie(by, strand, where))
        strands.untie(strand.public_id, by=by, reason=reason)
