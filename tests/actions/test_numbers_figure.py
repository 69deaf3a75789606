"""The numbers of a try-out stand as a picture: as they were entered, beside its stop rule and what was predicted."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from knotwork.actions import services
from knotwork.actions.numbers_figure import figure_of
from knotwork.actions.queries import check_of, cycles_of, try_out_view
from knotwork.actions.services import CheckWords
from knotwork.core import clock
from knotwork.core.pages.figure import FigureView
from knotwork.programmes.models import Programme, Provenance
from tests.actions.build import going, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db

RIDERS = CheckWords("below", Decimal(8), date(2026, 3, 30), number_name="riders a trip")
COUNTED = {date(2026, 1, 19): "5", date(2026, 3, 2): "11.5", date(2026, 4, 6): "7.5"}


@pytest.fixture(autouse=True)
def in_april():
    with clock.moved_to(datetime(2026, 4, 20, 9, tzinfo=UTC)):
        yield


def counted(numbers: dict[date, str], words: CheckWords = RIDERS) -> UUID:
    try_out = going(a_place())
    services.make_checkable(try_out, words, by=ADMINISTRATOR)
    for day, value in numbers.items():
        services.enter_number(try_out, day, Decimal(value), note=f"On {day}", by=ADMINISTRATOR)
    return try_out


def drawn(try_out: UUID) -> FigureView | None:
    check = check_of(row(try_out), ADMINISTRATOR)
    assert check is not None
    return figure_of(try_out_view(row(try_out)), check, cycles_of(row(try_out)))


def test_without_a_number_there_is_no_picture() -> None:
    assert drawn(counted({})) is None


def test_the_figure_says_how_many_from_what_to_what_and_that_nobody_gave_limits() -> None:
    figure = drawn(counted(COUNTED))
    assert figure is not None
    assert figure.sentence == ("3 numbers were entered, from 5 to 11.5. The last is 7.5, on 6 April 2026.")
    assert "no limits" in str(figure.uncertainty)
    assert "Nothing is worked out" in str(figure.method)
    assert figure.as_of == clock.now()
    assert [download.label for download in figure.downloads] == ["SVG", "PNG", "CSV"]


def test_the_table_holds_each_number_as_it_was_entered_with_its_note() -> None:
    figure = drawn(counted(COUNTED))
    assert figure is not None
    assert figure.picture.columns == ("Day", "riders a trip", "Note")
    assert figure.picture.rows[1] == ("2 March 2026", "11.5", "On 2026-03-02")


def test_the_line_of_the_stop_rule_is_drawn_with_the_days_that_count() -> None:
    figure = drawn(counted(COUNTED))
    assert figure is not None
    assert "The stop rule: below 8" in figure.picture.svg
    assert "Days on which the rule counts" in figure.picture.svg


def test_before_the_rule_counts_no_days_are_shaded() -> None:
    early = drawn(counted({date(2026, 1, 19): "5"}))
    assert early is not None
    assert "Days on which the rule counts" not in early.picture.svg
    assert early.sentence == "One number was entered: 5, on 19 January 2026."


def test_what_was_predicted_stands_on_its_day_in_the_words_of_those_who_said_it() -> None:
    try_out = counted(COUNTED)
    cycle = services.plan_cycle(try_out, "Do more ride?", "At least 9 of them.", by=ADMINISTRATOR)
    services.begin_cycle(cycle, by=ADMINISTRATOR, at=datetime(2026, 2, 2, 9, tzinfo=UTC))
    figure = drawn(try_out)
    assert figure is not None
    assert "Jan 2026: It began. Expected: At least 8 more trips for every 1,000 passes." in figure.picture.svg
    assert "Feb 2026: Cycle 1 began. Predicted: At least 9 of them." in figure.picture.svg


def test_a_percent_sign_in_a_prediction_is_a_percent_sign() -> None:
    try_out = counted(COUNTED)
    cycle = services.plan_cycle(try_out, "Do more ride?", "100% of them, or 5%s.", by=ADMINISTRATOR)
    services.begin_cycle(cycle, by=ADMINISTRATOR, at=datetime(2026, 2, 2, 9, tzinfo=UTC))
    figure = drawn(try_out)
    assert figure is not None
    assert "100% of them, or 5%s." in figure.picture.svg


def test_the_page_shows_it_to_everybody_and_it_is_taken_away_in_three_ways(client: Client) -> None:
    found = row(counted(COUNTED))
    address = f"/programmes/{found.programme.slug}/try/{found.slug}/"
    page = client.get(address).content.decode()
    assert "Riders a trip" in page
    assert "The same figures as a table" in page
    svg = client.get(f"{address}numbers.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in svg.headers["Content-Security-Policy"]
    assert client.get(f"{address}numbers.png").content.startswith(b"\x89PNG")
    assert b"2026-04-06,7.5,On 2026-04-06" in client.get(f"{address}numbers.csv").content


def test_a_made_up_picture_says_so_also_when_it_is_taken_away(client: Client) -> None:
    found = row(counted(COUNTED))
    Programme.objects.filter(pk=found.programme_id).update(provenance=Provenance.MADE_UP)
    address = f"/programmes/{found.programme.slug}/try/{found.slug}/"
    assert "Made up." in client.get(f"{address}numbers.svg").content.decode()


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_without_numbers_there_is_no_file(client: Client, ending: str) -> None:
    found = row(counted({}))
    assert (
        client.get(f"/programmes/{found.programme.slug}/try/{found.slug}/numbers.{ending}").status_code == 404
    )
