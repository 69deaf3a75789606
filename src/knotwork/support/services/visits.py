"""Days with a place and the note of them: the enabler writes it, the place decides who else reads it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Stage
from knotwork.programmes.services.made import refuse
from knotwork.programmes.written import can_show
from knotwork.support.models import MatchStage, Visit
from knotwork.support.rules import Act, can
from knotwork.support.services.enablers import fit_days, held_match
from knotwork.support.services.rows import record_of

MOST_AT_ONCE = Decimal(60)
SHOWN_TO = (Stage.PLACE.value, Stage.PROGRAMME.value, Stage.PUBLIC.value)


@dataclass(frozen=True)
class VisitWords:
    """When, how many days, and what there is to say of it."""

    on: date
    days: Decimal
    note: str = ""


def add_visit(match: UUID, words: VisitWords, *, by: Viewer) -> UUID:
    """The enabler writes down a visit. Her note is read by the people of the place and by her alone."""
    with transaction.atomic():
        row = held_match(match)
        if by.person_id is None or row.profile.person_id != by.person_id:
            raise refuse(_("Only the enabler writes down visits."))
        if row.stage not in (MatchStage.ACCEPTED, MatchStage.ENDED):
            raise refuse(_("You do not work with this place yet."))
        visit = Visit.objects.create(
            match=row,
            on=words.on,
            days=fit_days(words.days, most=MOST_AT_ONCE),
            note=words.note.strip(),
            visibility=Stage.PLACE,
            written_at=clock.now(),
        )
        _record("visit.added", visit, by)
    return visit.public_id


def share_note(visit: UUID, shown_to: str, *, by: Viewer) -> None:
    """The place shows a note to more people, or to fewer again."""
    with transaction.atomic():
        row = _held(visit)
        place = row.match.place
        require(can(by, Act.SHARE_NOTE, place.programme, place.pk))
        require(can_show(shown_to, place))
        require(can_show_now(by, place.programme, shown_to, place, before=row.visibility))
        if shown_to not in SHOWN_TO:
            raise refuse(_("Choose who may read it."))
        if row.visibility != shown_to:
            Visit.objects.filter(pk=row.pk).update(visibility=shown_to)
            _record("visit.shared", row, by)


def take_out_visit(visit: UUID, reason: str, *, by: Viewer) -> None:
    """The enabler takes a visit out that she wrote by mistake; its days leave the sum."""
    with transaction.atomic():
        row = _held(visit)
        if by.person_id is None or row.match.profile.person_id != by.person_id:
            raise refuse(_("Only whoever wrote it takes it out."))
        if row.withdrawn_at is None:
            Visit.objects.filter(pk=row.pk).update(withdrawn_at=clock.now(), withdrawn_reason=reason[:300])
            _record("visit.taken_out", row, by)


def _held(visit: UUID) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related(
        "match__place__programme", "match__profile"
    )
    row = rows.filter(public_id=visit).first()
    if row is None:
        raise refuse(_("This visit is not known here."))
    return row


def _record(verb: str, row: Visit, by: Viewer) -> None:
    place = row.match.place
    record_of(verb, "visit", row.public_id, by, programme=place.programme, place=place)
