"""Where a place is, by its own word; decisions that are due; papers that are kept."""

from datetime import UTC, date, datetime

import pytest

from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.models import BoardPaper, OwnWord, Role, Stage
from knotwork.programmes.rules import Act, can
from knotwork.programmes.standing import as_the_steering_group
from tests.builders import a_person, a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

pytestmark = pytest.mark.django_db

DUE = services.DecisionWords("Who pays for the rooms?", date(2027, 1, 29), "The board", ("All", "Nobody"))


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def lead(place):
    return viewer_for(a_person(Role.PLACE_LEAD, place=place))


def say(place, by, sentence="We go back to listening.", stages=("listening",), at=None):
    return services.say_where_we_are(place.pk, stages, sentence, by=by, at=at)


def standing(place):
    return queries.own_words_in(place.programme_id, as_the_steering_group(place.programme_id)).get(place.pk)


def test_a_place_says_where_it_is_and_its_steering_group_reads_it(place, lead):
    say(place, lead)
    assert standing(place).sentence == "We go back to listening."
    assert standing(place).stage_words == "listening"
    assert verbs()[-1] == "own_word.said"


def test_several_stages_stand_in_the_order_of_the_loop_and_none_twice(place, lead):
    say(place, lead, stages=("learning", "listening", "trying", "listening"))
    assert standing(place).stages == ("listening", "trying", "learning")
    assert standing(place).stage_words == "listening, trying and learning"


def test_the_newest_word_stands_and_the_earlier_ones_stay_readable(place, lead):
    say(place, lead, "We begin.", at=datetime(2026, 1, 1, tzinfo=UTC))
    say(place, lead, "We try.", ("trying",), at=datetime(2026, 5, 1, tzinfo=UTC))
    assert standing(place).sentence == "We try."
    assert [word.sentence for word in queries.own_words_of(place.pk, lead)] == ["We try.", "We begin."]


def test_going_back_is_as_good_as_going_on(place, lead):
    say(place, lead, "We learn.", ("learning",), at=datetime(2026, 1, 1, tzinfo=UTC))
    say(place, lead, "We listen again.", ("listening",))
    assert standing(place).stages == ("listening",)


@pytest.mark.parametrize(
    "role",
    [
        Role.PROGRAMME_TEAM,
        Role.STEERING_GROUP_MEMBER,
        Role.ENABLER,
        Role.FACILITATOR,
        Role.EVALUATOR,
        Role.PANEL_REVIEWER,
    ],
)
def test_nobody_else_says_where_a_place_is(place, role):
    with pytest.raises(Refused, match="Only the place itself"):
        say(place, somebody(role, place.programme, place if role == Role.ENABLER else None))
    assert not OwnWord.objects.exists()


def test_not_even_an_administrator_says_where_a_place_is(place):
    with pytest.raises(Refused, match="Only the place itself"):
        say(place, ADMINISTRATOR)


def test_a_lead_of_another_place_does_not_either(place):
    other = a_place(place.programme)
    with pytest.raises(Refused):
        say(place, viewer_for(a_person(Role.PLACE_LEAD, place=other)))


@pytest.mark.parametrize(
    ("stages", "sentence", "reason"),
    [
        ((), "We listen.", "at least one"),
        (("resting",), "We rest.", "at least one"),
        (("listening",), "  ", "one sentence"),
        (("listening",), "a" * 301, "below 300"),
    ],
)
def test_a_word_that_is_missing_something_is_refused_with_the_reason(place, lead, stages, sentence, reason):
    with pytest.raises(Refused, match=reason):
        say(place, lead, sentence, stages)
    assert not OwnWord.objects.exists()


def test_a_word_that_is_taken_back_is_out_of_sight_and_the_one_before_stands_again(place, lead):
    say(place, lead, "We begin.", at=datetime(2026, 1, 1, tzinfo=UTC))
    word = say(place, lead, "We are stuck with Mrs Smith.")
    services.take_back_word(place.pk, word, "It named somebody.", by=lead)
    assert standing(place).sentence == "We begin."
    assert queries.own_words_taken_back([word]) == {word}
    services.take_back_word(place.pk, word, "", by=lead)
    assert verbs().count("own_word.taken_back") == 1


def test_the_team_cannot_take_a_places_word_back(place, lead):
    word = say(place, lead)
    with pytest.raises(Refused):
        services.take_back_word(place.pk, word, "", by=the_team_of(place.programme))


def test_a_stranger_and_people_of_other_programmes_read_no_word(place, lead):
    say(place, lead)
    elsewhere = somebody(Role.STEERING_GROUP_MEMBER, a_programme())
    for viewer in (STRANGER, elsewhere):
        assert queries.own_words_in(place.programme_id, viewer) == {}


def test_the_eyes_of_the_steering_group_see_the_programme_and_nothing_of_a_place_alone(place):
    group = as_the_steering_group(place.programme_id)
    inside = a_place(place.programme, visibility=Stage.PLACE)
    shown = a_place(place.programme, visibility=Stage.PROGRAMME)
    seen = {each.id for each in queries.places_of(place.programme_id, group)}
    assert seen == {place.pk, shown.pk}
    assert inside.pk not in seen
    assert can(group, Act.READ_STEERING, place.programme)
    assert not can(group, Act.KEEP_STEERING, place.programme)


def test_a_decision_is_written_down_and_later_its_outcome_with_the_reason(place):
    team = the_team_of(place.programme)
    decision = services.add_decision(place.programme_id, DUE, by=team)
    services.record_outcome(decision, "All pay", "It is everybody's.", date(2027, 1, 20), by=team)
    (view,) = queries.decisions_of(place.programme_id, team)
    assert (view.outcome, view.reason, view.is_due) == ("All pay", "It is everybody's.", False)
    assert verbs()[-2:] == ["decision.due", "decision.taken"]


def test_an_outcome_stays_as_it_was_written(place):
    team = the_team_of(place.programme)
    decision = services.add_decision(place.programme_id, DUE, by=team)
    services.record_outcome(decision, "All pay", "Because.", date(2027, 1, 20), by=team)
    with pytest.raises(Refused, match="decided already"):
        services.record_outcome(decision, "Nobody pays", "Because.", date(2027, 1, 21), by=team)


def test_no_outcome_without_its_reason(place):
    team = the_team_of(place.programme)
    decision = services.add_decision(place.programme_id, DUE, by=team)
    with pytest.raises(Refused, match="why"):
        services.record_outcome(decision, "All pay", " ", date(2027, 1, 20), by=team)


def test_only_the_team_writes_decisions_down(place):
    for role in (Role.STEERING_GROUP_MEMBER, Role.PLACE_LEAD):
        viewer = somebody(role, place.programme, place if role == Role.PLACE_LEAD else None)
        with pytest.raises(Refused):
            services.add_decision(place.programme_id, DUE, by=viewer)


def test_a_place_reads_decisions_about_itself_and_about_the_whole_but_not_about_others(place, lead):
    team, other = the_team_of(place.programme), a_place(place.programme)
    for what, where in (("mine", place.pk), ("whole", None), ("others", other.pk)):
        words = services.DecisionWords(what, date(2027, 1, 4), "The board", place_id=where)
        services.add_decision(place.programme_id, words, by=team)
    assert {view.what for view in queries.decisions_of(place.programme_id, lead)} == {"mine", "whole"}
    assert len(queries.decisions_of(place.programme_id, team)) == 3
    assert queries.decisions_of(place.programme_id, STRANGER) == ()
    assert queries.decisions_of(place.programme_id, somebody(Role.PROGRAMME_TEAM, a_programme())) == ()


def test_decisions_stand_by_their_day_those_that_were_taken_last(place):
    team = the_team_of(place.programme)
    late = services.add_decision(
        place.programme_id, services.DecisionWords("b", date(2027, 3, 1), "x"), by=team
    )
    services.add_decision(place.programme_id, services.DecisionWords("a", date(2027, 2, 1), "x"), by=team)
    taken = services.add_decision(
        place.programme_id, services.DecisionWords("c", date(2027, 1, 1), "x"), by=team
    )
    services.record_outcome(taken, "Yes", "Because", date(2026, 12, 1), by=team)
    assert [view.what for view in queries.decisions_of(place.programme_id, team)] == ["a", "b", "c"]
    services.withdraw_decision(late, "", by=team)
    assert [view.what for view in queries.decisions_of(place.programme_id, team)] == ["a", "c"]


def test_a_decision_of_nine_ways_a_decision_about_nothing_and_one_by_nobody_are_refused(place):
    team = the_team_of(place.programme)
    for words in (
        services.DecisionWords("a", date(2027, 1, 1), "x", tuple("abcdefghi")),
        services.DecisionWords(" ", date(2027, 1, 1), "x"),
        services.DecisionWords("a", date(2027, 1, 1), " "),
    ):
        with pytest.raises(Refused):
            services.add_decision(place.programme_id, words, by=team)


def test_papers_are_numbered_and_kept_with_their_day(place):
    team = the_team_of(place.programme)
    with clock.moved_to(datetime(2026, 11, 27, 10, tzinfo=UTC)):
        assert services.keep_board_paper(place.programme_id, "One", {"title": "One"}, {}, by=team) == 1
    assert services.keep_board_paper(place.programme_id, "Two", {"title": "Two"}, {}, by=team) == 2
    newest, oldest = queries.board_papers_of(place.programme_id)
    assert (newest.title, oldest.title) == ("Two", "One")
    assert oldest.made_at == datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert queries.board_paper_at(place.programme_id, 1).content == {"title": "One"}
    assert queries.board_paper_at(place.programme_id, 3) is None


def test_only_the_team_makes_papers(place):
    with pytest.raises(Refused):
        services.keep_board_paper(
            place.programme_id, "One", {}, {}, by=somebody(Role.STEERING_GROUP_MEMBER, place.programme)
        )
    assert not BoardPaper.objects.exists()


def test_the_sums_of_places_and_the_sum_of_the_whole_are_the_same_money(place):
    from decimal import Decimal

    team, other = the_team_of(place.programme), a_place(place.programme)
    for where, amount in ((place.pk, "10.10"), (other.pk, "20.20"), (None, "30.30")):
        services.add_entry(
            place.programme_id, services.Gift("tea", "cash", Decimal(amount), place_id=where), by=team
        )
    accounts = queries.accounts_by_place(place.programme_id, team)
    assert accounts.together[0].total == Decimal("60.60")
    assert {key: account[0].total for key, account in accounts.of_places.items()} == {
        place.pk: Decimal("10.10"),
        other.pk: Decimal("20.20"),
    }
