"""Ways of taking part, and named parts of the people whose answers are shown apart."""

import re

import polars as pl
import pytest
from django.test import Client

from knotwork.conversations.analyses import KIND
from knotwork.conversations.models import Conversation, Participant, Way
from knotwork.conversations.parts_apart import part_tables, published_sizes, with_names
from knotwork.conversations.results.reading import results_of
from knotwork.conversations.services import SetUp, join, set_up_conversation
from knotwork.conversations.vote_arrays import votes_of
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement
from tests.conversations.build import a_token, page, press
from tests.conversations.camps import camps, cast_all, words_of, worked_out

pytestmark = pytest.mark.django_db
LEADERS, RESIDENTS = 1, 2


def with_parts(**words: object) -> Conversation:
    """Open, with two named parts and four statements."""
    return a_conversation(
        statements=4, named_parts=["Leaders", "Residents"], parts_question="Which are you?", **words
    )


def answered(conversation: Conversation, people: dict[int | None, tuple[int, int]]) -> Conversation:
    """For each part how many agree and how many disagree with every statement."""
    votes, number = [], 0
    for part, (agree, disagree) in people.items():
        for value in [1] * agree + [-1] * disagree:
            number += 1
            person = Participant.objects.create(conversation=conversation, number=number, named_part=part)
            votes += [(person, statement, value) for statement in conversation.statements.all()]
    cast_all(conversation, votes)
    return conversation


def closed(conversation: Conversation) -> Conversation:
    conversation.stage = "closed"
    conversation.save(update_fields=["stage"])
    worked_out(conversation)
    return conversation


def sentences_of(conversation: Conversation) -> str:
    return " ".join(results_of(conversation, snapshots.newest_good(KIND, conversation.public_id)).sentences)


# Ways


def test_whoever_types_in_answers_from_paper_says_so():
    conversation = a_conversation(statements=1)
    assert join(conversation, a_token(), "192.0.2.1", way=Way.PAPER).way == Way.PAPER
    assert join(conversation, a_token(), "192.0.2.1").way == Way.ONLINE


def test_the_results_say_in_which_ways_people_took_part():
    conversation = camps((33, 20))
    paper = Participant.objects.filter(conversation=conversation, number__lte=12)
    Participant.objects.filter(pk__in=paper).update(way=Way.PAPER)
    Participant.objects.filter(conversation=conversation, number__gt=45).update(way=Way.HELPED)
    worked_out(conversation)
    said = (
        "They took part in these ways: about 35 online, about 10 on paper and about 10 with somebody's help."
    )
    assert said in sentences_of(conversation)


def test_where_all_came_online_nothing_is_said_of_ways():
    conversation = camps((33, 20))
    worked_out(conversation)
    assert "ways" not in sentences_of(conversation)


def test_ways_are_exact_where_votes_are_published():
    conversation = camps((33, 20), publishes_votes=True)
    Participant.objects.filter(conversation=conversation, number__lte=3).update(way=Way.PAPER)
    worked_out(conversation)
    assert "50 online and 3 on paper" in sentences_of(conversation)


def test_a_single_small_part_takes_the_next_smallest_with_it():
    assert published_sizes({"online": 298, "paper": 96, "helped": 18}) == {
        "online": 300,
        "paper": 95,
        "helped": 20,
    }
    assert published_sizes({"online": 298, "paper": 3}) == {"online": None, "paper": None}
    assert published_sizes({"online": 298, "paper": 0}) == {"online": 300}
    assert published_sizes({"online": 2, "paper": 3, "helped": 40})["helped"] == 40
    assert published_sizes({}) == {}


def test_what_is_hidden_is_said_in_words():
    conversation = camps((33, 20))
    Participant.objects.filter(conversation=conversation, number__lte=3).update(way=Way.PAPER)
    worked_out(conversation)
    assert "some online and some on paper" in sentences_of(conversation)


# Choosing a part


def test_she_is_asked_which_she_is_before_the_first_statement(client: Client):
    html = client.get(page("take-part", with_parts())).content.decode()
    assert "Which are you?" in html
    assert html.count('class="answer"') == 3
    assert 'class="statement"' not in html
    assert Participant.objects.count() == 0


def test_her_choice_comes_with_her_first_answer(client: Client):
    conversation = with_parts()
    html = client.get(page("take-part", conversation), {"part": "2"}).content.decode()
    assert '<input type="hidden" name="part" value="2">' in html
    press_with(client, conversation, html, part="2")
    assert Participant.objects.get().named_part == RESIDENTS
    assert 'class="statement"' in client.get(page("take-part", conversation)).content.decode()


def press_with(client: Client, conversation: Conversation, html: str, **extra: str) -> None:
    found = re.search(r'name="statement" value="([0-9a-f-]+)"', html)
    assert found
    client.post(page("take-part", conversation), {"statement": found[1], "answer": "agree"} | extra)


def test_she_may_rather_not_say_and_is_not_asked_again(client: Client):
    conversation = with_parts()
    html = client.get(page("take-part", conversation), {"part": "none"}).content.decode()
    assert 'name="part"' not in html
    press_with(client, conversation, html)
    assert Participant.objects.get().named_part is None
    assert "Which are you?" not in client.get(page("take-part", conversation)).content.decode()


@pytest.mark.parametrize("typed", ["0", "3", "-1", "two", "²", ""])
def test_a_part_that_is_none_of_them_is_asked_again_and_never_kept(client: Client, typed: str):
    conversation = with_parts()
    assert "Which are you?" in client.get(page("take-part", conversation), {"part": typed}).content.decode()
    statement = conversation.statements.first()
    client.post(
        page("take-part", conversation),
        {"statement": statement.public_id, "answer": "agree", "part": typed},
    )
    assert Participant.objects.get().named_part is None


def test_what_she_said_stays_once_she_has_answered(client: Client):
    conversation = with_parts()
    first, second = conversation.statements.all()[:2]
    words = {"answer": "agree", "part": "1"}
    client.post(page("take-part", conversation), words | {"statement": first.public_id})
    client.post(page("take-part", conversation), words | {"statement": second.public_id, "part": "2"})
    assert Participant.objects.get().named_part == LEADERS


def test_somebody_who_has_only_said_something_is_still_asked(client: Client):
    conversation = with_parts()
    client.post(page("add", conversation), {"text": "The park gates should stay open until nine."})
    html = client.get(page("take-part", conversation)).content.decode()
    assert "Which are you?" in html
    press_with(
        client,
        conversation,
        client.get(page("take-part", conversation), {"part": "1"}).content.decode(),
        part="1",
    )
    assert Participant.objects.get().named_part == LEADERS


def test_a_conversation_without_parts_asks_nobody(client: Client):
    conversation = a_conversation(statements=2)
    assert 'class="statement"' in client.get(page("take-part", conversation)).content.decode()
    with pytest.raises(ValueError, match="names 0 parts"):
        join(conversation, a_token(), "192.0.2.1", named_part=1)


# What is published of them


def test_the_answers_of_each_part_are_shown_apart(client: Client):
    conversation = closed(answered(with_parts(), {LEADERS: (20, 5), RESIDENTS: (10, 30)}))
    html = words_of(client, conversation)
    assert "Leaders: about 25 people; Residents: about 40 people." in html
    assert "<strong>80%</strong> of Leaders agree" in html
    assert "<strong>25%</strong> of Residents agree" in html


def test_every_statement_has_a_column_for_each_part(client: Client):
    conversation = closed(answered(with_parts(), {LEADERS: (20, 5), RESIDENTS: (10, 30)}))
    html = words_of(client, conversation, "results-statements")
    assert '<th scope="col" class="number">Leaders</th>' in html
    assert '<th scope="col" class="number">Residents</th>' in html


def test_a_part_of_fewer_than_five_has_no_number_and_takes_another_with_it(client: Client):
    conversation = closed(answered(with_parts(), {LEADERS: (3, 0), RESIDENTS: (10, 30)}))
    html = words_of(client, conversation)
    assert "Leaders: too few for a number; Residents: too few for a number." in html
    assert "Too few people said which they are." in html
    assert "of Leaders agree" not in html


def test_a_cell_below_five_is_hidden_and_so_is_what_would_give_it_away():
    conversation = answered(with_parts(), {LEADERS: (20, 3), RESIDENTS: (10, 30)})
    arrays = votes_of(conversation.pk)
    rows = part_tables(arrays, arrays.statements, 2)["part_statements"]
    leaders = rows.filter(pl.col("part") == LEADERS)
    assert leaders["disagree"].unique().to_list() == [None]
    assert leaders["agree"].unique().to_list() == [20]
    # The whole is made from what is shown, so it does not give the hidden three away.
    assert leaders["seen"].unique().to_list() == [25]


def test_the_files_name_the_parts(client: Client):
    conversation = closed(answered(with_parts(), {LEADERS: (20, 5), RESIDENTS: (10, 30)}))
    address = page("results", conversation)
    sizes = client.get(f"{address}parts.csv").content.decode().splitlines()
    assert sizes == ["part,name,people", "1,Leaders,25", "2,Residents,40"]
    rows = client.get(f"{address}part_statements.csv").content.decode().splitlines()
    assert rows[0].startswith("statement,text,part,name,agree,disagree,pass,seen")
    assert len(rows) == 1 + 4 * 2
    assert "parts.csv" in words_of(client, conversation)


def test_a_conversation_that_publishes_its_votes_shows_no_parts(client: Client):
    conversation = closed(answered(with_parts(publishes_votes=True), {LEADERS: (20, 5), RESIDENTS: (10, 30)}))
    assert "of Leaders" not in words_of(client, conversation)
    assert client.get(f"{page('results', conversation)}parts.csv").status_code == 404


def test_a_place_that_became_sensitive_shows_no_parts(client: Client):
    programme = a_programme()
    place = a_place(programme)
    conversation = closed(
        answered(with_parts(programme=programme, place=place), {LEADERS: (20, 5), RESIDENTS: (10, 30)})
    )
    place.is_sensitive = True
    place.save()
    view = results_of(
        Conversation.objects.get(pk=conversation.pk), snapshots.newest_good(KIND, conversation.public_id)
    )
    assert (view.parts, view.apart) == ((), ())


def test_a_statement_taken_down_since_is_not_shown_apart(client: Client):
    conversation = closed(answered(with_parts(), {LEADERS: (20, 5), RESIDENTS: (10, 30)}))
    conversation.statements.filter(number=1).update(state="not_shown")
    view = results_of(conversation, snapshots.newest_good(KIND, conversation.public_id))
    assert [row.number for row in view.apart] == [2, 3, 4]


def test_a_new_answer_of_a_part_makes_a_run_due(client: Client):
    conversation = with_parts(results_after=0)
    statement = a_statement(conversation)
    press(client, statement)
    before = votes_of(conversation.pk).state
    press(Client(), statement, part="1")
    assert votes_of(conversation.pk).state != before
    run_now(KIND, conversation.public_id)


def test_tables_without_parts_are_left_as_they_are():
    table = pl.DataFrame({"group": ["A"]})
    assert with_names(table, ["Leaders"]) is table


# Setting it up


def test_two_to_four_different_parts_can_be_named():
    programme = a_programme()
    host = viewer_for(a_person(Role.FACILITATOR, programme))
    wanted = SetUp("Why?", seeds=("Buses matter most.",), parts=("Leaders", "Residents"))
    assert set_up_conversation(programme, wanted, by=host).named_parts == ["Leaders", "Residents"]
    for wrong in [("Leaders",), ("Leaders", "Leaders"), tuple("abcde")]:
        with pytest.raises(ValueError, match="two to four"):
            SetUp("Why?", parts=wrong)
