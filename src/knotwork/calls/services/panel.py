"""Who sits on the panel of a call: appoint a reviewer, end it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knotwork.calls.lines import lines_of
from knotwork.calls.models import Call, Reviewer
from knotwork.calls.rules import Act, may
from knotwork.calls.services import letters
from knotwork.calls.services.conflicts import search
from knotwork.calls.services.rows import held_call, held_reviewer, needed, record_of_call
from knotwork.core import clock
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.models import Membership, Role
from knotwork.programmes.services import Grant, end_membership, grant_membership
from knotwork.programmes.services.made import refuse
from knotwork.programmes.standing import in_force


@dataclass(frozen=True)
class ReviewerWords:
    """Who is asked, and for which organisations she works or speaks: one on each line."""

    email: str
    name: str
    organisations: str = ""


def appoint_reviewer(call: UUID, words: ReviewerWords, *, by: Viewer) -> UUID:
    """Ask somebody onto the panel; she gets the role that lets her read bids, and a letter with the way in.

    Whoever writes or signs a bid of this call may sit on the panel too: that bid, and all that share an organisation
    with her, are kept from her.
    """
    name = needed(words.name, _("Say who she is."))[:120]
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.APPOINT, row))
        person = person_with_email(words.email, by=by)
        known = Reviewer.objects.filter(call=row, person=person).first()
        if known is not None and known.ended_at is None:
            raise refuse(_("This person sits on the panel already."))
        said = {"name": name, "organisations": "\n".join(lines_of(words.organisations)), "ended_at": None}
        reviewer, _is_new = Reviewer.objects.update_or_create(call=row, person=person, defaults=said)
        if not _roles_of(reviewer).exists():
            grant_membership(row.programme_id, person.pk, Grant(Role.PANEL_REVIEWER), by=by)
        search(row, by)
        letters.invite_reviewer(row, person.email)
        record_of_call("call.reviewer_appointed", row, by, reviewer=str(reviewer.public_id))
    return reviewer.public_id


def end_reviewer(reviewer: UUID, why: str, *, by: Viewer) -> None:
    """She leaves the panel. What she handed in stays and counts; what she had not handed in is read by others."""
    why = needed(why, _("Say why she leaves the panel."))[:300]
    with transaction.atomic():
        row = held_reviewer(reviewer, by)
        require(may(by, Act.APPOINT, row.call))
        if row.ended_at is not None:
            raise refuse(_("This person has left the panel already."))
        moment = clock.now()
        Reviewer.objects.filter(pk=row.pk).update(ended_at=moment)
        waiting = row.assignments.filter(submitted_at__isnull=True, ended_at__isnull=True)
        waiting.update(ended_at=moment, ended_why=why)
        if not _sits_elsewhere(row.call, row.person_id):
            for role in _roles_of(row):
                end_membership(row.call.programme_id, role.public_id, by=by)
        record_of_call("call.reviewer_ended", row.call, by, reviewer=str(reviewer))


def _roles_of(reviewer: Reviewer) -> QuerySet[Membership]:
    return Membership.objects.filter(
        in_force(clock.now()),
        person_id=reviewer.person_id,
        programme_id=reviewer.call.programme_id,
        role=Role.PANEL_REVIEWER,
    )


def _sits_elsewhere(call: Call, person_id: int) -> bool:
    others = Reviewer.objects.filter(call__programme_id=call.programme_id, person_id=person_id)
    return others.filter(ended_at__isnull=True).exists()
