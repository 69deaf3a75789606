"""Who may speak for an organisation: answer for what it pledged, and check what others claim."""

from django.db.models import Q
from django.utils.translation import gettext as _

from knotwork.actions.models import ContributionClaim, Pledge, PledgeState, TryOut
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Membership, Organisation
from knotwork.programmes.standing import in_force, memberships_of


def organisations_of(viewer: Viewer, try_out: TryOut) -> list[Organisation]:
    """The organisations from which the viewer comes, by her roles in the programme or in the place of the try-out."""
    held = memberships_of(viewer).filter(_here(try_out), organisation__isnull=False)
    found = {each.organisation_id: each.organisation for each in held.select_related("organisation")}
    return [each for each in found.values() if each is not None]


def people_of(organisation: Organisation, try_out: TryOut) -> list[Person]:
    """Everybody who holds a role here from this organisation now, in the order in which they came."""
    held = Membership.objects.filter(in_force(clock.now()), _here(try_out), organisation=organisation)
    awake = held.filter(person__is_active=True, person__blanked_at__isnull=True)
    return list(dict.fromkeys(each.person for each in awake.select_related("person").order_by("pk")))


def can_answer(viewer: Viewer, pledge: Pledge) -> Decision:
    """May the viewer say how this pledge stands, for the organisation that made it? As long as it is open."""
    if not viewer.is_administrator and pledge.organisation not in organisations_of(viewer, pledge.try_out):
        return Decision(False, _("Only people of the organisation that pledged it can answer for it."))
    if pledge.state != PledgeState.PLEDGED:
        return Decision(False, _("This pledge is settled already. Thank you."))
    return ALLOWED


def can_check(viewer: Viewer, claim: ContributionClaim) -> Decision:
    """May the viewer check this claim? Somebody of the programme, of another organisation than whoever wrote it."""
    if claim.author_id is not None and claim.author_id == viewer.person_id:
        return Decision(False, _("Whoever wrote it does not check it. Ask somebody of another organisation."))
    if viewer.is_administrator or organisations_to_check_for(viewer, claim):
        return ALLOWED
    return Decision(
        False, _("Somebody of another organisation checks it, who holds a role in this programme.")
    )


def organisations_to_check_for(viewer: Viewer, claim: ContributionClaim) -> list[Organisation]:
    """The viewer's organisations from which whoever wrote the claim does not come."""
    hers = organisations_of(viewer_for(claim.author), claim.try_out) if claim.author is not None else []
    return [each for each in organisations_of(viewer, claim.try_out) if each not in hers]


def _here(try_out: TryOut) -> Q:
    return Q(programme_id=try_out.programme.pk) & (Q(place__isnull=True) | Q(place=try_out.place))
