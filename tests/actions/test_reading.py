"""Who sees which try-out, in which order, on place pages, in search and in feeds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knotwork.actions import services
from knotwork.actions.feeds import entries
from knotwork.actions.models import TryOut, TryOutStage
from knotwork.actions.panels import place_panel
from knotwork.actions.queries import try_outs_for
from knotwork.actions.querysets import try_outs
from knotwork.actions.search import documents
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.strands.kinds import beads, beads_of_place, label_of
from knotwork.programmes.models import Place, Provenance, Role
from tests.actions.build import BEFORE, READY, a_lead, a_member, going, planned, row
from tests.builders import a_place, a_programme, a_try_out
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "seen_by"),
    [
        ("me", {"author"}),
        ("place", {"author", "member"}),
        ("programme", {"author", "member", "team", "other place"}),
        ("public", {"author", "member", "team", "other place", "somebody", "stranger"}),
    ],
)
def test_a_try_out_is_shown_as_far_as_its_stage_says(stage: str, seen_by: set[str]) -> None:
    place = a_place()
    author = a_lead(place)
    planned(place, replace(READY, visibility=stage), by=author)
    viewers = {
        "author": author,
        "member": a_member(place),
        "team": the_team_of(place.programme),
        "other place": a_member(a_place(place.programme)),
        "somebody": somebody(),
        "stranger": STRANGER,
    }
    assert {name for name, viewer in viewers.items() if try_outs_for(viewer)} == seen_by


def test_of_a_place_that_becomes_sensitive_nothing_is_shown_to_everybody_any_more() -> None:
    place = a_place()
    planned(place)
    Place.objects.filter(pk=place.pk).update(is_sensitive=True)
    assert try_outs_for(STRANGER) == try_outs_for(somebody()) == []
    assert len(try_outs_for(a_member(place))) == len(try_outs_for(ADMINISTRATOR)) == 1


def test_a_withdrawn_try_out_is_shown_to_nobody() -> None:
    a_try_out(withdrawn_at=BEFORE)
    assert try_outs_for(ADMINISTRATOR) == []


def test_those_going_on_stand_first_and_the_newest_turn_before_older_ones() -> None:
    programme = a_programme()
    a_try_out(programme, title="planned", stage=TryOutStage.PLANNED)
    a_try_out(programme, title="stopped", stage=TryOutStage.STOPPED, stopped_at=BEFORE)
    for title, day in (("older", 1), ("newer", 9)):
        started = datetime(2026, 1, day, tzinfo=UTC)
        a_try_out(programme, title=title, started_at=started, written_at=started)
    assert [each.title for each in try_outs_for(STRANGER)] == ["newer", "older", "planned", "stopped"]
    assert [each.title for each in try_outs_for(STRANGER, stage="planned")] == ["planned"]


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (63, 10), (69, 10), (70, 11)])
def test_the_week_in_which_it_stopped_is_counted_from_its_start(days: int, week: int) -> None:
    a_try_out(stage=TryOutStage.STOPPED, started_at=BEFORE, stopped_at=BEFORE + timedelta(days=days))
    (each,) = try_outs_for(STRANGER)
    assert each.stopped_in_week == week
    assert each.state_words == f"Stopped early, in week {week}"


def test_days_are_those_of_the_programme() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    a_try_out(a_programme(time_zone="Europe/London"), started_at=late)
    (each,) = try_outs_for(STRANGER)
    assert (each.started_on.day, each.started_on.month) == (2, 7)  # type: ignore[union-attr]


def test_a_list_asks_the_database_once(django_assert_num_queries: object) -> None:
    programme = a_programme()
    for _each in range(5):
        a_try_out(programme, place=a_place(programme))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(try_outs_for(STRANGER)) == 5


def test_a_try_out_is_an_end_of_strands_for_those_who_may_see_it() -> None:
    place = a_place()
    shown, hidden = planned(place), planned(place, replace(READY, visibility="place"))
    wanted = [("try_out", shown), ("try_out", hidden)]
    assert [bead.public_id for bead in beads(wanted, STRANGER).values()] == [shown]
    listed = beads_of_place(place.public_id, a_member(place))["try_out"]
    assert [bead.public_id for bead in listed] == [hidden, shown]
    assert listed[0].url == f"/programmes/{place.programme.slug}/try/{row(hidden).slug}/"
    assert label_of("try_out") == "Try-out"


def test_it_is_found_by_all_of_its_words_and_not_once_withdrawn() -> None:
    try_out = going(a_place())
    services.add_partner(try_out, "Northvale Buses", does="Moves the bus.", by=ADMINISTRATOR)
    services.say_what_must_change(try_out, "rules", "A timetable may change.", by=ADMINISTRATOR)
    cycle = services.plan_cycle(try_out, "Who rides it?", "Nobody we know.", by=ADMINISTRATOR)
    services.begin_cycle(cycle, by=ADMINISTRATOR)
    services.study_cycle(cycle, services.Study(saw="Choristers"), by=ADMINISTRATOR)
    fares = services.OtherCauseWords("Fares were capped", "likely", "Buses")
    mistake = services.name_other_cause(try_out, replace(fares, words="Hail"), by=ADMINISTRATOR)
    services.withdraw_other_cause(mistake, "A mistake", by=ADMINISTRATOR)
    services.name_other_cause(try_out, fares, by=ADMINISTRATOR)
    services.claim(try_out, "Ten more trips", "We helped", by=ADMINISTRATOR)
    services.stop(try_out, "The driver left.", happened="Seven riders.", by=ADMINISTRATOR)
    (document,) = documents([try_out])
    assert document.title == READY.title
    for words in (READY.expects, READY.stop_rule, "Northvale Buses Moves", "A timetable", "driver", "Seven"):
        assert words in document.text
    for words in ("Who rides", "Nobody we", "Choristers", "Fares were", "Ten more", "We helped"):
        assert words in document.text
    assert "Hail" not in document.text
    services.withdraw(try_out, "Typed twice", by=ADMINISTRATOR)
    assert list(documents()) == []


def test_a_feed_tells_where_each_try_out_stands_and_only_what_one_may_see() -> None:
    programme = a_programme(provenance=Provenance.MADE_UP)
    place = a_place(programme, name="Northvale")
    try_out = going(place)
    a_try_out(programme, place=place, visibility="place")
    a_try_out()
    (entry,) = entries(STRANGER, place=place.public_id)
    assert (entry.public_id, entry.title) == (try_out, "Northvale: The 4.40 home")
    assert entry.summary == "Going on. Buses moves the 3.50 to 4.40."
    assert entry.is_made_up
    assert len(entries(STRANGER)) == 2
    assert len(entries(STRANGER, most=1)) == 1


def test_the_page_of_a_place_says_what_is_tried_out_there() -> None:
    place = a_place()
    going(place)
    planned(place)
    planned(place, replace(READY, visibility="place"))
    panel = place_panel(place.public_id, STRANGER)
    assert list(panel.sentences) == ["2 try-outs.", "1 is going on now."]
    assert [str(link.words) for link in panel.links] == [
        "The 4.40 home: Going on",
        "The 4.40 home: Planned",
        "All try-outs of this place",
    ]


def test_where_nothing_is_tried_out_the_page_of_a_place_says_what_a_try_out_is() -> None:
    panel = place_panel(a_place().public_id, STRANGER)
    assert "has an end" in str(panel.sentences[0])


def test_the_words_of_a_writer_who_was_erased_stay_without_her() -> None:
    place = a_place()
    try_out = planned(place, by=somebody(Role.PLACE_LEAD, place.programme, place))
    TryOut.objects.filter(public_id=try_out).update(author=None)
    assert try_outs().visible_to(STRANGER).get().title == READY.title
