"""Draw on a map: factors, perspectives, links, and names for loops. Nothing is rubbed out, only withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.maps.models import Factor, Link, NamedLoop, Perspective, SystemMap
from knotwork.maps.querysets import factors_on, links_on
from knotwork.maps.rules import Act, can_hold
from knotwork.maps.services.edits import factor_on, held_map, new_edition, record_of, record_of_map, refuse
from knotwork.maps.words import same_words

LONGEST_LOOP = 8
"""Loops are looked for up to this many factors, so a longer one would never be found again."""


@dataclass(frozen=True)
class FactorWords:
    """What a factor is called, and what is to be known about it."""

    label: str
    note: str = ""


@dataclass(frozen=True)
class LinkWords:
    """What people say of one link: its sign (1 or -1), how strong (0 to 1), and how they know."""

    sign: int
    weight: float | None = None
    evidence: str = ""
    confidence: float | None = None
    delay: str = ""


def add_factor(map_id: int, label: str, *, note: str = "", by: Viewer) -> UUID:
    """Put a factor on the map; refused when one with the same words stands already."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        words = _good_factor(row, FactorWords(label, note))
        require(can_hold(factors_on(row).count() + 1))
        factor = Factor.objects.create(map=row, key=next_key(row), label=words.label, note=words.note)
        new_edition(row)
        record_of("factor", factor.public_id, "factor.added", row, by)
    return factor.public_id


def change_factor(map_id: int, factor: UUID, words: FactorWords, *, by: Viewer) -> bool:
    """Call a factor something else; its links stay. ``False`` when it is called so already."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = factor_on(row, factor)
        good = _good_factor(row, words, but=stands)
        if (stands.label, stands.note) == (good.label, good.note):
            return False
        Factor.objects.filter(pk=stands.pk).update(label=good.label, note=good.note)
        new_edition(row)
        record_of("factor", stands.public_id, "factor.changed", row, by)
    return True


def withdraw_factor(map_id: int, factor: UUID, reason: str, *, by: Viewer) -> None:
    """Take a factor off the map. What people drew from and to it is kept, and no longer shown."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = factor_on(row, factor)
        Factor.objects.filter(pk=stands.pk).update(withdrawn_at=clock.now(), withdrawn_reason=reason)
        new_edition(row)
        record_of("factor", stands.public_id, "factor.withdrawn", row, by)


def add_perspective(map_id: int, name: str, people: int, *, by: Viewer) -> UUID:
    """A view of its own: one person's, or that of so many people at one table."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = Perspective(map=row)
        _write_perspective(stands, name, people)
        new_edition(row)
        record_of_map("perspective.added", row, by, perspective=stands.public_id)
    return stands.public_id


def change_perspective(map_id: int, perspective: UUID, name: str, people: int, *, by: Viewer) -> None:
    """Put right what a perspective is called, and how many people drew it."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = _perspective(row, perspective)
        _write_perspective(stands, name, people)
        new_edition(row)
        record_of_map("perspective.changed", row, by, perspective=stands.public_id)


def add_link(  # noqa: PLR0913 - a link is a sentence, and these are its words
    map_id: int,
    perspective: UUID,
    source: UUID,
    target: UUID,
    sign: int,
    *,
    weight: float | None = None,
    evidence: str = "",
    by: Viewer,
) -> UUID:
    """Draw a link in one perspective; drawn again, it takes the place of the one that stood there."""
    words = LinkWords(sign, weight, evidence)
    _require_good_link(words)
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        drawn_by = _perspective(row, perspective)
        ends = factor_on(row, source), factor_on(row, target)
        if ends[0] == ends[1]:
            raise refuse(_("A link goes from one factor to another one."))
        Link.objects.filter(
            perspective=drawn_by, source=ends[0], target=ends[1], withdrawn_at__isnull=True
        ).update(withdrawn_at=clock.now(), withdrawn_reason=_("Drawn anew."))
        link = Link.objects.create(
            map=row, perspective=drawn_by, source=ends[0], target=ends[1], **vars(words)
        )
        new_edition(row)
        record_of_map("link.added", row, by, link=link.public_id)
    return link.public_id


def withdraw_link(map_id: int, link: UUID, reason: str, *, by: Viewer) -> None:
    """Take a link back; it stays in the record."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = Link.objects.filter(map=row, public_id=link, withdrawn_at__isnull=True)
        if not stands.update(withdrawn_at=clock.now(), withdrawn_reason=reason):
            raise refuse(_("This link does not stand on this map."))
        new_edition(row)
        record_of_map("link.withdrawn", row, by, link=link)


def name_loop(map_id: int, factors: Sequence[UUID], name: str, *, by: Viewer) -> UUID:
    """Give a loop a name. ``factors`` stand in causal order, each linked to the next and the last to the first."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        around = [factor_on(row, factor) for factor in factors]
        _require_loop(row, around)
        cycle = as_cycle([factor.key for factor in around])
        loop, is_new = NamedLoop.objects.get_or_create(
            map=row, cycle=cycle, withdrawn_at__isnull=True, defaults={"name": _good_name(name)}
        )
        if not is_new:
            NamedLoop.objects.filter(pk=loop.pk).update(name=_good_name(name))
        new_edition(row)
        record_of_map("loop.named", row, by, loop=loop.public_id)
    return loop.public_id


def unname_loop(map_id: int, loop: UUID, *, by: Viewer) -> None:
    """Take the name of a loop back; the loop stays as long as its links do."""
    with transaction.atomic():
        row = held_map(map_id, Act.DRAW, by)
        stands = NamedLoop.objects.filter(map=row, public_id=loop, withdrawn_at__isnull=True)
        if stands.update(withdrawn_at=clock.now()):
            new_edition(row)
            record_of_map("loop.unnamed", row, by, loop=loop)


def as_cycle(keys: Sequence[str]) -> str:
    """Keys in causal order as a loop is written, with the first in the order of the map at the front.

    >>> as_cycle(["17", "21", "3"])
    '3>17>21'
    """
    first = min(range(len(keys)), key=lambda at: key_order(keys[at]))
    return ">".join([*keys[first:], *keys[:first]])


def key_order(key: str) -> tuple[bool, int, str]:
    """The order of factors on a map: numbers as numbers, before words."""
    return (False, int(key), key) if key.isascii() and key.isdigit() else (True, 0, key)


def next_key(system_map: SystemMap) -> str:
    """The key of the next factor: one more than the highest number ever given on this map."""
    given = Factor.objects.filter(map=system_map).values_list("key", flat=True)
    return str(1 + max((int(key) for key in given if key.isascii() and key.isdigit()), default=0))


def _good_factor(system_map: SystemMap, words: FactorWords, but: Factor | None = None) -> FactorWords:
    label = " ".join(words.label.split())[:120]
    if not label:
        raise refuse(_("A factor needs a few words."))
    stands = factors_on(system_map) if but is None else factors_on(system_map).exclude(pk=but.pk)
    if any(same_words(label, other) for other in stands.values_list("label", flat=True)):
        raise refuse(_("“%(label)s” stands on this map already.") % {"label": label})
    return FactorWords(label, words.note.strip())


def _good_name(name: str) -> str:
    good = " ".join(name.split())[:120]
    if not good:
        raise refuse(_("A name needs a few words."))
    return good


def _write_perspective(row: Perspective, name: str, people: int) -> None:
    row.name, row.people = _good_name(name), people
    if people < 1:
        raise refuse(_("A perspective is drawn by at least one person."))
    others = Perspective.objects.filter(map=row.map).exclude(pk=row.pk)
    if any(same_words(row.name, other) for other in others.values_list("name", flat=True)):
        raise refuse(_("There is a perspective called “%(name)s” already.") % {"name": row.name})
    row.save()


def _perspective(system_map: SystemMap, public_id: UUID) -> Perspective:
    row = Perspective.objects.filter(map=system_map, public_id=public_id).first()
    if row is None:
        raise refuse(_("This perspective does not belong to this map."))
    return row


def _require_good_link(words: LinkWords) -> None:
    if words.sign not in (1, -1):
        raise refuse(_("A link leads either to more or to less."))
    if words.weight is not None and not 0 < words.weight <= 1:
        raise refuse(_("How strong a link is lies between 0 and 1."))


def _require_loop(system_map: SystemMap, around: Sequence[Factor]) -> None:
    if not 2 <= len(set(around)) == len(around) <= LONGEST_LOOP:
        raise refuse(_("A loop goes through two to eight factors, each of them once."))
    drawn = set(links_on(system_map).values_list("source_id", "target_id"))
    for one, other in zip(around, [*around[1:], around[0]], strict=True):
        if (one.pk, other.pk) not in drawn:
            raise refuse(
                _("Nobody drew a link from “%(one)s” to “%(other)s”, so this is no loop.")
                % {"one": one.label, "other": other.label}
            )
