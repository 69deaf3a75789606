"""What a place looks at: chosen, changed, set aside and taken up again; and what else may have moved it."""

from dataclasses import replace
from datetime import date

import pytest

from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.rules import Refused
from knotwork.measures import services
from knotwork.measures.models import Measure, NothingFits, Rebase, RivalCause
from knotwork.measures.queries import figures_of, measures_for, places_without_for, rivals_of
from knotwork.measures.words import CauseWords, NewBeginning, NothingFitsWords
from knotwork.programmes.models import Role, Stage
from tests.builders import a_person, a_place
from tests.measures.build import CHANGED_FROM, a_choice, a_measure, an_indicator
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db

FARES = CauseWords("A fare cap began in the same month.", CHANGED_FROM)
BUS = NewBeginning(CHANGED_FROM, "The 3.50 moved to 4.40.", "Northvale Buses")


def test_a_measure_takes_its_name_and_what_is_better_from_its_indicator() -> None:
    measure = a_measure()
    assert (measure.title, measure.improvement, measure.slug) == (
        "Trips after four",
        "increase",
        "trips-after-four",
    )


def test_a_place_may_call_something_else_better() -> None:
    assert a_measure(improvement="neutral").improvement == "neutral"


def test_two_measures_of_one_name_have_two_addresses() -> None:
    place = a_place()
    a_measure(place)
    assert a_measure(place, indicator_key="trips").slug == "trips-after-four-2"


@pytest.mark.parametrize("word", ["import", "places", "indicators", "new"])
def test_a_word_of_the_house_is_no_address(word: str) -> None:
    with pytest.raises(Refused, match="is taken"):
        a_measure(slug=word)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"why": " "}, "say why"),
        ({"indicator_key": "unheard-of"}, "No indicator"),
        ({"preset": "own"}, "no chart rules"),
        ({"baseline": 5}, "at least 12 points"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_with_its_reason(
    words: dict[str, object], reason: str
) -> None:
    place = a_place()
    an_indicator(place.programme)
    with pytest.raises(Refused, match=reason):
        services.choose_measure(place.pk, a_choice(**words), by=ADMINISTRATOR)


def test_the_programmes_own_indicator_goes_before_everybodys() -> None:
    place = a_place()
    an_indicator(None)
    own = an_indicator(place.programme)
    assert a_measure(place, indicator_key="trips").indicator.public_id == own


def test_everybodys_indicator_is_there_for_every_place() -> None:
    everybodys = an_indicator(None)
    assert a_measure(indicator_key="trips").indicator.public_id == everybodys


def test_nothing_of_a_sensitive_place_is_shown_to_everybody() -> None:
    place = a_place(is_sensitive=True)
    with pytest.raises(Refused, match="sensitive"):
        a_measure(place)
    measure = a_measure(place, indicator_key="trips", visibility=Stage.PROGRAMME.value)
    Measure.objects.filter(pk=measure.pk).update(visibility=Stage.PUBLIC)
    assert measures_for(STRANGER) == []
    assert len(measures_for(somebody(Role.ANALYST, place.programme))) == 1


def test_a_choice_is_changed_at_its_address_and_saying_it_again_changes_nothing() -> None:
    measure = a_measure()
    other = replace(services.choice_of(measure.public_id), title="Buses home", rebase=(BUS,))
    assert services.change_measure(measure.public_id, other, by=ADMINISTRATOR)
    assert not services.change_measure(measure.public_id, other, by=ADMINISTRATOR)
    measure.refresh_from_db()
    assert (measure.title, measure.slug) == ("Buses home", "trips-after-four")
    assert services.choice_of(measure.public_id) == replace(other, slug="trips-after-four")


def test_a_new_beginning_left_out_of_a_choice_is_taken_back() -> None:
    measure = a_measure(rebase=(BUS,))
    assert Rebase.objects.count() == 1
    services.change_measure(
        measure.public_id, replace(services.choice_of(measure.public_id), rebase=()), by=ADMINISTRATOR
    )
    assert not Rebase.objects.exists()


def test_a_measure_set_aside_stays_listed() -> None:
    measure = a_measure()
    services.set_aside(measure.public_id, "It says too little.", by=ADMINISTRATOR)
    assert [row.is_set_aside for row in measures_for(STRANGER)] == [True]
    with pytest.raises(Refused, match="set aside"):
        services.set_aside(measure.public_id, "Again.", by=somebody(Role.ANALYST, measure.programme))
    services.take_up_again(measure.public_id, by=ADMINISTRATOR)
    services.take_up_again(measure.public_id, by=ADMINISTRATOR)
    assert [row.is_set_aside for row in measures_for(STRANGER)] == [False]
    assert verbs().count("measure.taken_up_again") == 1


def test_a_measure_taken_out_of_sight_is_gone_and_cannot_be_changed() -> None:
    measure = a_measure()
    services.withdraw_measure(measure.public_id, "A mistake.", by=ADMINISTRATOR)
    assert measures_for(STRANGER) == []
    with pytest.raises(Refused, match="out of sight"):
        services.say_rival_cause(measure.public_id, FARES, by=ADMINISTRATOR)


def test_a_measure_that_one_may_not_see_is_not_known() -> None:
    measure = a_measure(visibility=Stage.ME.value)
    with pytest.raises(Refused, match="not known"):
        services.say_rival_cause(measure.public_id, FARES, by=somebody(Role.PLACE_LEAD, place=measure.place))


@pytest.mark.parametrize("role", [Role.PLACE_MEMBER, Role.EVALUATOR, Role.ENABLER])
def test_people_who_think_along_name_a_cause_and_change_nothing_else(role: Role) -> None:
    measure = a_measure()
    place = measure.place if role != Role.EVALUATOR else None
    viewer = somebody(role, measure.programme, place)
    services.say_rival_cause(measure.public_id, FARES, by=viewer)
    with pytest.raises(Refused, match="Only the leads"):
        services.set_aside(measure.public_id, "No.", by=viewer)


def test_a_cause_needs_words_and_is_withdrawn_by_whoever_said_it_or_keeps_the_measure() -> None:
    measure = a_measure()
    with pytest.raises(Refused, match="what else"):
        services.say_rival_cause(measure.public_id, CauseWords(" "), by=ADMINISTRATOR)
    member = somebody(Role.PLACE_MEMBER, place=measure.place)
    mine = services.say_rival_cause(measure.public_id, FARES, by=member)
    others = services.say_rival_cause(measure.public_id, FARES, by=ADMINISTRATOR)
    services.withdraw_rival_cause(mine, "Twice.", by=member)
    with pytest.raises(Refused):
        services.withdraw_rival_cause(others, "Not mine.", by=member)
    with pytest.raises(Refused, match="not known"):
        services.withdraw_rival_cause(mine, "Again.", by=member)
    assert RivalCause.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_chart_begins_anew_with_a_cause_and_goes_on_again() -> None:
    measure = a_measure()
    services.approve_rebase(measure.public_id, BUS, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="different since"):
        services.approve_rebase(measure.public_id, NewBeginning(date(2026, 2, 1), " "), by=ADMINISTRATOR)
    rebase = Rebase.objects.get()
    services.end_rebase(rebase.public_id, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="not known"):
        services.end_rebase(rebase.public_id, by=ADMINISTRATOR)


def test_that_nothing_fits_is_said_once_and_may_be_said_better() -> None:
    place = a_place(name="Kent")
    lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
    words = NothingFitsWords("Nobody counts it.", visibility=Stage.PUBLIC.value)
    first = services.nothing_fits(place.pk, words, by=lead)
    assert services.nothing_fits(place.pk, words, by=lead) == first
    assert services.nothing_fits(place.pk, replace(words, words="Not counted."), by=lead) == first
    assert [(row.place, row.words) for row in places_without_for(STRANGER)] == [("Kent", "Not counted.")]
    assert verbs().count("measure.nothing_fits_said") == 2
    services.withdraw_nothing_fits(place.pk, "Something fits.", by=lead)
    assert places_without_for(STRANGER, place=place.public_id, programme=place.programme.public_id) == []
    assert NothingFits.objects.count() == 1


def test_why_nothing_fits_has_to_be_said() -> None:
    with pytest.raises(Refused, match="why nothing fits"):
        services.nothing_fits(a_place().pk, NothingFitsWords(" "), by=ADMINISTRATOR)


def test_somebody_from_elsewhere_chooses_nothing() -> None:
    place = a_place()
    an_indicator(place.programme)
    with pytest.raises(Refused, match="Only the leads"):
        services.choose_measure(place.pk, a_choice(), by=somebody(Role.PLACE_LEAD, place=a_place()))


def test_other_rooms_read_the_figures_of_a_measure_and_what_else_may_have_moved_it() -> None:
    measure = a_measure()
    services.say_rival_cause(measure.public_id, FARES, by=ADMINISTRATOR)
    assert [point.period for point in figures_of(measure.public_id)][:2] == ["2025-01", "2025-02"]
    (rival,) = rivals_of([measure.public_id], STRANGER)
    assert (rival.words, rival.since, rival.measure) == (FARES.words, CHANGED_FROM, "Trips after four")


def test_of_a_measure_that_is_hidden_or_gone_other_rooms_read_nothing() -> None:
    hidden = a_measure(visibility=Stage.PLACE.value)
    services.say_rival_cause(hidden.public_id, FARES, by=ADMINISTRATOR)
    assert rivals_of([hidden.public_id], STRANGER) == []
    services.withdraw_measure(hidden.public_id, "A mistake", by=ADMINISTRATOR)
    assert figures_of(hidden.public_id) == []
