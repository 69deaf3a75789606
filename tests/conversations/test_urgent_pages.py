"""The pages of urgent questions, from the template to 'done'."""

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations.models import Offer, UrgentQuestion, UrgentTemplate
from knotwork.conversations.services.urgent import say_done, say_who_will_act
from knotwork.conversations.short_links import short_link_of
from knotwork.core.accounts.viewer import viewer_for
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import page, press
from tests.conversations.camps import words_of

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "A bus stops",
    "question": "{what} has stopped in {where}. What do you need today?",
    "statements": "I need a lift today.\nI can wait until tomorrow.",
    "agreed_with": "The lunch clubs",
    "language": "en",
    "open_hours": "6",
}


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def lead(place):
    return a_person(Role.MODERATOR, place.programme)


@pytest.fixture
def host(place, lead):
    client = Client()
    client.person = a_person(Role.FACILITATOR, place.programme)
    return signed_in(client, client.person)


def address(name, place, *more):
    return reverse(f"conversations:{name}", args=[place.programme.slug, *more])


@pytest.fixture
def template(host, place, lead) -> UrgentTemplate:
    wanted = TYPED | {"place": place.pk, "duty_lead": lead.pk}
    assert host.post(address("urgent-new", place), wanted).status_code == 303
    return UrgentTemplate.objects.get()


@pytest.fixture
def question(host, place, template) -> UrgentQuestion:
    gaps = {"what": "The 12 bus", "where": "Kettle Lane"}
    answer = host.post(address("urgent-ask", place, template.public_id), gaps)
    question = UrgentQuestion.objects.get()
    assert answer.url == page("urgent", question.conversation)
    return question


def test_a_template_is_listed_with_its_button(host, place, template):
    words = host.get(address("urgent-list", place)).content.decode()
    assert "A bus stops" in words
    assert address("urgent-ask", place, template.public_id) in words


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"question": "{who} has stopped."}, "Only two gaps are known"),
        ({"question": "{what has stopped."}, "Only two gaps are known"),
        ({"statements": "Write to a@example.org"}, "Line 1:"),
        ({"statements": "I need {lift}."}, "Only two gaps are known"),
        ({"agreed_with": ""}, "fill this in"),
        ({"open_hours": "0"}, "open_hours"),
    ],
)
def test_a_template_that_would_not_work_on_the_day_is_refused(host, place, typed, says):
    answer = host.post(address("urgent-new", place), TYPED | typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not UrgentTemplate.objects.exists()


def test_a_template_is_changed_and_used_no_more(host, place, template):
    where = address("urgent-change", place, template.public_id)
    assert "A bus stops" in host.get(where).content.decode()
    assert host.post(where, TYPED | {"name": "A tram stops", "place": place.pk}).status_code == 303
    template.refresh_from_db()
    assert (template.name, template.duty_lead) == ("A tram stops", None)
    host.post(where, {"act": "withdraw"})
    assert host.get(where).status_code == 404


def test_asking_is_one_page_with_at_most_two_fields(host, place, template):
    words = host.get(address("urgent-ask", place, template.public_id)).content.decode()
    main = words[words.index("<main") :]
    assert main[: main.index("</main>")].count('type="text"') == 2


def test_an_open_gap_is_said_at_its_field(host, place, template):
    answer = host.post(address("urgent-ask", place, template.public_id), {"what": "The 12 bus"})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()


def test_a_template_without_gaps_is_asked_with_one_press(host, place, template):
    template.question, template.statements = "What do you need today?", ["I need a lift today."]
    template.save()
    assert host.post(address("urgent-ask", place, template.public_id)).status_code == 303


def test_the_page_that_follows_holds_the_link_to_send(host, question):
    words = words_of(host, question.conversation, "urgent")
    link = short_link_of(question.conversation)
    assert link.address in words
    assert link.square in words


def test_whoever_answers_is_asked_at_the_end_what_she_can_offer(question):
    resident = Client()
    for statement in question.conversation.statements.all():
        press(resident, statement)
    end = resident.get(page("take-part", question.conversation)).content.decode()
    assert page("offer", question.conversation) in end


def test_an_ordinary_conversation_asks_for_no_offers(client):
    conversation = a_conversation(statements=1)
    press(client, conversation.statements.get())
    assert "offer" not in client.get(page("take-part", conversation)).content.decode()
    assert client.get(page("offer", conversation)).status_code == 404


def test_an_offer_is_made_without_an_account_and_read_by_those_who_run_it(host, lead, question):
    resident = Client()
    where = page("offer", question.conversation)
    assert "Only the duty lead reads it" in resident.get(where).content.decode()
    answer = resident.post(where, {"text": "I can drive two people.", "contact": "07700 900123"})
    assert answer.url == f"{where}?just=offered"
    assert "Thank you" in resident.get(answer.url).content.decode()
    words = words_of(host, question.conversation, "urgent")
    assert "I can drive two people." in words
    assert "The duty lead can reach them." in words
    assert "07700 900123" not in words
    assert "07700 900123" in words_of(signed_in(Client(), lead), question.conversation, "urgent")


def test_an_empty_offer_is_refused(client, question):
    answer = client.post(page("offer", question.conversation), {"text": " "})
    assert answer.status_code == 422
    assert not Offer.objects.exists()


def test_a_fourth_offer_within_an_hour_is_asked_to_wait_with_its_words_kept(client, question):
    where = page("offer", question.conversation)
    client.get(where)
    for _ in range(3):
        assert client.post(where, {"text": "I can drive."}).status_code == 303
    answer = client.post(where, {"text": "I can cook."})
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "I can cook." in answer.content.decode()


def test_who_will_act_and_what_was_done_are_for_everybody(host, client, question):
    where = page("urgent", question.conversation)
    host.post(where, {"act": "acting", "who_will_act": "The Forum lends its minibus."})
    assert "The Forum lends its minibus." in words_of(client, question.conversation, "about")
    host.post(where, {"act": "done", "done": "Eleven people were driven."})
    assert "Eleven people were driven." in words_of(client, question.conversation, "about")
    feed = client.get("/feeds/conversations.atom").content.decode()
    assert "Eleven people were driven." in feed


def test_done_before_anybody_acts_is_refused(host, question):
    answer = host.post(page("urgent", question.conversation), {"act": "done", "done": "It is done."})
    assert answer.status_code == 403
    question.refresh_from_db()
    assert question.done == ""


@pytest.mark.parametrize("act", ["acting", "done"])
def test_an_empty_sentence_is_refused_at_its_box(host, question, act):
    say_who_will_act(question, "The Forum.", by=viewer_for(host.person))
    answer = host.post(page("urgent", question.conversation), {"act": act})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()


def test_after_it_is_done_nobody_is_asked_to_offer(host, client, question):
    say_who_will_act(question, "The Forum.", by=viewer_for(host.person))
    say_done(question, "All are home.", by=viewer_for(host.person))
    assert "This is done." in client.get(page("offer", question.conversation)).content.decode()
    assert page("offer", question.conversation) not in words_of(client, question.conversation, "about")


def test_a_stranger_does_not_look_after_it(client, question):
    assert client.get(page("urgent", question.conversation)).status_code == 302
    signed_in(client, a_person())
    assert client.get(page("urgent", question.conversation)).status_code == 403


def test_hosts_find_urgent_questions_in_the_list_of_conversations(host, place):
    assert address("urgent-list", place) in host.get("/listen/").content.decode()
