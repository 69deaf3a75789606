"""What people write for a place: who may write, who may read, and what is said about that at the box."""

from typing import Self, TypeVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes.models import Place, Programme, Stage, Written
from knotwork.programmes.querysets import seen_around
from knotwork.programmes.rules import Act, can
from knotwork.programmes.standing import mine_of, staged_for

WrittenT = TypeVar("WrittenT", bound=Written)

WHO_READS = gettext_lazy("You choose below who can read this. Please name no person.")


class WrittenQuerySet(QuerySet[WrittenT]):
    """What people wrote, as sentences. ``WrittenQuerySet(Story)`` is all stories."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """What its stage shows this viewer, within programmes and places that she may see; her own always.

        A place may become sensitive after something was shown to everybody: then only people of its programme see it.
        """
        shown = staged_for(viewer) & nothing_public_of_sensitive_places(viewer)
        if viewer.person_id is not None:
            shown |= Q(author_id=viewer.person_id)
        return self.standing().filter(shown, seen_around(viewer))


def nothing_public_of_sensitive_places(viewer: Viewer) -> Q:
    """Of rows with a ``programme``, a ``place`` and a ``visibility``: what is about a sensitive issue stays inside."""
    if viewer.is_administrator:
        return Q()
    calm = Q(place__isnull=True) | Q(place__is_sensitive=False)
    mine = mine_of(viewer).programmes
    return calm | Q(programme_id__in=mine) if mine else calm


def can_write_for(viewer: Viewer, programme: Programme, place: Place | None) -> Decision:
    """May the viewer write for this place (or, without one, for the programme as a whole)?"""
    return can(viewer, Act.WRITE, programme, None if place is None else place.pk)


def can_change_written(viewer: Viewer, written: Written) -> Decision:
    """The author may, as long as she may write there; and so may the leads of the place and the programme's team."""
    if viewer.person_id is not None and written.author_id == viewer.person_id:
        return can_write_for(viewer, written.programme, written.place)
    place_id = None if written.place is None else written.place.pk
    return can(viewer, Act.CHANGE_WRITTEN, written.programme, place_id)


def can_show(stage: str, place: Place | None) -> Decision:
    """Nothing about a place with a sensitive issue is shown to everybody."""
    if place is not None and place.is_sensitive and stage == Stage.PUBLIC:
        return Decision(
            False, _("The issue of this place is a sensitive one, so nothing about it is shown to everybody.")
        )
    return ALLOWED


def stage_choices(place: Place | None) -> list[tuple[str, str]]:
    """The steps of the ladder that may be chosen here, each saying who reads it."""
    words = {
        Stage.ME: _("Only me"),
        Stage.PLACE: _("People of this place"),
        Stage.PROGRAMME: _("People of the programme: the other places, the team and the steering group"),
        Stage.PUBLIC: _("Everybody"),
    }
    if place is None:
        del words[Stage.PLACE]
    return [(stage.value, label) for stage, label in words.items() if can_show(stage.value, place)]


def stage_field(place: Place | None, *, initial: str = Stage.PLACE.value) -> forms.ChoiceField:
    """The question 'who may read this?', with its answers for this place."""
    return forms.ChoiceField(
        label=_("Who may read this?"),
        choices=stage_choices(place),
        initial=Stage.PROGRAMME.value if place is None and initial == Stage.PLACE else initial,
        widget=forms.RadioSelect,
    )
