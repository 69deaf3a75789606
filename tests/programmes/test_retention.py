"""Until when what is about people is kept: told before, never earlier than said, and nothing that is in use."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.accounts.models import Person
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.core.schedule.registry import jobs
from knotwork.programmes import retention, services
from knotwork.programmes.models import Membership, Programme, Role
from knotwork.programmes.services.retention import keep_no_longer
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import somebody, the_team_of, verbs

DAY = date(2027, 3, 1)
BEFORE_THE_LETTER = datetime(2027, 1, 20, tzinfo=UTC)
WHEN_IT_IS_TOLD = datetime(2027, 1, 31, tzinfo=UTC)
ON_THE_DAY = datetime(2027, 3, 1, tzinfo=UTC)
LONG_AGO = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def programme(db):
    made = a_programme(keep_until=DAY)
    a_person(Role.PROGRAMME_TEAM, made, email="team@example.org")
    return made


def ended(programme, **words):
    person = a_person(Role.EVALUATOR, programme, **words)
    person.memberships.update(closes_at=LONG_AGO)
    return person


def run(moment):
    with clock.moved_to(moment):
        return keep_no_longer()


def test_nothing_happens_before_the_team_is_told(programme):
    ended(programme)
    assert run(BEFORE_THE_LETTER) == 0
    assert not Letter.objects.exists()


def test_the_team_is_told_thirty_days_before_with_what_would_go(programme):
    for _number in range(6):
        ended(programme)
    run(WHEN_IT_IS_TOLD)
    letter = Letter.objects.get()
    assert letter.to == "team@example.org"
    assert "1 March 2027" in letter.subject
    assert "Roles that have ended: 6" in letter.body
    assert f"/programmes/{programme.slug}/manage/keeping/" in letter.body
    assert verbs()[-1] == "retention.told"


def test_small_numbers_are_not_told_exactly(programme):
    ended(programme)
    run(WHEN_IT_IS_TOLD)
    assert "Roles that have ended: fewer than 5" in Letter.objects.get().body


def test_it_is_told_once(programme):
    run(WHEN_IT_IS_TOLD)
    run(WHEN_IT_IS_TOLD + timedelta(days=1))
    assert Letter.objects.count() == 1


def test_where_nobody_is_in_the_team_the_administrators_hear_of_it(db):
    a_programme(keep_until=DAY)
    a_person(is_administrator=True, email="house@example.org")
    run(WHEN_IT_IS_TOLD)
    assert Letter.objects.get().to == "house@example.org"


def test_without_anybody_to_tell_nothing_goes(db):
    alone = a_programme(keep_until=DAY)
    ended(alone)
    run(ON_THE_DAY)
    run(ON_THE_DAY + timedelta(days=60))
    assert Membership.objects.filter(programme=alone).count() == 1


def test_on_the_day_the_roles_that_ended_go_and_those_that_run_stay(programme):
    person = ended(programme, email="gone@example.org")
    run(WHEN_IT_IS_TOLD)
    assert run(ON_THE_DAY - timedelta(seconds=1)) == 0
    assert run(ON_THE_DAY) == 1
    assert list(Membership.objects.values_list("role", flat=True)) == [Role.PROGRAMME_TEAM]
    person.refresh_from_db()
    assert person.blanked_at is not None
    assert "gone" not in person.email
    assert verbs()[-1] == "retention.done"


def test_whoever_holds_a_role_elsewhere_keeps_her_account(programme):
    person = ended(programme)
    Membership.objects.create(person=person, role=Role.CODER, programme=a_programme())
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    person.refresh_from_db()
    assert person.blanked_at is None
    assert person.memberships.get().role == Role.CODER


def test_an_administrator_keeps_her_account(programme):
    person = ended(programme, is_administrator=True)
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    person.refresh_from_db()
    assert person.blanked_at is None


def test_other_programmes_lose_nothing(programme):
    other = a_programme()
    ended(other)
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    assert Membership.objects.filter(programme=other).count() == 1


def test_a_role_that_ends_later_goes_on_a_later_day(programme):
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    late = a_person(Role.ANALYST, programme)
    late.memberships.update(closes_at=ON_THE_DAY + timedelta(days=2))
    assert run(ON_THE_DAY + timedelta(days=1)) == 0
    assert run(ON_THE_DAY + timedelta(days=3)) == 1


def test_a_day_with_nothing_to_let_go_is_written_down_once(programme):
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    run(ON_THE_DAY + timedelta(days=1))
    assert verbs().count("retention.done") == 1
    assert Programme.objects.get(pk=programme.pk).keep_done_at == ON_THE_DAY


def test_nothing_goes_earlier_than_fourteen_days_after_the_letter(programme):
    ended(programme)
    told = ON_THE_DAY - timedelta(days=2, hours=-9)
    run(told)
    assert run(ON_THE_DAY) == 0
    assert run(told + timedelta(days=14)) == 0  # the day has begun already; it goes on the next
    assert run(datetime(2027, 3, 14, tzinfo=UTC)) == 1


@given(
    some.dates(date(2026, 1, 1), date(2028, 1, 1)),
    some.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=some.just(UTC)),
    some.sampled_from(["Europe/London", "Pacific/Auckland", "America/New_York"]),
)
def test_it_never_goes_before_the_day_nor_within_fourteen_days_of_the_letter(day, told, zone):
    programme = Programme(keep_until=day, keep_told_at=told, time_zone=zone)
    goes_on = retention.goes_on(programme)
    assert goes_on >= day
    start = datetime(goes_on.year, goes_on.month, goes_on.day, tzinfo=UTC)
    latest = start + timedelta(hours=14)
    assert not retention.is_due(programme, start - timedelta(hours=15))
    assert not retention.is_due(programme, told + timedelta(days=14) - timedelta(seconds=1))
    assert retention.is_due(programme, latest)
    assert goes_on <= max(day, (told + timedelta(days=16)).date())


def test_a_restored_row_of_a_role_that_went_goes_again(programme):
    person = ended(programme)
    row = person.memberships.get()
    run(WHEN_IT_IS_TOLD)
    run(ON_THE_DAY)
    row.save(force_insert=True)  # as if an older dump had been put back
    erasures.apply_again()
    assert not Membership.objects.filter(public_id=row.public_id).exists()


def test_a_day_lies_ahead_and_a_new_day_is_told_anew(programme):
    team = the_team_of(programme)
    run(WHEN_IT_IS_TOLD)
    with clock.moved_to(ON_THE_DAY - timedelta(days=10)):
        with pytest.raises(Refused, match="still to come"):
            services.keep_until(programme.pk, date(2027, 2, 1), by=team)
        services.keep_until(programme.pk, date(2028, 3, 1), by=team)
    programme.refresh_from_db()
    assert programme.keep_told_at is None
    assert run(ON_THE_DAY) == 0


def test_only_the_team_sets_the_day(programme):
    place = a_place(programme)
    with pytest.raises(Refused):
        services.keep_until(programme.pk, None, by=somebody(Role.PLACE_LEAD, programme, place))


def test_the_page_shows_what_would_go_and_sets_the_day(client, programme):
    ended(programme)
    signed_in(client, Person.objects.get(email="team@example.org"))
    address = f"/programmes/{programme.slug}/manage/keeping/"
    page = client.get(address).content.decode()
    assert "Roles that have ended" in page
    assert "fewer than 5" in page
    assert client.post(address, {"keep_until": "2001-01-01"}).status_code == 422
    assert client.post(address, {"keep_until": "2031-05-01"}).status_code == 303
    assert Programme.objects.get(pk=programme.pk).keep_until == date(2031, 5, 1)


def test_everybody_reads_until_when_things_are_kept(client, programme):
    page = client.get(f"/programmes/{programme.slug}/privacy/").content.decode()
    assert "until 1 March 2027" in page
    assert "Roles that have ended" in page


def test_it_is_looked_at_every_day():
    (job,) = [job for job in jobs() if job.name == "programmes.keep_no_longer"]
    assert job.every == timedelta(days=1)
