"""What the doors of this room hand out: what was written, as one viewer may read it."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import Truncator

from knotwork.core.strands.addresses import thread_url
from knotwork.learning.models import Outcome
from knotwork.programmes.addresses import place_url, programme_url
from knotwork.programmes.models import Place, Programme, Provenance, Stage


@dataclass(frozen=True)
class PlaceRef:
    """A place by its name and its page."""

    id: int
    public_id: UUID
    name: str
    slug: str
    url: str


@dataclass(frozen=True)
class Part:
    """One box of a piece of writing, under its heading."""

    heading: str | Promise
    text: str


@dataclass(frozen=True)
class TiedThing:
    """A thing that a piece of writing speaks of."""

    kind: str
    label: str
    public_id: UUID
    title: str
    url: str


@dataclass(frozen=True)
class Piece:
    """A note, a story, a leadership note or a lesson."""

    kind: str
    label: str | Promise
    public_id: UUID
    title: str
    url: str
    parts: tuple[Part, ...]
    signed: str
    language: str
    written_at: datetime
    stage: str
    programme: str
    programme_slug: str
    is_made_up: bool
    place: PlaceRef | None
    says_what_did_not_work: bool = False

    @property
    def stage_words(self) -> str:
        """Who may read it."""
        return str(Stage(self.stage).label)

    @property
    def text(self) -> str:
        """All its words in one, for feeds and search."""
        return "\n\n".join(part.text for part in self.parts)

    @property
    def parts_below_title(self) -> tuple[Part, ...]:
        """The boxes without the first sentences that stand as the title already."""
        if not self.parts:
            return ()
        first, *others = self.parts
        title = r"\s+".join(map(re.escape, self.title.split()))
        begins = re.match(rf"\s*{title}(?:\s*$|(?<=[.!?\"'’”)])\s+)", first.text)
        rest = first.text[begins.end() :].strip() if begins else first.text
        return (Part(first.heading, rest), *others) if rest else tuple(others)

    @property
    def teaser(self) -> str:
        """The first words below the title."""
        words = " ".join(part.text for part in self.parts_below_title)
        return str(Truncator(" ".join(words.split())).chars(160))

    @property
    def where(self) -> str:
        return self.place.name if self.place else self.programme

    @property
    def where_url(self) -> str:
        return self.place.url if self.place else programme_url(self.programme_slug)

    @property
    def thread_url(self) -> str:
        """Where its golden thread is walked."""
        return thread_url(self.kind, self.public_id)


@dataclass(frozen=True)
class UptakeView:
    """That a place takes up a lesson. ``lesson`` is nothing where the viewer may not read it."""

    public_id: UUID
    url: str
    place: PlaceRef
    programme: str
    programme_slug: str
    is_made_up: bool
    issue: str
    plan: str
    outcome: str
    result: str
    result_at: datetime | None
    sent_back: str
    signed: str
    language: str
    written_at: datetime
    stage: str
    lesson: Piece | None

    @property
    def title(self) -> str:
        """The place and its issue."""
        return f"{self.place.name}: {self.issue}"

    @property
    def outcome_words(self) -> str:
        """Copied, adapted or dropped; empty while it is under way."""
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def stage_words(self) -> str:
        """Who may read it."""
        return str(Stage(self.stage).label)

    @property
    def is_at_home(self) -> bool:
        """Whether the place that learned it uses it for another issue."""
        return self.lesson is not None and self.lesson.place == self.place

    @property
    def thread_url(self) -> str:
        """Where its golden thread is walked."""
        return thread_url("uptake", self.public_id)


@dataclass(frozen=True)
class PlaceChoice:
    """A place for which the viewer may write."""

    id: int
    name: str
    programme: str
    issue: str
    is_sensitive: bool
    slug: str = ""
    programme_slug: str = ""


def place_ref(place: Place, programme: Programme) -> PlaceRef:
    """The place by its name and its page."""
    return PlaceRef(place.pk, place.public_id, place.name, place.slug, place_url(programme.slug, place.slug))


def is_made_up(programme: Programme) -> bool:
    """Whether all of a programme is invented."""
    return programme.provenance == Provenance.MADE_UP
