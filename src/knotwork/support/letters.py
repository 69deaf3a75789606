"""Letters of this room: only where somebody waits for something, and each can be switched off by its reader."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.mail import services as mail
from knotwork.core.mail.kinds import MailKind
from knotwork.core.mail.kinds import register as register_kind
from knotwork.programmes.models import Programme, Role
from knotwork.programmes.standing import in_force
from knotwork.support.models import HelpRequest, LearningEvent, Match
from knotwork.support.querysets import help_requests

ASKED, ANSWERED = "support_asked", "support_answered"
STUCK, HELP_ANSWERED = "support_stuck", "support_help_answered"
EVENT = "support_event"

NOWHERE = ("@invalid", ".invalid")
"""The ends of addresses that lead nowhere: of people who were erased, and of made-up ones."""

_KINDS = {
    ASKED: _("That a place asks you to help it"),
    ANSWERED: _("That an enabler answered your place"),
    STUCK: _("That a place says it is stuck"),
    HELP_ANSWERED: _("That somebody answered your place's request for help"),
    EVENT: _("News of learning events for which you signed up"),
}


def register() -> None:
    """Called once, when the room starts."""
    for name, title in _KINDS.items():
        stem = name.removeprefix("support_")
        register_kind(MailKind(name, title, optional=True, template=f"support/mail/{stem}"))


def tell_enabler_that_she_is_asked(match: Match) -> None:
    """She is asked, and a place waits for her answer."""
    programme = match.place.programme
    page = reverse("support:enablers", args=[programme.slug])
    _send(ASKED, [match.profile.person], programme, page, place=match.place.name)


def tell_place_that_she_answered(match: Match, *, accepts: bool) -> None:
    """Whoever asked hears the answer."""
    page = reverse("support:place", args=[match.place.programme.slug, match.place.slug])
    people = [match.asked_by] if match.asked_by else []
    names = {"place": match.place.name, "enabler": match.profile.name, "accepts": accepts}
    _send(ANSWERED, people, match.place.programme, page, **names)


def tell_who_may_help(row: HelpRequest) -> None:
    """The enablers of the place and the team, as far as they may read what is asked; not whoever asked."""
    of_the_place = Q(memberships__role=Role.ENABLER, memberships__place=row.place)
    of_the_team = Q(memberships__role=Role.PROGRAMME_TEAM, memberships__programme=row.programme)
    now = clock.now()
    held = Q(memberships__in=row.programme.memberships.filter(in_force(now)))
    people = Person.objects.filter(held, of_the_place | of_the_team).distinct()
    may_read = [
        each
        for each in people.order_by("pk")
        if each.pk != row.author_id
        and help_requests().visible_to(viewer_for(each)).filter(pk=row.pk).exists()
    ]
    _send(STUCK, may_read, row.programme, _page(row), place=row.place.name if row.place else "")


def tell_that_help_was_answered(row: HelpRequest, by: Viewer) -> None:
    """Whoever asked hears of an answer of somebody else."""
    people = [row.author] if row.author and row.author_id != by.person_id else []
    _send(HELP_ANSWERED, people, row.programme, _page(row), place=row.place.name if row.place else "")


def tell_of_event(news: str, row: LearningEvent, people: Iterable[Person]) -> None:
    """What happened to an event (``changed``, ``called_off``, ``moved_up``), to those who signed up."""
    page = reverse("support:event", args=[row.programme.slug, row.public_id])
    _send(EVENT, people, row.programme, page, title=row.title, news=news)


def _page(row: HelpRequest) -> str:
    return reverse("support:help", args=[row.programme.slug, row.public_id])


def _send(kind: str, people: Iterable[Person], programme: Programme, page: str, **words: Any) -> None:
    with translation.override(programme.language):
        for person in people:
            if person.is_active and not person.email.endswith(NOWHERE):
                url = f"{settings.KNOTWORK_ORIGIN}{page}"
                mail.send(kind, person.email, {"programme": str(programme), "url": url, **words})
