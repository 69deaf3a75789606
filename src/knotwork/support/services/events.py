"""Learning events: announced, changed, called off; people sign up, wait, move up; notes afterwards."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.models import Stage
from knotwork.programmes.services.made import refuse, standing_programme
from knotwork.support import letters
from knotwork.support.models import EventSignUp, LearningEvent
from knotwork.support.querysets import learning_events
from knotwork.support.rules import Act, can
from knotwork.support.services.rows import needed, record_of

SHOWN_TO = (Stage.PROGRAMME.value, Stage.PUBLIC.value)


@dataclass(frozen=True)
class EventWords:
    """What is announced of a learning event; ``most`` is how many can come, if there is a limit."""

    title: str
    starts_at: datetime
    ends_at: datetime
    what: str = ""
    where: str = ""
    most: int | None = None
    visibility: str = Stage.PROGRAMME.value
    language: str = "en"


def announce(programme_id: int, words: EventWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Announce a learning event."""
    columns = _columns(words)
    moment = at or clock.now()
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.HOLD_EVENT, programme))
        row = LearningEvent.objects.create(
            programme=programme, author_id=by.person_id, written_at=moment, changed_at=moment, **columns
        )
        _record("learning_event.announced", row, by)
    return row.public_id


def change(event: UUID, words: EventWords, *, by: Viewer) -> None:
    """Change what is announced. Those who signed up get a letter; with more room, those who waited move up."""
    columns = _columns(words)
    with transaction.atomic():
        row = _held(event, by)
        require(can(by, Act.HOLD_EVENT, row.programme))
        if all(getattr(row, name) == value for name, value in columns.items()):
            return
        were_coming = _coming(row)
        LearningEvent.objects.filter(pk=row.pk).update(
            revision=F("revision") + 1, changed_at=clock.now(), **columns
        )
        _record("learning_event.changed", row, by)
        row.refresh_from_db()
        letters.tell_of_event("changed", row, were_coming)
        _tell_who_moved_up(row, were_coming)


def call_off(event: UUID, *, by: Viewer) -> None:
    """Call the event off. Those who signed up get a letter, and calendars hear of it."""
    with transaction.atomic():
        row = _held(event, by)
        require(can(by, Act.HOLD_EVENT, row.programme))
        if row.cancelled_at is not None:
            return
        LearningEvent.objects.filter(pk=row.pk).update(
            cancelled_at=clock.now(), changed_at=clock.now(), revision=F("revision") + 1
        )
        _record("learning_event.called_off", row, by)
        letters.tell_of_event("called_off", row, _signed_up(row))


def write_notes(event: UUID, notes: str, shown_to: str, *, by: Viewer) -> None:
    """Write down afterwards what was learned, and who may read it."""
    if shown_to not in SHOWN_TO:
        raise refuse(_("Notes are for the people of the programme, or for everybody."))
    with transaction.atomic():
        row = _held(event, by)
        require(can(by, Act.HOLD_EVENT, row.programme))
        if (row.notes, row.notes_visibility) != (notes.strip(), shown_to):
            LearningEvent.objects.filter(pk=row.pk).update(notes=notes.strip(), notes_visibility=shown_to)
            _record("learning_event.noted", row, by)


def sign_up(event: UUID, *, by: Viewer) -> None:
    """Say that one comes. When all places are taken, one waits and moves up; twice is as good as once."""
    with transaction.atomic():
        row = _held(event, by)
        require(can(by, Act.TAKE_PART, row.programme))
        if by.person_id is None:
            raise refuse(_("Sign in first."))
        if row.cancelled_at is not None or row.starts_at <= clock.now():
            raise refuse(_("Nobody can sign up for this event any more."))
        _row, is_new = EventSignUp.objects.get_or_create(
            event=row, person_id=by.person_id, defaults={"at": clock.now()}
        )
        if is_new:
            _record("learning_event.signed_up", row, by)


def sign_off(event: UUID, *, by: Viewer) -> None:
    """Say that one does not come after all. Whoever waited first moves up and gets a letter."""
    with transaction.atomic():
        row = _held(event, by)
        if by.person_id is None:
            return
        were_coming = _coming(row)
        gone, _rows = EventSignUp.objects.filter(event=row, person_id=by.person_id).delete()
        if gone:
            _record("learning_event.signed_off", row, by)
            _tell_who_moved_up(row, were_coming)


def _columns(words: EventWords) -> dict[str, object]:
    columns = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(words).items()
    }
    needed(words.title, _("Give it a name."))
    if words.ends_at <= words.starts_at:
        raise refuse(_("It ends after it begins."))
    if words.visibility not in SHOWN_TO:
        raise refuse(_("An event is for the people of the programme, or shown to everybody."))
    if words.most is not None and words.most < 1:
        raise refuse(_("At least one person can come; leave it empty if there is room for all."))
    return columns


def _held(event: UUID, by: Viewer) -> LearningEvent:
    """The event, held until the end of the transaction, so that two who sign up take turns."""
    rows = learning_events().visible_to(by).filter(public_id=event).select_related("programme", "place")
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise refuse(_("This event is not known here."))
    return row


def _signed_up(row: LearningEvent) -> list[Person]:
    return [each.person for each in row.sign_ups.select_related("person").order_by("pk")]


def _coming(row: LearningEvent) -> list[Person]:
    return _signed_up(row)[: row.most]


def _tell_who_moved_up(row: LearningEvent, were_coming: list[Person]) -> None:
    if row.starts_at > clock.now() and row.cancelled_at is None:
        before = {person.pk for person in were_coming}
        letters.tell_of_event("moved_up", row, [who for who in _coming(row) if who.pk not in before])


def _record(verb: str, row: LearningEvent, by: Viewer) -> None:
    record_of(verb, "learning_event", row.public_id, by, programme=row.programme)
