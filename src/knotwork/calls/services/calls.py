"""Set a call up, publish it, move its deadline, open its bids, lead it on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.models import Call, CallStage, Criterion, DeadlineChange, FeedbackLetter, Question
from knotwork.calls.querysets import calls
from knotwork.calls.rules import Act, may
from knotwork.calls.services.rows import held_call, needed, record_of_call
from knotwork.calls.stages import Mover, call_stages, faults_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.models import Stage
from knotwork.programmes.services import Made
from knotwork.programmes.services.made import good_slug, refuse, standing_programme

RESERVED = frozenset({"new"})


@dataclass(frozen=True)
class CriterionWords:
    """What bids are judged by."""

    title: str
    guidance: str = ""
    weight: int = 1


@dataclass(frozen=True)
class QuestionWords:
    """What a bid answers."""

    words: str
    guidance: str = ""
    word_limit: int | None = None
    is_required: bool = True


@dataclass(frozen=True)
class CallWords:
    """All that a call says before it is published. ``opens_at`` and ``closes_at`` are moments with a time zone."""

    title: str
    opens_at: datetime
    closes_at: datetime
    aims: str = ""
    money: Decimal | None = None
    currency: str = "GBP"
    enabler_days: int | None = None
    learning_events: int | None = None
    number_of_places: int = 1
    eligibility: str = ""
    who_decides: str = ""
    visibility: str = Stage.PUBLIC.value
    needs_sign_off: bool = True
    has_interview: bool = False
    has_moderation: bool = True
    template: str = ""
    language: str = "en"
    criteria: Sequence[CriterionWords] = field(default=())
    questions: Sequence[QuestionWords] = field(default=())


def set_up_call(programme_id: int, words: CallWords, *, by: Viewer, slug: str = "") -> Made:
    """Prepare a call; only the team sees it until it is published."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(programme_rules.can(by, programme_rules.Act.LOOK_AFTER, programme))
        taken = set(Call.objects.filter(programme=programme).values_list("slug", flat=True)) | RESERVED
        row = Call.objects.create(
            programme=programme,
            slug=good_slug(slug, words.title, lambda wanted: wanted in taken),
            **_columns(words),
        )
        _write_parts(row, words)
        record_of_call("call.prepared", row, by)
    return Made(row.pk, row.public_id, row.slug)


def change_call(call: UUID, words: CallWords, *, by: Viewer) -> None:
    """Change a call that is being prepared. Once published its words stay, so that all bids answer the same."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.CHANGE, row))
        Call.objects.filter(pk=row.pk).update(**_columns(words))
        row.criteria.all().delete()
        row.questions.all().delete()
        _write_parts(row, words)
        record_of_call("call.changed", row, by)


def publish_call(call: UUID, *, by: Viewer) -> None:
    """Show the call. Bids are taken from the moment at which it opens."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.PUBLISH, row))
        if row.closes_at <= clock.now():
            raise refuse(_("The deadline lies in the past. Change it first."))
        if not row.questions.exists() or not row.criteria.exists():
            raise refuse(_("A call needs at least one question and one criterion before it is published."))
        faults = faults_of(call_stages(has_interview=row.has_interview, has_moderation=row.has_moderation))
        if faults:
            raise refuse(_("This call would get stuck at the stage %(stage)s.") % {"stage": faults[0].stage})
        _lead(row, CallStage.OPEN, published_at=clock.now())
        record_of_call("call.published", row, by)


def move_deadline(call: UUID, closes_at: datetime, why: str, *, by: Viewer) -> None:
    """Move the deadline of a published call, to a moment that is still to come, and say why; everybody can read it."""
    why = needed(why, _("Say why the deadline is moved. Everybody can read it."))[:300]
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.MOVE_DEADLINE, row))
        if closes_at <= max(clock.now(), row.opens_at):
            raise refuse(_("The new deadline has to lie in the future, and after the call opens."))
        if closes_at == row.closes_at:
            return
        DeadlineChange.objects.create(call=row, before=row.closes_at, after=closes_at, why=why)
        Call.objects.filter(pk=row.pk).update(closes_at=closes_at)
        record_of_call("call.deadline_moved", row, by)


def open_bids(call: UUID, *, by: Viewer) -> None:
    """Break the seal: from now on the team and the reviewers read what was handed in. Never before the deadline."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.OPEN_BIDS, row))
        _lead(row, CallStage.OPENED, opened_at=clock.now())
        record_of_call("call.bids_opened", row, by)


def lead_on(call: UUID, stage: str, *, by: Viewer) -> None:
    """Lead an opened call to a next stage of its graph. To the letters it comes by a decision, and not otherwise."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.LEAD_ON, row))
        graph = call_stages(has_interview=row.has_interview, has_moderation=row.has_moderation)
        if stage == CallStage.LETTERS or not graph.leads(row.stage, stage, Mover.TEAM):
            raise refuse(_("From where this call is now, it cannot go there."))
        if stage == CallStage.ENDED and FeedbackLetter.objects.filter(bid__call=row, sent_at=None).exists():
            raise refuse(_("The letters are not sent yet. Send them before the call is ended."))
        _lead(row, CallStage(stage))
        record_of_call("call.led_on", row, by, stage=stage)


def call_words_of(call: UUID, by: Viewer) -> CallWords:
    """What a call says of itself now, to change some of it."""
    row = calls().visible_to(by).prefetch_related("criteria", "questions").get(public_id=call)
    plain = {name: getattr(row, name) for name in _PLAIN}
    return CallWords(
        **plain,
        criteria=tuple(CriterionWords(one.title, one.guidance, one.weight) for one in row.criteria.all()),
        questions=tuple(
            QuestionWords(one.words, one.guidance, one.word_limit, one.is_required)
            for one in row.questions.all()
        ),
    )


def call_questions(call: UUID) -> list[UUID]:
    """The questions of a call, in their order."""
    return list(Question.objects.filter(call__public_id=call).values_list("public_id", flat=True))


_PLAIN = tuple(name for name in CallWords.__dataclass_fields__ if name not in ("criteria", "questions"))


def _columns(words: CallWords) -> dict[str, object]:
    needed(words.title, _("Give the call a title."))
    if words.closes_at <= words.opens_at:
        raise refuse(_("The deadline comes after the moment at which the call opens."))
    said = {name: value for name, value in asdict(words).items() if name in _PLAIN}
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    visibility = Stage(words.visibility)
    if visibility not in (Stage.PROGRAMME, Stage.PUBLIC):
        raise refuse(_("A call is shown to the people of the programme, or to everybody."))
    return said | {"visibility": visibility.value}


def _write_parts(row: Call, words: CallWords) -> None:
    Criterion.objects.bulk_create(
        Criterion(call=row, order=order, **asdict(one)) for order, one in enumerate(words.criteria)
    )
    Question.objects.bulk_create(
        Question(call=row, order=order, **asdict(one)) for order, one in enumerate(words.questions)
    )


def _lead(row: Call, stage: CallStage, **further: object) -> None:
    Call.objects.filter(pk=row.pk).update(stage=stage, **further)
