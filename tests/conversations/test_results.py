import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.html import escape

from knotwork.conversations import analyses
from knotwork.conversations.analyses import KIND, OpinionAnalysis
from knotwork.conversations.models import Statement, StatementState
from knotwork.conversations.results import views as results_views
from knotwork.conversations.results.reading import results_of
from knotwork.conversations.results.words import answers_in_words
from knotwork.core import clock
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import page, press
from tests.conversations.camps import camps, without_groups, words_of, worked_out

pytestmark = pytest.mark.django_db
WORDS_OF_A_STATEMENT = "Statement number %d is worth a thought."


def view_of(conversation):
    return results_of(conversation, snapshots.newest_good(KIND, conversation.public_id))


@pytest.fixture
def small():
    """53 people whose votes are their own: rounded in public."""
    conversation = camps((33, 20))
    worked_out(conversation)
    return conversation


@pytest.fixture
def published():
    """The same, of a conversation that publishes its votes."""
    conversation = camps((33, 20), publishes_votes=True)
    worked_out(conversation)
    return conversation


# The sentences


def test_the_first_sentence_says_how_many_took_part_exactly(small):
    assert view_of(small).sentences[0] == (
        "Of the 53 people who took part, about 50 answered often enough to be placed beside others."
    )


def test_a_conversation_that_publishes_its_votes_gives_exact_numbers(published):
    first, second, *_rest = view_of(published).sentences
    assert first == "Of the 53 people who took part, 53 answered often enough to be placed beside others."
    assert (
        second == "By their votes they stand in 2 groups: Group A with 33 people and Group B with 20 people."
    )


def test_every_percentage_in_a_sentence_has_its_range_and_how_many_answered(published):
    for sentence in view_of(published).sentences[3:]:
        shares = re.findall(r"\d+% of Group [AB] \(\d+% to \d+%; \d+ answered\)", sentence)
        assert len(shares) == 2, sentence
        assert len(re.findall(r"\d+% of", sentence)) == 2


def test_it_says_that_those_who_took_part_are_not_the_population(small):
    assert "Those who took part are not the population." in view_of(small).unknowns[0].why


def test_it_says_in_plain_words_how_many_stay_in_their_group(small):
    assert view_of(small).sentences[2] == (
        "The groups are stable. Drawn anew 100 times from those who took part, nearly everybody stays in their group."
    )


@pytest.mark.parametrize(
    ("index", "stays", "words"),
    [
        (
            0.75,
            0.89,
            "The groups are fairly stable. Drawn anew 100 times from those who took part, about nine in ten",
        ),
        (0.4, 0.52, "The groups are not stable: read them as one way of looking. Drawn anew 100 times"),
        (0.0, 0.0, "fewer than one in ten people stay in their group."),
    ],
)
def test_groups_that_are_less_stable_are_called_so(small, index, stays, words):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    snapshot.result["stability"] |= {"index": index, "stays": stays}
    assert words in results_of(small, snapshot).sentences[2]


def test_it_says_what_drawing_anew_does_not_show_and_which_group_is_the_least_sure(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    snapshot.result["stability"]["groups"] = [["A", 0.93], ["B", 0.61]]
    said = {unknown.what: unknown.why for unknown in results_of(small, snapshot).unknowns}
    why = said["Whether the groups would stay the same."]
    assert "It is not a margin of error" in why
    assert why.endswith("The least sure is Group B: on average 61% of it comes out again.")


def test_a_result_from_before_stability_says_that_it_is_not_measured(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    del snapshot.result["stability"]
    snapshot.result["equally_good"] = [2, 3]
    said = results_of(small, snapshot)
    assert not any("Drawn anew" in sentence for sentence in said.sentences)
    why = {unknown.what: unknown.why for unknown in said.unknowns}
    assert why["Whether the groups would stay the same."].endswith("is not measured.")
    assert why["How many groups there are."].endswith("We show 2: read them as one way of looking.")


def test_numbers_of_groups_that_fit_equally_well_are_said(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    snapshot.result["equally_good"] = [2, 4]
    said = {unknown.what: unknown.why for unknown in results_of(small, snapshot).unknowns}
    assert said["How many groups there are."].startswith(
        "2 or 4 groups fit the votes equally well. We show 2: they come out most often when people are drawn anew."
    )


def test_with_few_people_it_is_too_early_to_say_who_voted_alike(client):
    conversation = camps((7, 6))
    worked_out(conversation)
    text = words_of(client, conversation)
    assert "13 people took part. It is too early to say who voted alike" in text
    assert "Group A" not in text
    assert "opinion-landscape" not in text


def test_with_fewer_than_five_people_nothing_is_said_of_them(client):
    conversation = camps((2, 2))
    worked_out(conversation)
    text = words_of(client, conversation)
    assert "Only a few people have taken part so far." in text
    assert "What most people said" not in text
    assert "4 people" not in text


def test_votes_that_do_not_fall_into_groups_are_said_to_be_so(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    snapshot.result.update(groups=[], why_no_groups="none_fit")
    assert "Their votes do not fall into groups" in results_of(small, snapshot).sentences[0]


def test_without_anything_agreed_it_says_so(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    snapshot.result["agreed"] = []
    assert "There is no statement on which more than half of every group agree" in " ".join(
        results_of(small, snapshot).sentences
    )


# Shares in words


def test_a_share_comes_with_wilsons_range_and_n():
    (answers,) = answers_in_words([("A", (3, 6, 2, 11))])
    assert (answers.agree, answers.agree_range, answers.people) == ("27%", "10% to 57%", "11")
    assert str(answers.agree_line) == "<strong>27%</strong> of Group A agree (10% to 57%; 11 answered)"


def test_a_count_too_small_to_be_given_has_no_share():
    (answers,) = answers_in_words([("A", (None, 20, 5, 25))])
    assert (answers.agree, answers.agree_range, answers.bar) == ("", "", None)
    assert str(answers.agree_line) == "Too few of Group A agree for a figure (25 answered)"
    assert answers.disagree == "80%"


def test_a_group_in_which_nobody_answered_has_no_share():
    (answers,) = answers_in_words([("A", (0, 0, 0, 0))])
    assert (answers.agree, answers.disagree, answers.people) == ("", "", "0")


def test_a_group_of_which_too_few_answered_is_given_in_words():
    (answers,) = answers_in_words([("A", (None, None, None, None))])
    assert answers.people == "fewer than 5"


def test_the_colours_of_a_bar_never_run_over_its_end():
    (answers,) = answers_in_words([("A", (20, 0, 10, 25))])
    assert answers.bar.agree + answers.bar.passed + answers.bar.disagree == 100


def test_no_rows_give_no_words():
    assert answers_in_words([]) == []


# The page


def test_the_page_shows_the_sentences_the_map_the_groups_and_what_is_agreed(client, small):
    text = words_of(client, small)
    for heading in (
        "In short",
        "What we do not know",
        "Who voted alike",
        "What each group holds",
        "Agreed across groups",
    ):
        assert heading in text
    assert WORDS_OF_A_STATEMENT % 9 in text


def test_a_statement_that_was_taken_down_since_is_nowhere(client, small):
    Statement.objects.filter(conversation=small, number__in=(1, 9)).update(state=StatementState.NOT_SHOWN)
    for name in ("results", "results-statements"):
        text = words_of(client, small, name)
        assert WORDS_OF_A_STATEMENT % 1 not in text
        assert WORDS_OF_A_STATEMENT % 9 not in text


def test_words_of_a_statement_are_escaped(client, small):
    Statement.objects.filter(conversation=small, number=9).update(text="<b>Bold</b> & sure")
    text = words_of(client, small)
    assert "<b>Bold" not in text
    assert escape("<b>Bold</b> & sure") in text


def test_before_enough_answers_the_page_says_kindly_when(client):
    conversation = a_conversation(statements=10)
    response = client.get(page("results", conversation))
    assert response.status_code == 403
    assert "You can see the results after 5 more answers" in response.content.decode()
    assert page("take-part", conversation) in response.content.decode()


def test_after_enough_answers_she_sees_that_results_are_being_worked_out(client):
    conversation = a_conversation(statements=10)
    for statement in conversation.statements.all()[:5]:
        press(client, statement)
    assert "The results are being worked out" in words_of(client, conversation)


def test_a_closed_conversation_without_votes_says_that_nobody_answered(client):
    assert "Nobody has answered yet" in words_of(client, a_conversation(statements=2, stage="closed"))


def test_a_failed_run_leaves_the_last_result_with_a_notice(client, small, monkeypatch):
    def breaks(*_anything, **_words):
        raise RuntimeError("no memory")

    monkeypatch.setattr(OpinionAnalysis, "run", breaks)
    with clock.moved_to(clock.now() + timedelta(minutes=1)):
        run_now(KIND, small.public_id)
        text = words_of(client, small)
    assert "The newest working-out failed" in text
    assert "In short" in text
    assert "no memory" not in text


def test_a_first_run_that_failed_says_that_it_is_tried_again(client, monkeypatch):
    conversation = camps((9, 9))

    def breaks(*_anything, **_words):
        raise RuntimeError("no memory")

    monkeypatch.setattr(OpinionAnalysis, "run", breaks)
    run_now(KIND, conversation.public_id)
    assert "The last try did not work" in words_of(client, conversation)


def test_exact_counts_are_not_shown_once_the_conversation_no_longer_publishes_them(client, published):
    published.publishes_votes = False
    published.save()
    assert "The results are being worked out" in words_of(client, published)


def test_a_place_that_became_sensitive_shows_no_groups_even_to_its_moderators(client):
    place = a_place()
    conversation = camps((33, 20), place=place, programme=place.programme)
    worked_out(conversation)
    place.is_sensitive = True
    place.save()
    signed_in(client, a_person(Role.MODERATOR, place=place))
    text = words_of(client, conversation)
    assert "Group A" not in text
    assert "opinion-landscape" not in text
    assert client.get(f"{page('results', conversation)}groups.csv").status_code == 404
    assert client.get(f"{page('results', conversation)}opinion-landscape.svg").status_code == 404


def test_nobody_outside_sees_the_results_of_a_sensitive_place(client):
    place = a_place(is_sensitive=True)
    conversation = camps((33, 20), place=place, programme=place.programme)
    worked_out(conversation)
    assert client.get(page("results", conversation)).status_code == 403


def test_results_of_a_programme_that_is_not_public_are_not_found(client, small):
    small.programme.visibility = "programme"
    small.programme.save()
    for name in ("results", "results-statements", "results-votes", "results-comments"):
        assert client.get(page(name, small)).status_code == 404


def test_the_page_is_small(client, small):
    assert len(words_of(client, small).encode()) < 250_000


def test_the_page_asks_the_database_a_few_times_only(client, small, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        words_of(client, small)


# Every statement


def test_every_live_statement_is_in_the_table(client, small):
    text = words_of(client, small, "results-statements")
    for number in range(1, 11):
        assert WORDS_OF_A_STATEMENT % number in text


@pytest.mark.parametrize("order", [order.key for order in results_views.ORDERS])
def test_the_table_can_be_sorted(client, small, order):
    text = client.get(page("results-statements", small), {"order": order}).content.decode()
    numbers = [
        int(found) for found in re.findall(r"Statement number (\d+) is worth", text.partition("<tbody>")[2])
    ]
    assert sorted(numbers) == list(range(1, 11))
    if order in ("agree", "all-groups"):
        assert set(numbers[:2]) == {9, 10}
    if order == "dividing":
        assert set(numbers[-2:]) == {9, 10}


def test_an_unknown_order_and_an_unknown_page_are_harmless(client, small):
    response = client.get(page("results-statements", small), {"order": "x", "page": "99999"})
    assert response.status_code == 200


def test_many_statements_come_a_page_at_a_time(client, small, monkeypatch):
    monkeypatch.setattr(results_views, "STATEMENTS_ON_A_PAGE", 4)
    text = client.get(page("results-statements", small), {"order": "number", "page": 3}).content.decode()
    assert re.findall(r"Statement number (\d+) is worth", text.partition("<tbody>")[2]) == ["9", "10"]


def test_without_groups_the_table_has_everybody_alone(client):
    conversation = camps((7, 7))
    worked_out(conversation)
    text = words_of(client, conversation, "results-statements")
    assert "Everybody" in text
    assert "what divides most" not in text


# Liked from different sides


def test_without_groups_the_page_shows_what_people_like_who_otherwise_disagree(client, monkeypatch):
    monkeypatch.setattr(analyses, "worked_out", without_groups)
    conversation = camps((33, 20))
    worked_out(conversation)
    assert [one.number for one in view_of(conversation).bridging] in ([9, 10], [10, 9])
    words = words_of(client, conversation)
    assert "Liked from different sides" in words
    assert "Also liked" not in words


def test_what_all_groups_agree_on_is_not_said_again(client, small):
    assert {one.number for one in view_of(small).agreed} >= {9, 10}
    assert view_of(small).bridging == ()
    assert "liked from different sides" not in words_of(client, small).lower()


def test_a_statement_that_the_two_ways_of_looking_rank_far_apart_is_to_be_looked_at_twice(small):
    snapshot = snapshots.newest_good(KIND, small.public_id)
    assert not any("Look twice" in one.why for one in view_of(small).unknowns)
    number = snapshot.result["agreed"][0][0]
    doubtful = replace(snapshot, public_id=small.public_id, result=snapshot.result | {"look_twice": [number]})
    why = next(one.why for one in results_of(small, doubtful).unknowns if "Look twice" in one.why)
    assert WORDS_OF_A_STATEMENT % number in why
