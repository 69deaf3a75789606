"""'We are taking this up', how it went, and what flows back."""

import pytest

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.core.strands.queries import steps_from
from knotwork.learning import services
from knotwork.learning.kinds import LESSON, UPTAKE
from knotwork.learning.models import Uptake
from knotwork.learning.queries import (
    places_to_write_for,
    uptake_at,
    uptake_beads,
    uptake_beads_of_place,
    uptakes_for,
    uptakes_of,
)
from knotwork.learning.services import UptakeWords
from knotwork.programmes.models import Place, Role
from knotwork.thread.latest import news_of_place
from tests.builders import a_place, a_programme
from tests.learning.build import a_lesson, a_member, an_uptake
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

pytestmark = pytest.mark.django_db


def test_another_place_takes_a_lesson_up_and_the_thread_says_so(northvale: Place, eastmere: Place) -> None:
    lesson = a_lesson(northvale)
    uptake = an_uptake(lesson, eastmere, by=a_member(eastmere))
    [step] = steps_from("lesson", lesson, STRANGER)
    assert (step.relation, step.is_forwards, step.bead.public_id) == ("adopted_from", False, uptake)
    assert step.bead.title == "Eastmere: Getting home from college"
    [view] = uptakes_of(lesson, STRANGER)
    assert (view.place.name, view.outcome, view.is_at_home) == ("Eastmere", "", False)


def test_a_place_of_another_programme_takes_it_up(northvale: Place) -> None:
    elsewhere = a_place(a_programme(), name="Far off")
    an_uptake(a_lesson(northvale), elsewhere, by=a_member(elsewhere))
    assert Uptake.objects.get().programme == elsewhere.programme
    assert [
        one.place.name for one in uptakes_for(STRANGER, origin_programme=northvale.programme.public_id)
    ] == ["Far off"]
    assert uptakes_for(STRANGER, programme=northvale.programme.public_id) == []


def test_the_same_place_takes_it_up_for_another_issue_but_not_for_the_same(northvale: Place) -> None:
    lesson, by = a_lesson(northvale), a_member(northvale)
    with pytest.raises(Refused, match="which other issue"):
        an_uptake(lesson, northvale, by=by, issue=f" {northvale.issue.upper()} ")
    an_uptake(lesson, northvale, by=by, issue="School travel")
    [view] = uptakes_of(lesson, STRANGER)
    assert view.is_at_home


def test_one_speaks_for_ones_own_place_only(northvale: Place, eastmere: Place) -> None:
    lesson = a_lesson(northvale)
    with pytest.raises(Refused, match="Only people of this place"):
        an_uptake(lesson, eastmere, by=a_member(northvale))
    with pytest.raises(Refused, match="which place"):
        services.take_up(lesson, UptakeWords(place_id=None, issue="Buses"), by=a_member(northvale))


def test_a_lesson_that_one_may_not_read_cannot_be_taken_up(northvale: Place) -> None:
    elsewhere = a_place(a_programme())
    with pytest.raises(Refused, match="not here"):
        an_uptake(a_lesson(northvale, visibility="programme"), elsewhere, by=a_member(elsewhere))


def test_the_origin_hears_that_its_lesson_was_taken_up_and_what_came_back(
    northvale: Place, eastmere: Place
) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere, by=a_member(eastmere))
    services.say_result(uptake, "dropped", "No driver.", by=a_member(eastmere), sent_back="A hearing loop.")
    told = [line.words for line in news_of_place(northvale.public_id, STRANGER)]
    assert "A lesson from here is taken up elsewhere. Eastmere: Getting home from college" in told
    assert "An idea came back from a place that took up a lesson. Eastmere: Getting home from college" in told
    here = [line.words for line in news_of_place(eastmere.public_id, STRANGER)]
    assert any(line.startswith("Taking up a lesson.") for line in here)
    assert any(line.startswith("How it went") for line in here)


def test_the_origin_does_not_hear_of_what_it_may_not_read(northvale: Place, eastmere: Place) -> None:
    an_uptake(a_lesson(northvale), eastmere, by=a_member(eastmere), visibility="place")
    assert not any(
        "taken up" in line.words for line in news_of_place(northvale.public_id, a_member(northvale))
    )


def test_taking_up_ones_own_lesson_is_told_once(northvale: Place) -> None:
    an_uptake(a_lesson(northvale), northvale, issue="School travel")
    assert "lesson.taken_up" not in verbs()


def test_a_place_says_how_it_went_and_says_it_again(northvale: Place, eastmere: Place) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere)
    by = a_member(eastmere)
    services.say_result(uptake, "adapted", "A college minibus.", by=by, sent_back="Ask the college.")
    services.say_result(uptake, "dropped", "It broke down.", by=by, sent_back="Ask the college.")
    [view] = uptakes_for(STRANGER, place=eastmere.public_id)
    assert (view.outcome_words, view.result, view.sent_back) == (
        "dropped",
        "It broke down.",
        "Ask the college.",
    )
    assert verbs().count("uptake.result_said") == 2
    assert verbs().count("lesson.answered") == 1
    assert Event.objects.filter(verb="uptake.result_said").last().details == {"outcome": "dropped"}


def test_a_result_needs_words_and_somebody_of_the_place(northvale: Place, eastmere: Place) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere)
    with pytest.raises(Refused, match="few words"):
        services.say_result(uptake, "copied", " ", by=a_member(eastmere))
    with pytest.raises(Refused, match="Only people of this place"):
        services.say_result(uptake, "copied", "Well.", by=a_member(northvale))


def test_an_uptake_is_changed_and_withdrawn_by_its_writer_or_a_lead(
    northvale: Place, eastmere: Place
) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere, by=a_member(eastmere))
    words = UptakeWords(place_id=eastmere.pk, issue="Sixth form", plan="One minibus", visibility="programme")
    with pytest.raises(Refused, match="whoever wrote this"):
        services.change_uptake(uptake, words, by=a_member(eastmere))
    services.change_uptake(uptake, words, by=a_member(eastmere, Role.PLACE_LEAD))
    assert uptakes_for(STRANGER) == []
    [view] = uptakes_for(a_member(northvale))
    assert (view.issue, view.plan) == ("Sixth form", "One minibus")
    services.withdraw(UPTAKE, uptake, "a mistake", by=a_member(eastmere, Role.PLACE_LEAD))
    assert uptakes_for(ADMINISTRATOR) == []


def test_an_uptake_needs_an_issue(northvale: Place, eastmere: Place) -> None:
    with pytest.raises(Refused, match="first box"):
        an_uptake(a_lesson(northvale), eastmere, issue=" ")


def test_who_took_up_a_withdrawn_lesson_keeps_the_record_without_the_lessons_words(
    northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    uptake = an_uptake(lesson, eastmere)
    services.withdraw(LESSON, lesson, "It was wrong.", by=ADMINISTRATOR)
    view = uptake_at(eastmere.programme_id, uptake, STRANGER)
    assert view is not None
    assert view.lesson is None
    assert not view.is_at_home
    assert uptake_at(a_programme().pk, uptake, STRANGER) is None


def test_an_uptake_is_an_end_of_strands_for_whoever_may_see_it(northvale: Place, eastmere: Place) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere, visibility="place")
    assert uptake_beads([uptake], STRANGER) == []
    assert [bead.public_id for bead in uptake_beads([uptake], a_member(eastmere))] == [uptake]
    assert [bead.place for bead in uptake_beads_of_place(eastmere.public_id, a_member(eastmere))] == [
        eastmere.public_id
    ]


def test_one_chooses_among_the_places_for_which_one_may_write(northvale: Place, eastmere: Place) -> None:
    assert places_to_write_for(STRANGER) == places_to_write_for(somebody()) == []
    assert [place.name for place in places_to_write_for(a_member(eastmere))] == ["Eastmere"]
    assert len(places_to_write_for(the_team_of(northvale.programme))) == 2
    assert len(places_to_write_for(ADMINISTRATOR)) == 2
    assert places_to_write_for(somebody(Role.EVALUATOR, northvale.programme)) == []
