"""What this room holds, asked for in sentences: who may see which row is said here and nowhere else."""

from typing import Self

from django.db.models import Q, QuerySet

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Role, Stage
from knotwork.programmes.querysets import standing_place, standing_programme
from knotwork.programmes.standing import memberships_of, mine_of, staged_for
from knotwork.programmes.written import WrittenQuerySet
from knotwork.support.models import (
    Agreement,
    EnablerProfile,
    HelpRequest,
    LearningEvent,
    Match,
    MatchStage,
    Visit,
)

OF_THE_PLACE = (Role.PLACE_LEAD, Role.PLACE_MEMBER)
"""The people of a place themselves; an enabler stands beside them."""


def seen_place(viewer: Viewer, place: str) -> Q:
    """Rows whose ``place`` the viewer may see, with its programme; a sensitive issue stays inside."""
    seen = standing_place(viewer, place) & standing_programme(viewer, f"{place}__programme")
    if viewer.is_administrator:
        return seen
    calm = Q(**{f"{place}__is_sensitive": False})
    mine = mine_of(viewer).programmes
    return seen & (calm | Q(**{f"{place}__programme_id__in": mine}) if mine else calm)


def places_lived_in(viewer: Viewer) -> list[int]:
    """The places whose own person the viewer is: a lead or a member."""
    held = memberships_of(viewer).filter(role__in=OF_THE_PLACE, place__isnull=False)
    return [place for place in held.values_list("place_id", flat=True) if place is not None]


def of_my_programmes(viewer: Viewer, programme: str) -> Q:
    """Rows of programmes in which the viewer holds any role."""
    if viewer.is_administrator:
        return Q()
    return Q(**{f"{programme}__in": mine_of(viewer).programmes})


class AgreementQuerySet(QuerySet[Agreement]):
    """Agreements, as sentences."""

    def visible_to(self, viewer: Viewer) -> Self:
        staged = staged_for(viewer, programme="place__programme_id")
        return self.filter(staged, seen_place(viewer, "place"), withdrawn_at__isnull=True)


class EnablerProfileQuerySet(QuerySet[EnablerProfile]):
    """Profiles, as sentences."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The people of the programme read them; nobody else does."""
        seen = of_my_programmes(viewer, "programme_id") & standing_programme(viewer, "programme")
        return self.filter(seen, withdrawn_at__isnull=True)


class MatchQuerySet(QuerySet[Match]):
    """Matches, as sentences."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Who works with whom is seen in the programme; that somebody was asked, only by the place and the enabler."""
        known = of_my_programmes(viewer, "place__programme_id") & seen_place(viewer, "place")
        if viewer.is_administrator:
            return self.filter(known)
        together = Q(stage__in=(MatchStage.ACCEPTED, MatchStage.ENDED))
        ours = Q(place_id__in=places_lived_in(viewer)) | Q(profile__person_id=viewer.person_id)
        return self.filter(known, together | ours)


class VisitQuerySet(QuerySet[Visit]):
    """Visits, as sentences."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def with_note_for(self, viewer: Viewer) -> Self:
        """Visits whose note the viewer may read: her own, her place's, and what the place showed to her."""
        standing = self.standing().filter(seen_place(viewer, "match__place"))
        if viewer.is_administrator:
            return standing
        shown = Q(visibility=Stage.PUBLIC)
        if viewer.is_stranger:
            return standing.filter(shown)
        shown |= Q(visibility=Stage.PROGRAMME, match__place__programme_id__in=mine_of(viewer).programmes)
        ours = Q(match__place_id__in=places_lived_in(viewer)) | Q(match__profile__person_id=viewer.person_id)
        return standing.filter(shown | ours)

    def counted_for(self, viewer: Viewer) -> Self:
        """Visits whose days the viewer may count: those of places of her programmes."""
        known = of_my_programmes(viewer, "match__place__programme_id")
        return self.standing().filter(known, seen_place(viewer, "match__place"))


class HelpRequestQuerySet(WrittenQuerySet[HelpRequest]):
    """Requests for help, as sentences."""


class LearningEventQuerySet(WrittenQuerySet[LearningEvent]):
    """Learning events, as sentences."""


def agreements() -> AgreementQuerySet:
    """The agreements of all places."""
    return AgreementQuerySet(Agreement)


def profiles() -> EnablerProfileQuerySet:
    """The profiles of all enablers."""
    return EnablerProfileQuerySet(EnablerProfile)


def matches() -> MatchQuerySet:
    """All matches of places and enablers."""
    return MatchQuerySet(Match)


def visits() -> VisitQuerySet:
    """All visits of enablers."""
    return VisitQuerySet(Visit)


def help_requests() -> HelpRequestQuerySet:
    """All requests for help."""
    return HelpRequestQuerySet(HelpRequest)


def learning_events() -> LearningEventQuerySet:
    """All learning events."""
    return LearningEventQuerySet(LearningEvent)
