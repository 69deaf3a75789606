"""Try-outs as they are read: what the doors of this room hand out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.actions.models import ChangeState, Ending, PledgeState, Reply, TryOutStage


@dataclass(frozen=True)
class ListedTryOut:
    """A try-out in a list. Days are those of the programme's time zone; ``changed_at`` is its newest turn."""

    public_id: UUID
    title: str
    what: str
    url: str
    language: str
    stage: str
    ending: str
    planned_on: date
    started_on: date | None
    stopped_on: date | None
    ended_on: date | None
    by_when: date | None
    expects: str
    signed: str
    programme: str
    programme_slug: str
    place: str
    place_slug: str
    is_made_up: bool
    visibility: str
    changed_at: datetime

    @property
    def is_planned(self) -> bool:
        return self.stage == TryOutStage.PLANNED

    @property
    def is_going(self) -> bool:
        return self.stage == TryOutStage.GOING

    @property
    def was_stopped(self) -> bool:
        return self.stopped_on is not None

    @property
    def has_ended(self) -> bool:
        return self.stage == TryOutStage.ENDED

    @property
    def stopped_in_week(self) -> int | None:
        """In which week from its start it was stopped; the first seven days are week 1."""
        if self.stopped_on is None or self.started_on is None:
            return None
        return (self.stopped_on - self.started_on).days // 7 + 1

    @property
    def ending_words(self) -> str:
        return str(Ending(self.ending).label) if self.ending else ""

    @property
    def state_words(self) -> str:
        """Where it stands, in a few words: *Stopped early, in week 10*."""
        if self.has_ended:
            return _("Ended: %(ending)s") % {"ending": self.ending_words}
        if self.stage == TryOutStage.STOPPED:
            return _("Stopped early, in week %(week)d") % {"week": self.stopped_in_week}
        return _("Going on") if self.is_going else _("Planned")


@dataclass(frozen=True)
class TryOutView(ListedTryOut):
    """A try-out in full: what was said before its start, and what happened."""

    how_seen: str
    stop_rule: str
    happened: str
    why_stopped: str
    why_ended: str
    needs_lead: bool

    @property
    def is_fixed(self) -> bool:
        """Whether it has started, so that what was expected stays as it was said."""
        return self.started_on is not None

    def is_overdue(self, today: date) -> bool:
        """Whether the day that was named has passed and nobody has said what became of it."""
        return self.is_going and self.by_when is not None and self.by_when < today

    @property
    def can_be_started(self) -> bool:
        return bool(self.expects and self.by_when and self.stop_rule)


@dataclass(frozen=True)
class ReplyView:
    """What an organisation answered about its pledge."""

    reply: str
    words: str
    on: date

    @property
    def reply_words(self) -> str:
        return str(Reply(self.reply).label)


@dataclass(frozen=True)
class PledgeView:
    """One thing that is offered, pledged or given; ``amount`` in words, empty where nobody said one."""

    public_id: UUID
    organisation: str
    what: str
    kind_words: str
    amount: str
    state: str
    is_on_ledger: bool
    why_withdrawn: str
    due_on: date | None = None
    asked_on: date | None = None
    replies: tuple[ReplyView, ...] = ()

    @property
    def state_words(self) -> str:
        return str(PledgeState(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self.state in (PledgeState.OFFERED, PledgeState.PLEDGED)

    @property
    def is_offer(self) -> bool:
        return self.state == PledgeState.OFFERED

    @property
    def can_be_answered(self) -> bool:
        """Whether its organisation can be asked how it stands: once it is firm, until it is settled."""
        return self.state == PledgeState.PLEDGED

    @property
    def was_withdrawn(self) -> bool:
        return self.state == PledgeState.WITHDRAWN


@dataclass(frozen=True)
class PartnerView:
    """An organisation in a try-out: what it does, and what it gives. ``public_id`` is missing if it only pledged."""

    public_id: UUID | None
    name: str
    does: str
    pledges: tuple[PledgeView, ...] = ()


@dataclass(frozen=True)
class TurnView:
    """How far something had come on a day."""

    state: str
    on: date
    words: str

    @property
    def state_words(self) -> str:
        return str(ChangeState(self.state).label)


@dataclass(frozen=True)
class KeyView:
    """One key to what must change, with its question and what was said to it."""

    code: str
    title: str
    question: str | Promise
    words: str
    turns: tuple[TurnView, ...] = ()

    @property
    def newest(self) -> TurnView | None:
        """How far it has come by the newest word."""
        return self.turns[-1] if self.turns else None


@dataclass(frozen=True)
class KeySetView:
    """Four keys with what they have in common."""

    title: str | Promise
    keys: tuple[KeyView, ...]

    @property
    def said(self) -> tuple[KeyView, ...]:
        return tuple(key for key in self.keys if key.words)
