"""Urgent questions: from a template to what was done, and nothing kept of those who offered."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.conversations import feeds, rules, urgent_rules
from knotwork.conversations.models import Offer, Statement, UrgentQuestion, UrgentTemplate
from knotwork.conversations.queries.urgent import asked_in, offers_made, offers_of, templates_for
from knotwork.conversations.services.refusals import NotFit, NotOpen, NotTaken
from knotwork.conversations.services.urgent import (
    Prepared,
    ask_now,
    change_template,
    empty_old_offers,
    filled,
    gaps_in,
    offer,
    prepare_template,
    say_done,
    say_who_will_act,
    withdraw_template,
)
from knotwork.conversations.urgent_rules import ACTS, UrgentPart, UrgentStage
from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused
from knotwork.programmes.models import Membership, Role
from tests.builders import a_person, a_place

WORDS = Prepared(
    name="A bus stops",
    question="{what} has stopped in {where}. What do you need today?",
    statements=("I need a lift today.", "I can wait until {what} is back."),
    agreed_with="The lunch clubs",
)
GAPS = {"what": "The 12 bus", "where": "Kettle Lane"}


@pytest.fixture
def place(db: None):
    return a_place()


@pytest.fixture
def lead(place):
    """The duty lead: a moderator."""
    return a_person(Role.MODERATOR, place.programme)


@pytest.fixture
def host(place) -> Viewer:
    return viewer_for(a_person(Role.FACILITATOR, place.programme))


def a_template(place, host: Viewer, **words) -> UrgentTemplate:
    given = {name: getattr(WORDS, name) for name in ("name", "question", "statements", "agreed_with")}
    return prepare_template(place.programme, Prepared(**given | {"place": place} | words), by=host)


@pytest.fixture
def question(place, host, lead) -> UrgentQuestion:
    return ask_now(a_template(place, host, duty_lead=lead), GAPS, by=host)


def an_offer(question, text="I can drive two people.", contact="07000 1", token="a" * 32):
    return offer(question, text, contact, token, "192.0.2.1")


def test_the_table_has_a_line_for_every_stage_and_part():
    assert set(ACTS) == {(stage, part) for stage in UrgentStage for part in UrgentPart}


@given(some.text(max_size=40), some.text(max_size=40))
def test_what_fills_a_gap_is_never_read_as_a_gap(what, where):
    gaps = {"what": what, "where": where}
    assert filled("{what} in {where}, {whom}", gaps) == f"{what} in {where}, {{whom}}"


def test_asking_opens_an_ordinary_conversation_that_closes_by_itself(question, host):
    conversation = question.conversation
    assert conversation.question == "The 12 bus has stopped in Kettle Lane. What do you need today?"
    texts = [row.text for row in conversation.statements.order_by("number")]
    assert texts == ["I need a lift today.", "I can wait until The 12 bus is back."]
    assert rules.can_take_part(conversation)
    with clock.moved_to(clock.now() + timedelta(hours=6)):
        assert rules.phase_of(conversation) is rules.Phase.CLOSED


def test_people_write_only_where_a_duty_lead_looks_at_it_first(place, host, lead):
    without = ask_now(a_template(place, host), GAPS, by=host)
    with_lead = ask_now(a_template(place, host, duty_lead=lead), GAPS, by=host)
    assert not rules.can_add_statement(without.conversation)
    assert rules.can_add_statement(with_lead.conversation)
    assert with_lead.conversation.moderation == "before"


def test_only_somebody_who_may_moderate_there_is_duty_lead(place, host):
    with pytest.raises(Refused):
        a_template(place, host, duty_lead=a_person(Role.PLACE_MEMBER, place.programme))


@pytest.mark.parametrize("gaps", [{}, {"what": "The bus"}, GAPS | {"where": "  "}])
def test_a_gap_that_is_left_open_is_said_and_nothing_is_asked(place, host, gaps):
    with pytest.raises(NotTaken, match="fill every gap"):
        ask_now(a_template(place, host), gaps, by=host)
    assert not UrgentQuestion.objects.exists()


def test_a_gap_that_makes_a_statement_unfit_leaves_nothing_half_written(place, host):
    with pytest.raises(NotFit):
        ask_now(a_template(place, host), GAPS | {"what": "bus@example.org"}, by=host)
    assert not Statement.objects.exists()


def test_a_template_without_gaps_is_asked_with_none():
    assert gaps_in("What do you need today?") == ()


def test_a_question_stays_as_it_was_asked_when_its_template_changes(question, host, place):
    template = question.template
    change_template(
        template, Prepared("New", "Other {what}?", ("Other words here.",), "All", place=place), by=host
    )
    question.conversation.refresh_from_db()
    assert question.conversation.question.startswith("The 12 bus has stopped")


def test_a_withdrawn_template_is_asked_no_more(place, host):
    template = a_template(place, host)
    withdraw_template(template, by=host)
    assert templates_for(host, place.programme) == []
    template.refresh_from_db()
    with pytest.raises(Refused):
        ask_now(template, GAPS, by=host)


def test_a_host_of_one_place_uses_its_templates_only(place, host):
    elsewhere = a_place(place.programme)
    a_template(place, host)
    mine = viewer_for(a_person(Role.FACILITATOR, place=elsewhere))
    assert templates_for(mine, place.programme) == []
    with pytest.raises(Refused):
        ask_now(UrgentTemplate.objects.get(), GAPS, by=mine)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PLACE_LEAD])
def test_whoever_may_not_prepare_a_conversation_asks_nothing_urgent(place, host, role):
    template = a_template(place, host)
    with pytest.raises(Refused):
        ask_now(template, GAPS, by=viewer_for(a_person(role, place.programme)))


# Offers


def test_how_to_reach_somebody_is_read_by_the_duty_lead_alone(question, host, lead):
    an_offer(question)
    (for_lead,) = offers_of(question, viewer_for(lead))
    (for_host,) = offers_of(question, host)
    assert (for_lead.text, for_lead.contact) == ("I can drive two people.", "07000 1")
    assert (for_host.contact, for_host.has_contact) == ("", True)
    administrator = viewer_for(a_person(is_administrator=True))
    assert offers_of(question, administrator)[0].contact == ""
    assert offers_of(question, STRANGER) == []


def test_a_duty_lead_whose_role_ended_reads_nothing(question, lead):
    an_offer(question)
    Membership.objects.filter(person=lead).update(closes_at=clock.now())
    assert offers_of(question, viewer_for(lead)) == []


def test_without_a_duty_lead_nobody_s_contact_is_kept(place, host):
    question = ask_now(a_template(place, host), GAPS, by=host)
    assert an_offer(question).contact == ""


def test_an_offer_leads_to_no_participant(question):
    made = an_offer(question)
    assert {field.name for field in Offer._meta.get_fields()} == {
        "id", "public_id", "question", "text", "contact", "made_at", "emptied_at",
    }  # fmt: skip
    assert made.emptied_at is None


def test_one_browser_makes_three_offers_an_hour(question):
    for _ in range(3):
        an_offer(question)
    with pytest.raises(SlowDown):
        an_offer(question)
    an_offer(question, token="b" * 32)


def test_offers_are_emptied_when_it_is_done_and_their_number_stays(question, host):
    an_offer(question)
    say_who_will_act(question, "Northvale Buses sends a minibus.", by=host)
    say_done(question, "Eleven people were driven.", by=host)
    (row,) = Offer.objects.all()
    assert (row.text, row.contact) == ("", "")
    assert row.emptied_at is not None
    assert offers_made(question) == 1
    with pytest.raises(NotOpen, match="done"):
        an_offer(question)


def test_offers_are_emptied_after_thirty_days(question):
    an_offer(question)
    with clock.moved_to(clock.now() + timedelta(days=29)):
        assert empty_old_offers() == 0
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert empty_old_offers() == 1
        assert empty_old_offers() == 0
    assert Offer.objects.get().contact == ""


def test_an_emptied_offer_stays_empty_when_an_older_dump_is_put_back(question, host):
    an_offer(question)
    say_who_will_act(question, "The Forum.", by=host)
    say_done(question, "It is done.", by=host)
    Offer.objects.update(text="I can drive.", contact="07000 1", emptied_at=None)
    erasures.apply_again()
    assert Offer.objects.get().contact == ""


# Who will act, done


def test_done_comes_after_who_will_act(question, host):
    with pytest.raises(Refused) as refused:
        say_done(question, "It is done.", by=host)
    assert refused.value.decision.reason == "First say who will act."
    say_who_will_act(question, "The Forum.", by=host)
    say_done(question, "It is done.", by=host)
    with pytest.raises(Refused):
        say_who_will_act(question, "Nobody.", by=host)


def test_the_duty_lead_says_it_too_and_others_do_not(question, lead, place):
    say_who_will_act(question, "The Forum.", by=viewer_for(lead))
    for somebody in (STRANGER, viewer_for(a_person(Role.MODERATOR, place.programme))):
        with pytest.raises(Refused):
            say_done(question, "It is done.", by=somebody)


def test_the_place_s_feed_tells_who_acts_and_what_was_done(question, host, place):
    say_who_will_act(question, "Northvale Buses sends a minibus.", by=host)
    with clock.moved_to(clock.now() + timedelta(hours=8)):
        say_done(question, "Eleven people were driven.", by=host)
        entries = feeds.entries(STRANGER, place=place.public_id)
    kinds = [entry.kind for entry in entries]
    assert kinds == ["urgent-done", "conversation-closed", "urgent-acted-on", "conversation"]
    done, _closed, acted_on, _opened = entries
    assert done.title.startswith("Done: The 12 bus")
    assert (done.summary, acted_on.summary) == (
        "Eleven people were driven.",
        "Northvale Buses sends a minibus.",
    )


def test_what_was_asked_is_listed_with_where_it_stands(question, host, place):
    (listed,) = asked_in(place.programme, host)
    assert (listed.stage, listed.is_open) == (UrgentStage.ASKED, True)


def test_a_place_that_became_sensitive_takes_no_offers(question, place):
    place.is_sensitive = True
    place.save()
    question.refresh_from_db()
    question.conversation.refresh_from_db()
    assert not urgent_rules.can_offer(STRANGER, question)
