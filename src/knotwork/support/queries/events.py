"""Read the learning events of a programme, and how the viewer stands to one."""

from uuid import UUID

from django.db.models import Count

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Provenance, Role, Stage
from knotwork.programmes.standing import mine_of, standing_of
from knotwork.support.models import EventSignUp, LearningEvent
from knotwork.support.queries.nouns import EventView, MyPlace
from knotwork.support.querysets import LearningEventQuerySet, learning_events


def events_for(viewer: Viewer, *, programme: UUID | None = None) -> tuple[EventView, ...]:
    """Learning events that the viewer may see, in the order of their days."""
    rows = learning_events().visible_to(viewer)
    return _views(rows if programme is None else rows.filter(programme__public_id=programme), viewer)


def event_at(public_id: UUID, viewer: Viewer) -> EventView | None:
    """One of them."""
    found = _views(learning_events().visible_to(viewer).filter(public_id=public_id), viewer)
    return found[0] if found else None


def my_place_in(event: UUID, viewer: Viewer) -> MyPlace:
    """Whether the viewer signed up, and if she waits, as the how-manieth."""
    if viewer.person_id is None:
        return MyPlace(False, 0)
    rows = EventSignUp.objects.filter(event__public_id=event).order_by("pk")
    people = list(rows.values_list("person_id", "event__most"))
    for number, (person, most) in enumerate(people, start=1):
        if person == viewer.person_id:
            return MyPlace(True, 0 if most is None else max(number - most, 0))
    return MyPlace(False, 0)


def who_comes(event: UUID, viewer: Viewer) -> tuple[tuple[str, bool], ...]:
    """The addresses of those who signed up, in order, and whether each waits; for the programme's team alone."""
    row = learning_events().visible_to(viewer).filter(public_id=event).first()
    if row is None or not standing_of(viewer, row.programme.pk).has(Role.PROGRAMME_TEAM):
        return ()
    emails = row.sign_ups.order_by("pk").values_list("person__email", flat=True)
    return tuple(
        (email, row.most is not None and number > row.most) for number, email in enumerate(emails, start=1)
    )


def _views(rows: LearningEventQuerySet, viewer: Viewer) -> tuple[EventView, ...]:
    found = list(rows.select_related("programme"))
    counted = (
        EventSignUp.objects.filter(event__in=found).order_by().values_list("event_id").annotate(Count("pk"))
    )
    signed_up = dict(counted)
    return tuple(_view(row, signed_up.get(row.pk, 0), viewer) for row in found)


def _view(row: LearningEvent, signed_up: int, viewer: Viewer) -> EventView:
    coming = signed_up if row.most is None else min(signed_up, row.most)
    is_insider = viewer.is_administrator or row.programme.pk in mine_of(viewer).programmes
    may_read_notes = is_insider or row.notes_visibility == Stage.PUBLIC
    return EventView(
        public_id=row.public_id,
        title=row.title,
        what=row.what,
        where=row.where,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.programme.time_zone,
        most=row.most,
        coming=coming,
        waiting=signed_up - coming,
        revision=row.revision,
        changed_at=row.changed_at,
        written_at=row.written_at,
        is_cancelled=row.cancelled_at is not None,
        notes=row.notes if may_read_notes else "",
        notes_visibility=row.notes_visibility,
        visibility=row.visibility,
        language=row.language,
        programme=str(row.programme),
        programme_slug=row.programme.slug,
        is_made_up=row.programme.provenance == Provenance.MADE_UP,
    )
