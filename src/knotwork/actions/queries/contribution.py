"""What else could explain a change, and what part a try-out is said to have had in it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from knotwork.actions.models import ClaimState, ContributionClaim, OtherCause, TryOut
from knotwork.actions.own_word import can_check
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads
from knotwork.measures.queries import RivalWords, rivals_of


@dataclass(frozen=True)
class OtherCauseView:
    """Something else that could explain it; ``public_id`` is missing where it is said beside a measure."""

    public_id: UUID | None
    words: str
    since: date | None
    how_likely: str
    said_by: str
    measure: Bead | None = None


@dataclass(frozen=True)
class ClaimView:
    """What changed and what part the try-out had; and who of another organisation checked it."""

    what_changed: str
    our_part: str
    is_checked: bool
    state_words: str
    checked_by: str
    checked_for: str
    checked_on: date | None
    check_says: str
    can_check: bool


def other_causes_of(
    row: TryOut, viewer: Viewer, measured_by: tuple[Bead, ...] = ()
) -> tuple[OtherCauseView, ...]:
    """All that else could explain it: what was said here, and what was said beside the measures that would show it.

    In the same words it stands once, with how likely people here find it.
    """
    rows = list(OtherCause.objects.filter(try_out=row, withdrawn_at__isnull=True))
    shown = beads([("measure", each.measure) for each in rows if each.measure], viewer)
    here = [
        OtherCauseView(
            each.public_id,
            each.words,
            each.since,
            each.get_likelihood_display(),
            each.said_by,
            shown.get(("measure", each.measure)) if each.measure else None,
        )
        for each in rows
    ]
    titles = {bead.title: bead for bead in measured_by}
    said = {each.words for each in rows}
    beside = rivals_of([bead.public_id for bead in measured_by], viewer)
    return (*here, *(_beside(each, titles.get(each.measure)) for each in beside if each.words not in said))


def claim_of(row: TryOut, viewer: Viewer) -> ClaimView | None:
    """The claim of a try-out, if somebody made one."""
    held = ContributionClaim.objects.select_related("checked_for", "try_out").filter(try_out=row).first()
    if held is None:
        return None
    zone = ZoneInfo(row.programme.time_zone)
    is_checked = held.state == ClaimState.CHECKED
    return ClaimView(
        what_changed=held.what_changed,
        our_part=held.our_part,
        is_checked=is_checked,
        state_words=held.get_state_display(),
        checked_by=held.checked_by,
        checked_for=held.checked_for.name if held.checked_for else "",
        checked_on=held.checked_at.astimezone(zone).date() if held.checked_at else None,
        check_says=held.check_says,
        can_check=not is_checked and not viewer.is_stranger and bool(can_check(viewer, held)),
    )


def _beside(each: RivalWords, measure: Bead | None) -> OtherCauseView:
    looked = each.checked or _("nobody has looked into it yet")
    return OtherCauseView(None, each.words, each.since, looked, "", measure)
