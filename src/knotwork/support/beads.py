"""Things of this room as ends of strands: learning events, and requests for help."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.support.querysets import help_requests, learning_events


def event_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Learning events."""
    rows = learning_events().visible_to(viewer).filter(public_id__in=list(public_ids))
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
