"""The pages of cycles, of the stop rule that speaks, of claims and of handing over, as people use them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from knotwork.actions import services
from knotwork.actions.models import Cycle, EnteredNumber, Handover, Pledge, StopCheck
from knotwork.actions.queries import claim_of, cycles_of, key_of
from knotwork.actions.services import CheckWords, OtherCauseWords
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.programmes.models import Place, Role
from tests.actions.build import COUNCIL_PAYS, going, planned, row
from tests.builders import a_person, a_place, an_organisation, signed_in, whole_body_of
from tests.measures.build import a_measure
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db

RIDERS = CheckWords("below", Decimal(8), date(2026, 3, 30), number_name="riders a trip")


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def member(client: Client, place: Place) -> Person:
    person = a_person(Role.PLACE_MEMBER, place.programme, place)
    signed_in(client, person)
    return person


@pytest.fixture
def lead(client: Client, place: Place) -> Person:
    person = a_person(Role.PLACE_LEAD, place.programme, place)
    signed_in(client, person)
    return person


def url(try_out: Any, page: str = "") -> str:
    found = row(try_out)
    return f"/programmes/{found.programme.slug}/try/{found.slug}/{page}"


def shown(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def sent(client: Client, address: str, **words: Any) -> str:
    """What is read after the form was taken."""
    return shown(client.post(address, words, follow=True))


class TestCycles:
    def test_one_who_only_reads_sees_no_cycles_where_there_are_none(
        self, client: Client, place: Place
    ) -> None:
        assert "Cycles" not in shown(client.get(url(going(place))))

    def test_a_cycle_is_planned_and_begun_on_one_page(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        assert "try it in small steps" in shown(client.get(url(try_out)))
        page = sent(
            client,
            url(try_out, "cycles/new/"),
            question="Does anybody ride it?",
            prediction="At least 8.",
            begin="on",
        )
        assert "Does anybody ride it?" in page
        assert "Say what came of it" in page
        assert "Plan another cycle" not in page

    def test_what_begins_needs_a_prediction(self, client: Client, place: Place, member: Person) -> None:
        page = shown(client.post(url(going(place), "cycles/new/"), {"question": "Who?", "begin": "on"}), 422)
        assert "Say what you think will happen" in page

    def test_before_the_start_a_cycle_is_planned_and_changed_and_does_not_begin(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = planned(place)
        assert "Begin at once" not in shown(client.get(url(try_out, "cycles/new/")))
        sent(client, url(try_out, "cycles/new/"), question="Who rides it?")
        cycle = Cycle.objects.get().public_id
        page = sent(client, url(try_out, f"cycles/{cycle}/change/"), question="Who waits?", prediction="Few.")
        assert "Who waits?" in page
        assert "Begin this cycle" not in page

    def test_a_planned_cycle_begins_by_a_press_or_asks_for_its_prediction_first(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        cycle = services.plan_cycle(try_out, "Who?", by=ADMINISTRATOR)
        answer = client.post(url(try_out, f"cycles/{cycle}/begin/"))
        assert answer["Location"].endswith(f"cycles/{cycle}/change/")
        services.change_cycle(cycle, "Who?", "Few.", by=ADMINISTRATOR)
        assert "The cycle has begun" in sent(client, url(try_out, f"cycles/{cycle}/begin/"))
        answer = client.get(url(try_out, f"cycles/{cycle}/change/"))
        assert answer.status_code == 303

    def test_it_is_studied_with_its_number_and_cost_and_closed_on_one_page(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        services.make_checkable(try_out, RIDERS, by=ADMINISTRATOR)
        pledge = services.pledge(try_out, COUNCIL_PAYS, by=ADMINISTRATOR)
        cycle = services.plan_cycle(try_out, "Who?", "At least 8.", by=ADMINISTRATOR)
        services.begin_cycle(cycle, by=ADMINISTRATOR)
        address = url(try_out, f"cycles/{cycle}/")
        page = shown(client.get(address))
        assert "You predicted: At least 8." in page
        assert "Riders a trip" in page
        words = {"did": "Moved it", "saw": "Five rode it", "number": "5", "cash": "1600", "days": "4"}
        assert "Please give a day." in shown(client.post(address, words), 422)
        words |= {"number_on": "2026-04-06", "paid_from": str(pledge), "next_step": "another"}
        assert "Say why." in shown(client.post(address, words), 422)
        page = sent(client, address, **words, why="Too few knew.")
        for said in (
            "Five rode it",
            "£1,600 and 4 days",
            "Northvale Council: The cost of one bus",
            "another cycle",
        ):
            assert said in page
        assert "The stop rule says stop" in page
        assert EnteredNumber.objects.get().cycle == Cycle.objects.get()
        assert client.get(address).status_code == 303

    def test_nothing_is_closed_before_something_was_seen_and_the_service_has_the_last_word(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        cycle = services.plan_cycle(try_out, "Who?", "Few.", by=ADMINISTRATOR)
        services.begin_cycle(cycle, by=ADMINISTRATOR)
        address = url(try_out, f"cycles/{cycle}/")
        assert "Say first what you saw" in shown(
            client.post(address, {"next_step": "adopt", "why": "It works"}), 422
        )
        assert client.post(address, {"days": "1.25"}).status_code == 422
        assert client.get(url(try_out, f"cycles/{uuid4()}/")).status_code == 404
        assert cycles_of(row(try_out))[0].is_open


class TestTheStopRule:
    def test_a_lead_lets_it_speak_up(self, client: Client, place: Place, lead: Person) -> None:
        try_out = planned(place)
        assert "Let the stop rule speak up" in shown(client.get(url(try_out)))
        address = url(try_out, "stop-rule/")
        words = {"comparison": "below", "threshold": "8", "from_on": "2026-03-30"}
        assert "which number is watched" in shown(client.post(address, words), 422)
        page = sent(client, address, **words, number_name="riders a trip")
        assert "It says stop if “riders a trip” is below 8" in page
        assert "Change how the stop rule is checked" in page
        assert 'value="riders a trip"' in shown(client.get(address))

    def test_a_measure_of_the_place_is_offered(self, client: Client, place: Place, lead: Person) -> None:
        measure = a_measure(place)
        try_out = planned(place)
        assert measure.title in shown(client.get(url(try_out, "stop-rule/")))
        sent(
            client,
            url(try_out, "stop-rule/"),
            measure=str(measure.public_id),
            comparison="above",
            threshold="60",
            from_on="2026-03-30",
        )
        assert StopCheck.objects.get().measure == measure.public_id
        assert "See the measure" in shown(client.get(url(try_out)))

    def test_numbers_are_entered_the_banner_speaks_to_everybody_and_a_table_is_taken_away(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        services.make_checkable(try_out, RIDERS, by=ADMINISTRATOR)
        page = sent(client, url(try_out, "numbers/new/"), on="2026-04-06", value="7.5", note="A wet Monday")
        assert "The stop rule says stop" in page
        reader = Client()
        page = shown(reader.get(url(try_out)))
        assert "The stop rule says stop" in page
        assert "Nothing stops by itself" in page
        table = whole_body_of(reader.get(url(try_out, "numbers.csv"))).decode()
        assert table.splitlines() == ["Day,riders a trip,Note", "2026-04-06,7.5,A wet Monday"]

    def test_once_it_is_stopped_the_banner_is_silent(self, client: Client, place: Place) -> None:
        try_out = going(place)
        services.make_checkable(try_out, RIDERS, by=ADMINISTRATOR)
        services.enter_number(try_out, date(2026, 4, 6), Decimal(2), by=ADMINISTRATOR)
        services.stop(try_out, "The rule said so.", by=ADMINISTRATOR)
        assert "The stop rule says stop" not in shown(client.get(url(try_out)))

    def test_where_no_number_is_counted_none_is_asked_for(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        assert client.get(url(try_out, "numbers/new/")).status_code == 303
        assert client.get(url(try_out, "numbers.csv")).status_code == 404

    def test_it_was_stopped_and_ended_stands_in_one_sentence(self, client: Client, place: Place) -> None:
        try_out = going(place)
        stopped = datetime(2026, 3, 10, 9, tzinfo=UTC)
        services.stop(try_out, "Too few", by=ADMINISTRATOR, at=stopped)
        services.end(
            try_out, "abandoned", "Nobody asks for it.", by=ADMINISTRATOR, at=stopped + timedelta(days=7)
        )
        page = shown(client.get(url(try_out)))
        assert "It was stopped in week 10, on 10 March 2026, and ended on 17 March 2026" in page


class TestWhatElse:
    def test_a_member_says_what_else_could_explain_it_and_takes_a_mistake_out(
        self, client: Client, place: Place, member: Person
    ) -> None:
        measure = a_measure(place)
        try_out = going(place)
        words = {
            "words": "Fares were capped",
            "likelihood": "possible",
            "said_by": "Buses",
            "since": "2026-01-01",
        }
        page = sent(client, url(try_out, "causes/new/"), **words, measure=str(measure.public_id))
        assert "Fares were capped" in page
        assert "since 1 January 2026" in page
        assert "says Buses" in page
        cause = row(try_out).other_causes.get().public_id
        page = sent(client, url(try_out, f"causes/{cause}/"), reason="Said twice")
        assert "Fares were capped" not in page
        assert client.get(url(try_out, f"causes/{cause}/")).status_code == 404

    def test_a_claim_is_written_by_a_lead_and_checked_by_another_organisation(
        self, client: Client, place: Place, lead: Person
    ) -> None:
        try_out = going(place)
        address = url(try_out, "claim/")
        refused = shown(client.post(address, {"what_changed": "More trips", "our_part": "We caused it"}), 422)
        assert "not what it caused" in refused
        page = sent(client, address, what_changed="More trips", our_part="We helped.")
        assert "Nobody else has checked it yet" in page
        assert "More trips" in shown(client.get(address))
        assert client.get(url(try_out, "claim/check/")).status_code == 403
        checker = a_person(Role.EVALUATOR, place.programme)
        checker.memberships.update(organisation=an_organisation(name="The Circle"))
        other = signed_in(Client(), checker)
        assert "Check what is claimed" in shown(other.get(url(try_out)))
        check = url(try_out, "claim/check/")
        words = {"name": "Rowan Ashe", "organisation": "The Circle", "says": "Fair."}
        assert other.post(check, words).status_code == 422
        page = sent(other, check, **words, looked_at="on")
        assert "Rowan Ashe, The Circle, on" in page
        assert other.get(check).status_code == 303

    def test_a_claim_that_is_not_there_is_not_checked_and_strangers_sign_in(
        self, client: Client, place: Place
    ) -> None:
        try_out = going(place)
        assert "/sign-in/" in client.get(url(try_out, "claim/check/")).url  # type: ignore[attr-defined]
        signed_in(client, a_person(Role.PROGRAMME_TEAM, place.programme))
        assert client.get(url(try_out, "claim/check/")).status_code == 404
        assert claim_of(row(try_out), STRANGER) is None

    def test_an_administrator_chooses_among_the_partners(self, client: Client, place: Place) -> None:
        try_out = going(place)
        services.add_partner(try_out, "The Circle", by=ADMINISTRATOR)
        services.claim(try_out, "More", "We helped", by=ADMINISTRATOR)
        signed_in(client, a_person(is_administrator=True))
        assert "The Circle" in shown(client.get(url(try_out, "claim/check/")))

    def test_the_word_caused_stands_nowhere_on_the_page(
        self, client: Client, place: Place, lead: Person
    ) -> None:
        try_out = going(place)
        services.name_other_cause(try_out, OtherCauseWords("Fares", "likely", "Buses"), by=ADMINISTRATOR)
        services.claim(try_out, "More", "We helped", by=ADMINISTRATOR)
        assert "caused" not in shown(client.get(url(try_out))).lower()


class TestAround:
    def test_how_far_something_is_stands_beside_it_over_time(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        services.say_what_must_change(try_out, "money", "Minutes, not routes", by=ADMINISTRATOR)
        sent(client, url(try_out, "around/money/"), state="not_yet", on="2026-02-01")
        page = sent(client, url(try_out, "around/money/"), state="moving", on="2026-03-01", words="A letter")
        assert "Moving" in page
        assert "1 February 2026: not yet" in page
        key = key_of(row(try_out), "money")
        assert key is not None
        assert len(key.turns) == 2

    def test_a_key_under_which_nothing_must_change_has_no_page(
        self, client: Client, place: Place, member: Person
    ) -> None:
        assert client.get(url(going(place), "around/money/")).status_code == 404


class TestHandingOver:
    def test_a_lead_hands_it_over_and_those_who_work_on_it_read_the_note(
        self, client: Client, place: Place, lead: Person
    ) -> None:
        other = a_person(Role.PLACE_MEMBER, place.programme, place)
        try_out = going(place)
        assert other.email in shown(client.get(url(try_out, "hand-over/")))
        page = sent(client, url(try_out, "hand-over/"), to=str(other.public_id), note="Call the depot.")
        assert "Call the depot." in page
        assert Handover.objects.get().taken_by == other
        assert "Call the depot." not in shown(Client().get(url(try_out)))

    def test_one_without_a_lead_says_so_and_offers_to_name_one(
        self, client: Client, place: Place, lead: Person
    ) -> None:
        planner = a_person(Role.PLACE_MEMBER, place.programme, place)
        try_out = going(place, by=viewer_for(planner))
        planner.memberships.update(closes_at=clock.now())
        page = shown(client.get(url(try_out)))
        assert "It needs a lead" in page
        assert "Say who leads it now" in page
        assert "Say who leads it now" not in shown(Client().get(url(try_out)))


class TestPledges:
    def test_a_pledge_gets_its_day_and_another_when_it_is_still_to_come(
        self, client: Client, place: Place, member: Person
    ) -> None:
        try_out = going(place)
        words = {"organisation": "The Forum", "what": "A counter", "kind": "in_kind", "is_firm": "pledge"}
        page = sent(client, url(try_out, "pledges/new/"), **words, currency="GBP", due_on="2026-12-31")
        assert "Due on 31 December 2026." in page
        pledge = Pledge.objects.get().public_id
        page = sent(client, url(try_out, f"pledges/{pledge}/"), became="open", due_on="2027-01-31")
        assert "Due on 31 January 2027." in page
