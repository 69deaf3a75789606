"""What the reading door of this room hands out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotwork.programmes.models import Stage
from knotwork.support.models import MatchStage, MilestoneWord


@dataclass(frozen=True)
class Where:
    """A place, as far as a row of this room needs it."""

    public_id: UUID
    name: str
    slug: str
    programme: str
    programme_slug: str

    @property
    def url(self) -> str:
        """The page of this room for the place."""
        return reverse("support:place", args=[self.programme_slug, self.slug])


@dataclass(frozen=True)
class MilestoneView:
    """Something due by a day, and the place's own word on it."""

    public_id: UUID
    what: str
    due_on: date
    word: str
    why: str
    said_on: date | None
    where: Where

    @property
    def word_words(self) -> str:
        return str(MilestoneWord(self.word).label)

    @property
    def is_done(self) -> bool:
        return self.word == MilestoneWord.DONE


@dataclass(frozen=True)
class AgreementView:
    """What programme and place agreed, who said yes when, and the milestones in order of their days."""

    public_id: UUID
    words: str
    place_agreed_on: date | None
    programme_agreed_on: date | None
    visibility: str
    milestones: tuple[MilestoneView, ...]
    where: Where

    @property
    def is_agreed(self) -> bool:
        return self.place_agreed_on is not None and self.programme_agreed_on is not None


@dataclass(frozen=True)
class ProfileView:
    """An enabler in her own words; ``days_used`` counts her days with all places of the programme."""

    public_id: UUID
    name: str
    good_at: str
    days: Decimal
    days_used: Decimal
    programme_slug: str
    is_mine: bool

    @property
    def days_left(self) -> Decimal:
        return max(self.days - self.days_used, Decimal(0))


@dataclass(frozen=True)
class MatchView:
    """A place and an enabler with each other."""

    public_id: UUID
    where: Where
    enabler: str
    stage: str
    asked_for: str
    asked_on: date
    days_used: Decimal
    is_for_me: bool

    @property
    def stage_words(self) -> str:
        return str(MatchStage(self.stage).label)

    @property
    def waits(self) -> bool:
        return self.stage == MatchStage.ASKED

    @property
    def is_going(self) -> bool:
        return self.stage == MatchStage.ACCEPTED


@dataclass(frozen=True)
class VisitView:
    """Days with a place, with a note that the viewer may read."""

    public_id: UUID
    on: date
    days: Decimal
    note: str
    enabler: str
    visibility: str
    where: Where

    @property
    def is_shared(self) -> bool:
        return self.visibility in (Stage.PROGRAMME, Stage.PUBLIC)


@dataclass(frozen=True)
class AnswerView:
    """What somebody answered."""

    public_id: UUID
    words: str
    signed: str
    on: date


@dataclass(frozen=True)
class HelpView:
    """A place's own word that it is stuck, the answers, and what helped."""

    public_id: UUID
    where: Where
    words: str
    signed: str
    language: str
    asked_at: datetime
    asked_on: date
    closed_on: date | None
    what_helped: str
    visibility: str
    is_made_up: bool
    answers: tuple[AnswerView, ...]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def url(self) -> str:
        return reverse("support:help", args=[self.where.programme_slug, self.public_id])


@dataclass(frozen=True)
class EventView:
    """A learning event. ``coming`` and ``waiting`` count people; who they are is seen by the team alone."""

    public_id: UUID
    title: str
    what: str
    where: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    most: int | None
    coming: int
    waiting: int
    revision: int
    changed_at: datetime
    written_at: datetime
    is_cancelled: bool
    notes: str
    notes_visibility: str
    visibility: str
    language: str
    programme: str
    programme_slug: str
    is_made_up: bool

    @property
    def url(self) -> str:
        return reverse("support:event", args=[self.programme_slug, self.public_id])

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def when_words(self) -> str:
        """*Tuesday 3 March 2026, 14:00 to 15:30*, in the programme's time zone."""
        begins, ends = self.local_start, self.local_end
        day, until = date_format(begins, "l j F Y"), date_format(ends, "l j F Y")
        words = {"day": day, "from": f"{begins:%H:%M}", "until_day": until, "until": f"{ends:%H:%M}"}
        if begins.date() == ends.date():
            return _("%(day)s, %(from)s to %(until)s") % words
        return _("%(day)s, %(from)s, to %(until_day)s, %(until)s") % words

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.coming >= self.most

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at


@dataclass(frozen=True)
class MyPlace:
    """How the viewer stands to an event: signed up and coming, or waiting as the ``turn``-th."""

    is_signed_up: bool
    turn: int

    @property
    def waits(self) -> bool:
        return self.turn > 0


@dataclass(frozen=True)
class PlaceDays:
    """How many days enablers spent with a place, in how many visits."""

    where: Where
    days: Decimal
    visits: int
