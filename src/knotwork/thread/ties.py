"""Which things can be tied to which, by which relation, and how the choices read to whoever ties them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads_of_place, label_of
from knotwork.core.strands.models import Relation
from knotwork.core.strands.relations import READINGS

PAIRS: dict[Relation, tuple[tuple[str, str], ...]] = {
    Relation.BECAME: (
        ("statement", "factor"),
        ("statement", "try_out"),
        ("conversation", "map"),
        ("uptake", "try_out"),
        ("session", "factor"),
        ("session", "try_out"),
        ("consulting_round", "factor"),
        ("consulting_round", "try_out"),
    ),
    Relation.ACTS_ON: (("try_out", "factor"),),
    Relation.PRACTISED_IN: (("leadership_note", "try_out"), ("leadership_note", "session")),
    Relation.MEASURED_BY: (("try_out", "measure"), ("factor", "measure"), ("statement", "measure")),
    Relation.TOLD_IN: (
        ("try_out", "story"),
        ("try_out", "note"),
        ("measure", "story"),
        ("leadership_note", "story"),
    ),
    Relation.EVIDENCED_BY: (
        ("factor", "statement"),
        ("lesson", "story"),
        ("lesson", "note"),
        ("lesson", "measure"),
        ("lesson", "leadership_note"),
        ("publication", "story"),
        ("publication", "lesson"),
    ),
    Relation.ADOPTED_FROM: (("uptake", "lesson"),),
    Relation.HELPED_BY: (
        ("leadership_note", "session"),
        ("leadership_note", "consulting_round"),
        ("leadership_note", "learning_event"),
    ),
}
"""By relation, the kinds that a strand may lead from and to."""


@dataclass(frozen=True)
class Choice:
    """One way to tie the thing at hand: by this relation to that thing; ``from_here`` is how the strand is written."""

    relation: Relation
    from_here: bool
    other: Bead

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.relation.value}.{int(self.from_here)}.{self.other.kind}.{self.other.public_id}"


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices that read alike: *It became a factor*, with the factors of the place."""

    label: str
    choices: tuple[Choice, ...]


def choices_for(here: Bead, place: UUID, viewer: Viewer) -> list[ChoiceGroup]:
    """Everything of the place that this thing can be tied to."""
    there = beads_of_place(place, viewer)
    groups = []
    for relation, from_here, kind in _ways_for(here.kind):
        others = [bead for bead in there.get(kind, []) if bead.public_id != here.public_id]
        if others:
            words = READINGS[relation].there if from_here else READINGS[relation].back
            label = _("It %(relation)s … (%(kind)s)") % {"relation": words, "kind": label_of(kind)}
            choices = tuple(Choice(relation, from_here, bead) for bead in others)
            groups.append(ChoiceGroup(label, choices))
    return groups


def _ways_for(kind: str) -> Iterator[tuple[Relation, bool, str]]:
    for relation, pairs in PAIRS.items():
        for start, end in pairs:
            if start == kind:
                yield relation, True, end
            elif end == kind:
                yield relation, False, start
