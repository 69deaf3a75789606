"""Read what programmes and places agreed, and what is due."""

from datetime import date, timedelta
from uuid import UUID

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.support.models import Agreement, Milestone, MilestoneWord
from knotwork.support.queries.nouns import AgreementView, MilestoneView
from knotwork.support.queries.rows import day_in, where_of
from knotwork.support.querysets import agreements

SOON = timedelta(days=30)


def agreement_of(place: UUID, viewer: Viewer) -> AgreementView | None:
    """The agreement of a place with its milestones, if there is one that the viewer may see."""
    rows = agreements().visible_to(viewer).select_related("place__programme").filter(place__public_id=place)
    row = rows.first()
    return None if row is None else _view(row)


def milestones_due(
    programme_id: int, viewer: Viewer, *, until: date | None = None
) -> tuple[MilestoneView, ...]:
    """Milestones of all places that are not done and due by ``until`` (in 30 days, if not said), the earliest first."""
    seen = agreements().visible_to(viewer).filter(place__programme_id=programme_id)
    rows = Milestone.objects.filter(agreement__in=seen, withdrawn_at__isnull=True).exclude(
        word=MilestoneWord.DONE
    )
    rows = rows.filter(due_on__lte=until or clock.now().date() + SOON)
    rows = rows.select_related("agreement__place__programme").order_by(
        "due_on", "agreement__place__name", "pk"
    )
    return tuple(_milestone(row) for row in rows)


def _view(row: Agreement) -> AgreementView:
    standing = row.milestones.filter(withdrawn_at__isnull=True).select_related("agreement__place__programme")
    return AgreementView(
        row.public_id,
        row.words,
        day_in(row.place, row.place_agreed_at),
        day_in(row.place, row.programme_agreed_at),
        row.visibility,
        tuple(_milestone(each) for each in standing),
        where_of(row.place),
    )


def _milestone(row: Milestone) -> MilestoneView:
    place = row.agreement.place
    return MilestoneView(
        row.public_id, row.what, row.due_on, row.word, row.why, day_in(place, row.said_at), where_of(place)
    )
