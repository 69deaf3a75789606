"""The pages of this room: what people see, and how those who look after a place choose what it looks at."""

import re
from typing import Any

import pytest
from django.urls import reverse

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.feeds.registry import source_of
from knotwork.core.search.registry import documents_of
from knotwork.core.strands.kinds import beads, beads_of_place
from knotwork.measures import services
from knotwork.measures.models import Measure, NothingFits, RivalCause
from knotwork.measures.panels import place_panel
from knotwork.measures.points import DECILE
from knotwork.measures.queries import measures_for, programmes_to_bring_into
from knotwork.measures.words import CauseWords, NewBeginning, NothingFitsWords, ObservationRow
from knotwork.programmes.models import Area, PlaceArea, Provenance, Role, Stage
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.measures.build import CHANGED_FROM, a_measure, an_indicator, monthly, worked_out
from tests.programmes.build import ADMINISTRATOR, somebody

pytestmark = pytest.mark.django_db

CHOICE = {
    "series": "northvale|||through_time",
    "why": "If people can get home, they can stay.",
    "improvement": "increase",
    "visibility": "public",
}


def shown(client: Any, page: str, *words: str, **query: str) -> str:
    return str(client.get(reverse(f"measures:{page}", args=words), query).content.decode())


def of(measure: Measure) -> tuple[str, str]:
    return measure.programme.slug, measure.slug


def at(place: Any) -> tuple[str, str]:
    return place.programme.slug, place.slug


@pytest.fixture
def lead(client: Any) -> Any:
    client.place = a_place()
    an_indicator(client.place.programme)
    return signed_in(client, a_person(Role.PLACE_LEAD, place=client.place))


def test_an_empty_room_says_what_it_is_for(client: Any) -> None:
    assert "Nothing is measured yet" in shown(client, "list")
    assert "No indicator is held yet" in shown(client, "indicators")


def test_the_list_has_every_measure_also_where_nobody_can_tell(client: Any) -> None:
    place = a_place(name="Northvale")
    worked_out(a_measure(place))
    a_measure(place, title="Calls", indicator_key="trips")
    page = shown(client, "list")
    assert "Changed for the better" in page
    assert "Being worked out." in page
    assert "feeds/measures.atom" in page


def test_the_list_says_where_nothing_fits_and_why(client: Any) -> None:
    kent = a_place(name="Kent")
    words = NothingFitsWords("Nobody counts how boards work.", visibility="public", signed="the team")
    services.nothing_fits(kent.pk, words, by=ADMINISTRATOR)
    assert "Nobody counts how boards work." in shown(client, "list")
    page = shown(client, "place", *at(kent))
    assert "No figures fit this issue" in page
    assert "Nobody counts how boards work." in page


def test_a_place_shows_each_measure_with_picture_sentence_uncertainty_source_and_method(client: Any) -> None:
    place = a_place()
    worked_out(a_measure(place, baseline=12))
    worked_out(a_measure(place, title="Calls", indicator_key="trips"))
    page = shown(client, "place", *at(place))
    assert page.count("picture--run") == 2
    for words in (
        "How sure we are",
        "Source:",
        "How it is worked out",
        "Northvale Buses",
        "No limits supplied",
    ):
        assert words in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_place_where_nothing_is_measured_says_so(client: Any) -> None:
    assert "Nothing is measured here yet" in shown(client, "place", *at(a_place()))


def test_a_sensitive_place_shows_a_stranger_nothing_but_where_help_is(client: Any) -> None:
    place = a_place(is_sensitive=True, help_text="Call 999.", help_url="https://www.gov.uk/help")
    a_measure(place, visibility=Stage.PROGRAMME.value, title="Hidden measure")
    NothingFits.objects.create(
        programme=place.programme, place=place, words="Hidden words", visibility="programme"
    )
    page = shown(client, "place", *at(place))
    assert "Hidden" not in page
    for words in ("No figures are shown for this place", "Call 999.", "Leave this page now"):
        assert words in page


def test_a_measure_says_what_was_chosen_before_and_what_else_may_have_moved_it(client: Any) -> None:
    measure = a_measure(
        baseline=12,
        sentence_before="At least 8 more.",
        stop_rule="Under 8 riders.",
        expected_from=CHANGED_FROM,
        chosen_on="2025-12-08",
        rebase=(NewBeginning(CHANGED_FROM, "The bus moved.", "Northvale Buses"),),
        signed="an analyst",
    )
    services.say_rival_cause(
        measure.public_id,
        CauseWords("A fare cap.", CHANGED_FROM, "Mornings rose too.", "Ann"),
        by=ADMINISTRATOR,
    )
    services.say_rival_cause(measure.public_id, CauseWords("The weather."), by=ADMINISTRATOR)
    other = worked_out(a_measure(measure.place, title="Calls", indicator_key="trips"))
    page = shown(client, "measure", *of(worked_out(measure)))
    for words in (
        "What was chosen before anybody looked", "At least 8 more.", "Under 8 riders.", "from the first 12 points",
        "8 December 2025", "A fare cap.", "Mornings rose too.", "Nobody has looked into it yet.", "The bus moved.",
        "It does not say who or what moved it", other.title, f"/thread/measure/{measure.public_id}/",
    ):  # fmt: skip
        assert words in page, words


def test_a_choice_of_which_nobody_knows_the_day_is_not_called_one_from_before(client: Any) -> None:
    page = shown(client, "measure", *of(worked_out(a_measure())))
    assert "What was chosen, and why" in page
    assert "Nobody has named another cause yet" in page


def test_a_choice_after_the_change_is_not_called_one_from_before(client: Any) -> None:
    page = shown(client, "measure", *of(a_measure(chosen_on="2026-06-01", expected_from=CHANGED_FROM)))
    assert "What was chosen, and why" in page


def test_a_measure_without_figures_says_so(client: Any) -> None:
    assert "Being worked out." in shown(client, "measure", *of(a_measure()))


def test_what_is_made_up_says_so_on_the_figure(client: Any) -> None:
    place = a_place(a_programme(provenance=Provenance.MADE_UP))
    page = shown(client, "measure", *of(worked_out(a_measure(place))))
    assert page.count("Made up") >= 2
    assert measures_for(STRANGER)[0].is_made_up


def test_a_failed_run_keeps_the_last_good_result_and_says_so(client: Any, monkeypatch: Any) -> None:
    measure = worked_out(a_measure())

    def fails(*_given: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("knotwork.measures.analyses.points_of", fails)
    page = shown(client, "measure", *of(worked_out(measure)))
    assert "What stands here is the last good result." in page
    assert "picture--run" in page


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"Period,Northvale")]
)
def test_a_picture_is_taken_away(client: Any, kind: str, begins: bytes) -> None:
    measure = worked_out(a_measure())
    answer = client.get(reverse(f"measures:figure-{kind}", args=of(measure)))
    assert answer.content.startswith(begins)
    assert f'filename="{measure.slug}.{kind}"' in answer["Content-Disposition"]


def test_before_it_is_drawn_no_picture_is_taken_away(client: Any) -> None:
    assert client.get(reverse("measures:figure-svg", args=of(a_measure()))).status_code == 404


def test_an_indicator_says_what_it_means_and_who_looks_at_it(client: Any) -> None:
    measure = worked_out(a_measure())
    services.hold_indicator(
        services.IndicatorWords("trips", "Trips after four", "Northvale Buses", "Trips by bus.", "trips", "high",
                                "https://example.org/", "OGL", "By the buses.", "2026"),
        by=ADMINISTRATOR, programme_id=measure.programme_id,
    )  # fmt: skip
    public_id = str(measure.indicator.public_id)
    page = shown(client, "indicator", public_id)
    for words in ("Trips by bus.", "Higher is better", "OGL", "By the buses.", measure.title, "Northvale"):
        assert words in page
    assert "Trips after four" in shown(client, "indicators")


def test_an_indicator_of_a_programme_that_one_may_not_see_is_not_there(client: Any) -> None:
    hidden = an_indicator(a_programme(visibility=Stage.PROGRAMME))
    for page in ("indicator", "indicator-change"):
        signed_in(client, a_person())
        assert client.get(reverse(f"measures:{page}", args=[hidden])).status_code == 404


def test_an_indicator_without_figures_says_so(client: Any) -> None:
    public_id = an_indicator(None, ())
    assert "No figures are held of it yet." in shown(client, "indicator", str(public_id))


def test_a_measure_that_is_not_there_is_not_found(client: Any) -> None:
    assert client.get(reverse("measures:measure", args=[a_programme().slug, "nothing"])).status_code == 404


def test_a_lead_chooses_an_indicator_then_a_series_and_says_why(lead: Any) -> None:
    assert "Which indicator?" in shown(lead, "choose", *at(lead.place))
    page = f"{reverse('measures:choose', args=at(lead.place))}?indicator=trips"
    assert "Why do you look at this?" in lead.get(page).content.decode()
    answer = lead.post(page, CHOICE | {"sentence_before": "At least 8 more.", "expected_from": "2026-01-01"})
    assert answer.url == reverse("measures:place", args=at(lead.place))
    measure = Measure.objects.get()
    assert (measure.area_code, measure.sentence_before) == ("northvale", "At least 8 more.")
    assert measure.chosen_on is not None
    assert measure.author is not None


def test_what_is_missing_is_told_at_its_box(lead: Any) -> None:
    page = f"{reverse('measures:choose', args=at(lead.place))}?indicator=trips"
    answer = lead.post(page, CHOICE | {"why": "", "baseline": "5"})
    assert answer.status_code == 422
    assert not Measure.objects.exists()


def test_a_lead_changes_a_measure_and_what_the_form_does_not_ask_for_stays(lead: Any) -> None:
    begun = NewBeginning(CHANGED_FROM, "The bus moved.")
    measure = a_measure(lead.place, indicator_key="trips", rebase=(begun,), order=7)
    assert measure.why in shown(lead, "change", *of(measure))
    lead.post(reverse("measures:change", args=of(measure)), CHOICE | {"title": "Buses home"})
    measure.refresh_from_db()
    assert (measure.title, measure.order, measure.rebases.count()) == ("Buses home", 7, 1)


def test_a_lead_looks_after_a_measure(lead: Any) -> None:
    measure = a_measure(lead.place, indicator_key="trips")
    page = shown(lead, "measure", *of(measure))
    for words in ("Look after it", "Name another cause", "Set it aside"):
        assert words in page
    address = {name: reverse(f"measures:{name}", args=of(measure)) for name in
               ("rival-cause", "rebase", "set-aside", "take-up-again", "withdraw")}  # fmt: skip
    assert "What else may have moved it?" in lead.get(address["rival-cause"]).content.decode()
    lead.post(address["rival-cause"], {"words": "A fare cap.", "from_date": "2026-01-01"})
    assert RivalCause.objects.get().author is not None
    lead.post(address["rebase"], {"from_date": "2026-01-01", "cause": "The bus moved.", "signed": "Buses"})
    assert measure.rebases.get().approved_by is not None
    lead.post(address["set-aside"], {"why": "It says too little."})
    aside = shown(lead, "measure", *of(measure))
    assert "It says too little." in aside
    assert "Look at it again" in aside
    lead.post(address["take-up-again"])
    assert "It says too little." not in shown(lead, "measure", *of(measure))
    answer = lead.post(address["withdraw"], {"why": "A mistake."})
    assert answer.url == reverse("measures:place", args=at(lead.place))
    assert lead.get(reverse("measures:measure", args=of(measure))).status_code == 404


def test_a_refusal_stands_in_the_form(lead: Any) -> None:
    measure = a_measure(lead.place, indicator_key="trips")
    answer = lead.post(reverse("measures:rival-cause", args=of(measure)), {"words": " "})
    assert answer.status_code == 422
    sensitive = a_place(lead.place.programme, is_sensitive=True)
    signed_in(lead, a_person(Role.PLACE_LEAD, place=sensitive))
    page = f"{reverse('measures:choose', args=at(sensitive))}?indicator=trips"
    answer = lead.post(page, CHOICE | {"why": " x ", "visibility": "public"})
    assert answer.status_code == 422


def test_a_lead_says_that_nothing_fits(lead: Any) -> None:
    page = reverse("measures:nothing-fits", args=at(lead.place))
    assert "Why does nothing fit?" in lead.get(page).content.decode()
    lead.post(page, {"words": "Nobody counts it.", "visibility": "public"})
    assert NothingFits.objects.get().words == "Nobody counts it."


def test_an_analyst_says_an_indicator_better(client: Any) -> None:
    programme = a_programme()
    public_id = an_indicator(programme)
    signed_in(client, a_person(Role.ANALYST, programme))
    page = reverse("measures:indicator-change", args=[public_id])
    assert "Which way is better?" in client.get(page).content.decode()
    answer = client.post(page, {"name": "Trips home", "polarity": "high", "source": "Buses"})
    assert answer.status_code == 303
    assert "Trips home" in client.get(answer.url).content.decode()


def test_a_stranger_is_asked_to_sign_in_before_she_writes(client: Any) -> None:
    answer = client.get(reverse("measures:choose", args=at(a_place())))
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url


def test_a_place_page_learns_what_is_looked_at_or_that_nothing_fits() -> None:
    place, kent, empty = a_place(), a_place(), a_place()
    worked_out(a_measure(place))
    services.nothing_fits(kent.pk, NothingFitsWords("Not counted.", visibility="public"), by=ADMINISTRATOR)
    panel = place_panel(place.public_id, STRANGER)
    assert panel.sentences[0] == "1 measure is looked at."
    assert panel.sentences[1].startswith("Trips after four: changed for the better")  # type: ignore[union-attr]
    assert place_panel(kent.public_id, STRANGER).sentences[1] == "Not counted."
    assert place_panel(empty.public_id, STRANGER).links


def test_a_measure_is_a_bead_a_document_and_an_entry() -> None:
    measure = worked_out(a_measure())
    place = measure.place
    assert place is not None
    assert (
        beads([("measure", measure.public_id)], STRANGER)["measure", measure.public_id].title == measure.title
    )
    assert [bead.public_id for bead in beads_of_place(place.public_id, STRANGER)["measure"]] == [
        measure.public_id
    ]
    assert [one.public_id for one in documents_of("measure")] == [measure.public_id]
    assert list(documents_of("measure", [place.public_id])) == []
    source = source_of("measures")
    assert source is not None
    (entry,) = source.entries(STRANGER, programme=measure.programme.public_id, place=place.public_id, most=5)
    assert entry.summary.endswith("Changed for the better, by more than the usual ups and downs.")


def test_the_list_is_asked_in_few_questions(django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        worked_out(a_measure())
    with django_assert_max_num_queries(2):
        assert len(measures_for(STRANGER)) == 4


def test_whoever_may_bring_figures_in_sees_into_which_programmes(client: Any) -> None:
    programme = a_programme(name="Example programme")
    assert programmes_to_bring_into(somebody()) == []
    assert programmes_to_bring_into(ADMINISTRATOR) == [(programme.slug, "Example programme")]
    signed_in(client, a_person(Role.ANALYST, programme))
    assert "Bring figures in" in shown(client, "list")


def test_a_lead_finds_her_own_area_first_and_england_beside_it(lead: Any) -> None:
    public_id = an_indicator(lead.place.programme, (), key="x", polarity="low")
    rows = [
        *monthly((1,), "E06000001", "Aldbury"),
        *monthly((1,), "E06000014", "York"),
        *monthly((1,), "E92000001"),
    ]
    services.hold_observations(public_id, rows, by=ADMINISTRATOR)
    PlaceArea.objects.create(place=lead.place, area=Area.objects.create(code="E06000014", name="York"))
    page = shown(lead, "choose", *at(lead.place), indicator="x")
    assert page.index(">York<") < page.index(">Aldbury<")
    assert '<option value="E92000001" selected>' in page
    assert re.search(r'value="decrease"[^>]*checked', page)


def test_of_a_divided_series_only_the_tenths_can_be_chosen(lead: Any) -> None:
    public_id = an_indicator(lead.place.programme, (), key="x")
    tenth = ObservationRow("E1", "2015", 1.0, category_type=DECILE, category="1", area_name="Tenths")
    other = ObservationRow("E1", "2015", 1.0, category_type="Ethnic group", category="A", area_name="Other")
    services.hold_observations(public_id, [tenth, other], by=ADMINISTRATOR)
    page = shown(lead, "choose", *at(lead.place), indicator="x")
    assert "from the most to the least deprived tenth" in page
    assert page.count("<option") == 3
