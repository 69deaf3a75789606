"""Who have we not heard? What the results say of those who took part beside those who live there."""

import polars as pl
import pytest
from django.test import Client

from knotwork.conversations import reach_analysis
from knotwork.conversations.models import BackgroundAnswer, BackgroundQuestion, Conversation, Participant
from knotwork.conversations.reach_analysis import KIND
from knotwork.conversations.results.reach import reach_of, sentences_of, unknown_in_words
from knotwork.conversations.services import ask_background, forget
from knotwork.conversations.services.background import Choice, Question
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due, run_now
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import a_participant, page
from tests.conversations.camps import DIVIDING, SHARED, camps, words_of, worked_out

pytestmark = pytest.mark.django_db
AGE = Question(
    "age",
    (Choice("Under 50", 5800), Choice("50 to 79", 3000), Choice("Men aged 80 or over", 1200)),
    source="The register",
    year=2025,
)


def heard(counts: tuple[int, ...], question: Question = AGE, rest: int = 0, **words: object) -> Conversation:
    """A closed conversation in which so many gave each choice, and ``rest`` would rather not say."""
    where = a_conversation(statements=DIVIDING + SHARED, **words)
    ask_background(
        where, [question], by=viewer_for(a_person(Role.FACILITATOR, where.programme, is_administrator=True))
    )
    people = sum(counts) + rest
    camps((people - people // 3, people // 3), where)
    asked = BackgroundQuestion.objects.get(conversation=where)
    choices = [*asked.choices.all(), None]
    given = [choice for choice, count in zip(choices, (*counts, rest), strict=True) for _ in range(count)]
    rows = Participant.objects.filter(conversation=where).order_by("number")
    BackgroundAnswer.objects.bulk_create(
        BackgroundAnswer(question=asked, participant=person, choice=choice)
        for person, choice in zip(rows, given, strict=True)
    )
    Conversation.objects.filter(pk=where.pk).update(stage=words.get("stage", "closed"))
    where.refresh_from_db()
    worked_out(where)
    return where


def compared(conversation: Conversation) -> Conversation:
    run_now(KIND, conversation.public_id)
    assert snapshots.newest_good(KIND, conversation.public_id), snapshots.latest_failure(
        KIND, conversation.public_id
    )
    return conversation


def told(conversation: Conversation) -> str:
    view = reach_of(conversation)
    assert view is not None
    return " ".join(sentence for question in view.questions for sentence in question.sentences)


def test_the_results_say_who_took_part_less_than_lives_here(client: Client):
    where = compared(heard((60, 36, 5), rest=4))
    html = words_of(client, where)
    assert "Who have we not heard?" in html
    assert (
        "Men aged 80 or over: fewer took part than live here. They are about 5 in 100 of those who said, and 12 in 100 "
        "of the population." in html
    )
    assert "Of those who took part, about 100 gave an answer that is counted here." in html
    assert "The register, figures of 2025" in html
    assert "Fewer took part than live here of these: Men aged 80 or over." in html
    assert "Nobody was asked for an age" not in html


def test_without_questions_the_results_say_that_nobody_was_asked(client: Client):
    where = camps((30, 20))
    worked_out(where)
    html = words_of(client, where)
    assert "Nobody was asked for an age" in html
    assert "Who have we not heard?" not in html


def test_a_handful_is_never_given_as_a_number_and_takes_another_with_it(client: Client):
    where = compared(heard((70, 28, 3)))
    html = words_of(client, where)
    assert "They are fewer than 5 people of the 100 who said, and 12 in 100 of the population." in html
    frame = pl.read_csv(client.get(page("results", where) + "reach.csv").content)
    assert frame["people"].to_list() == [70, None, None]
    assert frame["name"].to_list() == ["Under 50", "50 to 79", "Men aged 80 or over"]


def test_the_figure_is_a_picture_a_table_and_downloads(client: Client):
    where = compared(heard((60, 36, 12)))
    html = words_of(client, where)
    assert 'class="picture picture--reach"' in html
    assert "reach-age.svg" in html
    assert client.get(page("results", where) + "reach-age.svg").status_code == 200
    assert client.get(page("results", where) + "reach-age.png")["Content-Type"] == "image/png"
    assert b"Men aged 80 or over" in client.get(page("results", where) + "reach-age.csv").content


def test_where_nobody_is_asked_there_is_nothing_to_take_away(client: Client):
    where = camps((30, 20))
    worked_out(where)
    for name in ("reach.csv", "reach-age.svg", "reach-age.csv"):
        assert client.get(page("results", where) + name).status_code == 404


def test_where_nobody_stands_out_it_says_so():
    where = compared(heard((58, 30, 12)))
    assert "larger than chance" in told(where)
    assert "stands out" in unknown_in_words(reach_of(where))


def test_too_few_answers_are_too_early_for_figures():
    where = compared(heard((6, 4, 2), rest=40))
    assert "too early" in told(where)
    assert "too few have said" in unknown_in_words(reach_of(where))


def test_without_population_figures_shares_stand_alone():
    streets = Question("area", (Choice("Kettle Lane"), Choice("Mill Street")))
    said = told(compared(heard((40, 20), streets)))
    assert "We know no figures of the population" in said
    assert "take part" not in said


def test_those_outside_the_comparison_are_told_apart():
    streets = Question(
        "area", (Choice("Kettle Lane", 500), Choice("Mill Street", 500), Choice("Elsewhere")), source="Us"
    )
    where = compared(heard((40, 20, 15), streets))
    assert "Elsewhere: about 15 people; not compared." in told(where)
    view = reach_of(where)
    assert "Population: Us" in str(view.questions[0].figure.source)


def test_small_shares_are_told_in_a_thousand():
    row = {
        "name": "Alone",
        "verdict": "fewer",
        "share": 0.004,
        "population": 0.02,
        "people": 5,
        "is_small": False,
    }
    said = sentences_of({"people": 1000, "distance": None, "rows": [row], "source": "Us", "year": None})
    assert "4 in 1,000" in said[1]


def test_before_it_is_worked_out_the_page_says_so(client: Client):
    where = heard((60, 36, 12))
    assert "is being worked out" in words_of(client, where)


def test_where_every_vote_is_published_it_is_shown_only_after_closing(client: Client):
    where = compared(heard((60, 36, 5), publishes_votes=True))
    assert "fewer took part" in words_of(client, where)
    Conversation.objects.filter(pk=where.pk).update(stage="open")
    signed_in(client, a_person(Role.MODERATOR, where.programme))
    html = words_of(client, where)
    assert "only when the conversation has closed" in html
    assert "fewer took part" not in html
    assert client.get(page("results", where) + "reach.csv").status_code == 404
    where.refresh_from_db()
    assert where.public_id not in dict(reach_analysis.ReachAnalysis().subjects())


def test_a_place_that_became_sensitive_shows_nothing_of_people():
    where = compared(heard((60, 36, 5)))
    where.place = a_place(
        where.programme, is_sensitive=True, help_text="Help", help_url="https://example.org"
    )
    where.save()
    view = reach_of(where)
    assert view is not None
    assert view.questions == ()
    assert "sensitive" in view.why_not


def test_what_people_say_makes_a_run_due_and_the_run_makes_it_good(client: Client):
    where = compared(heard((60, 36, 12)))
    assert ask_for_due() == 0
    person = a_participant(where)
    BackgroundAnswer.objects.create(question=BackgroundQuestion.objects.get(), participant=person)
    assert ask_for_due() == 1


def test_whoever_is_forgotten_leaves_the_figures():
    where = compared(heard((60, 36, 5)))
    last = Participant.objects.filter(conversation=where).order_by("number").last()
    forget(last)
    run_now(KIND, where.public_id)
    newest = snapshots.newest_good(KIND, where.public_id)
    assert newest.result["questions"][0]["rows"][2]["is_small"]


def test_what_people_said_of_themselves_stands_in_no_row_of_votes(client: Client):
    where = compared(heard((60, 36, 12), publishes_votes=True))
    for name in ("results-votes", "results-comments"):
        text = client.get(page(name, where)).content.decode()
        assert "Men aged 80" not in text
        assert "age" not in text.splitlines()[0].split(",")
