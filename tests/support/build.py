"""A programme with a place, its people, and an enabler: what most tests of this room begin with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.mail.models import Letter
from knotwork.programmes.models import Place, Programme, Role
from knotwork.support import queries, services
from knotwork.support.services import EventWords, HelpWords, ProfileWords, VisitWords
from tests.builders import a_person, a_place, a_programme

BEFORE = datetime(2026, 11, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class People:
    """A place and those around it, each as a viewer."""

    programme: Programme
    place: Place
    lead: Viewer
    member: Viewer
    team: Viewer
    enabler: Viewer
    elsewhere: Viewer
    enabler_person: Person

    @property
    def everybody(self) -> dict[str, Viewer]:
        return {name: getattr(self, name) for name in ("lead", "member", "team", "enabler", "elsewhere")}


def people(**place_words: object) -> People:
    """A place with a lead and a member, the team, somebody of another place, and whoever offers to help."""
    programme = a_programme()
    place, other = a_place(programme, **place_words), a_place(programme)
    helper = a_person(Role.FACILITATOR, programme)
    return People(
        programme,
        place,
        viewer_for(a_person(Role.PLACE_LEAD, programme, place)),
        viewer_for(a_person(Role.PLACE_MEMBER, programme, place)),
        viewer_for(a_person(Role.PROGRAMME_TEAM, programme)),
        viewer_for(helper),
        viewer_for(a_person(Role.PLACE_LEAD, programme, other)),
        helper,
    )


def a_profile(who: People, name: str = "Sam") -> UUID:
    words = ProfileWords(name, "I listen well.", Decimal(10))
    return services.write_profile(who.programme.pk, words, by=who.enabler)


def asked(who: People) -> UUID:
    return services.ask_enabler(who.place.pk, a_profile(who), "Listen to us", by=who.lead)


def together(who: People) -> UUID:
    """The enabler accepted."""
    match = asked(who)
    services.answer_place(match, accepts=True, by=who.enabler)
    return match


def a_visit(who: People, note: str = "They listen more.", days: str = "1.5") -> UUID:
    matches = queries.matches_of_place(who.place.public_id, who.lead)
    match = matches[0].public_id if matches else together(who)
    return services.add_visit(match, VisitWords(date(2026, 10, 5), Decimal(days), note), by=who.enabler)


def stuck(who: People, visibility: str = "programme") -> UUID:
    return services.ask_for_help(
        who.place.pk, HelpWords("We are stuck.", "Two leads", visibility), by=who.member
    )


def event_words(**more: object) -> EventWords:
    starts = datetime(2026, 11, 20, 14, tzinfo=UTC)
    given = {"title": "Asking better", "starts_at": starts, "ends_at": datetime(2026, 11, 20, 16, tzinfo=UTC)}
    return EventWords(**(given | more))  # type: ignore[arg-type]


def letters() -> list[tuple[str, str]]:
    """The letters written so far: to whom, and what they are about."""
    return list(Letter.objects.order_by("pk").values_list("to", "subject"))
