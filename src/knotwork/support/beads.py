"""Things of this room as ends of strands: learning events, and requests for help."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.support.querysets import LearningEventQuerySet, help_requests, learning_events


def event_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Learning events."""
    return _event_beads(learning_events().visible_to(viewer).filter(public_id__in=list(public_ids)))


def events_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """The learning events of a place's programme that have been, newest first: what is to come helped nobody yet."""
    rows = learning_events().visible_to(viewer).filter(programme__places__public_id=place)
    have_been = rows.filter(starts_at__lte=clock.now(), cancelled_at__isnull=True)
    return _event_beads(have_been.order_by("-starts_at", "-pk"))


def _event_beads(rows: LearningEventQuerySet) -> list[Bead]:
    return [
        Bead(
            "learning_event",
            row.public_id,
            row.title,
            reverse("support:event", args=[row.programme.slug, row.public_id]),
        )
        for row in rows.select_related("programme")
    ]


def help_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Requests for help."""
    rows = help_requests().visible_to(viewer).filter(public_id__in=list(public_ids))
    return [
        Bead(
            "help_request",
            row.public_id,
            _("%(place)s asks for help") % {"place": row.place.name if row.place else ""},
            reverse("support:help", args=[row.programme.slug, row.public_id]),
        )
        for row in rows.select_related("programme", "place")
    ]
