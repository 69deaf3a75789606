"""A file of figures is read, looked at, and only then written; all of it or nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.rules import Refused
from knotwork.core.uploads.models import Upload
from knotwork.measures import import_requests, imports
from knotwork.measures.import_requests import (
    ask_for_import,
    confirm_import,
    give_up_on_all_lost,
    leave_import,
    read_import,
    write_import,
)
from knotwork.measures.imports import About, remark_in_words
from knotwork.measures.models import Indicator, Observation, SeriesImport, SeriesImportState
from knotwork.measures.tasks import read_series_import, write_series_import
from knotwork.programmes.models import Programme, Role
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import somebody, verbs

pytestmark = pytest.mark.django_db

FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Recent Trend\n"
    "92443,Smoking,,,E06000014,York,UA,Persons,18+,,,2019,12.5,10.1,15.2,100,800,,\n"
    "92443,Smoking,,,E06000014,York,UA,Persons,18+,,,2020,11.5,9.1,14.2,92,800,,\n"
    "92443,Smoking,,,E92000001,England,England,Persons,18+,,,2020,13.5,13.4,13.6,,,,\n"
)
ABOUT = About("OHID, Fingertips", licence="OGL", polarity="low", unit="%")
SOURCE = {"source": "OHID, Fingertips", "licence": "OGL", "polarity": "low"}


def a_file(text: str = FINGERTIPS, name: str = "smoking.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def asked(programme: Programme | None = None, text: str = FINGERTIPS, **words: Any) -> SeriesImport:
    where = programme or a_programme()
    return ask_for_import(where, ABOUT, a_file(text), by=words.get("by") or somebody(Role.ANALYST, where))


def stored_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_is_read_and_nothing_is_written() -> None:
    row = asked()
    assert row.state == SeriesImportState.READ
    assert (row.preview["kind"], row.preview["added"], row.preview["areas"]) == ("fingertips", 3, 2)
    assert row.preview["indicators"][0]["key"] == "fingertips-92443"
    assert not Indicator.objects.exists()


def test_what_was_looked_at_is_written_at_once_and_the_file_is_forgotten() -> None:
    row = asked()
    confirm_import(row, by=viewer_of(row))
    assert row.state == SeriesImportState.DONE
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.polarity, indicator.unit) == ("Smoking", "low", "%")
    assert Observation.objects.get(series__area_code="E92000001").lower == 13.4
    assert not Upload.objects.exists()
    assert verbs()[-1] == "series_import.done"


def viewer_of(row: SeriesImport) -> Any:
    from knotwork.core.accounts.models import Person

    return viewer_for(Person.objects.get(public_id=row.by))


def test_the_same_file_again_would_change_nothing() -> None:
    first = asked()
    confirm_import(first, by=viewer_of(first))
    again = asked(first.programme)
    assert (again.preview["added"], again.preview["changed"], again.preview["unchanged"]) == (0, 0, 3)
    confirm_import(again, by=viewer_of(again))
    assert Observation.objects.count() == 3


def test_another_edition_stands_beside_the_first() -> None:
    first = asked()
    confirm_import(first, by=viewer_of(first))
    about = About("OHID, Fingertips", vintage="May 2026")
    newer = ask_for_import(first.programme, about, a_file(), by=viewer_of(first))
    assert newer.preview["indicators"][0]["is_new"]
    confirm_import(newer, by=viewer_of(newer))
    assert sorted(Indicator.objects.values_list("key", flat=True)) == [
        "fingertips-92443",
        "fingertips-92443-may-2026",
    ]


def test_a_broken_file_is_refused_with_one_clear_message_and_nothing_is_kept() -> None:
    row = asked(text=FINGERTIPS.replace("11.5", "eleven"))
    assert row.state == SeriesImportState.REFUSED
    assert row.problem.startswith("smoking.csv, row 3, column Value: found eleven")
    assert not Upload.objects.exists()
    assert verbs()[-1] == "series_import.refused"


def test_a_tidy_table_is_read_too() -> None:
    row = asked(text="area_code,indicator,period,value\nE1,Loneliness,2024,8.4\n")
    assert (row.preview["kind"], row.preview["first_columns"]) == (
        "tidy",
        ["indicator", "area_code", "period", "value"],
    )
    assert row.preview["indicators"][0]["key"] == "loneliness"


def test_a_file_that_was_left_alone_is_forgotten() -> None:
    row = asked()
    leave_import(row, by=viewer_of(row))
    leave_import(row, by=viewer_of(row))
    assert row.state == SeriesImportState.LEFT
    assert not Upload.objects.exists()
    with pytest.raises(Refused, match="already"):
        confirm_import(row, by=viewer_of(row))


def test_a_lead_brings_new_figures_and_does_not_change_those_that_are_held() -> None:
    place = a_place()
    first = asked(place.programme)
    confirm_import(first, by=viewer_of(first))
    lead = somebody(Role.PLACE_LEAD, place=place)
    more = asked(place.programme, FINGERTIPS.replace("2020,11.5", "2021,11.0"), by=lead)
    confirm_import(more, by=lead)
    assert more.state == SeriesImportState.DONE
    other = asked(place.programme, FINGERTIPS.replace("11.5,9.1", "11.9,9.1"), by=lead)
    assert other.preview["changed"] == 1
    confirm_import(other, by=lead)
    assert other.state == SeriesImportState.REFUSED
    assert "Leads can add figures" in other.problem
    assert Observation.objects.get(period="2020", series__area_code="E06000014").value == 11.5


def test_somebody_who_may_not_is_refused_before_anything_is_stored() -> None:
    with pytest.raises(Refused, match="Only analysts"):
        asked(by=somebody())
    assert not Upload.objects.exists()


def test_a_large_file_is_read_and_written_by_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_requests, "READ_AT_ONCE", 10)
    row = asked()
    row.refresh_from_db()
    assert row.state == SeriesImportState.READ
    confirm_import(row, by=viewer_of(row))
    assert row.state == SeriesImportState.DONE
    read_series_import.func(row.pk)
    write_series_import.func(row.pk)
    row.refresh_from_db()
    assert row.state == SeriesImportState.DONE


def test_what_goes_wrong_here_is_said_so(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def fails(*_given: Any) -> None:
        raise RuntimeError("out of order")

    row = asked()
    monkeypatch.setattr(import_requests, "write_parts", fails)
    monkeypatch.setattr(import_requests, "preview_of", fails)
    SeriesImport.objects.filter(pk=row.pk).update(state=SeriesImportState.WRITING)
    write_import(row.pk)
    row.refresh_from_db()
    assert "not with your file" in row.problem
    SeriesImport.objects.filter(pk=row.pk).update(state=SeriesImportState.WAITING)
    read_import(row.pk)
    row.refresh_from_db()
    assert row.state == SeriesImportState.REFUSED
    assert "failed" in caplog.text


def test_a_file_that_is_lost_and_one_that_nobody_confirms_are_forgotten() -> None:
    lost, unconfirmed = asked(), asked()
    SeriesImport.objects.filter(pk=lost.pk).update(state=SeriesImportState.WRITING)
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert give_up_on_all_lost() == 2
    lost.refresh_from_db()
    assert "stopped before it was done" in lost.problem
    with clock.moved_to(clock.now() + timedelta(days=3)):
        give_up_on_all_lost()
    unconfirmed.refresh_from_db()
    assert unconfirmed.state == SeriesImportState.LEFT


def test_whoever_was_forgotten_meanwhile_writes_nothing() -> None:
    row = asked()
    SeriesImport.objects.filter(pk=row.pk).update(state=SeriesImportState.WRITING, by=row.public_id)
    write_import(row.pk)
    row.refresh_from_db()
    assert row.state == SeriesImportState.REFUSED


@pytest.mark.parametrize(
    "code",
    ["repeated_rows", "two_vintages", "overlapping_periods", "counties_and_districts", "values_without_limits",
     "marks_for_no_number"],
)  # fmt: skip
def test_every_remark_of_a_file_is_said_in_words(code: str) -> None:
    assert remark_in_words(code, 3)


def test_a_remark_that_is_new_is_said_in_english_at_least() -> None:
    assert remark_in_words("no_comments_file", 1).startswith("There is no comments file")


def test_an_indicator_without_a_word_to_know_it_by_has_a_key_still() -> None:
    assert imports.key_of("…", "", "") == "indicator"


@pytest.fixture
def analyst(client: Any) -> Any:
    programme = a_programme()
    signed_in(client, a_person(Role.ANALYST, programme))
    client.new = reverse("measures:import", args=[programme.slug])
    client.programme = programme
    return client


def test_an_analyst_looks_at_a_file_and_writes_it(analyst: Any) -> None:
    assert "Show me how it is read" in analyst.get(analyst.new).content.decode()
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file()})
    assert answer.status_code == 303
    page = analyst.get(answer.url).content.decode()
    assert "a download from Fingertips: 3 figures of 2 areas" in page
    assert "Write these figures" in page
    assert "Recent Trend" in page
    assert not Indicator.objects.exists()
    assert analyst.post(answer.url, {"act": "write"}).status_code == 303
    assert "3 were added, 0 changed, 0 are as they were" in analyst.get(answer.url).content.decode()
    assert "already" in analyst.post(answer.url, {"act": "write"}).content.decode()


def test_an_analyst_leaves_a_file_alone(analyst: Any) -> None:
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file()})
    analyst.post(answer.url, {"act": "leave"})
    assert "This file was left alone" in analyst.get(answer.url).content.decode()


def test_a_broken_file_is_told_at_the_box(analyst: Any) -> None:
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file("area_code,period\nE1,2019\n")})
    assert answer.status_code == 422
    assert "expected this column, as in a download from Fingertips" in answer.content.decode()


@pytest.mark.parametrize(("name", "words"), [("figures.xlsx", "ends in .csv"), ("empty.csv", "empty")])
def test_what_is_no_table_is_told_at_the_box(analyst: Any, name: str, words: str) -> None:
    text = "" if name == "empty.csv" else FINGERTIPS
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file(text, name)})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_that_the_store_refuses_or_that_is_too_large_is_told_at_the_box(
    analyst: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file("not a parquet file", "x.parquet")})
    assert "not what its name says" in answer.content.decode()
    assert stored_files() == []
    monkeypatch.setattr("knotwork.measures.import_forms.LARGEST", 10)
    answer = analyst.post(analyst.new, SOURCE | {"file": a_file()})
    assert "larger than" in answer.content.decode()


def test_a_large_file_says_that_the_work_goes_on(analyst: Any) -> None:
    row = SeriesImport.objects.create(programme=analyst.programme, file_name="large.csv")
    page = reverse("measures:import-state", args=[analyst.programme.slug, row.public_id])
    assert "goes on in the background" in analyst.get(page).content.decode()


def test_a_file_refused_in_the_background_says_why(analyst: Any) -> None:
    row = SeriesImport.objects.create(
        programme=analyst.programme,
        file_name="x.csv",
        state=SeriesImportState.REFUSED,
        problem="Row 7 is odd.",
    )
    page = reverse("measures:import-state", args=[analyst.programme.slug, row.public_id])
    assert "Row 7 is odd." in analyst.get(page).content.decode()


def test_a_file_of_another_programme_is_not_there(analyst: Any) -> None:
    row = SeriesImport.objects.create(programme=a_programme(), file_name="x.csv")
    page = reverse("measures:import-state", args=[analyst.programme.slug, row.public_id])
    assert analyst.get(page).status_code == 404


def test_a_lead_is_told_before_that_a_file_would_change_figures(client: Any) -> None:
    place = a_place()
    first = asked(place.programme)
    confirm_import(first, by=viewer_of(first))
    person = a_person(Role.PLACE_LEAD, place=place)
    row = asked(place.programme, FINGERTIPS.replace("11.5,9.1", "11.9,9.1"), by=viewer_for(person))
    page = reverse("measures:import-state", args=[place.programme.slug, row.public_id])
    shown = signed_in(client, person).get(page).content.decode()
    assert "Leads can add figures" in shown
    assert "Write these figures" not in shown
