"""What a programme and a place agree: its words, the yes of each side, milestones, and the place's word on them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.services.made import refuse, standing_place
from knotwork.programmes.written import can_show
from knotwork.support.models import Agreement, Milestone, MilestoneWord
from knotwork.support.rules import Act, can
from knotwork.support.services.rows import needed, record_of

SHOWN_TO = (Stage.PROGRAMME.value, Stage.PUBLIC.value)


def write_agreement(
    place_id: int, words: str, *, by: Viewer, visibility: str = Stage.PROGRAMME.value
) -> UUID:
    """Write what is agreed, or change it. Other words take back the yes of both sides."""
    words = needed(words, _("Say what is agreed."))
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHANGE_AGREEMENT, place.programme, place.pk))
        require(can_show(visibility, place))
        if visibility not in SHOWN_TO:
            raise refuse(_("An agreement is shown to the people of the programme, or to everybody."))
        row, is_new = Agreement.objects.get_or_create(
            place=place, defaults={"words": words, "visibility": visibility, "changed_at": clock.now()}
        )
        before = "" if is_new else row.visibility
        require(can_show_now(by, place.programme, visibility, place, before=before))
        if not is_new and (row.words, row.visibility) == (words, visibility):
            return row.public_id
        if row.words != words:
            _take_back_both(row)
        Agreement.objects.filter(pk=row.pk).update(words=words, visibility=visibility)
        _record("agreement.changed", row.public_id, place, by)
    return row.public_id


def say_yes(place_id: int, *, for_the_place: bool, by: Viewer, at: datetime | None = None) -> None:
    """One side says yes to the words and milestones as they stand; twice is as good as once."""
    act = Act.AGREE_FOR_PLACE if for_the_place else Act.AGREE_FOR_PROGRAMME
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, act, place.programme, place.pk))
        row = _agreement(place)
        column = "place_agreed_at" if for_the_place else "programme_agreed_at"
        if getattr(row, column) is None:
            Agreement.objects.filter(pk=row.pk).update(**{column: at or clock.now()})
            side = "place" if for_the_place else "programme"
            _record("agreement.agreed", row.public_id, place, by, side=side)


def add_milestone(place_id: int, what: str, due_on: date, *, by: Viewer) -> UUID:
    """Add something that should be there by a day. Both sides say yes anew."""
    what = needed(what, _("Say what should be there."))[:300]
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHANGE_AGREEMENT, place.programme, place.pk))
        row = _agreement(place)
        milestone = Milestone.objects.create(agreement=row, what=what, due_on=due_on)
        _take_back_both(row)
        _record("milestone.added", milestone.public_id, place, by)
    return milestone.public_id


def take_out_milestone(milestone: UUID, *, by: Viewer) -> None:
    """Take a milestone out of the agreement. Both sides say yes anew."""
    with transaction.atomic():
        row, place = _milestone(milestone)
        require(can(by, Act.CHANGE_AGREEMENT, place.programme, place.pk))
        if row.withdrawn_at is None:
            Milestone.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
            _take_back_both(row.agreement)
            _record("milestone.taken_out", row.public_id, place, by)


def say_word(milestone: UUID, word: str, why: str = "", *, by: Viewer, at: datetime | None = None) -> None:
    """The place's own word: done, not yet, or changed with why."""
    wanted, why = MilestoneWord(word), why.strip()
    if wanted == MilestoneWord.CHANGED and not why:
        raise refuse(_("Say in a few words what changed and why. That is what others learn from."))
    with transaction.atomic():
        row, place = _milestone(milestone)
        require(can(by, Act.SAY_WORD, place.programme, place.pk))
        if (row.word, row.why) == (wanted.value, why):
            return
        said_at = (at or clock.now()) if wanted != MilestoneWord.NOTHING else None
        Milestone.objects.filter(pk=row.pk).update(word=wanted.value, why=why, said_at=said_at)
        _record("milestone.said", row.public_id, place, by, word=wanted.value or "nothing")


def _agreement(place: Place) -> Agreement:
    row = Agreement.objects.select_for_update().filter(place=place).first()
    if row is None:
        raise refuse(_("Write first what is agreed."))
    return row


def _milestone(milestone: UUID) -> tuple[Milestone, Place]:
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("agreement__place__programme")
    row = rows.filter(public_id=milestone).first()
    if row is None:
        raise refuse(_("This milestone is not known here."))
    return row, row.agreement.place


def _take_back_both(row: Agreement) -> None:
    Agreement.objects.filter(pk=row.pk).update(
        place_agreed_at=None, programme_agreed_at=None, changed_at=clock.now()
    )


def _record(verb: str, public_id: UUID, place: Place, by: Viewer, **details: str) -> None:
    record_of(verb, verb.split(".")[0], public_id, by, programme=place.programme, place=place, **details)
