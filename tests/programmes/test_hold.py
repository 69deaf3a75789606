"""Before an election nothing new is shown to everybody but by the team; what is public already stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.actions.services import TryOutWords, change, plan, words_of
from knotwork.conversations.models import ConversationStage
from knotwork.conversations.services import open_conversation
from knotwork.core import clock
from knotwork.core.rules import Refused
from knotwork.learning.services import StoryWords, write_story
from knotwork.maps.services import MapWords, make_map
from knotwork.programmes import services
from knotwork.programmes.hold import can_show_now, holds_now, notice_of
from knotwork.programmes.models import Programme, Role, Stage
from tests.builders import a_conversation, a_person, a_place, a_programme, a_try_out, signed_in
from tests.programmes.build import somebody, the_programme, the_team_of

OPENS, CLOSES = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 8, tzinfo=UTC)
DURING = datetime(2026, 4, 20, 12, tzinfo=UTC)
moments = some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC))


@pytest.fixture
def place(db):
    programme = a_programme(hold_opens_at=OPENS, hold_closes_at=CLOSES)
    return a_place(programme)


@pytest.fixture
def lead(place):
    return somebody(Role.PLACE_LEAD, place.programme, place)


@given(moments, moments, moments)
def test_a_hold_is_a_half_open_window(opens, closes, moment):
    programme = Programme(hold_opens_at=opens, hold_closes_at=closes)
    assert holds_now(programme, moment) == (opens <= moment < closes)


@pytest.mark.pure
def test_without_both_ends_nothing_is_held():
    assert not holds_now(Programme())
    assert not holds_now(Programme(hold_opens_at=OPENS))


@pytest.mark.pure
def test_the_last_day_is_that_of_the_programmes_own_time_zone():
    closes = datetime(2026, 5, 7, 23, tzinfo=UTC)  # midnight of 8 May in British summer time
    with clock.moved_to(DURING):
        notice = notice_of(Programme(hold_opens_at=OPENS, hold_closes_at=closes), "Europe/London")
    assert str(notice.last_day) == "2026-05-07"


def test_a_place_cannot_show_anything_new_while_it_holds_and_is_told_why(place, lead):
    with clock.moved_to(DURING):
        decision = can_show_now(lead, place.programme, Stage.PUBLIC, place)
    assert not decision
    assert "election" in decision.reason
    assert "7 May 2026" in decision.reason or "8 May 2026" in decision.reason


@pytest.mark.parametrize("moment", [OPENS - timedelta(seconds=1), CLOSES])
def test_before_and_after_it_can(place, lead, moment):
    with clock.moved_to(moment):
        assert can_show_now(lead, place.programme, Stage.PUBLIC, place)


def test_the_team_can_show_what_cannot_wait(place):
    with clock.moved_to(DURING):
        assert can_show_now(the_team_of(place.programme), place.programme, Stage.PUBLIC, place)


def test_what_is_public_already_may_be_mended(place, lead):
    with clock.moved_to(DURING):
        assert can_show_now(lead, place.programme, Stage.PUBLIC, place, before=Stage.PUBLIC)


@pytest.mark.parametrize("stage", [Stage.ME, Stage.PLACE, Stage.PROGRAMME])
def test_work_among_the_people_of_the_programme_goes_on(place, lead, stage):
    with clock.moved_to(DURING):
        assert can_show_now(lead, place.programme, stage, place)


def test_a_programme_that_is_not_public_holds_nothing_back(place, lead):
    Programme.objects.update(visibility=Stage.PROGRAMME)
    place.programme.refresh_from_db()
    with clock.moved_to(DURING):
        assert can_show_now(lead, place.programme, Stage.PUBLIC, place)


def story(visibility):
    return StoryWords(title="A story", happened="Something", visibility=visibility)


def test_a_public_story_is_held_back_and_one_for_the_programme_is_not(place, lead):
    with clock.moved_to(DURING):
        with pytest.raises(Refused, match="election"):
            write_story(place.programme_id, story(Stage.PUBLIC), by=lead, place_id=place.pk)
        write_story(place.programme_id, story(Stage.PROGRAMME), by=lead, place_id=place.pk)


def try_out(visibility):
    return TryOutWords("The 4.40", "A bus", "More trips", "Count", None, "Few riders", visibility=visibility)


def test_a_public_try_out_and_a_public_map_are_held_back(place, lead):
    with clock.moved_to(DURING):
        with pytest.raises(Refused, match="election"):
            plan(place.programme_id, try_out(Stage.PUBLIC), by=lead, place_id=place.pk)
        with pytest.raises(Refused, match="election"):
            make_map(
                place.programme_id,
                MapWords("A map", visibility=Stage.PUBLIC),
                by=lead,
                place_id=place.pk,
            )


def test_a_try_out_that_was_shown_to_fewer_is_not_shown_to_all(place, lead):
    row = a_try_out(place.programme, place=place, visibility=Stage.PROGRAMME)
    wanted = replace(words_of(row.public_id, lead), visibility=Stage.PUBLIC.value)
    with clock.moved_to(DURING), pytest.raises(Refused, match="election"):
        change(row.public_id, wanted, by=lead)


def test_a_facilitator_opens_no_public_question_and_the_team_does(place):
    conversation = a_conversation(place.programme, place=place, statements=3, stage=ConversationStage.DRAFT)
    with clock.moved_to(DURING):
        with pytest.raises(Refused, match="election"):
            open_conversation(conversation, by=somebody(Role.FACILITATOR, place.programme))
        open_conversation(conversation, by=the_team_of(place.programme))


def test_a_place_itself_is_not_shown_to_everybody_now(place, lead):
    services.change_place(
        place.pk,
        services.PlaceWords(place.name, place.issue, visibility=Stage.PROGRAMME),
        by=the_team_of(place.programme),
    )
    with clock.moved_to(DURING), pytest.raises(Refused, match="election"):
        services.change_place(
            place.pk, services.PlaceWords(place.name, place.issue, visibility=Stage.PUBLIC), by=lead
        )


def test_the_team_sets_whole_days_in_the_programmes_time_zone(client, db):
    programme = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    address = f"/programmes/{programme.slug}/manage/hold/"
    sent = client.post(address, {"first_day": "2026-03-27", "last_day": "2026-05-07", "words": "Soon."})
    assert sent.status_code == 303
    programme.refresh_from_db()
    assert programme.hold_opens_at == datetime(2026, 3, 27, tzinfo=UTC)
    assert programme.hold_closes_at == datetime(
        2026, 5, 7, 23, tzinfo=UTC
    )  # the clocks went forward meanwhile
    page = client.get(address).content.decode()
    assert 'value="2026-03-27"' in page
    assert 'value="2026-05-07"' in page


def test_days_in_the_wrong_order_are_refused(client, db):
    programme = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    sent = client.post(
        f"/programmes/{programme.slug}/manage/hold/", {"first_day": "2026-05-08", "last_day": "2026-05-07"}
    )
    assert sent.status_code == 422
    with pytest.raises(Refused):
        services.set_hold(programme.pk, services.Hold(CLOSES, OPENS), by=the_team_of(programme))


def test_a_hold_is_ended_at_once_and_one_to_come_is_taken_back(place, lead):
    team = the_team_of(place.programme)
    with clock.moved_to(DURING):
        services.end_hold(place.programme_id, by=team)
        place.programme.refresh_from_db()
        assert can_show_now(lead, place.programme, Stage.PUBLIC, place)
        services.end_hold(place.programme_id, by=team)
    services.set_hold(place.programme_id, services.Hold(OPENS, CLOSES), by=team)
    with clock.moved_to(OPENS - timedelta(days=3)):
        services.end_hold(place.programme_id, by=team)
    assert the_programme(place.programme.slug).duties.hold_opens_at is None


def test_forms_say_that_things_are_held_back_and_public_pages_only_if_wanted(client, place):
    page, form = f"/programmes/{place.programme.slug}/", f"/programmes/{place.programme.slug}/contact/"
    with clock.moved_to(DURING):
        assert "nothing new is shown to everybody here" not in client.get(page).content.decode()
        a_person(Role.PROGRAMME_TEAM, place.programme)
        assert "nothing new is shown to everybody here" in client.get(form).content.decode()
        Programme.objects.update(hold_is_shown=True, hold_words="An election is near.")
        assert "An election is near." in client.get(f"{page}?theme=x").content.decode()


def test_only_the_team_sets_a_hold(place, lead):
    with pytest.raises(Refused):
        services.set_hold(place.programme_id, services.Hold(OPENS, CLOSES), by=lead)
