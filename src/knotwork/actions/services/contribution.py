"""What else could explain a change, and what part a try-out claims to have had in it, checked by somebody else."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import ClaimState, ContributionClaim, Likelihood, OtherCause, TryOut
from knotwork.actions.own_word import can_check, organisations_to_check_for
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.core.strands.kinds import beads
from knotwork.programmes.models import Organisation
from knotwork.programmes.services.made import refuse
from knotwork.programmes.services.organisations import organisation_named

_CAUSED = re.compile(r"\bcaus(e|es|ed|ing)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OtherCauseWords:
    """What else could explain it, since when, how likely, and who says so (a part or an organisation)."""

    words: str
    likelihood: str
    said_by: str
    since: date | None = None
    measure: UUID | None = None


def name_other_cause(try_out: UUID, words: OtherCauseWords, *, by: Viewer) -> UUID:
    """Say what else could explain what came of it; it stands beside the change from now on. Returns its public id."""
    needed(words.words, _("Say what else could explain it."))
    needed(words.said_by, _("Say who finds it so likely: a part or an organisation."))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.NAME_OTHER_CAUSE, row))
        if words.measure and ("measure", words.measure) not in beads([("measure", words.measure)], by):
            raise refuse(_("This measure is not known here."))
        columns = asdict(words) | {
            "words": words.words.strip(),
            "said_by": words.said_by.strip()[:120],
            "likelihood": Likelihood(words.likelihood).value,
        }
        made = OtherCause.objects.create(try_out=row, **columns)
        record_of("try_out.other_cause_named", row, by)
    return made.public_id


def withdraw_other_cause(cause: UUID, reason: str, *, by: Viewer) -> None:
    """Take one out of sight: for mistakes. One that was looked into and ruled out stays, as unlikely."""
    reason = needed(reason, _("Say in a few words why it is taken out."))[:300]
    with transaction.atomic():
        held = OtherCause.objects.select_related("try_out").filter(public_id=cause).first()
        if held is None:
            raise refuse(_("This cause is not known here."))
        row = held_try_out(held.try_out.public_id, by)
        require(may(by, Act.NAME_OTHER_CAUSE, row))
        if held.withdrawn_at is not None:
            return
        held.withdrawn_at, held.withdrawn_reason = clock.now(), reason
        held.save()
        record_of("try_out.other_cause_withdrawn", row, by)


def claim(try_out: UUID, what_changed: str, our_part: str, *, by: Viewer, at: datetime | None = None) -> bool:
    """Say what changed and what part the try-out had in it; changed words are a draft again. ``False``: no change."""
    changed = _honest(needed(what_changed, _("Say what changed, with its figures.")))
    part = _honest(needed(our_part, _("Say what part the try-out had in it.")))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.CLAIM, row))
        held = ContributionClaim.objects.filter(try_out=row).first() or ContributionClaim(try_out=row)
        if (held.what_changed, held.our_part) == (changed, part):
            return False
        held.what_changed, held.our_part = changed, part
        held.author_id, held.written_at = by.person_id, at or clock.now()
        held.state, held.checked_at, held.checked_for = ClaimState.DRAFT.value, None, None
        held.checked_by, held.check_says, held.checker = "", "", None
        held.save()
        record_of("try_out.contribution_claimed", row, by)
    return True


def check_claim(
    try_out: UUID, name: str, organisation: str, *, by: Viewer, says: str = "", at: datetime | None = None
) -> None:
    """Somebody of another organisation confirms a claim, by her name as she gives it and the organisation's."""
    name = needed(name, _("Say your name, as it should stand there."))[:120]
    with transaction.atomic():
        row = held_try_out(try_out, by)
        held = ContributionClaim.objects.select_related("try_out").filter(try_out=row).first()
        if held is None:
            raise refuse(_("There is nothing to check yet."))
        require(can_check(by, held))
        if held.state == ClaimState.CHECKED:
            raise refuse(_("Somebody has checked it already."))
        held.checked_for = _organisation_of_checker(row, held, organisation, by)
        held.state, held.checked_by = ClaimState.CHECKED.value, name
        held.checker_id, held.check_says = by.person_id, says.strip()[:300]
        held.checked_at = at or clock.now()
        held.save()
        record_of("try_out.contribution_checked", row, by)


def forget_checker(person_public_id: str) -> int:
    """Take the name of a checker who was erased; that her organisation checked stays. How many names went."""
    named = ContributionClaim.objects.filter(checker__public_id=person_public_id)
    return named.update(checked_by="", check_says="", checker=None)


def _organisation_of_checker(
    row: TryOut, held: ContributionClaim, organisation: str, by: Viewer
) -> Organisation:
    if by.is_administrator:
        return organisation_named(needed(organisation, _("Say for which organisation.")), by=by)
    hers = {each.name: each for each in organisations_to_check_for(by, held)}
    if organisation not in hers:
        raise refuse(_("Choose an organisation from which you come here, and not the writer's own."))
    return hers[organisation]


def _honest(words: str) -> str:
    """No try-out is alone in a place, so nobody can say that it caused anything."""
    if _CAUSED.search(words):
        raise refuse(
            _("Please say what it had a part in, and not what it caused: other things happened as well.")
        )
    return words
