"""Northvale, the made-up example: told by the rooms' services, worked out by the methods, marked, and removable."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from knotwork.actions.models import TryOut, TryOutStage
from knotwork.calls.models import Call
from knotwork.conversations.models import Conversation, StatementState
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due
from knotwork.core.strands.kinds import beads_of_place
from knotwork.core.strands.walk import walk_from
from knotwork.examples.northvale import loading
from knotwork.examples.registry import in_silence
from knotwork.learning.models import Story, Uptake
from knotwork.maps.models import Perspective, SystemMap
from knotwork.maps.querysets import factors_on, named_loops_on
from knotwork.measures.queries import measures_for
from knotwork.programmes.models import LedgerEntry, LedgerKind, Place, Programme, Provenance
from knotwork.programmes.queries import ledger_sums
from knotwork.support.queries import agreement_of, events_for, help_for, visits_of_place
from tests.told import tell

pytestmark = pytest.mark.django_db
BUS = "The last bus leaves before lunch club ends."


@pytest.fixture(scope="module")
def _told_once(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Loaded once for all tests of this file, each of which undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell("northvale")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def northvale(_told_once: None, db: None) -> Place:
    caches["pages"].clear()
    return Place.objects.select_related("programme").get(slug="northvale")


@pytest.fixture
def conversation(northvale: Place) -> Conversation:
    return Conversation.objects.get(programme=northvale.programme, urgent__isnull=True)


def test_it_is_marked_as_made_up_with_its_three_places(northvale: Place) -> None:
    assert northvale.programme.provenance == Provenance.MADE_UP
    names = Place.objects.filter(programme=northvale.programme).values_list("name", flat=True)
    assert set(names) == {"Northvale", "Eastmere", "Southfold"}


def test_the_ledger_holds_cash_and_help_in_kind_as_the_storyboard_tells(northvale: Place) -> None:
    def held(kind: str) -> Counter[tuple[str, str]]:
        entries = LedgerEntry.objects.filter(programme=northvale.programme, kind=kind)
        summed: Counter[tuple[str, str]] = Counter()
        for what, place, amount in entries.values_list("what", "place__name", "amount"):
            summed[what, place or ""] += int(amount)
        return summed

    money = held(LedgerKind.CASH)
    places = ("Northvale", "Eastmere", "Southfold")
    assert [money["Money for two years", place] for place in places] == [60_000, 50_000, 40_000]
    assert 9_600 in money.values()
    assert {30_000, 22_000, 12_000} <= set(held(LedgerKind.IN_KIND).values())


def test_the_ledger_of_the_example_says_what_is_spent_and_what_is_still_agreed(northvale: Place) -> None:
    rows = {each.name: each.sums[0] for each in ledger_sums(northvale.programme.pk, STRANGER)}
    assert rows["Northvale"].spent == 38_400
    assert (rows[""].agreed, rows[""].spent) == (27_250, 2_750)


def test_northvale_chose_its_enabler_and_shows_one_of_her_two_notes(northvale: Place) -> None:
    (note,) = visits_of_place(northvale.public_id, STRANGER)
    assert note.days == Decimal("2.5")
    assert len(visits_of_place(northvale.public_id, Viewer(is_administrator=True))) == 2
    agreement = agreement_of(northvale.public_id, STRANGER)
    assert agreement is not None
    assert agreement.is_agreed
    assert [each.word for each in agreement.milestones] == ["done", "done", "changed", "not_yet"]


def test_its_call_for_help_was_answered_and_a_day_of_learning_noted(northvale: Place) -> None:
    (asked,) = help_for(STRANGER, place=northvale.public_id)
    assert (len(asked.answers), asked.is_open) == (2, False)
    (event,) = events_for(STRANGER, programme=northvale.programme.public_id)
    assert "Show me how it is made" in event.notes


def test_412_people_answered_in_three_ways(conversation: Conversation) -> None:
    answered = conversation.participants.filter(votes__isnull=False).distinct()
    assert Counter(one.way for one in answered) == {"online": 298, "paper": 96, "helped": 18}


def test_two_statements_are_not_shown_and_the_question_got_new_words(conversation: Conversation) -> None:
    hidden = conversation.statements.filter(state=StatementState.NOT_SHOWN)
    assert sorted(hidden.values_list("reason", flat=True)) == ["asks_for_help", "personal"]
    assert all(one.reply for one in hidden.filter(reason="asks_for_help"))
    assert conversation.former_wordings.count() == 1


def test_31_people_drew_the_map_and_two_loops_have_names(northvale: Place) -> None:
    drawn = SystemMap.objects.get(programme=northvale.programme)
    assert Perspective.objects.filter(map=drawn).count() == 31
    assert factors_on(drawn).count() == 12
    assert {"Out and about", "Rooms that stay open"} == {one.name for one in named_loops_on(drawn)}


def test_of_the_try_outs_one_stays_one_goes_on_and_one_was_stopped(northvale: Place) -> None:
    stages = dict(TryOut.objects.filter(place=northvale).values_list("title", "stage"))
    assert stages["The 4.40 home"] == TryOutStage.ENDED
    assert stages["Open rooms"] == TryOutStage.GOING
    assert stages["Befriending app"] == TryOutStage.ENDED


def test_the_bus_runs_in_two_cycles_and_its_rule_says_nothing_after_the_twelve_weeks(
    northvale: Place,
) -> None:
    bus = TryOut.objects.get(place=northvale, title="The 4.40 home")
    assert list(bus.cycles.values_list("next_step", flat=True)) == ["another", "adopt"]
    early = [each.value for each in bus.numbers.all() if each.on < bus.stop_check.from_on]
    assert min(early) < bus.stop_check.threshold
    assert bus.stop_check.spoke_at is None
    assert [each.reply for pledge in bus.pledges.all() for each in pledge.replies.all()] == [
        "not_yet",
        "done",
    ]


def test_the_claim_of_the_bus_stands_beside_the_fare_cap_and_somebody_else_checked_it(
    northvale: Place,
) -> None:
    bus = TryOut.objects.get(place=northvale, title="The 4.40 home")
    assert bus.claim.state == "checked"
    assert bus.claim.checked_for.name == "The Enabling Circle"
    assert any("fare cap" in each.words for each in bus.other_causes.all())


def test_the_app_stopped_in_week_10_by_its_rule_and_was_abandoned_with_a_reason(northvale: Place) -> None:
    app = TryOut.objects.get(place=northvale, title="Befriending app")
    assert app.stop_check.spoke_at is not None
    assert (app.stopped_at - app.started_at).days // 7 + 1 == 10
    assert app.stop_check.spoke_at <= app.stopped_at
    assert app.ending == "abandoned"
    assert app.why_ended


def test_every_measure_that_was_looked_at_is_listed_with_what_was_found(northvale: Place) -> None:
    found = {row.title: row.short for row in measures_for(STRANGER, place=northvale.public_id)}
    assert len(found) == 3
    assert "Changed for the better" in found["Trips after four in the afternoon"]
    assert "No more than the usual" in found["Calls for urgent help by people aged 75 and over"]


def test_its_figures_are_worked_out_and_nothing_is_due_again(northvale: Place, conversation) -> None:
    assert snapshots.newest_good("opinion", conversation.public_id) is not None
    assert ask_for_due() == 0


def test_the_thread_leads_from_the_statement_to_places_that_took_up_the_lesson(northvale: Place) -> None:
    said = next(
        bead
        for bead in beads_of_place(northvale.public_id, STRANGER, kinds=["statement"])["statement"]
        if bead.title == BUS
    )
    walk = walk_from("statement", said.public_id, STRANGER)
    assert walk is not None
    kinds = {one.bead.kind for one in walk.after}
    assert {"factor", "try_out", "leadership_note", "measure", "story"} <= kinds
    assert Uptake.objects.filter(programme=northvale.programme).count() == 4


def test_every_step_of_the_walk_leads_to_a_page_that_says_that_it_is_made_up(
    client: Client, northvale: Place
) -> None:
    page = client.get("/walk/").content.decode()
    steps = list(dict.fromkeys(re.findall(r'href="([^"]*[?&]walk=\d+)"', page)))
    assert len(steps) == 14
    for step in steps:
        answer = client.get(step.replace("&amp;", "&"))
        assert answer.status_code == 200, step
        if "/come-back/" not in step and "/learn/spread/" not in step:
            assert "Northvale is not a real place" in answer.content.decode(), step


def test_loading_it_again_tells_nothing_twice(northvale: Place) -> None:
    before = Story.objects.count(), TryOut.objects.count(), LedgerEntry.objects.count()
    loading.load(in_silence)
    assert (Story.objects.count(), TryOut.objects.count(), LedgerEntry.objects.count()) == before


def test_once_removed_a_stranger_finds_no_trace_of_it_and_it_can_come_back(
    client: Client, northvale: Place
) -> None:
    story = Story.objects.filter(place=northvale, visibility="public").first()
    assert story is not None
    own_pages = [
        "/walk/",
        "/programmes/northvale/",
        "/programmes/northvale/places/northvale/",
        "/programmes/northvale/places/northvale/feed.atom",
        f"/thread/story/{story.public_id}/",
        "/programmes/northvale/try/the-440-home/",
    ]
    assert {client.get(page).status_code for page in own_pages} == {200}
    loading.withdraw()
    caches["pages"].clear()
    assert not loading.is_there()
    assert {client.get(page).status_code for page in own_pages} == {404}
    for shared in (
        "/",
        "/programmes/",
        "/listen/",
        "/map/",
        "/try/",
        "/measure/",
        "/learn/",
        "/learn/spread/",
    ):
        assert "northvale" not in client.get(shared).content.decode().lower(), shared
    loading.load(in_silence)
    assert Programme.objects.get(slug="northvale").withdrawn_at is None
    assert loading.is_there()


def test_six_places_answered_the_call_each_signed_for_and_the_bids_were_opened(northvale: Place) -> None:
    call = Call.objects.get(programme=northvale.programme)
    assert call.opened_at is not None
    assert call.bids.filter(submitted_at__isnull=False, sign_off__signed_at__isnull=False).count() == 6
