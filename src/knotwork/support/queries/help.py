"""Read who asks for help, what was answered, and what helped."""

from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Provenance
from knotwork.support.models import HelpRequest
from knotwork.support.queries.nouns import AnswerView, HelpView
from knotwork.support.queries.rows import day_in, day_said, where_of
from knotwork.support.querysets import HelpRequestQuerySet, help_requests


def help_for(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, is_open: bool | None = None
) -> tuple[HelpView, ...]:
    """Requests for help that the viewer may see, the newest first."""
    rows = help_requests().visible_to(viewer)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    if is_open is not None:
        rows = rows.filter(closed_at__isnull=is_open)
    return _views(rows)


def open_help(programme_id: int, viewer: Viewer) -> tuple[HelpView, ...]:
    """The open requests for help of all places of a programme, the newest first: what is asked for now."""
    return _views(
        help_requests().visible_to(viewer).filter(programme_id=programme_id, closed_at__isnull=True)
    )


def help_at(public_id: UUID, viewer: Viewer) -> HelpView | None:
    """One request for help."""
    found = _views(help_requests().visible_to(viewer).filter(public_id=public_id))
    return found[0] if found else None


def _views(rows: HelpRequestQuerySet) -> tuple[HelpView, ...]:
    return tuple(_view(row) for row in rows.select_related("place__programme").prefetch_related("answers"))


def _view(row: HelpRequest) -> HelpView:
    place = row.place
    assert place is not None, "help is asked by a place: the database keeps it so"
    return HelpView(
        row.public_id,
        where_of(place),
        row.words,
        row.signed,
        row.language,
        row.written_at,
        day_said(place, row.written_at),
        day_in(place, row.closed_at),
        row.what_helped,
        row.visibility,
        place.programme.provenance == Provenance.MADE_UP,
        tuple(
            AnswerView(each.public_id, each.words, each.signed, day_said(place, each.written_at))
            for each in row.answers.all()
        ),
    )
