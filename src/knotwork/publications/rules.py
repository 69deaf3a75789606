"""Who may do what to a publication. Buttons, pages, services and the editing pages all read the one table below."""

from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Programme, Role, Stage
from knotwork.programmes.standing import memberships_of, standing_of
from knotwork.publications.models import Publication


class Act(StrEnum):
    """Something that can be done to a publication."""

    ADD = "add"
    CHANGE = "change"
    PUBLISH = "publish"
    ASK = "ask"
    WITHDRAW = "withdraw"
    BRING_BACK = "bring_back"


class PublicationStage(StrEnum):
    """Where a publication is: not yet shown to everybody, shown to everybody, or withdrawn."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


ACTS: dict[tuple[PublicationStage, Role], frozenset[Act]] = {
    (PublicationStage.DRAFT, Role.PROGRAMME_TEAM): frozenset(Act) - {Act.BRING_BACK},
    (PublicationStage.PUBLIC, Role.PROGRAMME_TEAM): frozenset(Act) - {Act.PUBLISH, Act.BRING_BACK},
    (PublicationStage.WITHDRAWN, Role.PROGRAMME_TEAM): frozenset({Act.BRING_BACK}),
}
"""What each role may do at each stage. An administrator may do what the programme's team may."""

_NOT_YOURS = _("Only the team of this programme can change its library.")
_NOT_NOW: dict[PublicationStage, Promise] = {
    PublicationStage.DRAFT: _("This publication stands. It was not withdrawn."),
    PublicationStage.PUBLIC: _("Everybody can read this already."),
    PublicationStage.WITHDRAWN: _("This publication was withdrawn, so it cannot be changed."),
}


def stage_of(publication: Publication) -> PublicationStage:
    """Where a publication is now."""
    if publication.withdrawn_at is not None:
        return PublicationStage.WITHDRAWN
    is_public = publication.visibility == Stage.PUBLIC
    return PublicationStage.PUBLIC if is_public else PublicationStage.DRAFT


def can(viewer: Viewer, act: Act, publication: Publication) -> Decision:
    """May the viewer do this to the publication, and if not, why?"""
    looks_after = can_add(viewer, publication.programme)
    if not looks_after:
        return looks_after
    if publication.visibility == Stage.ME and publication.author_id != viewer.person_id:
        return Decision(False, str(_("Only whoever began this draft can see it.")))
    stage = stage_of(publication)
    allowed = act in ACTS[stage, Role.PROGRAMME_TEAM]
    return ALLOWED if allowed else Decision(False, str(_NOT_NOW[stage]))


def can_add(viewer: Viewer, programme: Programme) -> Decision:
    """May the viewer put something into this programme's library?"""
    if programme.withdrawn_at is not None:
        return Decision(
            False, str(_("This programme was taken out of sight, so nothing in it can be changed."))
        )
    if standing_of(viewer, programme.pk).has(Role.PROGRAMME_TEAM):
        return ALLOWED
    return Decision(False, str(_NOT_YOURS))


def can_edit_somewhere(viewer: Viewer) -> Decision:
    """May the viewer open the editing pages at all?"""
    mine = memberships_of(viewer).filter(role=Role.PROGRAMME_TEAM, place__isnull=True)
    if viewer.is_administrator or mine.filter(programme__withdrawn_at__isnull=True).exists():
        return ALLOWED
    return Decision(
        False, str(_("Only the teams of programmes and administrators can open the editing pages."))
    )


def edited_by(viewer: Viewer) -> Q:
    """The publications that the viewer may change, as a filter: what ``can(viewer, Act.CHANGE, ...)`` says of each."""
    theirs = Q(withdrawn_at__isnull=True, programme__withdrawn_at__isnull=True)
    theirs &= ~Q(visibility=Stage.ME) | Q(author_id=viewer.person_id, author_id__isnull=False)
    if viewer.is_administrator:
        return theirs
    mine = memberships_of(viewer).filter(role=Role.PROGRAMME_TEAM, place__isnull=True)
    return theirs & Q(programme__in=mine.values("programme_id"))
