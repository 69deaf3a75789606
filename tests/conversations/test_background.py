"""A few optional questions about oneself: chosen by the host, asked once, kept apart, forgotten when one asks."""

import pytest
from django.test import Client

from knotwork.conversations import report_rules, services
from knotwork.conversations.forms.background import BackgroundForm, as_chosen
from knotwork.conversations.models import (
    BackgroundAnswer,
    BackgroundChoice,
    BackgroundKind,
    BackgroundQuestion,
    Conversation,
    Participant,
    ParticipantToken,
)
from knotwork.conversations.queries.background import background_to_ask, said_of_themselves
from knotwork.conversations.services.background import Choice, Question, questions_of
from knotwork.conversations.services.refusals import NotOpen, NotTaken
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Area, AreaPopulation, PlaceArea, Role
from knotwork.programmes.queries import population_of_place
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import a_participant, page, press

pytestmark = pytest.mark.django_db

AGE = Question(
    BackgroundKind.AGE,
    (Choice("Under 50", 6000), Choice("50 to 79", 3000), Choice("Men aged 80 or over", 400)),
    source="Made up",
    year=2026,
)
STREETS = Question(BackgroundKind.AREA, (Choice("Kettle Lane"), Choice("Mill Street")))


def a_host(conversation: Conversation):
    return a_person(Role.FACILITATOR, conversation.programme)


def asking(*questions: Question, statements: int = 6, **words: object) -> Conversation:
    """An open conversation that asks these questions."""
    conversation = a_conversation(statements=statements, **words)
    services.ask_background(conversation, questions, by=viewer_for(a_host(conversation)))
    return conversation


def after(client: Client, conversation: Conversation, answers: int) -> Client:
    """The same browser after so many answers."""
    for statement in conversation.statements.order_by("number")[:answers]:
        press(client, statement)
    return client


def said_by(participant: Participant) -> dict[str, str | None]:
    rows = BackgroundAnswer.objects.filter(participant=participant).select_related("choice", "question")
    return {row.question.kind: row.choice.name if row.choice else None for row in rows}


# Choosing


def test_a_host_chooses_what_is_asked_and_it_is_recorded_once():
    conversation = a_conversation(statements=1)
    host = viewer_for(a_host(conversation))
    for _again in range(2):
        services.ask_background(conversation, [AGE, STREETS], by=host)
    assert questions_of(conversation) == (AGE, STREETS)
    assert Event.objects.filter(verb="conversation.background_set").count() == 1


def test_choosing_again_replaces_what_was_asked():
    conversation = asking(AGE, STREETS)
    services.ask_background(conversation, [STREETS], by=viewer_for(a_host(conversation)))
    assert questions_of(conversation) == (STREETS,)
    assert BackgroundChoice.objects.count() == 2


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PLACE_LEAD])
def test_nobody_else_chooses(role):
    conversation = a_conversation()
    with pytest.raises(Refused):
        services.ask_background(conversation, [AGE], by=viewer_for(a_person(role, conversation.programme)))
    assert not BackgroundQuestion.objects.exists()


def test_once_somebody_has_said_something_the_questions_stay():
    conversation = asking(AGE)
    services.say_background(a_participant(conversation), {"age": 1})
    with pytest.raises(Refused, match="stay"):
        services.ask_background(conversation, [STREETS], by=viewer_for(a_host(conversation)))
    assert questions_of(conversation) == (AGE,)


@pytest.mark.parametrize("words", [{"held_elsewhere": True}, {"sensitive": True}])
def test_neither_in_a_sensitive_place_nor_elsewhere_is_anybody_asked(words):
    if words.pop("sensitive", False):
        words["place"] = a_place(is_sensitive=True, help_text="Help", help_url="https://example.org")
        words["programme"] = words["place"].programme
    conversation = a_conversation(**words)
    assert not report_rules.can_ask_background(viewer_for(a_host(conversation)), conversation)


@pytest.mark.parametrize(
    "choices",
    [
        (Choice("Alone"),),
        (Choice("Same"), Choice("same")),
        tuple(Choice(str(n)) for n in range(13)),
        (Choice("A", 5), Choice("B")),
    ],
)
def test_choices_that_make_no_question_are_refused(choices):
    with pytest.raises(ValueError, match=r"choices|source"):
        Question(BackgroundKind.AGE, choices)


def test_named_parts_that_changed_meanwhile_are_not_taken():
    conversation = a_conversation(named_parts=["Leaders", "Residents"])
    question = Question(BackgroundKind.ROLE, (Choice("Leaders"), Choice("Others")), takes_named_parts=True)
    with pytest.raises(NotTaken, match="changed"):
        services.ask_background(conversation, [question], by=viewer_for(a_host(conversation)))


# The host's page


def test_the_host_chooses_on_her_own_page(client: Client):
    place = a_place()
    conversation = a_conversation(place.programme, place=place, statements=1)
    signed_in(client, a_host(conversation))
    typed = {
        "age": "from_15",
        "area": "own",
        "area_own": "Kettle Lane; 1 200\nMill Street;900\nSomewhere else",
        "area_source": "The housing register",
        "area_year": "2025",
        "role": "",
    }
    response = client.post(page("background", conversation), typed, follow=True)
    assert "from now on" in response.content.decode()
    age, area = questions_of(conversation)
    assert [choice.name for choice in age.choices][:2] == ["Under 15", "15 to 24"]
    assert area.choices == (Choice("Kettle Lane", 1200), Choice("Mill Street", 900), Choice("Somewhere else"))
    assert (area.source, area.year) == ("The housing register", 2025)
    html = client.get(page("background", conversation)).content.decode()
    assert "Kettle Lane; 1200" in html


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"age_own": "One line"}, "2 to 12 choices"),
        ({"age_own": "Same\nsame"}, "the same"),
        ({"age_own": "Old; many\nYoung"}, "found: many"),
        ({"age_own": "Old;\nYoung"}, "found: nothing"),
        ({"age_own": "Old; 5\nYoung"}, "where the numbers come from"),
        ({"age_own": f"{'x' * 81}\nYoung"}, "at most 80"),
        ({"age_own": "Old; 5\nYoung", "age_source": "Us", "age_year": "26"}, "such as 2026"),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_nothing_is_kept(client: Client, typed, says):
    conversation = a_conversation()
    signed_in(client, a_host(conversation))
    response = client.post(page("background", conversation), {"age": "own"} | typed)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not BackgroundQuestion.objects.exists()


def test_after_the_first_answer_the_page_says_that_the_questions_stay(client: Client):
    conversation = asking(AGE)
    services.say_background(a_participant(conversation), {"age": 1})
    signed_in(client, a_host(conversation))
    assert "the questions stay" in client.get(page("background", conversation)).content.decode()
    response = client.post(page("background", conversation), {"age": ""})
    assert response.status_code == 422
    assert questions_of(conversation) == (AGE,)


def a_place_with_figures():
    place = a_place()
    for number, code in enumerate(("E06000001", "E06000002")):
        area = Area.objects.create(code=code, name=f"Area {number + 1}")
        PlaceArea.objects.create(place=place, area=area)
        for low, high in ((0, 14), (15, 24), (25, 34), (35, 49), (50, 64), (65, 79), (80, None)):
            AreaPopulation.objects.create(
                area=area,
                year=2020,
                from_age=low,
                to_age=high,
                people=100,
                source="The office",
                licence="OGL",
            )
    return place


def test_age_bands_and_areas_come_with_the_figures_of_the_place():
    population = population_of_place(a_place_with_figures().public_id)
    typed = {"age": "all_ages", "area": "areas"}
    form = BackgroundForm(typed, population=population)
    assert form.is_valid(), form.errors
    age, area = form.questions()
    assert [choice.people for choice in age.choices] == [200] * 7
    assert area.choices == (Choice("Area 1", 700), Choice("Area 2", 700), Choice("Somewhere else"))
    assert (age.source, age.year) == ("The office", 2020)
    assert as_chosen([age, area], population) == typed
    adults = BackgroundForm({"age": "from_15"}, population=population)
    assert adults.is_valid()
    assert adults.questions()[0].choices[0] == Choice("Under 15")
    assert as_chosen(adults.questions(), population) == {"age": "from_15"}


def test_the_named_parts_are_a_question_that_is_not_asked_twice():
    form = BackgroundForm({"role": "parts"}, named_parts=["Leaders", "Residents"])
    assert form.is_valid()
    (role,) = form.questions()
    assert role.takes_named_parts
    assert as_chosen([role], None) == {"role": "parts"}
    conversation = asking(role, named_parts=["Leaders", "Residents"])
    assert background_to_ask(conversation, a_participant(conversation)) == []


def test_what_a_place_does_not_have_cannot_be_chosen():
    form = BackgroundForm({"area": "areas", "role": "parts"})
    assert not form.is_valid()
    assert set(form.errors) == {"area", "role"}


# Being asked


def test_nobody_is_asked_before_a_few_answers(client: Client):
    conversation = asking(AGE)
    assert client.get(page("about-you", conversation)).status_code == 303
    after(client, conversation, 2)
    assert client.get(page("take-part", conversation)).status_code == 200
    after(client, conversation, 3)
    response = client.get(page("take-part", conversation), follow=True)
    html = response.content.decode()
    assert "How old are you?" in html
    # The three choices, and the way past them, weigh the same.
    assert html.count('class="answer"') == 4
    assert "I would rather not say" in html


def test_where_there_are_few_statements_she_is_asked_at_the_end(client: Client):
    conversation = asking(AGE, statements=1)
    after(client, conversation, 1)
    assert client.get(page("take-part", conversation)).url == page("about-you", conversation)


def test_she_says_it_once_and_goes_on(client: Client):
    conversation = after_three(client, asking(AGE))
    response = client.post(page("about-you", conversation), {"age": "3"})
    assert (response.status_code, response.url) == (303, page("take-part", conversation))
    assert client.get(page("take-part", conversation)).status_code == 200
    assert said_by(Participant.objects.get()) == {"age": "Men aged 80 or over"}
    client.post(page("about-you", conversation), {"age": "1"})
    assert said_by(Participant.objects.get()) == {"age": "Men aged 80 or over"}


def after_three(client: Client, conversation: Conversation) -> Conversation:
    after(client, conversation, 3)
    return conversation


@pytest.mark.parametrize(
    "typed", [{"all": "none"}, {"age": "none"}, {}, {"age": "99"}, {"age": "²"}, {"age": "-1"}]
)
def test_she_would_rather_not_say_and_is_not_asked_again(client: Client, typed):
    conversation = after_three(client, asking(AGE, STREETS))
    client.post(page("about-you", conversation), typed)
    assert said_by(Participant.objects.get()) == {"age": None, "area": None}
    assert client.get(page("take-part", conversation)).status_code == 200


def test_several_questions_stand_on_one_page_with_one_way_past_each(client: Client):
    conversation = after_three(client, asking(AGE, STREETS))
    html = client.get(page("about-you", conversation)).content.decode()
    assert html.count("<fieldset") == 2
    assert html.count("I would rather not say") == 3
    client.post(page("about-you", conversation), {"area": "1"})
    assert said_by(Participant.objects.get()) == {"age": None, "area": "Kettle Lane"}


def test_a_conversation_that_closed_meanwhile_takes_nothing(client: Client):
    conversation = after_three(client, asking(AGE))
    Conversation.objects.filter(pk=conversation.pk).update(stage="closed")
    assert client.post(page("about-you", conversation), {"age": "1"}).status_code == 303
    conversation.refresh_from_db()
    participant = Participant.objects.select_related("conversation").get()
    with pytest.raises(NotOpen):
        services.say_background(participant, {"age": 1})
    assert not BackgroundAnswer.objects.exists()


def test_what_somebody_says_leaves_no_event_and_no_trace_in_her_votes(client: Client):
    conversation = after_three(client, asking(AGE))
    events = Event.objects.count()
    client.post(page("about-you", conversation), {"age": "1"})
    assert Event.objects.count() == events


def test_the_page_about_the_conversation_says_that_people_are_asked(client: Client):
    assert "a little about yourself" in client.get(page("about", asking(AGE))).content.decode()
    assert "a little about yourself" not in client.get(page("about", a_conversation())).content.decode()


# Being forgotten


def test_forgetting_deletes_what_she_said_of_herself_and_keeps_her_votes(client: Client):
    conversation = after_three(client, asking(AGE))
    client.post(page("about-you", conversation), {"age": "1"})
    client.post(page("forget", conversation))
    assert not BackgroundAnswer.objects.exists()
    assert not ParticipantToken.objects.exists()
    assert conversation.votes.count() == 3


# Counting


def test_only_those_who_answered_a_statement_are_counted(client: Client):
    conversation = after_three(client, asking(AGE, STREETS))
    client.post(page("about-you", conversation), {"age": "2"})
    services.say_background(a_participant(conversation), {"age": 1, "area": 1})
    age, area = said_of_themselves(conversation)
    assert age.counts == (0, 1, 0)
    assert area.counts == (0, 0)
    assert age.population == (6000, 3000, 400)


def test_the_named_parts_are_counted_from_what_people_said_at_the_start():
    role = Question(BackgroundKind.ROLE, (Choice("Leaders"), Choice("Residents")), takes_named_parts=True)
    conversation = asking(role, named_parts=["Leaders", "Residents"])
    for part in (1, 2, 2, None):
        someone = a_participant(conversation)
        Participant.objects.filter(pk=someone.pk).update(named_part=part)
        services.cast_vote(someone, conversation.statements.get(number=1), 1)
    assert said_of_themselves(conversation)[0].counts == (1, 2)
