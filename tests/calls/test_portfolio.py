"""What a choice of bids would cover."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from knotwork.calls import services
from knotwork.calls.comparing import meeting_of
from knotwork.calls.models import Bid, Conflict, Outcome
from knotwork.calls.portfolio import ChosenBy, choice_of, portfolio_of
from knotwork.calls.services import LineWords
from knotwork.core import clock
from knotwork.programmes.models import Area, AreaPopulation
from tests.builders import signed_in
from tests.calls.build_panel import IN_REVIEW, BuiltPanel, a_scored_panel
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> BuiltPanel:
    return a_scored_panel(4, 3, stage="decision", number_of_places=2)


def page(client, panel, name="portfolio", query=""):
    signed_in(client, panel.reviewers[0].person)
    with clock.moved_to(IN_REVIEW):
        return client.get(reverse(f"calls:{name}", args=[panel.call.programme.slug, panel.call.slug]) + query)


def covered(panel, *, ticked=(), places=None):
    meeting = meeting_of(panel.call, ADMINISTRATOR)
    choice = choice_of(
        panel.call, meeting, ticked=[str(panel.bids[one].public_id) for one in ticked], places=places
    )
    return choice, portfolio_of(meeting.bids, choice.bids)


def about(panel, bid, **words):
    Bid.objects.filter(pk=panel.bids[bid].pk).update(**words)


def an_area(code, name, people=0, year=2020):
    area = Area.objects.create(code=code, name=name)
    if people:
        AreaPopulation.objects.create(
            area=area, year=year, from_age=0, people=people, source="Office for Counting", licence="l"
        )


def decided(panel, bid, *, is_put=True):
    """A decision that chooses this bid and no other."""
    with clock.moved_to(IN_REVIEW):
        decision = services.propose(panel.call.public_id, by=ADMINISTRATOR)
        lines = {
            each.public_id: LineWords(Outcome.CHOSEN if at == bid else Outcome.NOT_CHOSEN, "Reason")
            for at, each in enumerate(panel.bids)
        }
        services.say_outcomes(decision, lines, "By talking it through.", by=ADMINISTRATOR)
        if is_put:
            services.put(decision, by=ADMINISTRATOR)
    return decision


def counts(shares):
    return [(one.label, one.chosen, one.all) for one in shares]


def test_themes_and_people_are_counted_beside_all_bids(panel):
    Bid.objects.filter(call=panel.call).update(themes="", areas="E08000036")
    an_area("E08000036", "Wakefield", 900)
    about(panel, 0, themes="Loneliness")
    _choice, found = covered(panel, ticked=[0])
    assert counts(found.themes) == [("no theme said", 0, 3), ("Loneliness", 1, 1)]
    assert (found.chosen_people.people, found.all_people.people) == (900, 900)
    assert (found.years, found.sources) == ((2020,), ("Office for Counting",))


def test_a_region_is_read_off_the_code_of_an_area(panel):
    an_area("E08000036", "Wakefield")
    an_area("E06000052", "Cornwall")
    an_area("S12000033", "Aberdeen City")
    for bid, areas in enumerate(["Wakefield", "E06000052", "Aberdeen City\nCornwall", "Nowhere"]):
        about(panel, bid, areas=areas)
    _choice, found = covered(panel, ticked=[1, 2])
    assert counts(found.regions) == [
        ("South West", 2, 2),
        ("Scotland", 1, 1),
        ("Yorkshire and The Humber", 0, 1),
        ("not known", 0, 1),
    ]


def test_an_area_that_nobody_knows_is_not_known(panel):
    Bid.objects.filter(call=panel.call).update(areas="Nowhere")
    _choice, found = covered(panel)
    assert [one.label for one in found.regions] == ["not known"]
    assert found.all_people.unknown == 4
    assert found.all_people.sum is None
    assert found.years == ()


def test_only_the_newest_year_of_an_area_counts(panel):
    Bid.objects.filter(call=panel.call).update(areas="Wakefield")
    an_area("E08000036", "Wakefield", 900)
    AreaPopulation.objects.create(
        area=Area.objects.get(), year=2011, from_age=0, people=700, source="s", licence="l"
    )
    _choice, found = covered(panel)
    assert (found.all_people.people, found.years) == (900, (2020,))


def test_without_a_decision_the_first_of_the_order_are_looked_at(panel):
    choice, _found = covered(panel)
    assert (choice.by, len(choice.bids)) == (ChosenBy.LINE, 2)


def test_a_decision_that_was_put_is_what_is_looked_at(panel):
    decided(panel, 3)
    choice, _found = covered(panel)
    assert choice.by == ChosenBy.DECISION
    assert choice.bids == {panel.bids[3].public_id}


def test_a_decision_that_is_still_written_is_not_looked_at(panel):
    decided(panel, 3, is_put=False)
    assert covered(panel)[0].by == ChosenBy.LINE


def test_a_decision_that_was_taken_back_is_not_looked_at(panel):
    with clock.moved_to(IN_REVIEW):
        services.take_back_decision(decided(panel, 3), "A mistake", by=ADMINISTRATOR)
    assert covered(panel)[0].by == ChosenBy.LINE


def test_ticks_come_before_a_line_and_a_line_before_the_decision(panel):
    decided(panel, 3)
    assert covered(panel, ticked=[0, 1], places=1)[0].bids == {each.public_id for each in panel.bids[:2]}
    choice, _found = covered(panel, places=3)
    assert (choice.by, len(choice.bids)) == (ChosenBy.PLACES, 3)
    assert covered(panel, places=0)[0].bids == frozenset()


def test_what_is_tried_out_stands_in_the_address_alone(client, panel):
    for query, ticks in (("", 2), ("?places=3", 3), ("?places=words", 2), ("?bid=nonsense", 0)):
        assert page(client, panel, query=query).content.decode().count(" checked") == ticks
    assert page(client, panel).content.decode().count(" checked") == 2


def test_the_page_says_what_the_choice_is_and_of_when_the_people_are(client, panel):
    Bid.objects.filter(call=panel.call).update(areas="Wakefield")
    an_area("E08000036", "Wakefield", 900, IN_REVIEW.year - 6)
    decided(panel, 3)
    words = page(client, panel).content.decode()
    for part in ("the decision chooses", "6 years old", "Office for Counting", "Yorkshire and The Humber"):
        assert part in words


def test_what_is_kept_from_the_viewer_is_left_out(client, panel):
    Conflict.objects.create(reviewer=panel.reviewers[0], bid=panel.bids[0], found_by="declared")
    words = page(client, panel).content.decode()
    assert "Place 01" not in words
    assert "1 bid that you do not judge is left out" in words
    for name in ("portfolio-csv", "portfolio-workbook"):
        assert b"Place 01" not in page(client, panel, name).content
    assert "Place 01" not in page(client, panel, "portfolio-csv").content.decode()


def test_the_table_is_that_of_the_choice_looked_at(client, panel):
    query = f"?bid={panel.bids[1].public_id}"
    assert f"portfolio.csv{query}" in page(client, panel, query=query).content.decode()
    lines = page(client, panel, "portfolio-csv", query).content.decode().splitlines()
    assert "bid,Place 02,1,1,," in lines
    assert "bid,Place 01,0,1,," in lines
    assert lines[0] == "what,name,chosen,all,years,source"


def test_the_workbook_has_a_sheet_for_each_question(client, panel):
    book = load_workbook(BytesIO(page(client, panel, "portfolio-workbook").content))
    assert book.sheetnames == ["Themes", "Regions", "People", "Bids"]
