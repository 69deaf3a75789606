"""The kinds of writing of this room in one table: which model holds a kind, what its boxes ask, where it is read."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from knotwork.core.strands.models import Relation
from knotwork.learning.models import (
    ConsultingRound,
    LeadershipNote,
    Lesson,
    ProgressNote,
    Story,
    Uptake,
    WorkingSession,
)
from knotwork.programmes.models import Written

_TITLE_LETTERS = 90
_END_OF_SENTENCE = re.compile(r"[.!?][\"'’”)]*(?=\s|$)")


@dataclass(frozen=True)
class Tie:
    """How a kind is tied to other things: by which relation, to things of which kinds.

    ``begins_here``: the strand leads from the writing to the other thing, else from the other thing to the writing.
    """

    relation: Relation
    others: tuple[str, ...]
    begins_here: bool


@dataclass(frozen=True)
class Kind:
    """One kind of writing. ``parts`` are its boxes with the heading under which each is read.

    ``tie`` is how it is tied to what it speaks of, ``helped_by`` how its writer says what helped.
    """

    code: str
    model: type[Written]
    label: str | Promise
    plural: str | Promise
    parts: tuple[tuple[str, str | Promise], ...]
    tie: Tie | None = None
    helped_by: Tie | None = None
    is_titled: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The boxes, the title first where there is one."""
        names = tuple(name for name, _heading in self.parts)
        return ("title", *names) if hasattr(self.model, "title") else names


HELPERS = ("session", "consulting_round", "learning_event")
"""What a writer may say helped her to lead differently; those kinds that no room has made known are not offered."""

CAME_OF_IT = ("factor", "try_out", "statement", "decision", "measure", "story")
"""What can come out of a session or a round."""

NOTE = Kind(
    "note",
    ProgressNote,
    _("Progress note"),
    _("Progress notes"),
    (("text", ""),),
    Tie(Relation.TOLD_IN, ("try_out",), begins_here=False),
)
STORY = Kind(
    "story",
    Story,
    _("Story"),
    _("Stories"),
    (
        ("happened", _("What happened")),
        ("changed", _("What changed")),
        ("did_not_work", _("What did not work")),
        ("next_step", _("What comes next")),
    ),
    Tie(Relation.TOLD_IN, ("try_out", "measure"), begins_here=False),
)
LEADERSHIP_NOTE = Kind(
    "leadership_note",
    LeadershipNote,
    _("What we did differently as leaders"),
    _("Differently as leaders"),
    (("did", _("What I did differently")), ("why", _("Why")), ("happened", _("What happened then"))),
    Tie(Relation.PRACTISED_IN, ("try_out", "decision", "session"), begins_here=True),
    Tie(Relation.HELPED_BY, HELPERS, begins_here=True),
)
LESSON = Kind(
    "lesson",
    Lesson,
    _("Lesson"),
    _("Lessons"),
    (("text", ""),),
    Tie(Relation.EVIDENCED_BY, ("story", "measure", "leadership_note", "note"), begins_here=True),
    is_titled=True,
)
SESSION = Kind(
    "session",
    WorkingSession,
    _("Session"),
    _("Sessions on the real issue"),
    (("aim", _("What it is for")), ("came_out", _("What came out"))),
    Tie(Relation.BECAME, CAME_OF_IT, begins_here=True),
    is_titled=True,
)
CONSULTING_ROUND = Kind(
    "consulting_round",
    ConsultingRound,
    _("Co-consulting round"),
    _("Co-consulting rounds"),
    (("text", _("What the place has tried")), ("takes", _("What the place takes")), ("why", _("Why"))),
    Tie(Relation.BECAME, CAME_OF_IT, begins_here=True),
    is_titled=True,
)
UPTAKE = Kind("uptake", Uptake, _("Taken up"), _("Taken up"), (("issue", ""), ("plan", "")))

PIECES = {kind.code: kind for kind in (STORY, LEADERSHIP_NOTE, LESSON, NOTE)}
"""What is written and read in one manner; an uptake has its own pages."""

ALL = {**PIECES, **{kind.code: kind for kind in (UPTAKE, SESSION, CONSULTING_ROUND)}}


def title_of(kind: Kind, row: Written) -> str:
    """The title that was given, or else as many first sentences of the first box as fit on a line."""
    given = str(getattr(row, "title", ""))
    if given:
        return given
    text = " ".join(str(getattr(row, kind.parts[0][0])).split())
    ends = [stop.end() for stop in _END_OF_SENTENCE.finditer(text) if stop.end() <= _TITLE_LETTERS]
    return text[: ends[-1]] if ends else str(Truncator(text).chars(_TITLE_LETTERS))


def address_of(kind: str, programme: str, public_id: UUID, act: str = "") -> str:
    """Where a piece of writing is read, or where one acts on it: ``change``, ``withdraw``."""
    name = kind.replace("_", "-") + (f"-{act}" if act else "")
    return reverse(f"learning:{name}", kwargs={"programme": programme, kind: public_id})
