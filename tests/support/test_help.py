"""'We are stuck' is the place's own word; others answer; the place closes it."""

from uuid import uuid4

import pytest

from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.mail.kinds import kind_named
from knotwork.core.mail.services import refuse, refuse_url
from knotwork.core.rules import Refused
from knotwork.support import queries, services
from knotwork.support.services import HelpWords
from tests.programmes.build import somebody, verbs
from tests.support.build import letters, people, stuck, together

pytestmark = pytest.mark.django_db


def email(viewer) -> str:
    return Person.objects.get(pk=viewer.person_id).email


def test_only_the_place_says_that_it_is_stuck_and_that_it_is_not_any_more():
    who = people()
    for other in (who.team, who.enabler, who.elsewhere, STRANGER):
        with pytest.raises(Refused, match="Only the people of this place"):
            services.ask_for_help(who.place.pk, HelpWords("They are stuck."), by=other)
    request = stuck(who)
    with pytest.raises(Refused, match="Only the people of this place"):
        services.close_help(request, by=who.team)
    for _ in range(2):
        services.close_help(request, "A walk together.", by=who.lead)
    shown = queries.help_at(request, who.elsewhere)
    assert (shown.is_open, shown.what_helped) == (False, "A walk together.")
    assert queries.open_help(who.programme.pk, who.team) == ()
    assert verbs().count("help_request.closed") == 1


def test_whoever_has_a_role_in_the_programme_answers_and_whoever_asked_gets_a_letter():
    who = people()
    request = stuck(who, "public")
    services.answer_help(request, "Ask the scheduler.", signed="Eastmere", by=who.elsewhere)
    services.answer_help(request, "Thank you.", by=who.member)
    (shown,) = queries.open_help(who.programme.pk, STRANGER)
    assert [(each.words, each.signed) for each in shown.answers] == [
        ("Ask the scheduler.", "Eastmere"),
        ("Thank you.", ""),
    ]
    to_member = [subject for to, subject in letters() if to == email(who.member)]
    assert to_member == [f"An answer for {who.place.name}"]
    with pytest.raises(Refused, match="have a role"):
        services.answer_help(request, "Buy my tool.", by=somebody())
    services.close_help(request, by=who.lead)
    with pytest.raises(Refused, match="not stuck with this any more"):
        services.answer_help(request, "Late", by=who.elsewhere)


def test_the_enablers_of_the_place_and_the_team_hear_of_it_as_far_as_they_may_read_it():
    who = people()
    together(who)
    stuck(who)
    told = {to for to, subject in letters() if subject == f"{who.place.name} asks for help"}
    assert told == {email(who.team), email(who.enabler)}
    quiet = people()
    together(quiet)
    stuck(quiet, "place")
    told = {to for to, subject in letters() if subject == f"{quiet.place.name} asks for help"}
    assert told == {email(quiet.enabler)}


def test_a_letter_can_be_refused():
    who = people()
    token = refuse_url(kind_named("support_stuck"), email(who.team)).rstrip("/").rsplit("/", 1)[-1]
    assert refuse(token)
    stuck(who)
    assert letters() == []


def test_what_is_shown_to_the_place_alone_stays_there():
    who = people()
    request = stuck(who, "place")
    assert queries.help_at(request, who.lead)
    for other in (who.team, who.elsewhere, STRANGER):
        assert queries.help_at(request, other) is None
        with pytest.raises(Refused, match="not known here"):
            services.answer_help(request, "I saw it.", by=other)


def test_what_is_missing_or_cannot_be_shown_is_refused():
    who = people()
    with pytest.raises(Refused, match="Say what you are stuck with"):
        services.ask_for_help(who.place.pk, HelpWords(" "), by=who.lead)
    with pytest.raises(Refused, match="help comes from others"):
        services.ask_for_help(who.place.pk, HelpWords("Stuck", visibility="me"), by=who.lead)
    with pytest.raises(Refused, match="Write a few words"):
        services.answer_help(stuck(who), "", by=who.team)
    with pytest.raises(Refused, match="not known"):
        services.close_help(uuid4(), by=who.lead)
    hushed = people(is_sensitive=True, help_text="Help", help_url="https://example.org/")
    with pytest.raises(Refused, match="sensitive"):
        stuck(hushed, "public")
