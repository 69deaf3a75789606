"""A pledge that is due: its organisation is asked once, and answers by the letter's link or signed in."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from knotwork.actions import services
from knotwork.actions.models import Pledge, PledgeReminder, PledgeReply, PledgeState
from knotwork.actions.queries import PledgeView, pledges_of
from knotwork.actions.services.reminders import answer_path
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.mail.models import Letter
from knotwork.core.mail.services import refuse
from knotwork.core.rules import Refused
from knotwork.programmes.models import (
    LedgerEntry,
    LedgerState,
    Organisation,
    Place,
    Programme,
    Provenance,
    Role,
)
from tests.actions.build import COUNCIL_PAYS, READY, a_member, going, planned, row
from tests.builders import a_person, a_place, signed_in
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 31)
BY_MARCH = replace(COUNCIL_PAYS, due_on=DUE)
A_WEEK_BEFORE = datetime(2026, 3, 24, 9, tzinfo=UTC)


def of_the_council(place: Place, role: Role = Role.ORGANISATION_MEMBER, **words: Any) -> Person:
    """Somebody of the organisation that pledges."""
    person = a_person(role, place.programme, **words)
    council, _is_new = Organisation.objects.get_or_create(name=COUNCIL_PAYS.organisation)
    person.memberships.update(organisation=council)
    return person


def due(place: Place, **words: Any) -> UUID:
    return services.pledge(going(place, replace(READY, **words)), BY_MARCH, by=ADMINISTRATOR)


def ask(at: datetime = A_WEEK_BEFORE) -> int:
    with clock.moved_to(at):
        return services.ask_about_due_pledges()


def the_pledge() -> PledgeView:
    (only,) = pledges_of(Pledge.objects.get().try_out)
    return only


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("to", flat=True))


def link() -> str:
    """The address in the only letter."""
    (body,) = Letter.objects.values_list("body", flat=True)
    found = re.search(r"/try/answer/\S+", body)
    assert found
    return found.group()


class TestReminding:
    def test_a_week_before_the_people_of_the_organisation_are_asked_once_for_each_date(self) -> None:
        place = a_place()
        council = of_the_council(place)
        of_another = a_person(Role.ORGANISATION_MEMBER, place.programme)
        pledge = due(place)
        assert ask(A_WEEK_BEFORE - timedelta(days=1)) == 0
        assert [ask(), ask(), ask(A_WEEK_BEFORE + timedelta(days=7))] == [1, 0, 0]
        assert letters() == [council.email]
        assert of_another.email not in letters()
        assert the_pledge().asked_on == A_WEEK_BEFORE.date()
        services.set_due(pledge, date(2026, 5, 1), by=ADMINISTRATOR)
        assert ask(datetime(2026, 4, 24, 9, tzinfo=UTC)) == 1

    def test_the_letter_says_what_is_due_for_what_and_how_to_refuse_such_letters(self) -> None:
        of_the_council(place := a_place(name="Northvale"))
        due(place)
        ask()
        letter = Letter.objects.get()
        for words in (
            "Northvale Council",
            "The cost of one bus",
            "The 4.40 home",
            "31 March 2026",
            "no-more",
        ):
            assert words in letter.body
        assert letter.subject == "How does this stand: The cost of one bus"

    def test_whoever_refused_such_letters_is_left_in_peace(self) -> None:
        council = of_the_council(place := a_place())
        due(place)
        ask()
        (body,) = Letter.objects.values_list("body", flat=True)
        refuse(re.search(r"/no-more/([^/]+)/", body).group(1))  # type: ignore[union-attr]
        services.set_due(Pledge.objects.get().public_id, date(2026, 5, 1), by=ADMINISTRATOR)
        assert ask(datetime(2026, 4, 30, 9, tzinfo=UTC)) == 0
        assert letters() == [council.email]

    def test_only_whoever_may_see_the_try_out_is_written_to(self) -> None:
        of_the_council(place := a_place())
        due(place, visibility="place")
        assert ask() == 0

    def test_a_lead_of_the_place_from_that_organisation_is_asked_too(self) -> None:
        lead = of_the_council(place := a_place())
        lead.memberships.update(role=Role.PLACE_LEAD, place=place)
        due(place, visibility="place")
        assert ask() == 1

    def test_made_up_people_get_no_letters(self) -> None:
        of_the_council(place := a_place(), email="council@northvale.invalid")
        due(place)
        assert ask() == 0

    def test_an_offer_and_what_is_settled_or_out_of_sight_is_not_asked_about(self) -> None:
        of_the_council(place := a_place())
        services.offer(going(place), BY_MARCH, by=ADMINISTRATOR)
        services.mark_given(due(place), by=ADMINISTRATOR)
        due(place)
        hidden = Pledge.objects.filter(state=PledgeState.PLEDGED).get().try_out
        services.withdraw(hidden.public_id, "A mistake", by=ADMINISTRATOR)
        ended = due(place)
        services.end(
            Pledge.objects.get(public_id=ended).try_out.public_id, "adopted", "It works", by=ADMINISTRATOR
        )
        assert ask() == 0

    def test_who_left_the_organisation_is_not_asked(self) -> None:
        council = of_the_council(place := a_place())
        due(place)
        council.memberships.update(closes_at=A_WEEK_BEFORE)
        assert ask() == 0


class TestAnswering:
    def test_done_makes_it_given_on_the_ledger_too(self) -> None:
        council = of_the_council(place := a_place())
        pledge = due(place)
        services.answer_pledge(pledge, "done", "Paid on Monday", by=viewer_for(council))
        assert the_pledge().state == "given"
        assert LedgerEntry.objects.get().state == LedgerState.RECEIVED
        assert [(each.reply_words, each.words) for each in the_pledge().replies] == [
            ("done", "Paid on Monday")
        ]
        assert verbs()[-3:] == ["try_out.pledge_answered", "pledge.kept", "try_out.given"]

    def test_not_yet_leaves_it_open_and_may_name_another_day(self) -> None:
        council = viewer_for(of_the_council(place := a_place()))
        pledge = due(place)
        services.answer_pledge(pledge, "not_yet", "The committee meets in May.", by=council)
        assert (the_pledge().state, the_pledge().due_on) == ("pledged", DUE)
        with clock.moved_to(A_WEEK_BEFORE):
            services.answer_pledge(pledge, "not_yet", due_on=date(2026, 5, 1), by=council)
            with pytest.raises(Refused, match="still to come"):
                services.answer_pledge(pledge, "not_yet", due_on=date(2026, 3, 24), by=council)
        assert the_pledge().due_on == date(2026, 5, 1)
        assert len(the_pledge().replies) == 2

    def test_cannot_takes_it_back_with_its_reason(self) -> None:
        council = viewer_for(of_the_council(place := a_place()))
        pledge = due(place)
        with pytest.raises(Refused, match="why it cannot"):
            services.answer_pledge(pledge, "cannot", " ", by=council)
        services.answer_pledge(pledge, "cannot", "The budget was cut", by=council)
        assert (the_pledge().state, the_pledge().why_withdrawn) == ("withdrawn", "The budget was cut")
        assert LedgerEntry.objects.get().withdrawn_reason == "The budget was cut"

    def test_only_the_organisation_answers_and_only_while_it_is_open(self) -> None:
        council = viewer_for(of_the_council(place := a_place()))
        pledge = due(place)
        for stranger in (a_member(place), viewer_for(a_person(Role.ORGANISATION_MEMBER, place.programme))):
            with pytest.raises(Refused, match="Only people of the organisation"):
                services.answer_pledge(pledge, "done", by=stranger)
        services.answer_pledge(pledge, "done", by=council)
        with pytest.raises(Refused, match="settled"):
            services.answer_pledge(pledge, "cannot", "Too late", by=council)

    def test_a_pledge_that_is_not_known_is_refused(self) -> None:
        with pytest.raises(Refused, match="not known"):
            services.answer_pledge(uuid4(), "done", by=ADMINISTRATOR)

    def test_a_role_in_another_place_answers_nothing(self) -> None:
        council = of_the_council(place := a_place())
        council.memberships.update(role=Role.PLACE_LEAD, place=a_place(place.programme))
        with pytest.raises(Refused, match="Only people of the organisation"):
            services.answer_pledge(due(place), "done", by=viewer_for(council))

    def test_the_day_is_set_by_people_of_the_place(self) -> None:
        place = a_place()
        pledge = services.offer(planned(place), COUNCIL_PAYS, by=ADMINISTRATOR)
        assert services.set_due(pledge, DUE, by=a_member(place))
        assert not services.set_due(pledge, DUE, by=ADMINISTRATOR)
        services.take_back(pledge, "Cut", by=ADMINISTRATOR)
        assert not services.set_due(pledge, None, by=ADMINISTRATOR)


class TestByLink:
    @pytest.fixture
    def council(self) -> Person:
        place = a_place()
        person = of_the_council(place)
        due(place)
        ask()
        return person

    def test_the_link_shows_the_pledge_without_an_account_and_a_look_changes_nothing(
        self, client: Client, council: Person
    ) -> None:
        answer = client.get(link())
        page = answer.content.decode()
        assert "The cost of one bus" in page
        assert "noindex" in page
        assert "no-store" in answer["Cache-Control"]
        client.head(link())
        assert not PledgeReply.objects.exists()
        assert council.email not in page

    def test_the_page_of_a_made_up_place_says_that_it_is_made_up(
        self, client: Client, council: Person
    ) -> None:
        Programme.objects.update(provenance=Provenance.MADE_UP)
        assert "not a real place" in client.get(link()).content.decode()

    def test_a_press_answers_and_it_stands_on_the_page_of_the_try_out(
        self, client: Client, council: Person
    ) -> None:
        answer = client.post(link(), {"reply": "done", "words": "Paid on Monday"}, follow=True)
        assert "Thank you" in answer.content.decode()
        reply = PledgeReply.objects.get()
        assert (reply.author, reply.by_link, reply.reply) == (council, True, "done")
        try_out = Pledge.objects.get().try_out
        page = client.get(f"/programmes/{try_out.programme.slug}/try/{try_out.slug}/").content.decode()
        assert "Northvale Council answered on" in page
        assert "Paid on Monday" in page
        assert council.email not in page

    def test_cannot_without_a_reason_and_no_answer_at_all_come_back(
        self, client: Client, council: Person
    ) -> None:
        for sent in ({"reply": "cannot"}, {}, {"reply": "not_yet", "due_on": "2020-01-01"}):
            assert client.post(link(), sent).status_code == 422
        assert not PledgeReply.objects.exists()

    def test_once_it_is_settled_the_link_says_so(self, client: Client, council: Person) -> None:
        client.post(link(), {"reply": "cannot", "words": "Cut"})
        answer = client.get(link())
        assert "settled already" in answer.content.decode()
        client.post(link(), {"reply": "done"})
        assert PledgeReply.objects.count() == 1

    def test_after_not_yet_one_can_answer_once_more(self, client: Client, council: Person) -> None:
        page = client.post(link(), {"reply": "not_yet"}, follow=True).content.decode()
        assert "Answer once more" in page
        assert client.post(link(), {"reply": "done"}).status_code == 303

    def test_a_forged_link_and_one_of_somebody_who_left_lead_nowhere(
        self, client: Client, council: Person
    ) -> None:
        good = link()
        assert client.get(good.replace("/answer/", "/answer/x")).status_code == 404
        assert client.get("/try/answer/x/").status_code == 404
        council.memberships.update(closes_at=clock.now())
        assert "Only people of the organisation" in client.get(good).content.decode()
        erase(council, by=ADMINISTRATOR)
        assert client.get(good).status_code == 404

    def test_a_try_out_out_of_sight_leaves_nothing_behind_the_link(
        self, client: Client, council: Person
    ) -> None:
        address = link()
        Programme.objects.update(withdrawn_at=clock.now())
        assert client.get(address).status_code == 404

    def test_the_address_is_the_reminders_own(self, council: Person) -> None:
        assert link() == answer_path(PledgeReminder.objects.get())


class TestSignedIn:
    def test_people_of_the_organisation_answer_on_the_page(self, client: Client) -> None:
        council = of_the_council(place := a_place())
        pledge = due(place)
        try_out = row(Pledge.objects.get().try_out.public_id)
        address = f"/programmes/{place.programme.slug}/try/{try_out.slug}/"
        assert "/sign-in/" in client.get(f"{address}pledges/{pledge}/answer/").url  # type: ignore[attr-defined]
        signed_in(client, council)
        assert "Answer for your organisation" in client.get(address).content.decode()
        answer = client.post(
            f"{address}pledges/{pledge}/answer/", {"reply": "not_yet", "words": "May"}, follow=True
        )
        assert "Your answer stands on this page" in answer.content.decode()
        assert "May" in answer.content.decode()
        assert client.get(f"{address}pledges/{uuid4()}/answer/").status_code == 404
