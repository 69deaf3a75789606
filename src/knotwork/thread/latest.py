"""What happened last, in sentences: read from events, shown only if the viewer may see their subject."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.queries import Happening, latest_in_place, latest_in_programme, of_places_since
from knotwork.core.events.telling import telling_of
from knotwork.core.strands.kinds import Bead, beads, known_kinds

SHOWN = 8
_READ = 120
_READ_OF_PLACES = 3000

Subject = tuple[str, UUID]


@dataclass(frozen=True)
class News:
    """One line: what happened, when, and where to look, if that is not the page it is read on."""

    at: datetime
    words: str
    url: str
    programme: str = ""


def news_of_programme(programme: UUID, viewer: Viewer, *, most: int = SHOWN) -> list[News]:
    """The newest lines of a programme that the viewer may see."""
    read = latest_in_programme(programme, most=_READ)
    return _told(read, viewer, ("programme", programme), most)


def news_of_place(place: UUID, viewer: Viewer, *, most: int = SHOWN) -> list[News]:
    """The newest lines of a place that the viewer may see."""
    read = latest_in_place(place, most=_READ)
    return _told(read, viewer, ("place", place), most)


def moved_in_places(programme: UUID, viewer: Viewer, since: datetime) -> dict[UUID, list[News]]:
    """What moved in each place of a programme from a moment on: acts of one kind are one line, newest first.

    All places are asked for together, so that twenty-five cost as many questions as three.
    """
    read = of_places_since(programme, since, most=_READ_OF_PLACES)
    told = [happening for happening in read if telling_of(happening.verb)]
    seen = beads({_subject(act) for act in told}, viewer)
    by_place: dict[UUID, dict[str, list[Happening]]] = {}
    for act in told:
        if act.place is not None and _subject(act) in seen:
            by_place.setdefault(act.place, {}).setdefault(act.verb, []).append(act)
    is_all = len(read) < _READ_OF_PLACES
    return {
        place: [_line(acts, seen, ("place", place), is_all=is_all) for acts in verbs.values()]
        for place, verbs in by_place.items()
    }


def _told(happenings: list[Happening], viewer: Viewer, here: Subject, most: int) -> list[News]:
    """Acts of one kind on one day become one line, so that a busy hour does not push all else away.

    Where more happened than was read, the earliest day is told as 'more than'. Whether their subjects may be seen is
    asked for as many lines as are wanted, and again for more only where some of them may not.
    """
    cut_off = happenings[-1].at.date() if len(happenings) >= _READ else None
    lines: list[News] = []
    for some in _batched(_by_day_and_verb(happenings), most):
        seen = beads({_subject(act) for acts in some for act in acts}, viewer)
        for acts in some:
            if shown := [act for act in acts if _subject(act) in seen]:
                lines.append(_line(shown, seen, here, is_all=acts[0].at.date() != cut_off))
        if len(lines) >= most:
            break
    return lines[:most]


def _by_day_and_verb(happenings: list[Happening]) -> list[list[Happening]]:
    """The acts that are told, those of one kind on one day together, newest first."""
    groups: dict[tuple[date, str], list[Happening]] = {}
    for happening in happenings:
        if telling_of(happening.verb):
            groups.setdefault((happening.at.date(), happening.verb), []).append(happening)
    return list(groups.values())


def _batched(groups: list[list[Happening]], size: int) -> Iterator[list[list[Happening]]]:
    """The groups, ``size`` at a time."""
    return (groups[start : start + size] for start in range(0, len(groups), size))


def _line(acts: list[Happening], seen: dict[Subject, Bead], here: Subject, *, is_all: bool) -> News:
    telling, subjects = telling_of(acts[0].verb), {_subject(act) for act in acts}
    assert telling is not None  # only verbs that are told come here
    count = len(subjects) if telling.counts_things else len(acts)
    shown = str(count) if is_all else _("More than %(count)d") % {"count": count}
    bead = seen[_subject(acts[0])]
    words = str(telling.sentence % {"count": count, "shown": shown, "title": bead.title})
    return News(acts[0].at, words, bead.url if len(subjects) == 1 and here not in subjects else "")


def _subject(happening: Happening) -> Subject:
    """What must be visible: the thing itself where a room can say so, else the place or programme around."""
    if happening.subject_kind in known_kinds():
        return happening.subject_kind, happening.subject_id
    if happening.place is not None:
        return "place", happening.place
    return "programme", happening.programme or happening.subject_id
